package org.anquan.dispatch;

import static org.anquan.town.Town.lat;
import static org.anquan.town.Town.lon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.anquan.network.RoadNetwork;
import org.anquan.town.Town;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What holds for any forces, wherever a road is closed. */
class NearestResourcesLawTest {
    private static final int FORCES = 12;
    private static @Nullable Path folder;
    private static @Nullable ResourcesWorld world;
    private static @Nullable RoadNetwork roads;

    /** Forces at random places of a square of 5 km; the streets are other ones each time. */
    @BeforeContainer
    static void start() throws IOException {
        folder = Files.createTempDirectory("resources-law");
        world = new ResourcesWorld(folder, () -> java.util.Objects.requireNonNull(roads));
        Random random = new Random(1);
        for (int i = 0; i < FORCES; i++)
            world.add("team", "t" + i, random.nextInt(5000), random.nextInt(5000), "kind", "county");
    }

    @AfterContainer
    static void stop() throws IOException {
        if (world != null) world.close();
        if (folder == null) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }

    private static RoadNetwork streets(Random random) {
        Town town = Town.town();
        for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++) {
                if (i < 5 && random.nextInt(5) > 0) street(town, random, i, j, i + 1, j);
                if (j < 5 && random.nextInt(5) > 0) street(town, random, i, j, i, j + 1);
            }
        street(town, random, 0, 0, 5, 5);
        return town.network();
    }

    private static void street(Town town, Random random, int i, int j, int k, int l) {
        town.road("街", i * 1000, j * 1000).to(k * 1000, l * 1000).kmh(20 + random.nextInt(50));
    }

    private static String xy(double x, double y) {
        return "[" + lon(x, y) + "," + lat(x, y) + "]";
    }

    /** A slide on one spot, a stretch, or a flooded square; one in three near the incident itself. */
    private static String closure(Random random, double atX, double atY) {
        boolean near = random.nextInt(3) == 0;
        double x = near ? atX + random.nextInt(300) - 150 : random.nextInt(5000);
        double y = near ? atY + random.nextInt(300) - 150 : random.nextInt(5000);
        double w = 50 + random.nextInt(800);
        return switch (random.nextInt(3)) {
            case 0 -> "{\"type\":\"Point\",\"coordinates\":" + xy(x, y) + "}";
            case 1 -> "{\"type\":\"LineString\",\"coordinates\":[" + xy(x, y) + "," + xy(x + w, y + w) + "]}";
            default ->
                "{\"type\":\"Polygon\",\"coordinates\":[[" + xy(x, y) + "," + xy(x + w, y) + "," + xy(x + w, y + w)
                        + "," + xy(x, y + w) + "," + xy(x, y) + "]]}";
        };
    }

    /** Arrival by force; who cannot come does not stand in it. */
    private static Map<String, Double> arrivals(JsonNode answer) {
        Map<String, Double> all = new HashMap<>();
        for (String part : List.of("alternatives", "leftOut"))
            for (JsonNode one : answer.path(part))
                if (one.path("arrivalSeconds").isNumber())
                    all.put(
                            one.path("id").asString(),
                            one.path("arrivalSeconds").asDouble());
        return all;
    }

    /** Closing the place's own section as a whole once let people walk past a slide further along it. */
    @Example
    void aWorldInWhichSomebodyOnceCameEarlier() {
        closingARoadNeverMakesAnybodyEarlier(798597);
    }

    @Property(tries = 200)
    void closingARoadNeverMakesAnybodyEarlier(@ForAll long seed) {
        Random random = new Random(seed);
        roads = streets(random);
        double x = random.nextInt(5000);
        double y = 1000 * random.nextInt(6);
        Map<String, Double> before = arrivals(ask(xy(x, y), List.of()));
        List<String> closures = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            closures.add(closure(random, x, y));
            Map<String, Double> after = arrivals(ask(xy(x, y), closures));
            for (Map.Entry<String, Double> one : after.entrySet()) {
                // Who could not come before cannot come now; a tenth of a second is the rounding.
                assertThat(before).as("seed %d, closures %s", seed, closures).containsKey(one.getKey());
                assertThat(one.getValue())
                        .as("seed %d, %s, closures %s", seed, one.getKey(), closures)
                        .isGreaterThanOrEqualTo(before.get(one.getKey()) - 0.1);
            }
            before = after;
        }
    }

    private static JsonNode ask(String location, List<String> closures) {
        return java.util.Objects.requireNonNull(world)
                .ask(
                        location,
                        ",\"routes\":0,\"maxMinutes\":1,\"scenario\":{\"closures\":[" + String.join(",", closures)
                                + "]}");
    }
}
