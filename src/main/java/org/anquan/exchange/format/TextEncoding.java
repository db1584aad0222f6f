package org.anquan.exchange.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import org.anquan.exchange.format.SourceEncoding.How;
import org.jspecify.annotations.Nullable;

/**
 * The character set of a text: given, by its byte order mark, or found out by reading it all. Bytes that are valid UTF-8
 * are hardly ever anything else; what is not is tried as GB18030, which holds GBK and GB2312.
 */
record TextEncoding(Charset charset, SourceEncoding source, int markBytes) {
    static final Charset GB18030 = Charset.forName("GB18030");

    static TextEncoding utf8() {
        return new TextEncoding(StandardCharsets.UTF_8, new SourceEncoding("UTF-8", How.FIXED), 0);
    }

    static TextEncoding of(Input input, @Nullable Charset given) throws IOException {
        byte[] head = input.head(4);
        int first = head.length > 0 ? head[0] & 0xff : 0;
        int second = head.length > 1 ? head[1] & 0xff : 0;
        boolean utf8Mark = first == 0xef && second == 0xbb && head.length > 2 && (head[2] & 0xff) == 0xbf;
        if (given != null) {
            boolean mark = utf8Mark && given.equals(StandardCharsets.UTF_8);
            return new TextEncoding(given, new SourceEncoding(given.name(), How.GIVEN), mark ? 3 : 0);
        }
        if (utf8Mark) return declared(StandardCharsets.UTF_8, 3);
        if (first == 0xff && second == 0xfe) return declared(StandardCharsets.UTF_16LE, 2);
        if (first == 0xfe && second == 0xff) return declared(StandardCharsets.UTF_16BE, 2);
        Check check = new Check();
        try (InputStream in = input.stream()) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) check.add(buffer, n);
        }
        return check.result();
    }

    private static TextEncoding declared(Charset charset, int markBytes) {
        return new TextEncoding(charset, new SourceEncoding(charset.name(), How.DECLARED), markBytes);
    }

    /** The text from its start, without its mark; what cannot be decoded becomes U+FFFD. */
    Reader reader(Input input) throws IOException {
        InputStream in = input.stream();
        try {
            in.skipNBytes(markBytes);
            return new BufferedReader(new InputStreamReader(in, charset), 1 << 16);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** A character set by a name that people write: {@code GBK}, {@code 936}, {@code ANSI 936}, {@code 65001}. */
    static Optional<Charset> byName(String name) {
        String plain = name.strip().toUpperCase(Locale.ROOT).replaceFirst("^(ANSI|OEM|CP|LDID/)[ _-]?(?=\\d)", "");
        String java = switch (plain) {
            // GB18030 holds the older two; vendors' GBK differs in a few signs that only it has.
            case "936", "GBK", "GB2312", "GB18030", "54936", "EUC-CN", "77", "122" -> "GB18030";
            case "65001", "UTF8", "UTF-8" -> "UTF-8";
            case "950", "BIG5", "BIG-5", "BIG5-HKSCS" -> "Big5-HKSCS";
            case "932", "SHIFT_JIS", "SJIS" -> "windows-31j";
            case "949" -> "x-windows-949";
            case "1252", "8859-1", "88591", "ISO-8859-1" -> "windows-1252";
            case "1250", "1251", "1253", "1254" -> "windows-" + plain;
            default -> name.strip();
        };
        try {
            return Optional.of(Charset.forName(java));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** Counts what does not fit, in one pass, for both candidates. */
    static final class Check {
        private long highBytes;
        private long utf8Errors;
        private long gbErrors;
        private int utf8Left;
        private int utf8Low;
        private int utf8High;
        private int gbState;

        void add(byte[] bytes, int count) {
            for (int i = 0; i < count; i++) {
                int b = bytes[i] & 0xff;
                if (b < 0x80 && utf8Left == 0 && gbState == 0) continue;
                if (b >= 0x80) highBytes++;
                utf8(b);
                gb(b);
            }
        }

        private void utf8(int b) {
            if (utf8Left > 0) {
                if (b >= utf8Low && b <= utf8High) {
                    utf8Left--;
                    utf8Low = 0x80;
                    utf8High = 0xbf;
                    return;
                }
                utf8Errors++;
                utf8Left = 0;
            }
            if (b < 0x80) return;
            utf8Low = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
            utf8High = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
            if (b >= 0xc2 && b <= 0xdf) utf8Left = 1;
            else if (b >= 0xe0 && b <= 0xef) utf8Left = 2;
            else if (b >= 0xf0 && b <= 0xf4) utf8Left = 3;
            else utf8Errors++;
        }

        /** States: 0 between characters, 1 after a lead byte, 2 and 3 inside a four-byte character. */
        private void gb(int b) {
            switch (gbState) {
                case 0 -> {
                    if (b >= 0x81 && b <= 0xfe) gbState = 1;
                    else if (b >= 0x80) gbErrors++;
                }
                case 1 -> {
                    boolean second = b >= 0x40 && b <= 0xfe && b != 0x7f;
                    boolean digit = b >= 0x30 && b <= 0x39;
                    if (!second && !digit) gbErrors++;
                    gbState = digit ? 2 : 0;
                }
                case 2 -> {
                    boolean good = b >= 0x81 && b <= 0xfe;
                    if (!good) gbErrors++;
                    gbState = good ? 3 : 0;
                }
                default -> {
                    if (b < 0x30 || b > 0x39) gbErrors++;
                    gbState = 0;
                }
            }
        }

        boolean isUtf8() {
            return utf8Errors == 0;
        }

        boolean isAscii() {
            return highBytes == 0;
        }

        TextEncoding result() {
            Charset utf8 = StandardCharsets.UTF_8;
            if (highBytes == 0) return found(utf8, How.ASSUMED);
            // A text cut off inside its last character is still what it was.
            if (utf8Errors == 0) return found(utf8, How.DETECTED);
            // Of Chinese in GBK a third of the bytes is wrong as UTF-8; a few wrong ones are damage.
            if (utf8Errors * 20 < highBytes) return found(utf8, How.ASSUMED);
            return found(GB18030, gbErrors == 0 ? How.DETECTED : How.ASSUMED);
        }

        private static TextEncoding found(Charset charset, How how) {
            return new TextEncoding(charset, new SourceEncoding(charset.name(), how), 0);
        }
    }
}
