package org.anquan.exchange.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLStreamReader;
import org.anquan.problem.ProblemException;

/** The table of texts that the cells of a workbook point to. */
record SharedTexts(List<String> all) {
    /** Stands for a table that nobody read: only the width of rows is asked for. */
    static final SharedTexts NONE = new SharedTexts(List.of());

    private static final int TEXT_OVERHEAD_BYTES = 40;

    static SharedTexts read(ZipContent zip, Input input) throws IOException {
        Optional<ZipEntry> entry = zip.named("xl/sharedStrings.xml");
        if (entry.isEmpty()) return new SharedTexts(List.of());
        long most = input.limits().maxSharedTexts().toBytes();
        long used = 0;
        List<String> all = new ArrayList<>();
        try (Xml xml = Xml.of(zip.stream(entry.get()), input.limits(), input.name())) {
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT || !xml.name().equals("si")) continue;
                String text = item(xml);
                used += TEXT_OVERHEAD_BYTES + 2L * text.length();
                if (used > most)
                    throw ProblemException.invalid("exchange.format.sharedTexts", input.name(), Input.inWords(most));
                all.add(text);
            }
        }
        return new SharedTexts(all);
    }

    /** The runs of rich text joined, without the phonetic guide. */
    static String item(Xml xml) {
        StringBuilder out = new StringBuilder();
        int open = 1;
        while (open > 0 && xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                if (xml.name().equals("rPh")) xml.skip();
                else if (xml.name().equals("t")) out.append(xml.text());
                else open++;
            } else if (event == XMLStreamReader.END_ELEMENT) open--;
        }
        return unescaped(out.toString());
    }

    /** Excel writes control characters as _x000D_. */
    static String unescaped(String text) {
        int at = text.indexOf("_x");
        if (at < 0) return text;
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (at >= 0) {
            int code = at + 7 <= text.length() && text.charAt(at + 6) == '_' ? hex(text, at + 2) : -1;
            if (code >= 0) {
                out.append(text, from, at).append((char) code);
                from = at + 7;
            }
            at = text.indexOf("_x", Math.max(from, at + 1));
        }
        return out.append(text, from, text.length()).toString();
    }

    private static int hex(String text, int at) {
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) return -1;
            code = code * 16 + digit;
        }
        return code;
    }
}
