package org.anquan.exchange;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Change;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.TestCatalogue;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;

/** A process that writes until somebody kills it, and says each thing once it is acknowledged. For {@link DurabilityTest}. */
final class KilledWriter {
    private static final int ROWS = 4000;
    /** Of these, so many are changed afterwards by a second file, more than are written at a time. */
    static final int CHANGED = 1200;

    private KilledWriter() {}

    /** @param args folder for files, place of the store, round */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        String round = args[2];
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        TestCatalogue store = TestCatalogue.at(args[1]);
        LayerImport imports = Imports.into(store.layers(), store.edits(), ExchangeSettings.usual());
        out.println("ready");
        for (int i = 0; ; i++) {
            try {
                String id = "e" + round + "-" + i;
                edit(store, id, i);
                out.println("edit " + id);
                if (i % 5 != 2) continue;
                String mark = "l" + round + "-" + i;
                if (load(imports, folder, mark)) out.println("load " + mark);
                if (change(imports, folder, mark)) out.println("change " + mark);
            } catch (ProblemException e) {
                // The database was taken away; nothing is promised, so nothing is said.
                if (e.kind() != Kind.UNAVAILABLE) throw e;
            }
        }
    }

    private static void edit(TestCatalogue store, String id, int i) {
        store.edits()
                .apply(
                        TestCatalogue.me("edit"),
                        List.of(
                                new Change.Create("places", id, TestCatalogue.point(i % 180, 1), Map.of("name", id)),
                                new Change.Create(
                                        "ways",
                                        id,
                                        TestCatalogue.wkt("LINESTRING (0 0, 1 " + (1 + i % 80) + ")"),
                                        Map.of("name", id))));
    }

    private static boolean load(LayerImport imports, Path folder, String mark) throws IOException {
        StringBuilder csv = new StringBuilder("id,name,lon,lat\n");
        for (int k = 0; k < ROWS; k++)
            csv.append(mark)
                    .append('x')
                    .append(k)
                    .append(',')
                    .append(mark)
                    .append(",105,")
                    .append(k / 100.0)
                    .append('\n');
        Path file = Files.writeString(folder.resolve("in.csv"), csv);
        return imports.run(ImportRequest.of("places", file).mode(LoadMode.APPEND), "killed", ImportProgress.none())
                .stored();
    }

    private static boolean change(LayerImport imports, Path folder, String mark) throws IOException {
        StringBuilder csv = new StringBuilder("id,heightM\n");
        for (int k = 0; k < CHANGED; k++) csv.append(mark).append('x').append(k).append(",1\n");
        Path file = Files.writeString(folder.resolve("in.csv"), csv);
        return imports.run(ImportRequest.of("places", file).mode(LoadMode.UPDATE), "killed", ImportProgress.none())
                .stored();
    }
}
