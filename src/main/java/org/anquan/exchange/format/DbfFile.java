package org.anquan.exchange.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.exchange.format.SourceEncoding.How;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * The attribute table of a shapefile (dBASE III, IV). javadbf was tried and left aside: it wants the character set before
 * anything is read, a number or date that is none becomes null without a word, a wrong month rolls over into another
 * year, and a short read of a stream counts as the end of the file.
 */
final class DbfFile implements AutoCloseable {
    private static final int FIELD_BYTES = 32;
    private static final int MOST_FIELDS = 2046;

    /** @param type C, N, F, L, D; I, B, O, Y and T as other programs write them; the rest is passed over */
    record Field(String name, char type, int length, int decimals, int offset) {
        ColumnType columnType() {
            return switch (type) {
                case 'N', 'F' -> decimals == 0 && length <= 18 ? ColumnType.INTEGER : ColumnType.NUMBER;
                case 'I', '+' -> ColumnType.INTEGER;
                case 'O', 'Y' -> ColumnType.NUMBER;
                case 'B' -> length == 8 ? ColumnType.NUMBER : ColumnType.TEXT;
                case 'L' -> ColumnType.BOOLEAN;
                case 'D' -> ColumnType.DATE;
                case 'T', '@' -> ColumnType.TIME;
                default -> ColumnType.TEXT;
            };
        }
    }

    private final InputStream in;
    private final String fileName;
    private final List<Field> fields;
    private final Charset charset;
    private final SourceEncoding encoding;
    private final int recordBytes;
    private final long declaredRecords;
    private final byte[] record;
    private final CharsetDecoder strict;
    private long number;

    private record Head(
            int headerBytes, int recordBytes, long records, int language, List<byte[]> names, List<Field> fields) {}

    /** @param declared by a {@code .cpg}, or given by the user; null where nothing tells */
    DbfFile(Path file, @Nullable Charset declared, @Nullable SourceEncoding how, FormatLimits limits, String fileName)
            throws IOException {
        this.fileName = fileName;
        Head head;
        try (InputStream first = new BufferedInputStream(Files.newInputStream(file))) {
            head = head(first, fileName, limits);
        }
        Charset byByte = declared == null ? byLanguage(head.language) : null;
        if (declared != null && how != null) {
            charset = declared;
            encoding = how;
        } else if (byByte != null) {
            charset = byByte;
            encoding = new SourceEncoding(byByte.name(), How.DECLARED);
        } else {
            TextEncoding found = detect(file, head);
            charset = found.charset();
            encoding = found.source();
        }
        strict = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        fields = named(head);
        recordBytes = head.recordBytes;
        declaredRecords = head.records;
        record = new byte[recordBytes];
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.skipNBytes(head.headerBytes);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static Head head(InputStream in, String fileName, FormatLimits limits) throws IOException {
        byte[] first = in.readNBytes(32);
        if (first.length < 32) throw ProblemException.invalid("exchange.format.dbf", fileName);
        ByteBuffer buffer = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
        long records = buffer.getInt(4) & 0xffffffffL;
        int headerBytes = buffer.getShort(8) & 0xffff;
        int recordBytes = buffer.getShort(10) & 0xffff;
        int language = first[29] & 0xff;
        List<Field> fields = new ArrayList<>();
        List<byte[]> names = new ArrayList<>();
        int offset = 1;
        byte[] one = in.readNBytes(FIELD_BYTES);
        while (one.length > 0 && one[0] != 0x0d && one[0] != 0 && fields.size() < MOST_FIELDS) {
            if (one.length < FIELD_BYTES || 32 + FIELD_BYTES * (fields.size() + 1) > headerBytes) break;
            int length = one[16] & 0xff;
            int decimals = one[17] & 0xff;
            char type = Character.toUpperCase((char) (one[11] & 0xff));
            // Texts longer than 255 bytes keep the rest of their length in the byte for decimals.
            if (type == 'C') {
                length += decimals << 8;
                decimals = 0;
            }
            int nameLength = 0;
            while (nameLength < 11 && one[nameLength] != 0) nameLength++;
            names.add(java.util.Arrays.copyOf(one, nameLength));
            fields.add(new Field("", type, length, decimals, offset));
            offset += length;
            one = in.readNBytes(FIELD_BYTES);
        }
        if (fields.isEmpty() || headerBytes < 33 || offset > recordBytes || recordBytes > (1 << 16))
            throw ProblemException.invalid("exchange.format.dbf", fileName);
        if (fields.size() > limits.maxColumns())
            throw ProblemException.invalid(
                    "exchange.format.tooManyColumns", fileName, fields.size(), limits.maxColumns());
        return new Head(headerBytes, recordBytes, records, language, names, fields);
    }

    private List<Field> named(Head head) {
        List<Field> all = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (int i = 0; i < head.fields.size(); i++) {
            Field f = head.fields.get(i);
            String name = new String(head.names.get(i), charset).strip();
            if (name.isEmpty()) name = Header.letters(i);
            String free = name;
            for (int n = 2; !used.add(free); n++) free = name + " (" + n + ")";
            all.add(new Field(free, f.type, f.length, f.decimals, f.offset));
        }
        return all;
    }

    /** Language drivers after ESRI and FoxPro; 0 and 0x57 (the ANSI of whatever machine) say nothing. */
    private static @Nullable Charset byLanguage(int language) {
        String name = switch (language) {
            case 0x4d, 0x7a -> "936";
            case 0x4f, 0x78 -> "950";
            case 0x13, 0x7b -> "932";
            case 0x4e, 0x79 -> "949";
            case 0x03, 0x58, 0x59 -> "1252";
            case 0xc8 -> "1250";
            case 0xc9 -> "1251";
            default -> "";
        };
        return name.isEmpty() ? null : TextEncoding.byName(name).orElse(null);
    }

    /** All texts are looked at; one cut off inside its last character by the width of its field does not count against. */
    private static TextEncoding detect(Path file, Head head) throws IOException {
        boolean utf8 = true;
        boolean ascii = true;
        TextEncoding.Check bytes = new TextEncoding.Check();
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        for (byte[] name : head.names) {
            bytes.add(name, name.length);
            ascii &= isAscii(name, 0, name.length);
            utf8 &= isUtf8(decoder, name, 0, name.length, name.length >= 10);
        }
        byte[] record = new byte[head.recordBytes];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            in.skipNBytes(head.headerBytes);
            while (in.readNBytes(record, 0, record.length) == record.length) {
                for (Field f : head.fields) {
                    if (f.type != 'C' || isAscii(record, f.offset, f.length)) continue;
                    ascii = false;
                    int length = trimmed(record, f.offset, f.length);
                    bytes.add(java.util.Arrays.copyOfRange(record, f.offset, f.offset + length), length);
                    bytes.add(new byte[] {' '}, 1);
                    utf8 = utf8 && isUtf8(decoder, record, f.offset, length, length == f.length);
                }
            }
        }
        Charset charset = ascii || utf8 ? StandardCharsets.UTF_8 : TextEncoding.GB18030;
        How how = ascii
                ? How.ASSUMED
                : utf8 ? How.DETECTED : bytes.result().source().how();
        return new TextEncoding(charset, new SourceEncoding(charset.name(), how), 0);
    }

    private static boolean isAscii(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) if (bytes[i] < 0) return false;
        return true;
    }

    private static boolean isUtf8(CharsetDecoder decoder, byte[] bytes, int from, int length, boolean mayBeCut) {
        for (int cut = 0; cut <= (mayBeCut ? 3 : 0) && cut <= length; cut++) {
            try {
                decoder.reset().decode(ByteBuffer.wrap(bytes, from, length - cut));
                return true;
            } catch (CharacterCodingException e) {
                // perhaps one byte less
            }
        }
        return false;
    }

    private static int trimmed(byte[] bytes, int from, int length) {
        int end = length;
        while (end > 0 && (bytes[from + end - 1] == ' ' || bytes[from + end - 1] == 0)) end--;
        return end;
    }

    List<Field> fields() {
        return fields;
    }

    SourceEncoding encoding() {
        return encoding;
    }

    long declaredRecords() {
        return declaredRecords;
    }

    /** @param deleted whether the row is marked as deleted */
    record Row(boolean deleted, Map<String, Object> values, List<Problem> problems) {}

    /** The next row, deleted ones too; null at the end. */
    @Nullable
    Row next() throws IOException {
        if (number >= declaredRecords) return null;
        int read = in.readNBytes(record, 0, recordBytes);
        if (read == 0 || record[0] == 0x1a) return null;
        if (read < recordBytes)
            throw ProblemException.invalid("exchange.format.dbfBreaks", fileName, number + 1, declaredRecords);
        number++;
        List<Problem> problems = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        if (record[0] == '*') return new Row(true, values, problems);
        for (Field field : fields) {
            Object value = value(field, problems);
            if (value != null) values.put(field.name, value);
        }
        return new Row(false, values, problems);
    }

    private @Nullable Object value(Field field, List<Problem> problems) {
        return switch (field.type) {
            case 'C' -> text(field, problems);
            case 'N', 'F' -> number(field, problems);
            case 'L' -> truth(field, problems);
            case 'D' -> date(field, problems);
            case 'I', '+' ->
                field.length == 4 ? Long.valueOf(littleEndian(field).getInt()) : null;
            case 'O', 'B' -> field.length == 8 ? finite(littleEndian(field).getDouble()) : null;
            case 'Y' ->
                field.length == 8 ? BigDecimal.valueOf(littleEndian(field).getLong(), 4) : null;
            default -> null;
        };
    }

    private static @Nullable Object finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private ByteBuffer littleEndian(Field field) {
        return ByteBuffer.wrap(record, field.offset, field.length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private @Nullable Object text(Field field, List<Problem> problems) {
        int length = trimmed(record, field.offset, field.length);
        if (length == 0) return null;
        if (isAscii(record, field.offset, length)) {
            for (int i = field.offset; i < field.offset + length; i++)
                if (record[i] == 0) return cutAtZero(field, length);
            return new String(record, field.offset, length, StandardCharsets.US_ASCII);
        }
        try {
            return decode(field.offset, length);
        } catch (CharacterCodingException e) {
            return damaged(field, length, problems);
        }
    }

    private String cutAtZero(Field field, int length) {
        int end = 0;
        while (end < length && record[field.offset + end] != 0) end++;
        return new String(record, field.offset, end, StandardCharsets.US_ASCII);
    }

    private String decode(int from, int length) throws CharacterCodingException {
        CharBuffer out = strict.reset().decode(ByteBuffer.wrap(record, from, length));
        return out.toString();
    }

    /** A text that fills its field may have lost the end of its last character: without that it is whole again. */
    private String damaged(Field field, int length, List<Problem> problems) {
        for (int cut = 1; cut <= 3 && cut < length && length == field.length; cut++) {
            try {
                String whole = decode(field.offset, length - cut);
                problems.add(Problem.mended(field.name, whole, Text.of("exchange.format.cutCharacter", field.length)));
                return whole;
            } catch (CharacterCodingException e) {
                // perhaps one byte less
            }
        }
        String text = new String(record, field.offset, length, charset);
        problems.add(Problem.mended(field.name, text, Text.of("exchange.format.unreadableCharacters")));
        return text;
    }

    private @Nullable Object number(Field field, List<Problem> problems) {
        String text = new String(record, field.offset, field.length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        // Stars fill a field whose number did not fit; both stand for "unknown".
        if (text.isEmpty() || text.chars().allMatch(c -> c == '*')) return null;
        try {
            if (field.columnType() == ColumnType.INTEGER && text.length() <= 18 && text.indexOf('.') < 0)
                return Long.valueOf(text.startsWith("+") ? text.substring(1) : text);
            if (text.length() > 40) throw new NumberFormatException(text);
            BigDecimal exact = new BigDecimal(text);
            if (Math.abs((long) exact.scale()) > 400) throw new NumberFormatException(text);
            double plain = exact.doubleValue();
            if (!Double.isFinite(plain)) throw new NumberFormatException(text);
            if (field.decimals == 0 && exact.scale() <= 0 && exact.precision() <= 18) return exact.longValueExact();
            return new BigDecimal(Double.toString(plain)).compareTo(exact) == 0 ? (Object) plain : exact;
        } catch (NumberFormatException e) {
            problems.add(Problem.refused(field.name, text, Text.of("exchange.format.dbfNumber", text)));
            return null;
        }
    }

    private @Nullable Object truth(Field field, List<Problem> problems) {
        char c = (char) (record[field.offset] & 0xff);
        return switch (c) {
            case 'T', 't', 'Y', 'y', '1' -> Boolean.TRUE;
            case 'F', 'f', 'N', 'n', '0' -> Boolean.FALSE;
            case '?', ' ', '\0' -> null;
            default -> {
                problems.add(Problem.refused(field.name, c, Text.of("exchange.format.dbfTruth", String.valueOf(c))));
                yield null;
            }
        };
    }

    private @Nullable Object date(Field field, List<Problem> problems) {
        String text = new String(record, field.offset, field.length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        if (text.isEmpty() || text.chars().allMatch(c -> c == '0' || c == '*')) return null;
        try {
            if (!text.matches("\\d{8}")) throw new DateTimeException(text);
            return LocalDate.of(
                    Integer.parseInt(text.substring(0, 4)),
                    Integer.parseInt(text.substring(4, 6)),
                    Integer.parseInt(text.substring(6)));
        } catch (DateTimeException e) {
            problems.add(Problem.refused(field.name, text, Text.of("exchange.format.dbfDate", text)));
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
