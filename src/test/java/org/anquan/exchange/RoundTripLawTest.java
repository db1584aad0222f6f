package org.anquan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import net.jqwik.api.constraints.IntRange;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.TestCatalogue;
import org.anquan.catalog.Visibility;
import org.anquan.geo.SourceCrs;
import org.assertj.core.data.Offset;
import org.locationtech.jts.geom.Geometry;

/** Importing an export gives the same layer, in every format. */
class RoundTripLawTest {
    private static final String PIECES = "三堆a1 ,;\"'|\n\t[]{}=%\\\uD83D\uDE92é．Ａ";

    TestCatalogue openStore(Path folder) {
        return TestCatalogue.open(folder);
    }

    private static final List<String> FORMATS =
            LayerExport.formats().stream().map(LayerExport.Format::name).toList();
    /** Systems that each format can be asked for; KML knows WGS84 only. */
    private static final List<String> SYSTEMS =
            List.of("EPSG:4326", "EPSG:4326", "EPSG:4490", "EPSG:4544", "EPSG:4523", "GCJ-02", "BD-09", "EPSG:3857");

    @Property(tries = 60)
    void importOfAnExportGivesTheSameLayer(
            @ForAll long seed, @ForAll @IntRange(max = 5) int format, @ForAll boolean titles) throws IOException {
        roundTrip(new Random(seed), FORMATS.get(format), titles);
    }

    private void roundTrip(Random random, String format, boolean titles) throws IOException {
        Path folder = Files.createTempDirectory("roundtrip");
        try (TestCatalogue store = openStore(folder)) {
            // A projection reaches its zone only; degrees all the globe.
            SourceCrs crs =
                    SourceCrs.resolve(format.equals("kml") ? "EPSG:4326" : SYSTEMS.get(random.nextInt(SYSTEMS.size())));
            boolean china = !crs.isLonLat();
            for (String layer : List.of("places", "ways", "areas")) fill(store, random, layer, china);
            LayerImport imports = Imports.into(store.layers(), store.edits(), ExchangeSettings.usual());
            for (String layer : List.of("places", "ways", "areas")) {
                List<Feature> before =
                        store.layers().find(FeatureQuery.all(layer)).features();
                Path file = folder.resolve("export" + LayerExport.format(format).extension());
                Imports.outOf(store.layers())
                        .write(
                                ExportRequest.of(FeatureQuery.all(layer), format)
                                        .crs(crs)
                                        .titles(titles),
                                new Visibility(Sensitivity.RESTRICTED),
                                file,
                                ImportProgress.none());
                ImportReport report = imports.run(
                        ImportRequest.of(layer, file).mode(LoadMode.REPLACE).crs(china ? crs.id() : null),
                        "law",
                        ImportProgress.none());
                assertThat(report.refusedRows()).isEmpty();
                assertThat(report.repairs()).isEmpty();
                List<Feature> after =
                        store.layers().find(FeatureQuery.all(layer)).features();
                assertThat(after).hasSameSizeAs(before);
                for (int i = 0; i < before.size(); i++) assertSame(after.get(i), before.get(i), china, format);
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private static void assertSame(Feature after, Feature before, boolean computed, String format) {
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.attributes().keySet()).isEqualTo(before.attributes().keySet());
        after.attributes().forEach((name, value) -> {
            // dBASE writes numbers with 15 decimals at most.
            if (format.equals("shp") && value instanceof Double number)
                assertThat(number).isCloseTo((Double) before.get(name), Offset.offset(1e-15 + Math.ulp(number)));
            else assertThat(value).as(name).isEqualTo(before.get(name));
        });
        // Rings may turn the other way, as some formats prescribe; their points are the very same, where no projection
        // was computed, and within 0.2 mm where one was.
        Geometry a = after.geometry().norm();
        Geometry b = before.geometry().norm();
        assertThat(a.equalsExact(b, computed ? 2e-9 : 0)).as("%s%n%s", a, b).isTrue();
    }

    private static void fill(TestCatalogue store, Random random, String layer, boolean china) throws IOException {
        store.edits().load(TestCatalogue.me("law"), layer, LoadMode.REPLACE, sink -> {
            for (int i = 0; i < 12; i++) {
                Map<String, Object> a = new HashMap<>();
                a.put("name", "n" + text(random));
                if (random.nextBoolean())
                    a.put(
                            "crsSource",
                            List.of("EPSG:4544", "GCJ-02", "CGCS2000").get(random.nextInt(3)));
                if (random.nextBoolean()) a.put("precisionM", random.nextDouble() * 300);
                if (random.nextBoolean()) a.put("validFrom", Instant.ofEpochMilli(random.nextLong() >>> 22));
                if (random.nextBoolean()) a.put("validTo", Instant.ofEpochMilli(random.nextLong() >>> 22));
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
                assertThat(sink.add(new FeatureDraft("f-" + i + "的", geometry(random, layer, china), a, null)))
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

    private static Geometry geometry(Random random, String layer, boolean china) {
        double x = china ? 104 + random.nextDouble() * 2 : random.nextDouble() * 350 - 175;
        double y = china ? 31 + random.nextDouble() * 2 : random.nextDouble() * 170 - 85;
        double d = random.nextDouble();
        String line = "(" + x + " " + y + ", " + (x + d) + " " + y + ", " + (x + d) + " " + (y + d) + ")";
        String ring = "((" + x + " " + y + ", " + (x + d) + " " + y + ", " + (x + d) + " " + (y + d) + ", " + x + " "
                + y + "))";
        String ring2 = "((" + (x + 1.5) + " " + y + ", " + (x + 2.5) + " " + y + ", " + (x + 2.5) + " " + (y + 1) + ", "
                + (x + 1.5) + " " + y + "))";
        boolean many = random.nextBoolean();
        return switch (layer) {
            case "places" -> TestCatalogue.point(x, y);
            case "ways" ->
                TestCatalogue.wkt(many ? "MULTILINESTRING (" + line + ", (104.5 31.5, 105 32))" : "LINESTRING " + line);
            default -> TestCatalogue.wkt(many ? "MULTIPOLYGON (" + ring + ", " + ring2 + ")" : "POLYGON " + ring);
        };
    }
}
