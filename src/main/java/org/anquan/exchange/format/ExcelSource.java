package org.anquan.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;
import org.anquan.exchange.format.SourceEncoding.How;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * Excel workbooks ({@code .xlsx}). fastexcel-reader was tried and left aside: it makes a list as long as a cell's
 * address says (a cell "ZZZZZZ1" takes all memory), one bad cell ends the reading of the sheet, merged cells are not
 * known, and array formulas are looked up in a growing list for every cell. Merged cells of the body are filled in all
 * their rows and columns, as a reader of the sheet sees them.
 */
final class ExcelSource {
    private ExcelSource() {}

    record SheetPart(String name, String entry, boolean hidden) {}

    static RecordSource open(Input input, ReadOptions options) throws IOException {
        Path file = input.plainFile();
        try (ZipContent zip = new ZipContent(input, file)) {
            boolean[] from1904 = {false};
            List<SheetPart> sheets = sheets(zip, input, from1904);
            if (sheets.isEmpty()) throw ProblemException.invalid("exchange.format.noSheet", input.name());
            List<String> names = sheets.stream().map(SheetPart::name).toList();
            SharedTexts texts = SharedTexts.read(zip, input);
            CellFormats formats = CellFormats.read(zip, input);
            SheetPart chosen = chosen(sheets, names, options, input, zip);
            SheetMerges merges = SheetMerges.read(zip, chosen.entry());
            List<Text> notes = new ArrayList<>();
            if (names.size() > 1 && options.layer() == null)
                notes.add(Text.of("exchange.format.note.sheet", chosen.name(), names.size()));
            if (merges.count() > 0) notes.add(Text.of("exchange.format.note.merged", merges.count()));
            boolean old = from1904[0];
            return TableSource.of(
                    input,
                    FileFormat.EXCEL,
                    options,
                    new SourceEncoding("UTF-8", How.FIXED),
                    chosen.name(),
                    names,
                    notes,
                    () -> new SheetRows(
                            input, new ZipContent(input, file), chosen.entry(), texts, formats, merges, old));
        }
    }

    private static SheetPart chosen(
            List<SheetPart> sheets, List<String> names, ReadOptions options, Input input, ZipContent zip)
            throws IOException {
        if (options.layer() != null) {
            for (SheetPart sheet : sheets) if (sheet.name().equals(options.layer())) return sheet;
            throw ProblemException.invalid("exchange.format.noLayer", input.name(), options.layer(), names);
        }
        // The first sheet that holds a table; many rosters begin with a cover or a page of notes. Hidden ones are
        // looked at last.
        List<SheetPart> seenFirst = new ArrayList<>(sheets);
        seenFirst.sort(Comparator.comparing(SheetPart::hidden));
        for (SheetPart sheet : seenFirst) {
            int rows = 0;
            int widest = 0;
            try (SheetRows some = new SheetRows(
                    input,
                    new ZipContent(input, input.plainFile()),
                    sheet.entry(),
                    SharedTexts.NONE,
                    CellFormats.NONE,
                    SheetMerges.NONE,
                    false)) {
                for (TableRow row = some.next(); row != null && rows < 50; row = some.next()) {
                    if (row.cells().length == 0) continue;
                    rows++;
                    widest = Math.max(widest, row.cells().length);
                }
            }
            if (rows >= 2 && widest >= 2) return sheet;
        }
        return seenFirst.get(0);
    }

    private static List<SheetPart> sheets(ZipContent zip, Input input, boolean[] from1904) throws IOException {
        String workbook = "xl/workbook.xml";
        Map<String, String> targets = new HashMap<>();
        try (Xml rels = xml(zip, "_rels/.rels", input)) {
            while (rels != null && rels.hasNext())
                if (rels.next() == XMLStreamReader.START_ELEMENT
                        && rels.name().equals("Relationship")
                        && rels.attribute("Type").endsWith("/officeDocument")) workbook = rels.attribute("Target");
        }
        if (workbook.startsWith("/")) workbook = workbook.substring(1);
        String folder = workbook.contains("/") ? workbook.substring(0, workbook.lastIndexOf('/') + 1) : "";
        String file = workbook.substring(folder.length());
        try (Xml rels = xml(zip, folder + "_rels/" + file + ".rels", input)) {
            while (rels != null && rels.hasNext())
                if (rels.next() == XMLStreamReader.START_ELEMENT && rels.name().equals("Relationship")) {
                    String target = rels.attribute("Target");
                    targets.put(rels.attribute("Id"), target.startsWith("/") ? target : folder + target);
                }
        }
        List<SheetPart> sheets = new ArrayList<>();
        try (Xml book = xml(zip, workbook, input)) {
            if (book == null) throw ProblemException.invalid("exchange.format.noSheet", input.name());
            while (book.hasNext()) {
                if (book.next() != XMLStreamReader.START_ELEMENT) continue;
                if (book.name().equals("workbookPr")) {
                    String value = book.attribute("date1904");
                    from1904[0] = value.equals("1") || value.equals("true");
                }
                if (!book.name().equals("sheet")) continue;
                String target = targets.get(book.attribute("id"));
                boolean hidden =
                        book.attribute("state").toLowerCase(Locale.ROOT).endsWith("hidden");
                if (target != null && zip.named(target).isPresent())
                    sheets.add(new SheetPart(book.attribute("name"), target, hidden));
            }
        }
        return sheets;
    }

    static @Nullable Xml xml(ZipContent zip, String entry, Input input) throws IOException {
        var found = zip.named(entry);
        if (found.isEmpty()) return null;
        InputStream in = zip.stream(found.get());
        return Xml.of(in, input.limits(), input.name());
    }
}
