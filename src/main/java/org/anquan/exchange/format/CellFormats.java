package org.anquan.exchange.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Which cell styles of a workbook show a number as a date, a moment or a time of day. */
record CellFormats(List<Kind> byStyle) {
    enum Kind {
        NUMBER,
        DATE,
        MOMENT,
        CLOCK
    }

    static final CellFormats NONE = new CellFormats(List.of());

    static CellFormats read(ZipContent zip, Input input) throws IOException {
        Map<String, String> codes = new HashMap<>();
        List<Kind> byStyle = new ArrayList<>();
        try (Xml xml = ExcelSource.xml(zip, "xl/styles.xml", input)) {
            boolean inCells = false;
            while (xml != null && xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT && xml.name().equals("cellXfs")) inCells = false;
                if (event != XMLStreamReader.START_ELEMENT) continue;
                switch (xml.name()) {
                    case "numFmt" -> codes.put(xml.attribute("numFmtId"), xml.attribute("formatCode"));
                    case "cellXfs" -> inCells = true;
                    case "xf" -> {
                        if (inCells) byStyle.add(kind(xml.attribute("numFmtId"), codes.get(xml.attribute("numFmtId"))));
                    }
                    default -> {}
                }
            }
        }
        return new CellFormats(byStyle);
    }

    Kind of(String style) {
        try {
            int index = style.isEmpty() ? 0 : Integer.parseInt(style);
            return index >= 0 && index < byStyle.size() ? byStyle.get(index) : Kind.NUMBER;
        } catch (NumberFormatException e) {
            return Kind.NUMBER;
        }
    }

    /** Formats without a code are those of ECMA-376 part 1, 18.8.30, with the Chinese and Japanese dates. */
    static Kind kind(String id, @Nullable String code) {
        if (code != null) return kindOfCode(code);
        return switch (id) {
            case "14", "15", "16", "17", "27", "28", "29", "30", "31", "36", "50", "51", "52", "53", "54", "57", "58" ->
                Kind.DATE;
            case "22" -> Kind.MOMENT;
            case "18", "19", "20", "21", "32", "33", "34", "35", "45", "46", "47", "55", "56" -> Kind.CLOCK;
            default -> Kind.NUMBER;
        };
    }

    private static Kind kindOfCode(String code) {
        String first = code.split(";", -1)[0].toLowerCase(Locale.ROOT);
        // [h] counts hours; other brackets are colours, conditions and locales.
        String plain = first.replaceAll("\"[^\"]*\"", "")
                .replaceAll("\\\\.", "")
                .replaceAll("_.", "")
                .replaceAll("\\[(?!(h+|m+|s+)])[^\\]]*]", "");
        if (plain.contains("general") || plain.contains("@") && !plain.contains("y")) return Kind.NUMBER;
        boolean date = plain.contains("y") || plain.contains("d");
        boolean clock = plain.contains("h") || plain.contains("s");
        if (date) return clock ? Kind.MOMENT : Kind.DATE;
        if (clock) return Kind.CLOCK;
        return plain.contains("mmm") ? Kind.DATE : Kind.NUMBER;
    }
}
