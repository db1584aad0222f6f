package org.anquan.shelter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.ImportRequest;
import org.anquan.exchange.Imports;
import org.anquan.geo.GeoJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sample district before and after its four new shelters and ten upgrades (新建4个、提升10个), against a plain sum over
 * the files themselves.
 */
class SampleGapTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path SAMPLE = Path.of("data-samples/lizhou");

    @TempDir
    static Path folder;

    private static ShelterWorld world;

    @BeforeAll
    static void load() {
        world = new ShelterWorld(folder, null);
        for (String layer : List.of("district", "township", "village", "shelter"))
            Imports.into(world.store.layers(), world.store.edits())
                    .run(ImportRequest.of(layer, SAMPLE.resolve(layer + ".geojson")), "test", ImportProgress.none());
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private static List<JsonNode> file(String layer) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        JSON.readTree(Files.readString(SAMPLE.resolve(layer + ".geojson")))
                .path("features")
                .forEach(all::add);
        return all;
    }

    private enum Stage {
        NOW("now", "gap"),
        WITH_NEW("withNew", "gapWithNew"),
        WITH_ALL("withAll", "gapWithAll");

        final String supply;
        final String village;

        Stage(String supply, String village) {
            this.supply = supply;
            this.village = village;
        }
    }

    /** Places at 0.5 m² a person, by the township that the shelter lies in. */
    private static Map<String, Long> places(Stage stage) throws IOException {
        Map<String, Geometry> townships = new LinkedHashMap<>();
        for (JsonNode one : file("township"))
            townships.put(one.path("properties").path("name").asString(), GeoJson.read(one.path("geometry")));
        Set<String> replaced = new HashSet<>();
        if (stage == Stage.WITH_ALL)
            for (JsonNode one : file("shelter"))
                if (one.path("properties").has("upgradeOf"))
                    replaced.add(one.path("properties").path("upgradeOf").asString());
        Map<String, Long> places = new HashMap<>();
        for (JsonNode one : file("shelter")) {
            JsonNode properties = one.path("properties");
            boolean planned = properties.path("status").asString("").equals("planned");
            boolean upgrade = properties.has("upgradeOf");
            boolean there = !planned || stage == Stage.WITH_ALL || (stage == Stage.WITH_NEW && !upgrade);
            if (!there || replaced.contains(one.path("id").asString())) continue;
            JsonNode at = one.path("geometry").path("coordinates");
            Geometry point = GeoJson.FACTORY.createPoint(
                    new Coordinate(at.get(0).asDouble(), at.get(1).asDouble()));
            String in = townships.entrySet().stream()
                    .filter(township -> township.getValue().covers(point))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("");
            places.merge(in, (long) Math.floor(properties.path("effectiveArea").asDouble() / 0.5), Long::sum);
        }
        return places;
    }

    @Test
    void theGapOfTheDistrictItsTownshipsAndVillagesShrinksWithTheNewAndTheUpgradedOnes() throws IOException {
        JsonNode answer = world.ask("shelter-capacity", "{'stay': 'emergency'}");
        Map<String, Long> need = new HashMap<>();
        for (JsonNode one : file("village")) {
            JsonNode properties = one.path("properties");
            need.merge(
                    properties.path("township").asString(),
                    properties.path("popNight").asLong(),
                    Long::sum);
        }
        long everybody = need.values().stream().mapToLong(Long::longValue).sum();
        long before = Long.MAX_VALUE;
        for (Stage stage : Stage.values()) {
            Map<String, Long> places = places(stage);
            long all = places.values().stream().mapToLong(Long::longValue).sum();
            JsonNode district = answer.path("district").path(stage.supply);
            assertThat(district.path("places").asLong()).as(stage.supply).isEqualTo(all);
            long gap = Math.max(0, everybody - all);
            assertThat(district.path("gap").asLong()).as(stage.supply).isEqualTo(gap);
            assertThat(gap).as(stage.supply).isLessThan(before);
            before = gap;
            for (JsonNode township : answer.path("townships")) {
                String name = township.path("name").asString();
                assertThat(township.path(stage.supply).path("gap").asLong())
                        .as(stage.supply + " " + name)
                        .isEqualTo(Math.max(0, need.getOrDefault(name, 0L) - places.getOrDefault(name, 0L)));
            }
            long near = 0;
            for (JsonNode village : answer.path("villages")) {
                long lacks = village.path(stage.village).asLong();
                assertThat(lacks).isBetween(0L, village.path("need").asLong());
                near += village.path("need").asLong() - lacks;
            }
            assertThat(district.path("withinReach").asLong()).as(stage.supply).isEqualTo(near);
        }
        // After all of it there is room for everybody, though not everybody finds it near.
        assertThat(before).isZero();
        assertThat(answer.path("district").path("withAll").path("withinReach").asLong())
                .isBetween(
                        answer.path("district").path("now").path("withinReach").asLong(), everybody - 1);
    }

    @Test
    void fourAreNewAndTenAreUpgraded() throws IOException {
        JsonNode answer = world.ask("shelter-capacity", "{'stay': 'emergency'}");
        JsonNode district = answer.path("district");
        assertThat(district.path("withNew").path("shelters").asInt()
                        - district.path("now").path("shelters").asInt())
                .isEqualTo(4);
        // An upgrade takes the place of what stood there: their number stays.
        assertThat(district.path("withAll").path("shelters").asInt())
                .isEqualTo(district.path("withNew").path("shelters").asInt());
        assertThat(file("shelter").stream().filter(one -> one.path("properties").has("upgradeOf")))
                .hasSize(10);
    }
}
