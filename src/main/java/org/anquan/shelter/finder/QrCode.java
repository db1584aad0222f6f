package org.anquan.shelter.finder;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/** A QR code as SVG: sharp at any size on paper. */
final class QrCode {
    private static final int QUIET_MODULES = 4;

    private QrCode() {}

    /** @param label what a screen reader says */
    static String svg(String content, String label) {
        try {
            BitMatrix bits = new QRCodeWriter()
                    .encode(
                            content,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.MARGIN,
                                    QUIET_MODULES,
                                    EncodeHintType.ERROR_CORRECTION,
                                    // A sheet in the rain loses some of it.
                                    ErrorCorrectionLevel.Q));
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < bits.getHeight(); y++)
                for (int x = 0; x < bits.getWidth(); x++)
                    if (bits.get(x, y))
                        path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
            return "<svg class=\"qr\" role=\"img\" aria-label=\"" + VillageSheet.safe(label) + "\" viewBox=\"0 0 "
                    + bits.getWidth() + ' ' + bits.getHeight()
                    + "\" xmlns=\"http://www.w3.org/2000/svg\"><path fill=\"#fff\" d=\"M0 0h" + bits.getWidth() + "v"
                    + bits.getHeight() + "H0z\"/><path d=\"" + path + "\"/></svg>";
        } catch (WriterException e) {
            throw new IllegalArgumentException(content, e);
        }
    }
}
