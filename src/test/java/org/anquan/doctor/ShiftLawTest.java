package org.anquan.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.anquan.doctor.ShiftTest.Datum;
import org.anquan.doctor.ShiftTest.Verdict;
import org.anquan.geo.Bd09;
import org.anquan.geo.Distances;
import org.anquan.geo.Gcj02;
import org.anquan.geo.GeoJson;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real layers on real roads, carried to many places in China: nothing is believed shifted that is not, and houses are
 * always seen to be shifted where the shift is 200 m and more.
 */
@Tag("real-data")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShiftLawTest {
    private static final Path DATA = Path.of("../shared/data/layers");

    private RoadGraph graph;
    private final Map<String, double[]> layers = new LinkedHashMap<>();

    @BeforeAll
    void readLiechtenstein() throws IOException {
        graph = RealRoads.of("liechtenstein-2024.osm.pbf").graph();
        for (String name : List.of(
                "buildings.geojson.gz",
                "candidate_shelters.geojson",
                "hazardous_facilities.geojson",
                "places.geojson",
                "waterways.geojson",
                "forests.geojson.gz")) layers.put(name, places(DATA.resolve("liechtenstein_" + name)));
    }

    private static double[] places(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            List<Geometry> all = new ArrayList<>();
            JsonNode features = JsonMapper.builder().build().readTree(in).path("features");
            for (JsonNode feature : features) all.add(GeoJson.read(feature.path("geometry")));
            return ShiftChecks.places(all);
        }
    }

    /** Carried so that metres stay metres. */
    private record Carried(double lon, double lat) {
        double[] pair(double fromLon, double fromLat) {
            double east = (fromLon - 9.55) * Math.cos(Math.toRadians(fromLat));
            double toLat = lat + fromLat - 47.15;
            return new double[] {lon + east / Math.cos(Math.toRadians(toLat)), toLat};
        }

        double[] all(double[] lonLat) {
            double[] out = new double[lonLat.length];
            for (int i = 0; i < lonLat.length; i += 2) System.arraycopy(pair(lonLat[i], lonLat[i + 1]), 0, out, i, 2);
            return out;
        }
    }

    private LineIndex roads(Carried to) {
        LineIndex.Builder lines = new LineIndex.Builder();
        for (int edge = 0; edge < graph.edgeCount(); edge++)
            for (int p = graph.shapeFirst(edge) + 1; p < graph.shapeFirst(edge + 1); p++) {
                double[] a = to.pair(graph.shapeLon()[p - 1], graph.shapeLat()[p - 1]);
                double[] b = to.pair(graph.shapeLon()[p], graph.shapeLat()[p]);
                lines.add(a[0], a[1], b[0], b[1]);
            }
        return lines.build();
    }

    private interface Step {
        void on(double[] pair);
    }

    private static double[] moved(double[] lonLat, Step step) {
        double[] out = lonLat.clone();
        double[] pair = new double[2];
        for (int i = 0; i < out.length; i += 2) {
            pair[0] = out[i];
            pair[1] = out[i + 1];
            step.on(pair);
            out[i] = pair[0];
            out[i + 1] = pair[1];
        }
        return out;
    }

    @Test
    void noLayerIsBelievedShiftedThatIsNotAndTheSystemIsAlwaysTheRightOne() {
        law(12, 7);
    }

    @Test
    @Tag("long")
    void theSameInVeryManyPlaces() {
        law(150, 11);
    }

    private void law(int placesInChina, long seed) {
        ShiftTest test = new ShiftTest(DoctorWorld.settings().shift());
        Random random = new Random(seed);
        Map<String, int[]> found = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < placesInChina; i++) {
            Carried to = new Carried(80 + 45 * random.nextDouble(), 22 + 28 * random.nextDouble());
            LineIndex roads = roads(to);
            boolean clear = offset(to) >= 200;
            double turn = 2 * Math.PI * random.nextDouble();
            double metres = 100 + 900 * random.nextDouble();
            for (Map.Entry<String, double[]> layer : layers.entrySet()) {
                double[] sound = to.all(layer.getValue());
                int[] count = found.computeIfAbsent(layer.getKey(), name -> new int[4]);
                if (shifted(test.of(sound, roads)) != null) wrong.add("as it is " + layer.getKey() + " " + to);
                double[] elsewhere = moved(sound, p -> {
                    p[0] += metres * Math.cos(turn) / 111_195 / Math.cos(Math.toRadians(p[1]));
                    p[1] += metres * Math.sin(turn) / 111_195;
                });
                if (shifted(test.of(elsewhere, roads)) != null) count[3]++;
                Datum gcj = shifted(test.of(moved(sound, Gcj02::fromWgs84), roads));
                Datum bd = shifted(test.of(moved(sound, Bd09::fromWgs84), roads));
                if (gcj == Datum.GCJ_02) count[0]++;
                else if (gcj == null && clear && layer.getKey().startsWith("buildings")) wrong.add("houses " + to);
                else if (gcj != null) wrong.add("GCJ-02 taken for BD-09 " + layer.getKey() + " " + to);
                if (bd == Datum.BD_09) count[1]++;
                else if (bd != null) wrong.add("BD-09 taken for GCJ-02 " + layer.getKey() + " " + to);
                count[2]++;
            }
        }
        found.forEach((layer, count) -> System.out.println(layer + ": GCJ-02 " + count[0] + ", BD-09 " + count[1]
                + " of " + count[2] + " found, moved elsewhere and believed " + count[3]));
        assertThat(wrong).isEmpty();
        // Shelters and villages stand at roads too; BD-09, a kilometre off, is seen on most of them.
        assertThat(found.get("candidate_shelters.geojson")[1]).isGreaterThan(placesInChina * 8 / 10);
        assertThat(found.get("places.geojson")[1]).isGreaterThan(placesInChina * 8 / 10);
    }

    /** How far GCJ-02 puts things off here, metres. */
    private static double offset(Carried at) {
        double[] pair = {at.lon(), at.lat()};
        Gcj02.fromWgs84(pair);
        return Distances.metres(at.lon(), at.lat(), pair[0], pair[1]);
    }

    private static Datum shifted(Optional<Verdict> verdict) {
        return verdict.filter(Verdict::shifted).map(Verdict::datum).orElse(null);
    }
}
