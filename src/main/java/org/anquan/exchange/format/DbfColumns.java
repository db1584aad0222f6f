package org.anquan.exchange.format;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anquan.exchange.format.SinkOptions.Headings;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** The fields of a dBASE table that is written: names and widths counted in bytes of its character set. */
final class DbfColumns {
    private static final int LONGEST_NAME = 10;
    private static final int LONGEST_TEXT = 254;
    private static final int LONGEST_NUMBER = 32;
    private static final int MOST_DECIMALS = 15;
    private static final int GBK_LANGUAGE = 0x4d;

    private static final class Field {
        private final SinkColumn column;
        private final String name;
        private int width = 1;
        private int decimals;
        private int wholeDigits = 1;

        Field(SinkColumn column, String name) {
            this.column = column;
            this.name = name;
        }

        char type() {
            return switch (column.type()) {
                case INTEGER, NUMBER -> 'N';
                case BOOLEAN -> 'L';
                case DATE -> 'D';
                default -> 'C';
            };
        }
    }

    private final Charset charset;
    private final CharsetEncoder encoder;
    private final List<Field> fields = new ArrayList<>();
    private final Set<Text> notes = new LinkedHashSet<>();
    private boolean renamed;

    DbfColumns(SinkSchema schema, SinkOptions options, Charset charset) {
        this.charset = charset;
        this.encoder = charset.newEncoder()
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .onMalformedInput(CodingErrorAction.REPLACE);
        Set<String> used = new HashSet<>();
        for (SinkColumn column : schema.columns()) {
            String wanted = options.headings() == Headings.TITLES ? column.title() : column.name();
            String name = free(wanted, used);
            renamed |= !name.equals(column.name());
            fields.add(new Field(column, name));
        }
    }

    Charset charset() {
        return charset;
    }

    List<Text> notes() {
        return List.copyOf(notes);
    }

    boolean isRenamed() {
        return renamed;
    }

    /** At most ten bytes, whole characters, no two alike without regard to case. */
    private String free(String wanted, Set<String> used) {
        String plain = wanted.replaceAll("[\\p{Cntrl}]", "").strip();
        String name = cut(plain.isEmpty() ? "field" : plain, LONGEST_NAME);
        for (int n = 2; !used.add(name.toUpperCase(Locale.ROOT)); n++) {
            String tail = "_" + n;
            name = cut(plain.isEmpty() ? "field" : plain, LONGEST_NAME - tail.length()) + tail;
        }
        return name;
    }

    private String cut(String text, int mostBytes) {
        return new String(bytes(text, mostBytes), charset);
    }

    /** As many whole characters as fit. */
    private byte[] bytes(String text, int mostBytes) {
        ByteBuffer out = ByteBuffer.allocate(mostBytes);
        CoderResult result = encoder.reset().encode(CharBuffer.wrap(text), out, true);
        if (!result.isOverflow()) encoder.flush(out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Puts one row's cells, as bytes, where they wait for the widths. */
    void stage(Map<String, Object> values, DataOutputStream out) throws IOException {
        for (Field field : fields) {
            Object value = values.get(field.column.name());
            byte[] cell = value == null ? null : cell(field, value);
            out.writeShort(cell == null ? -1 : cell.length);
            if (cell != null) out.write(cell);
        }
    }

    private byte @Nullable [] cell(Field field, Object value) {
        return switch (field.type()) {
            case 'N' -> number(field, value);
            case 'L' -> value instanceof Boolean truth ? new byte[] {(byte) (truth ? 'T' : 'F')} : none(field, value);
            case 'D' -> date(field, value);
            default -> text(field, SinkValues.text(value));
        };
    }

    private byte @Nullable [] none(Field field, Object value) {
        note(Text.of("exchange.format.note.noFit", field.name, Shapes.shortened(value.toString())));
        return null;
    }

    private void note(Text text) {
        if (notes.size() < 50) notes.add(text);
    }

    private byte[] text(Field field, String text) {
        byte[] cell = bytes(text, LONGEST_TEXT);
        if (cell.length > LONGEST_TEXT - 4 && new String(cell, charset).length() < text.length())
            note(Text.of("exchange.format.note.cutText", field.name, LONGEST_TEXT, Shapes.shortened(text)));
        if (!encoder.reset().canEncode(text))
            note(Text.of("exchange.format.note.unmappable", charset.name(), Shapes.shortened(text)));
        field.width = Math.max(field.width, cell.length);
        return cell;
    }

    private byte @Nullable [] date(Field field, Object value) {
        LocalDate date = SinkValues.date(value);
        if (date == null || date.getYear() < 1 || date.getYear() > 9999) return none(field, value);
        return date.format(DateTimeFormatter.BASIC_ISO_DATE).getBytes(StandardCharsets.US_ASCII);
    }

    private byte @Nullable [] number(Field field, Object value) {
        if (!(value instanceof Number)) return none(field, value);
        BigDecimal exact = value instanceof BigDecimal big ? big : new BigDecimal(SinkValues.text(value));
        if (field.column.type() == ColumnType.INTEGER
                && exact.stripTrailingZeros().scale() > 0) return none(field, value);
        BigDecimal plain = exact.stripTrailingZeros();
        if (plain.scale() > MOST_DECIMALS) plain = plain.setScale(MOST_DECIMALS, RoundingMode.HALF_EVEN);
        String text = plain.toPlainString();
        if (text.length() > LONGEST_NUMBER - 2)
            text = plain.round(new MathContext(15)).toPlainString();
        if (text.length() > LONGEST_NUMBER - 2) return none(field, value);
        int point = text.indexOf('.');
        field.wholeDigits = Math.max(field.wholeDigits, point < 0 ? text.length() : point);
        field.decimals = Math.max(field.decimals, point < 0 ? 0 : text.length() - point - 1);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The table of these rows; widths are those of all that was staged. */
    void write(OutputStream out, Path staged, int count) throws IOException {
        int[] widths = new int[fields.size()];
        int[] decimals = new int[fields.size()];
        int recordBytes = 1;
        for (int i = 0; i < widths.length; i++) {
            Field field = fields.get(i);
            boolean number = field.column.type() == ColumnType.NUMBER;
            // Decimals are the place of the point for all rows; at least one, or a reader takes whole numbers for
            // counts.
            decimals[i] = number ? Math.max(1, Math.min(field.decimals, LONGEST_NUMBER - 1 - field.wholeDigits)) : 0;
            widths[i] = switch (field.type()) {
                case 'D' -> 8;
                case 'L' -> 1;
                case 'N' -> field.wholeDigits + (number ? 1 + decimals[i] : 0);
                default -> field.width;
            };
            recordBytes += widths[i];
        }
        out.write(header(count, recordBytes, widths, decimals));
        byte[] record = new byte[recordBytes];
        try (ShapefileSink.StagedRows rows = new ShapefileSink.StagedRows(staged)) {
            for (int r = 0; r < count; r++) {
                Arrays.fill(record, (byte) ' ');
                int at = 1;
                for (int i = 0; i < widths.length; i++) {
                    place(rows.cell(), fields.get(i), widths[i], decimals[i], record, at);
                    at += widths[i];
                }
                out.write(record);
            }
        }
        out.write(0x1a);
    }

    private static void place(byte @Nullable [] cell, Field field, int width, int decimals, byte[] record, int at) {
        // Unknown is blank for every type; the "?" of the standard reads as a text in GDAL.
        if (cell == null) return;
        byte[] bytes = cell;
        if (field.column.type() == ColumnType.NUMBER) {
            BigDecimal number = new BigDecimal(new String(cell, StandardCharsets.US_ASCII));
            bytes = number.setScale(decimals, RoundingMode.HALF_EVEN)
                    .toPlainString()
                    .getBytes(StandardCharsets.US_ASCII);
        }
        int length = Math.min(width, bytes.length);
        int from = field.type() == 'N' ? at + width - length : at;
        System.arraycopy(bytes, 0, record, from, length);
    }

    private byte[] header(int count, int recordBytes, int[] widths, int[] decimals) {
        ByteBuffer out = ByteBuffer.allocate(32 + 32 * widths.length + 1).order(ByteOrder.LITTLE_ENDIAN);
        LocalDate today = LocalDate.now(java.time.ZoneOffset.UTC);
        out.put((byte) 3)
                .put((byte) (today.getYear() - 1900))
                .put((byte) today.getMonthValue())
                .put((byte) today.getDayOfMonth())
                .putInt(count)
                .putShort((short) out.capacity())
                .putShort((short) recordBytes);
        out.put(29, (byte) (charset.equals(StandardCharsets.UTF_8) ? 0 : GBK_LANGUAGE));
        for (int i = 0; i < widths.length; i++) {
            int start = 32 + 32 * i;
            byte[] name = bytes(fields.get(i).name, LONGEST_NAME);
            for (int b = 0; b < name.length; b++) out.put(start + b, name[b]);
            out.put(start + 11, (byte) fields.get(i).type());
            out.put(start + 16, (byte) widths[i]);
            out.put(start + 17, (byte) decimals[i]);
        }
        out.put(out.capacity() - 1, (byte) 0x0d);
        return out.array();
    }

    /** What the shortened names stand for. */
    String mapping() {
        StringBuilder out = new StringBuilder("\uFEFFfield,name,title,unit\r\n");
        for (Field field : fields)
            out.append(quoted(field.name))
                    .append(',')
                    .append(quoted(field.column.name()))
                    .append(',')
                    .append(quoted(field.column.title()))
                    .append(',')
                    .append(quoted(field.column.unit()))
                    .append("\r\n");
        return out.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
