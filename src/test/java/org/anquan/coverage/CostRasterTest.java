package org.anquan.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.anquan.exchange.RecordFiles;
import org.anquan.exchange.format.FormatSettings;
import org.anquan.exchange.format.RecordFormats;
import org.anquan.geo.GeoJson;
import org.anquan.geo.MetricCrs;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.terrain.Raster;
import org.anquan.terrain.Rasters;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** Travel over cells, against the plain way of working it out, and against GDAL where it is installed. */
class CostRasterTest {
    private static final Path DEMO = Path.of("../shared/data/raster/accessmod-demo");

    @TempDir
    Path folder;

    private static CostCase empty(int cols, int rows, double cell) {
        return new CostCase(
                cols,
                rows,
                500_000,
                3_600_000 + rows * cell,
                cell,
                cell,
                MetricCrs.at(105).crs());
    }

    private static LineString line(double... xy) {
        Coordinate[] all = new Coordinate[xy.length / 2];
        for (int i = 0; i < all.length; i++) all[i] = new Coordinate(500_000 + xy[2 * i], 3_600_000 + xy[2 * i + 1]);
        return GeoJson.FACTORY.createLineString(all);
    }

    /**
     * The plain way: a queue of pairs, the pace of a step worked out from scratch with the exponential itself, no table, no
     * heap of ours.
     */
    private static double[] plain(CostCase of, List<Integer> starts, boolean toward) {
        double[] seconds = new double[of.pace.length];
        Arrays.fill(seconds, Double.POSITIVE_INFINITY);
        PriorityQueue<double[]> queue = new PriorityQueue<>(Comparator.comparingDouble(pair -> pair[0]));
        for (int start : starts) {
            if (start < 0 || Float.isInfinite(of.pace[start])) continue;
            seconds[start] = 0;
            queue.add(new double[] {0, start});
        }
        int[][] moves = {
            {0, 1}, {0, -1}, {1, 0}, {-1, 0}, {1, 1}, {1, -1}, {-1, 1}, {-1, -1},
            {1, 2}, {1, -2}, {-1, 2}, {-1, -2}, {2, 1}, {2, -1}, {-2, 1}, {-2, -1}
        };
        while (!queue.isEmpty()) {
            double[] top = queue.remove();
            int cell = (int) top[1];
            if (top[0] > seconds[cell]) continue;
            int r = cell / of.cols;
            int c = cell % of.cols;
            for (int[] move : moves) {
                int r2 = r + move[0];
                int c2 = c + move[1];
                if (r2 < 0 || c2 < 0 || r2 >= of.rows || c2 >= of.cols) continue;
                List<Integer> passed = new ArrayList<>(List.of(cell, r2 * of.cols + c2));
                if (Math.abs(move[0]) == 2) {
                    passed.add((r + move[0] / 2) * of.cols + c);
                    passed.add((r + move[0] / 2) * of.cols + c2);
                } else if (Math.abs(move[1]) == 2) {
                    passed.add(r * of.cols + c + move[1] / 2);
                    passed.add(r2 * of.cols + c + move[1] / 2);
                }
                double metres = Math.hypot(move[0] * of.cellY, move[1] * of.cellX);
                double rise = of.height[r2 * of.cols + c2] - of.height[cell];
                double slope = Double.isNaN(rise) ? 0 : (toward ? -rise : rise) / metres;
                double cost = 0;
                for (int one : passed)
                    cost += of.pace[one]
                            * (of.onFoot[one] ? Math.exp(3.5 * Math.abs(slope + 0.05)) / Math.exp(3.5 * 0.05) : 1)
                            / passed.size();
                double arrives = top[0] + metres * cost;
                if (!(arrives < seconds[r2 * of.cols + c2])) continue;
                seconds[r2 * of.cols + c2] = arrives;
                queue.add(new double[] {arrives, r2 * of.cols + c2});
            }
        }
        return seconds;
    }

    private static void isThePlainOne(CostCase of, float[] seconds, double[] plain, String seed) {
        for (int cell = 0; cell < seconds.length; cell++)
            if (Double.isInfinite(plain[cell]))
                assertThat(seconds[cell]).as("cell %d, %s", cell, seed).isNaN();
            else
                // The table of slopes has steps of a thousandth, and ours are floats: within a quarter per cent.
                assertThat((double) seconds[cell])
                        .as("cell %d, %s", cell, seed)
                        .isCloseTo(plain[cell], within(0.0025 * plain[cell] + 0.01));
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void timesAreThoseOfThePlainWayAndCatchmentsKeepToTheirRoom(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CostCase of = empty(random.nextInt(3, 30), random.nextInt(3, 30), 30);
        double[] kmh = {0, 1, 2, 4, 5};
        boolean hills = random.nextBoolean();
        of.people = new long[of.pace.length];
        for (int cell = 0; cell < of.pace.length; cell++) {
            of.ground(cell, kmh[random.nextInt(kmh.length)], random.nextBoolean());
            if (hills) of.height[cell] = (float) random.nextDouble(0, 40);
            of.people[cell] = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
        }
        double width = of.cols * 30;
        double height = of.rows * 30;
        for (int i = 0; i < random.nextInt(3); i++)
            of.bar(line(
                    random.nextDouble(width),
                    random.nextDouble(height),
                    random.nextDouble(width),
                    random.nextDouble(height)));
        for (int i = 0; i < random.nextInt(4); i++)
            of.road(
                    line(
                            random.nextDouble(width),
                            random.nextDouble(height),
                            random.nextDouble(width),
                            random.nextDouble(height)),
                    random.nextDouble(10, 80),
                    false);
        List<Integer> starts = new ArrayList<>();
        for (int f = 0; f < random.nextInt(1, 6); f++) {
            int cell = random.nextInt(of.pace.length);
            starts.add(cell);
            of.facilities.add(new CostCase.Facility("f" + f, "f" + f, cell, (long) random.nextInt(60)));
        }
        boolean toward = random.nextBoolean();
        CostCase.Result result = of.run(List.of(1, 5), 6000, toward);
        isThePlainOne(of, result.travel().seconds(), plain(of, starts, toward), "seed " + seed);
        Catchments.Filled filled = result.filled();
        long all = Arrays.stream(of.people).sum();
        long taken = Arrays.stream(filled.people()).sum();
        assertThat(taken + Arrays.stream(filled.left()).sum())
                .as("seed %d", seed)
                .isEqualTo(all);
        for (int f = 0; f < starts.size(); f++) {
            assertThat(filled.people()[f])
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(of.facilities.get(f).capacity());
            // Nobody waits before a door with room behind it.
            if (filled.people()[f] >= of.facilities.get(f).capacity()) continue;
            double[] alone = plain(of, List.of(starts.get(f)), toward);
            for (int cell = 0; cell < alone.length; cell++)
                if (filled.left()[cell] > 0)
                    assertThat(alone[cell])
                            .as("facility %d cell %d, seed %d", f, cell, seed)
                            .isInfinite();
        }
    }

    @Test
    void aRoadOverARiverIsTheOnlyWayAcross() {
        CostCase of = empty(21, 11, 100);
        for (int cell = 0; cell < of.pace.length; cell++) of.ground(cell, 3.6, true);
        of.bar(line(0, 551, 2100, 549));
        of.facilities.add(new CostCase.Facility("f", "f", of.cellAt(500_050, 3_600_050), null));
        float north = of.run(List.of(30), 600, false).travel().seconds()[of.cellAt(500_050, 3_601_050)];
        assertThat(north).isNaN();
        // A road at x = 1 050 from bank to bank.
        of.road(line(1050, 350, 1050, 750), 36, false);
        float over = of.run(List.of(30), 600, false).travel().seconds()[of.cellAt(500_050, 3_601_050)];
        // 1 m/s on foot, 10 m/s on the road: aslant to the bridge and back, at least 2 · 1 000 m less the road's
        // saving.
        assertThat(over).isBetween(1900f, 2400f);
    }

    private static RecordFormats formats() throws IOException {
        FormatSettings settings = new Binder(
                        ConfigurationPropertySources.from(new YamlPropertySourceLoader()
                                .load("application", new ClassPathResource("application.yml"))),
                        null,
                        ApplicationConversionService.getSharedInstance())
                .bind("anquan.formats", FormatSettings.class)
                .get();
        return new RecordFormats(settings);
    }

    private CostRaster service() throws IOException {
        AnquanHome home = new AnquanHome(folder.resolve("home"));
        return new CostRaster(new RecordFiles(formats(), home), Rasters.in(home));
    }

    private static CostRaster.Request demo(Path speeds, boolean toward) {
        return new CostRaster.Request(
                DEMO.resolve("land_cover.tif"),
                DEMO.resolve("dem.tif"),
                speeds,
                DEMO.resolve("road.shp"),
                List.of(DEMO.resolve("river.shp")),
                DEMO.resolve("facility.shp"),
                DEMO.resolve("population.tif"),
                DEMO.resolve("zone.shp"),
                "zone",
                List.of(30, 60, 120),
                600,
                toward);
    }

    private static void needsTheDemo() {
        boolean there = Files.isDirectory(DEMO);
        if (!there) System.out.println("skipped: " + DEMO + " is not there");
        Assumptions.assumeTrue(there);
    }

    @Test
    @Tag("real-data")
    void theAccessModDemoRunsFromItsFilesAndGdalReadsTheTimes() throws Exception {
        needsTheDemo();
        CostRaster raster = service();
        CostRaster.Request request = demo(DEMO.resolve("speed_model.xlsx"), true);
        CostRaster.Report report = raster.run(request, folder.resolve("out"));
        assertThat(report.files())
                .extracting(f -> f.getFileName().toString())
                .containsExactly("travel-time.tif", "catchment.tif", "tables.xlsx");
        List<Text> warnings = new ArrayList<>();
        CostCase of = raster.prepared(request, warnings);
        List<Integer> starts =
                of.facilities.stream().map(CostCase.Facility::cell).toList();
        double[] plain = plain(of, starts, true);
        Raster written = Raster.read(report.files().get(0), 10_000_000);
        assertThat(written.cols()).isEqualTo(633);
        assertThat(written.rows()).isEqualTo(467);
        isThePlainOne(of, written.values(), plain, "demo");
        // Every capacity of the roster is kept, and the six hold 5 040 people together.
        CostCase.Result result = of.run(request.minutes(), request.limitMinutes(), true);
        long[] capacities = {200, 40, 300, 500, 3000, 1000};
        for (int f = 0; f < 6; f++) {
            assertThat(of.facilities.get(f).capacity()).isEqualTo(capacities[f]);
            assertThat(result.filled().people()[f]).isLessThanOrEqualTo(capacities[f]);
        }
        for (CostCase.ZoneRow row : result.zones()) {
            assertThat(row.within()[0]).isLessThanOrEqualTo(row.within()[1]);
            assertThat(row.within()[1]).isLessThanOrEqualTo(row.within()[2]);
            assertThat(row.within()[2]).isLessThanOrEqualTo(row.people() - row.unreached());
        }
        gdalReads(report.files().get(0), of, plain);
    }

    private static void gdalReads(Path tiff, CostCase of, double[] plain) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/gdallocationinfo"))) return;
        SplittableRandom random = new SplittableRandom(5);
        List<Integer> cells = new ArrayList<>();
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            int cell = random.nextInt(plain.length);
            cells.add(cell);
            places.append(of.x(cell)).append(' ').append(of.y(cell)).append('\n');
        }
        Process gdal = new ProcessBuilder("gdallocationinfo", "-valonly", "-geoloc", tiff.toString())
                .redirectErrorStream(true)
                .start();
        gdal.getOutputStream().write(places.toString().getBytes(StandardCharsets.UTF_8));
        gdal.getOutputStream().close();
        String[] values = new String(gdal.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n");
        assertThat(values).hasSize(200);
        for (int i = 0; i < 200; i++) {
            double expected = plain[cells.get(i)];
            double read = Double.parseDouble(values[i]);
            if (Double.isInfinite(expected)) assertThat(read).isEqualTo(-9999);
            else assertThat(read).isCloseTo(expected, within(0.0025 * expected + 0.01));
        }
        Process info = new ProcessBuilder("gdalinfo", tiff.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(info.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(told).contains("NAD27 / UTM zone 13N").contains("NoData Value=-9999");
    }

    @Test
    @Tag("real-data")
    void whatDoesNotFitTogetherIsRefusedWithWords() throws Exception {
        needsTheDemo();
        Path speeds = folder.resolve("speeds.csv");
        Files.writeString(speeds, "class,speed,mode\n1,-3,WALKING\nx,4,WALKING\n2,5,WALKING\n2,6,WALKING\n");
        CostRaster raster = service();
        assertThatThrownBy(() -> raster.run(demo(speeds, false), folder.resolve("out")))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.title().key()).startsWith("coverage.raster.speeds");
                    assertThat(e.mistakes()).hasSize(3);
                });
        Path elsewhere = folder.resolve("places.geojson");
        Files.writeString(
                elsewhere,
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
                        + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[-103.7,44.4]}}]}");
        CostRaster.Request demo = demo(DEMO.resolve("speed_model.xlsx"), false);
        CostRaster.Request wrong = new CostRaster.Request(
                demo.landCover(),
                null,
                demo.speeds(),
                null,
                List.of(),
                elsewhere,
                null,
                null,
                "zone",
                List.of(30),
                60,
                false);
        assertThatThrownBy(() -> raster.run(wrong, folder.resolve("out")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.title().key()).startsWith("coverage.raster.otherCrs"));
    }
}
