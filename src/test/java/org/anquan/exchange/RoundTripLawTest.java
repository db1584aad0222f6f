package org.anquan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.TestCatalogue;
import org.locationtech.jts.geom.Geometry;

/** Importing an export gives the same layer, in every format. */
class RoundTripLawTest {
    private static final String PIECES = "三堆a1 ,;\"'|\n\t[]{}=%\\\uD83D\uDE92é．Ａ";

    TestCatalogue openStore(Path folder) {
        return TestCatalogue.open(folder);
    }

    @Property(tries = 40)
    void importOfAnExportGivesTheSameLayer(@ForAll long seed, @ForAll ExportFormat format) throws IOException {
        Path folder = Files.createTempDirectory("roundtrip");
        try (TestCatalogue store = openStore(folder)) {
            Random random = new Random(seed);
            fill(store, random, "places");
            fill(store, random, "ways");
            fill(store, random, "areas");
            LayerImport imports = Imports.into(store.layers(), store.edits(), ExchangeSettings.usual());
            for (String layer : List.of("places", "ways", "areas")) {
                List<Feature> before =
                        store.layers().find(FeatureQuery.all(layer)).features();
                Path file = folder.resolve("export." + format.suffix());
                try (OutputStream out = Files.newOutputStream(file)) {
                    new LayerExport(store.layers()).write(FeatureQuery.all(layer), format, Sensitivity.RESTRICTED, out);
                }
                ImportReport report =
                        imports.run(ImportRequest.of(layer, file).mode(LoadMode.REPLACE), "law", ImportProgress.none());
                assertThat(report.refusedRows()).isEmpty();
                assertThat(report.repairs()).isEmpty();
                List<Feature> after =
                        store.layers().find(FeatureQuery.all(layer)).features();
                assertThat(after).hasSameSizeAs(before);
                for (int i = 0; i < before.size(); i++) {
                    assertThat(after.get(i).id()).isEqualTo(before.get(i).id());
                    assertThat(after.get(i).attributes())
                            .isEqualTo(before.get(i).attributes());
                    assertThat(after.get(i).geometry().equalsExact(before.get(i).geometry()))
                            .as("%s", before.get(i).geometry())
                            .isTrue();
                }
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private static void fill(TestCatalogue store, Random random, String layer) throws IOException {
        store.edits().load(TestCatalogue.me("law"), layer, LoadMode.REPLACE, sink -> {
            for (int i = 0; i < 12; i++) {
                Map<String, Object> a = new HashMap<>();
                a.put("name", "n" + text(random));
                if (layer.equals("ways") && random.nextBoolean()) a.put("widthM", random.nextDouble() * 10);
                if (layer.equals("places")) {
                    if (random.nextBoolean()) a.put("remark", text(random));
                    if (random.nextBoolean()) a.put("people", (long) random.nextInt(9_000_000));
                    if (random.nextBoolean())
                        a.put("heightM", random.nextGaussian() * Math.pow(10, random.nextInt(20) - 9));
                    if (random.nextBoolean()) a.put("staffed", random.nextBoolean());
                    if (random.nextBoolean())
                        a.put("opened", LocalDate.of(1900, 1, 1).plusDays(random.nextInt(60000)));
                    if (random.nextBoolean()) a.put("checkedAt", Instant.ofEpochMilli(random.nextLong() >>> 22));
                    if (random.nextBoolean())
                        a.put(
                                "hazards",
                                List.of(List.of("flood", "geo"), List.<String>of(), List.of("fire"))
                                        .get(random.nextInt(3)));
                }
                assertThat(sink.add(new FeatureDraft("f-" + i + "的", geometry(random, layer), a, null)))
                        .isEmpty();
            }
        });
    }

    private static String text(Random random) {
        StringBuilder out = new StringBuilder();
        int[] pieces = PIECES.codePoints().toArray();
        for (int i = random.nextInt(12); i >= 0; i--) out.appendCodePoint(pieces[random.nextInt(pieces.length)]);
        return out.toString();
    }

    private static Geometry geometry(Random random, String layer) {
        double x = random.nextDouble() * 350 - 175;
        double y = random.nextDouble() * 170 - 85;
        double d = random.nextDouble();
        String line = "(" + x + " " + y + ", " + (x + d) + " " + y + ", " + (x + d) + " " + (y + d) + ")";
        String ring = "((" + x + " " + y + ", " + (x + d) + " " + y + ", " + (x + d) + " " + (y + d) + ", " + x + " "
                + y + "))";
        String ring2 = "((" + (x + 2) + " " + y + ", " + (x + 3) + " " + y + ", " + (x + 3) + " " + (y + 1) + ", "
                + (x + 2) + " " + y + "))";
        boolean many = random.nextBoolean();
        return switch (layer) {
            case "places" -> TestCatalogue.point(x, y);
            case "ways" ->
                TestCatalogue.wkt(many ? "MULTILINESTRING (" + line + ", (0 0, 1 1))" : "LINESTRING " + line);
            default -> TestCatalogue.wkt(many ? "MULTIPOLYGON (" + ring + ", " + ring2 + ")" : "POLYGON " + ring);
        };
    }
}
