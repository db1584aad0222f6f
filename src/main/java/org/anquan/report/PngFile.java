package org.anquan.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a picture as PNG (ISO/IEC 15948) with its resolution in a {@code pHYs} part. Java's own writer was left aside: it
 * needs three times as long for a sheet of 17 million points, and looks for plug-ins on the class path, of which the
 * GeoTools jar names some that are not there.
 */
final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final double METRES_PER_INCH = 0.0254;
    /** Each byte minus the one above it: maps have long even rows. */
    private static final int FILTER_UP = 2;

    private PngFile() {}

    /** @param image of the type {@code TYPE_INT_RGB} */
    static byte[] of(BufferedImage image, int dotsPerInch) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 22);
        try (DataOutputStream out = new DataOutputStream(file)) {
            out.write(SIGNATURE);
            part(out, "IHDR", header(width, height));
            int perMetre = (int) Math.round(dotsPerInch / METRES_PER_INCH);
            part(out, "pHYs", bytes(perMetre, perMetre, 1));
            data(out, pixels, width, height);
            part(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private static byte[] header(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(width);
        out.writeInt(height);
        // Eight bits a channel, red green blue, deflate, adaptive filters, not interlaced.
        out.write(new byte[] {8, 2, 0, 0, 0});
        return bytes.toByteArray();
    }

    private static byte[] bytes(int x, int y, int unit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(x);
        out.writeInt(y);
        out.write(unit);
        return bytes.toByteArray();
    }

    private static void data(DataOutputStream out, int[] pixels, int width, int height) throws IOException {
        Deflater deflater = new Deflater(4);
        byte[] above = new byte[3 * width];
        byte[] now = new byte[3 * width];
        byte[] row = new byte[1 + 3 * width];
        byte[] packed = new byte[1 << 16];
        row[0] = FILTER_UP;
        try {
            for (int y = 0; y < height; y++) {
                for (int x = 0, at = y * width, to = 0; x < width; x++, at++) {
                    int pixel = pixels[at];
                    now[to++] = (byte) (pixel >> 16);
                    now[to++] = (byte) (pixel >> 8);
                    now[to++] = (byte) pixel;
                }
                for (int i = 0; i < now.length; i++) row[i + 1] = (byte) (now[i] - above[i]);
                deflater.setInput(row);
                if (y == height - 1) deflater.finish();
                for (int n = deflater.deflate(packed); n > 0; n = deflater.deflate(packed))
                    part(out, "IDAT", java.util.Arrays.copyOf(packed, n));
                byte[] swap = above;
                above = now;
                now = swap;
            }
        } finally {
            deflater.end();
        }
    }

    private static void part(DataOutputStream out, String name, byte[] content) throws IOException {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        out.writeInt(content.length);
        out.write(type);
        out.write(content);
        CRC32 sum = new CRC32();
        sum.update(type);
        sum.update(content);
        out.writeInt((int) sum.getValue());
    }
}
