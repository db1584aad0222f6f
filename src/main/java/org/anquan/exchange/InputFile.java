package org.anquan.exchange;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;

/**
 * A file to import: finds out whether it is gzipped (by its first bytes), its encoding (a byte order mark, else strict
 * UTF-8 of the whole file, else GB18030, which holds GBK and GB2312) and its format (by its name, else its first
 * character). Read twice, once to find the encoding, so that no guess has to be taken back half way.
 */
final class InputFile {
    static final Charset GB18030 = Charset.forName("GB18030");

    private static final int BUFFER = 1 << 16;

    enum Format {
        GEOJSON("GeoJSON"),
        CSV("CSV");

        private final String title;

        Format(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final Path file;
    private final String name;
    private final long size;
    private final long largestBytes;
    private final boolean gzipped;
    private final Charset charset;
    private final Format format;
    private long bytesRead;

    InputFile(ImportRequest request, ExchangeSettings settings) throws IOException {
        this.file = request.file();
        this.name = request.fileName();
        this.largestBytes = settings.largestFileMegabytes() * 1_000_000L;
        if (!Files.isRegularFile(file)) throw ProblemException.notFound("exchange.noFile", name);
        if (!Files.isReadable(file)) throw ProblemException.unavailable("exchange.unreadable", name);
        this.size = Files.size(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(2);
            if (magic.length == 0) throw ProblemException.invalid("exchange.empty", name);
            this.gzipped = magic.length == 2 && (magic[0] & 0xFF) == 0x1F && (magic[1] & 0xFF) == 0x8B;
            if (magic.length == 2 && magic[0] == 'P' && magic[1] == 'K')
                throw ProblemException.invalid("exchange.format", name);
        }
        Charset given = request.hints().encoding();
        this.charset = given == null ? detected() : given;
        this.format = formatOf();
    }

    Charset charset() {
        return charset;
    }

    Format format() {
        return format;
    }

    /** How much of the file was read, 0 to 1. */
    double share() {
        return size == 0 ? 1 : Math.min(1, (double) bytesRead / size);
    }

    /** The text from its beginning, without a byte order mark; bytes that fit nowhere become U+FFFD. */
    Reader open() throws IOException {
        bytesRead = 0;
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        Reader reader = new java.io.BufferedReader(new InputStreamReader(bytes(), decoder), BUFFER);
        reader.mark(1);
        if (reader.read() != 0xFEFF) reader.reset();
        return reader;
    }

    private InputStream bytes() throws IOException {
        InputStream raw = new Counting(Files.newInputStream(file));
        boolean opened = false;
        try {
            InputStream plain = gzipped ? new GZIPInputStream(raw, BUFFER) : new BufferedInputStream(raw, BUFFER);
            opened = true;
            return new Limited(plain);
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw damaged(e);
        } finally {
            if (!opened) raw.close();
        }
    }

    ProblemException damaged(IOException e) {
        return ProblemException.invalid("exchange.damaged", name).causedBy(e);
    }

    private Charset detected() throws IOException {
        try (InputStream in = bytes()) {
            byte[] buffer = new byte[BUFFER];
            int length = in.readNBytes(buffer, 0, 4);
            if (length >= 2 && buffer[0] == (byte) 0xFF && buffer[1] == (byte) 0xFE) return StandardCharsets.UTF_16LE;
            if (length >= 2 && buffer[0] == (byte) 0xFE && buffer[1] == (byte) 0xFF) return StandardCharsets.UTF_16BE;
            CharsetDecoder strict = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            CharBuffer sink = CharBuffer.allocate(BUFFER);
            int kept = length;
            while (true) {
                int more = in.readNBytes(buffer, kept, buffer.length - kept);
                boolean end = more == 0;
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, kept + more);
                sink.clear();
                CoderResult result = strict.decode(bytes, sink, end);
                if (result.isError()) return GB18030;
                kept = bytes.remaining();
                System.arraycopy(buffer, bytes.position(), buffer, 0, kept);
                if (end) return StandardCharsets.UTF_8;
            }
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw damaged(e);
        }
    }

    private Format formatOf() throws IOException {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (plain.endsWith(".geojson") || plain.endsWith(".json")) return Format.GEOJSON;
        if (plain.endsWith(".csv") || plain.endsWith(".txt") || plain.endsWith(".tsv")) return Format.CSV;
        try (Reader in = open()) {
            int c = in.read();
            while (c >= 0 && Character.isWhitespace(c)) c = in.read();
            if (c < 0) throw ProblemException.invalid("exchange.empty", name);
            if (c == '{') return Format.GEOJSON;
        }
        throw ProblemException.invalid("exchange.format", name);
    }

    /** Counts the bytes of the file itself, for the progress. */
    private final class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) bytesRead++;
            return b;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len);
            if (n > 0) bytesRead += n;
            return n;
        }
    }

    /** Stops a file that unpacks to more than is allowed. */
    private final class Limited extends FilterInputStream {
        private long left = largestBytes;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) count(1);
            return b;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len);
            count(n);
            return n;
        }

        private void count(int n) {
            left -= Math.max(0, n);
            if (left < 0)
                throw ProblemException.of(Kind.TOO_LARGE, "exchange.tooLarge", name, largestBytes / 1_000_000);
        }
    }
}
