package org.anquan.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.anquan.geo.GeoJson;
import org.anquan.geo.MetricCrs;
import org.anquan.sample.LizhouFacts.MainRoad;
import org.anquan.sample.SampleRoads.OsmWay;
import org.anquan.sample.SampleRoads.Place;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LizhouSampleTest {
    private static final double HOUR = 3600;

    private final MetricCrs metric = MetricCrs.at(105.8);
    private SampleRoads roads;

    @BeforeAll
    void read() throws IOException, XMLStreamException {
        // docs/sample.md: how the files are made again.
        if (Boolean.getBoolean("lizhou.write")) LizhouGenerator.main(new String[0]);
        roads = new SampleRoads(LizhouGenerator.FOLDER.resolve("roads.osm"));
    }

    private static List<JsonNode> features(String layer) {
        JsonNode file = JsonMapper.shared().readTree(LizhouGenerator.FOLDER.resolve(layer + ".geojson"));
        return new ArrayList<>(file.path("features").values());
    }

    private static Geometry geometry(JsonNode feature) {
        return GeoJson.read(feature.path("geometry"));
    }

    private static Place place(JsonNode feature) {
        Coordinate at = geometry(feature).getCoordinate();
        return new Place(at.x, at.y);
    }

    private static String text(JsonNode feature, String attribute) {
        return feature.path("properties").path(attribute).asString("");
    }

    private static long number(JsonNode feature, String attribute) {
        return feature.path("properties").path(attribute).asLong(-1);
    }

    private static List<String> layers() throws IOException {
        try (Stream<Path> files = Files.list(LizhouGenerator.FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".geojson"))
                    .map(name -> name.substring(0, name.length() - ".geojson".length()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theCommittedFilesAreExactlyWhatTheGeneratorMakes() throws IOException {
        Map<String, String> made = LizhouGenerator.files();
        try (Stream<Path> files = Files.list(LizhouGenerator.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(made.keySet());
        }
        for (Map.Entry<String, String> file : made.entrySet())
            assertThat(Files.readString(LizhouGenerator.FOLDER.resolve(file.getKey()))
                            .equals(file.getValue()))
                    .as("%s is not what the generator makes; see docs/sample.md", file.getKey())
                    .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "105.845, 32.434, 105.622, 32.503, 47",
        "105.845, 32.434, 105.500, 32.485, 76",
        "105.845, 32.434, 105.560, 32.585, 81",
        "105.622, 32.503, 105.500, 32.485, 37",
        "105.622, 32.503, 105.560, 32.585, 34"
    })
    void drivingTimesAgreeWithTheHandbookWithinFivePercent(
            double fromLon, double fromLat, double toLon, double toLat, double minutes) {
        long from = roads.nearest(new Place(fromLon, fromLat));
        long to = roads.nearest(new Place(toLon, toLat));
        double seconds = roads.seconds(Map.of(from, 0.0)).getOrDefault(to, Double.NaN);
        assertThat(seconds / 60).isCloseTo(minutes, within(minutes * 0.05));
    }

    @Test
    void everyMainRoadIsAsLongAsItsCoarseLineTimesTheSinuosityOfItsClass() {
        for (MainRoad road : LizhouFacts.ROADS) {
            double coarse = Ground.metres(road.through());
            double sinuosity = road.highway().equals("motorway") ? 1.1 : 1.3;
            assertThat(roads.metresOf(road.name()))
                    .as(road.name())
                    .isCloseTo(coarse * sinuosity, within(coarse * sinuosity * 0.002));
        }
    }

    @Test
    void noWayCrossesItself() {
        for (OsmWay way : roads.ways)
            assertThat(line(way).isSimple()).as(way.tag("name")).isTrue();
    }

    private LineString line(OsmWay way) {
        return GeoJson.FACTORY.createLineString(way.nodes().stream()
                .map(roads::place)
                .map(p -> new Coordinate(p.lon(), p.lat()))
                .toArray(Coordinate[]::new));
    }

    @Test
    void whereARoadCrossesWaterItIsABridge() {
        List<LineString> waters = roads.ways.stream()
                .filter(way -> !way.tag("waterway").isEmpty())
                .map(this::line)
                .toList();
        assertThat(waters).hasSize(17);
        int bridges = 0;
        for (OsmWay way : roads.ways) {
            if (way.tag("highway").isEmpty()) continue;
            boolean crosses = waters.stream().anyMatch(line(way)::crosses);
            if (way.tag("bridge").equals("yes")) bridges += crosses ? 1 : 0;
            else
                assertThat(crosses)
                        .as("%s crosses water without a bridge", way.tags())
                        .isFalse();
        }
        assertThat(bridges).isGreaterThan(20);
    }

    @Test
    void peopleOfTheVillagesSumToTheirUnitAndToTheDistrict() {
        Map<String, Long> villages = new TreeMap<>();
        for (JsonNode village : features("village"))
            villages.merge(text(village, "township"), number(village, "people"), Long::sum);
        Map<String, Long> units = new TreeMap<>();
        for (JsonNode unit : features("township")) units.put(text(unit, "name"), number(unit, "people"));
        assertThat(villages).isEqualTo(units).hasSize(17).containsEntry("白朝乡", 4500L);
        // 105+62+50+48+62+55+33+14+9+78+28+18+18+23+10+4.5+4.5 thousand
        assertThat(number(features("district").get(0), "people"))
                .isEqualTo(622_000)
                .isEqualTo(units.values().stream().mapToLong(Long::longValue).sum());
        assertThat(features("village")).hasSize(190);
    }

    @Test
    void townshipsFillTheDistrictWithoutGapOrOverlap() {
        Geometry district = metric.toMetres(geometry(features("district").get(0)));
        List<Geometry> units = features("township").stream()
                .map(f -> metric.toMetres(geometry(f)))
                .toList();
        assertThat(units).allMatch(Geometry::isValid);
        double sum = units.stream().mapToDouble(Geometry::getArea).sum();
        assertThat(sum).isCloseTo(district.getArea(), within(1.0));
        assertThat(UnaryUnionOp.union(units).symDifference(district).getArea()).isLessThan(1);
        // The handbook's ring encloses 1508 km².
        assertThat(district.getArea() / 1e6).isCloseTo(1508, within(5.0));
    }

    @Test
    void ofThe164LandslidePoints73AreAutomaticAndEachGradeFollowsTheWorseOfPeopleAndMoney() {
        List<JsonNode> points = features("landslide_point");
        assertThat(points).hasSize(164);
        assertThat(points.stream().filter(p -> text(p, "monitoring").equals("auto")))
                .hasSize(73);
        for (JsonNode point : points)
            assertThat(text(point, "grade"))
                    .isEqualTo(LizhouSample.grade(
                            (int) number(point, "threatenedPeople"), number(point, "threatenedCny")));
        assertThat(points.stream().map(p -> text(p, "grade")).distinct())
                .containsExactlyInAnyOrder("small", "medium", "large", "extraLarge");
        // 60 people and 5 million: medium by money; 99 people and 4.99 million: small.
        assertThat(LizhouSample.grade(60, 5_000_000)).isEqualTo("medium");
        assertThat(LizhouSample.grade(99, 4_990_000)).isEqualTo("small");
    }

    @Test
    void everyReasonForBeingLeftOutHasItsVillage() {
        Map<Long, Double> reached = roads.seconds(stations(Set.of()));
        JsonNode roadless = village("village-baichao-11");
        assertThat(roads.metresToRoad(place(roadless))).isGreaterThan(2000);
        for (String id : List.of("village-jindong-09", "village-jindong-10")) {
            Place lakeside = place(village(id));
            long own = roads.nearest(lakeside);
            assertThat(roads.metresToRoad(lakeside)).isLessThan(50);
            assertThat(reached).doesNotContainKey(own);
            assertThat(reached.keySet()).noneMatch(node -> roads.place(node).metresTo(lakeside) < 2000);
        }
        for (String id : List.of("village-baichao-09", "village-baichao-10"))
            assertThat(secondsTo(id, reached)).isBetween(HOUR + 300, 1.4 * HOUR);
        assertThat(secondsTo("village-baichao-08", reached)).isLessThan(HOUR);
    }

    @Test
    void withoutTheBrigadeOfSanduiTheHourIsTooShortForTheWest() {
        Map<Long, Double> all = roads.seconds(stations(Set.of()));
        Map<Long, Double> without = roads.seconds(stations(Set.of("rs-sandui")));
        for (String id : List.of("village-baichao-08", "village-jindong-01")) {
            assertThat(secondsTo(id, all)).isLessThan(HOUR);
            assertThat(secondsTo(id, without)).isGreaterThan(HOUR);
        }
    }

    private double secondsTo(String village, Map<Long, Double> reached) {
        return reached.getOrDefault(roads.nearest(place(village(village))), Double.POSITIVE_INFINITY);
    }

    private static JsonNode village(String id) {
        return features("village").stream()
                .filter(v -> v.path("id").asString("").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Map<Long, Double> stations(Set<String> off) {
        Map<Long, Double> sources = new HashMap<>();
        for (JsonNode station : features("rescue_station"))
            if (text(station, "status").equals("active")
                    && !off.contains(station.path("id").asString("")))
                sources.put(roads.nearest(place(station)), (double) number(station, "turnoutSeconds"));
        return sources;
    }

    @Test
    void nothingThatStandsOnTheGroundStandsInARiver() throws IOException {
        List<Geometry> rivers = features("flood_channel").stream()
                .map(river -> metric.toMetres(geometry(river))
                        .buffer(river.path("properties").path("widthM").asDouble() / 2))
                .toList();
        for (String layer : layers()) {
            // It stands over the river.
            if (layer.equals("bridge")) continue;
            for (JsonNode feature : features(layer)) {
                if (!feature.path("geometry").path("type").asString("").equals("Point")) continue;
                Geometry at = metric.toMetres(geometry(feature));
                assertThat(rivers.stream().anyMatch(river -> river.contains(at)))
                        .as("%s %s", layer, text(feature, "name"))
                        .isFalse();
            }
        }
    }

    @Test
    void everyFeatureIsMarkedIllustrativeAndHasItsOwnId() throws IOException {
        assertThat(layers()).hasSize(27);
        for (String layer : layers()) {
            Set<String> ids = new HashSet<>();
            for (JsonNode feature : features(layer)) {
                assertThat(feature.path("properties").path("illustrative").asBoolean(false))
                        .isTrue();
                assertThat(text(feature, "source")).isEqualTo("示例数据（示意，非真实）");
                assertThat(text(feature, "name")).isNotBlank();
                assertThat(ids.add(feature.path("id").asString("")))
                        .as(feature.path("id").toString())
                        .isTrue();
                assertThat(geometry(feature).isValid())
                        .as("%s %s", layer, text(feature, "name"))
                        .isTrue();
            }
        }
    }

    @Test
    void ofTheHydrantsInTheTownNineteenOfTwentyWorkAndNoneStandsCloseToAnother() {
        List<JsonNode> hydrants = features("hydrant");
        assertThat(hydrants).hasSizeBetween(300, 1200);
        long broken = hydrants.stream()
                .filter(h -> !h.path("properties").path("ok").asBoolean())
                .count();
        assertThat((double) broken / hydrants.size()).isCloseTo(0.05, within(0.003));
        List<Geometry> kerbs = roads.ways.stream()
                .filter(way -> !way.tag("highway").isEmpty())
                .map(way -> metric.toMetres(line(way)))
                .toList();
        List<Geometry> places =
                hydrants.stream().map(h -> metric.toMetres(geometry(h))).toList();
        for (int i = 0; i < places.size(); i++) {
            Geometry at = places.get(i);
            assertThat(kerbs.stream().anyMatch(road -> road.isWithinDistance(at, 8)))
                    .as("a road beside %s", hydrants.get(i).path("id"))
                    .isTrue();
            for (int k = 0; k < i; k++) assertThat(at.distance(places.get(k))).isGreaterThan(59);
        }
    }

    @Test
    void theRostersHaveWhatTheCountyPlanCounts() {
        Map<String, Long> monitors = new TreeMap<>();
        for (JsonNode monitor : features("monitor")) monitors.merge(text(monitor, "type"), 1L, Long::sum);
        assertThat(monitors).isEqualTo(Map.of("weather", 25L, "seismic", 3L));
        assertThat(features("reservoir").stream().filter(r -> text(r, "kind").equals("reservoir")))
                .hasSize(8);
        assertThat(features("mine")).hasSize(7);
        // 1.44 million tonnes a year.
        assertThat(features("mine").stream()
                        .mapToDouble(
                                m -> m.path("properties").path("capacityMtA").asDouble())
                        .sum())
                .isCloseTo(1.44, within(1e-9));
        assertThat(features("water_source")).hasSizeGreaterThan(10);
        assertThat(features("bridge")).hasSizeGreaterThan(20);
    }

    @Test
    void whateverNamesAHazardousFacilityNamesOneThatIsThereAndStandsInTheSamePlace() {
        Map<String, Place> facilities = new HashMap<>();
        for (JsonNode facility : features("hazardous_facility"))
            facilities.put(facility.path("id").asString(""), place(facility));
        int named = 0;
        for (String layer : List.of("mine", "tailings_pond", "explosives_store"))
            for (JsonNode feature : features(layer)) {
                String id = text(feature, "facilityId");
                if (id.isEmpty()) continue;
                named++;
                assertThat(facilities).containsKey(id);
                assertThat(place(feature)).isEqualTo(facilities.get(id));
            }
        assertThat(named).isEqualTo(4);
    }

    @Test
    void aFlashFloodZoneHasTheReturnPeriodAndPeopleOfItsGully() {
        Map<String, JsonNode> channels = new HashMap<>();
        for (JsonNode channel : features("flood_channel"))
            channels.put(channel.path("id").asString(""), channel);
        for (JsonNode zone : features("flash_flood_zone")) {
            JsonNode channel = channels.get(text(zone, "channel"));
            assertThat(channel).as(text(zone, "name")).isNotNull();
            if (channel == null || !text(channel, "kind").equals("gully")) continue;
            assertThat(number(zone, "returnPeriodA")).isEqualTo(number(channel, "returnPeriodA"));
            assertThat(number(zone, "people")).isEqualTo(number(channel, "people"));
            assertThat(geometry(zone).covers(geometry(channel))).isTrue();
        }
    }
}
