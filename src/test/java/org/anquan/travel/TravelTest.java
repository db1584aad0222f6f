package org.anquan.travel;

import static org.anquan.town.Town.lat;
import static org.anquan.town.Town.lon;
import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.Change;
import org.anquan.catalog.Documents;
import org.anquan.catalog.Layers;
import org.anquan.catalog.TestCatalogue;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadClass;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.RoadNetwork;
import org.anquan.network.RoadWorks;
import org.anquan.network.Roads;
import org.anquan.network.TravelProfile;
import org.anquan.problem.ProblemException;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.Progress;
import org.anquan.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Both processes over a real store, in a small town at 10 m/s. */
class TravelTest {
    /**
     * A river runs west to east along y = 500 (layer flood_channel). Two roads lead north over it: the bridge at x = 0,
     * 1 000 m from (0,0) to (0,1000), and a ring over (2000, 0) to (2000, 1000), 5 000 m to the same end.
     */
    private static RoadNetwork twoBridges() {
        return town().road("大桥路", 0, 0)
                .to(0, 400)
                .road("一号桥", 0, 400)
                .to(0, 600)
                .on(Structure.BRIDGE)
                .road("大桥路", 0, 600)
                .to(0, 1000)
                .road("东环路", 0, 0)
                .to(2000, 0)
                .to(2000, 1000)
                .to(0, 1000)
                .network();
    }

    @TempDir
    Path folder;

    private TestCatalogue store;
    private AnnotationConfigApplicationContext context;
    private JsonMapper json;
    private RoadNetwork roads = twoBridges();

    @BeforeEach
    void start() throws IOException {
        store = TestCatalogue.open(
                folder,
                Files.readString(Path.of("layers/flood_channel.yaml")),
                Files.readString(Path.of("layers/bridge.yaml")),
                Files.readString(Path.of("layers/village.yaml")),
                Files.readString(Path.of("layers/rescue_station.yaml")));
        context = new AnnotationConfigApplicationContext();
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(context.getEnvironment().getPropertySources()::addLast);
        context.registerBean(Layers.class, () -> store.layers());
        context.registerBean(Documents.class, () -> store.documents());
        context.registerBean(
                PlaceSets.class,
                () -> new PlaceSets(store.layers(), 20_000, Set.of("planned", "building", "closed", "full")));
        context.registerBean(RoadWorks.class, RealRoads::works);
        context.registerBean(Roads.class, TheRoads::new);
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.scan("org.anquan.travel", "org.anquan.scenario", "org.anquan.problem", "org.anquan.geo");
        context.refresh();
        json = JsonMapper.builder()
                .addModules(context.getBeansOfType(JacksonModule.class).values())
                .build();
    }

    @AfterEach
    void stop() {
        context.close();
        store.close();
    }

    private final class TheRoads implements Roads {
        @Override
        public Optional<RoadNetwork> current() {
            return Optional.of(roads);
        }

        @Override
        public RoadNetwork require() {
            return roads;
        }

        @Override
        public ImportSummary importOsm(Path file, ImportProgress progress) {
            throw new UnsupportedOperationException();
        }
    }

    private JsonNode route(String more) {
        return ask(RouteProcess.class, "{\"from\":" + xy(0, 0) + ",\"to\":" + xy(0, 1000) + more + "}");
    }

    private JsonNode ask(Class<? extends Process> process, String inputs) {
        Object answer = context.getBean(process).execute((ObjectNode) json.readTree(inputs), Progress.none());
        return json.readTree(json.writeValueAsString(answer));
    }

    private static String xy(double x, double y) {
        return "[" + lon(x, y) + "," + lat(x, y) + "]";
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return "{\"type\":\"LineString\",\"coordinates\":[" + xy(x1, y1) + "," + xy(x2, y2) + "]}";
    }

    private static List<String> steps(JsonNode route) {
        return route.path("steps")
                .valueStream()
                .map(step -> step.path("text").asString(""))
                .toList();
    }

    @Test
    void theFastestWayIsToldInBothLanguages() {
        JsonNode zh = route("").path("routes").get(0);
        assertThat(zh.path("seconds").asDouble()).isCloseTo(100, within(0.2));
        assertThat(zh.path("metres").asDouble()).isCloseTo(1000, within(1.0));
        assertThat(steps(zh)).containsExactly("沿大桥路向北出发", "直行，进入一号桥（过桥 200 米）", "直行，进入大桥路", "到达目的地");
        JsonNode en = route(",\"language\":\"en\"").path("routes").get(0);
        assertThat(steps(en))
                .containsExactly(
                        "Head north on 大桥路",
                        "Continue onto 一号桥 (over a bridge, 200 m)",
                        "Continue onto 大桥路",
                        "You have arrived");
        double sum = zh.path("steps")
                .valueStream()
                .mapToDouble(step -> step.path("seconds").asDouble())
                .sum();
        assertThat(sum).isCloseTo(zh.path("seconds").asDouble(), within(0.3));
    }

    @Test
    void anAlternativeIsAnotherWay() {
        assertThat(route(",\"alternatives\":2").path("routes")).hasSize(1);
        // The ring is five times as long: no alternative. With a bridge beside the first it is another matter.
        roads = town().road("西路", 0, 0)
                .to(0, 1000)
                .road("东路", 0, 0)
                .to(200, 500)
                .to(0, 1000)
                .network();
        JsonNode routes = route(",\"alternatives\":2").path("routes");
        assertThat(routes).hasSize(2);
        // 2·√(200² + 500²) = 1 077.0 m.
        assertThat(routes.get(1).path("seconds").asDouble()).isCloseTo(107.7, within(0.2));
    }

    @Test
    void aClosureIsAvoidedAndTheUsualTimeIsTold() {
        JsonNode answer = route(",\"scenario\":{\"closures\":[" + line(-50, 500, 50, 500) + "]}");
        assertThat(answer.path("routes").get(0).path("seconds").asDouble()).isCloseTo(500, within(0.5));
        assertThat(answer.path("usualSeconds").asDouble()).isCloseTo(100, within(0.2));
        assertThat(steps(answer.path("routes").get(0))).containsExactly("沿东环路向东出发", "到达目的地");
    }

    @Test
    void bridgesCloseByNameAndWhatClosesTheWayIsNamed() {
        String all = "{\"closures\":[{\"bridges\":[\"一号桥\"],\"why\":\"桥面垮塌\"}," + line(1000, -50, 1000, 50) + "]}";
        JsonNode answer = route(",\"scenario\":" + all);
        assertThat(answer.path("routes")).isEmpty();
        assertThat(answer.path("reasonCode").asString("")).isEqualTo("closed");
        assertThat(answer.path("reason").asString("")).contains("一号桥", "桥面垮塌");
        assertThat(answer.path("obstacles").get(0).path("road").asString("")).isEqualTo("w2");
    }

    @Test
    void aPartOfANameIsEnoughWhereNoneHasItWhole() {
        bridge("b1", 5, 500, Map.of("name", "示例1号桥（白龙江）"));
        bridge("b2", 1000, 0, Map.of("name", "示例11号桥（南河）"));
        // The roster's b1 stands on the short way; 一号 is a part of the road's own name there.
        for (String part : List.of("示例1号桥", "一号"))
            assertThat(route(",\"scenario\":{\"closures\":[{\"bridges\":[\"" + part + "\"]}]}")
                            .path("routes")
                            .get(0)
                            .path("metres")
                            .asDouble())
                    .as(part)
                    .isCloseTo(5000, within(1.0));
        // With the whole name of b2 there is no looking for parts, and the short way stays open.
        bridge("b3", 1000, 0, Map.of("name", "一号"));
        assertThat(route(",\"scenario\":{\"closures\":[{\"bridges\":[\"一号\"]}]}")
                        .path("routes")
                        .get(0)
                        .path("metres")
                        .asDouble())
                .isCloseTo(1000, within(1.0));
    }

    private void bridge(String id, double x, double y, Map<String, Object> attributes) {
        store.edits()
                .apply(
                        TestCatalogue.me("test"),
                        List.of(new Change.Create(
                                "bridge",
                                id,
                                TestCatalogue.wkt("POINT(" + lon(x, y) + " " + lat(x, y) + ")"),
                                attributes)));
    }

    @Test
    void theRostersLimitAndItsClosedFlagSendTheEngineRound() {
        double straight = route("").path("routes").get(0).path("metres").asDouble();
        assertThat(straight).isCloseTo(1000, within(1.0));
        bridge("b1", 5, 500, Map.of("name", "一号桥", "loadLimitT", 10.0));
        // 18 t are too much: 2 000 m east, 1 000 m north, 2 000 m west. 8 t pass.
        assertThat(route(",\"vehicle\":{\"loadTonnes\":18}")
                        .path("routes")
                        .get(0)
                        .path("metres")
                        .asDouble())
                .isCloseTo(5000, within(1.0));
        assertThat(route(",\"vehicle\":{\"loadTonnes\":8}")
                        .path("routes")
                        .get(0)
                        .path("metres")
                        .asDouble())
                .isCloseTo(1000, within(1.0));
        bridge("b2", 0, 510, Map.of("name", "一号桥下游幅", "closed", true));
        assertThat(route(",\"vehicle\":{\"loadTonnes\":8}")
                        .path("routes")
                        .get(0)
                        .path("metres")
                        .asDouble())
                .isCloseTo(5000, within(1.0));
        // The scenario that takes the way round leaves none, and the reason names the roster.
        JsonNode none = route(",\"scenario\":{\"closures\":[" + line(1000, -50, 1000, 50) + "]}");
        assertThat(none.path("routes")).isEmpty();
        assertThat(none.path("reason").asString("")).contains("一号桥");
    }

    @Test
    void aBridgeThatIsTooWeakForTheVehicleIsALimitAndNoClosedRoad() {
        roads = town().road("村道", 0, 0)
                .to(0, 400)
                .road("小桥", 0, 400)
                .to(0, 600)
                .on(Structure.BRIDGE)
                .road("村道", 0, 600)
                .to(0, 1000)
                .network();
        bridge("b1", 5, 500, Map.of("name", "小桥", "loadLimitT", 10.0));
        JsonNode heavy = route(",\"vehicle\":{\"loadTonnes\":18}");
        assertThat(heavy.path("reasonCode").asString("")).isEqualTo("limit");
        assertThat(heavy.path("reason").asString("")).startsWith("车辆过不去").contains("小桥", "限重 10 吨", "车重 18 吨");
        assertThat(route(",\"vehicle\":{\"loadTonnes\":8}").path("routes")).hasSize(1);
        bridge("b2", 5, 500, Map.of("name", "小桥下游幅", "closed", true));
        assertThat(route(",\"vehicle\":{\"loadTonnes\":8}").path("reasonCode").asString(""))
                .isEqualTo("closed");
    }

    @Test
    void aPlaceBesideAnExpresswayStartsOnTheRoadBehindItAndAPlaceOnItOnIt() {
        // The expressway runs along y = 0, a village road 300 m north of it; they meet at x = 2 000.
        roads = town().road("高速", 0, 0)
                .to(2000, 0)
                .as(RoadClass.EXPRESSWAY)
                .road("村道", 0, 300)
                .to(2000, 300)
                .to(2000, 0)
                .network();
        String to = ",\"to\":" + xy(2000, 300) + "}";
        JsonNode beside = ask(RouteProcess.class, "{\"from\":" + xy(500, 60) + to);
        // 1 500 m on the village road, 240 m from the place to it.
        assertThat(beside.path("routes").get(0).path("metres").asDouble()).isCloseTo(1500, within(1.0));
        assertThat(beside.path("routes").get(0).path("metresToRoad").asDouble()).isCloseTo(240, within(1.0));
        JsonNode on = ask(RouteProcess.class, "{\"from\":" + xy(500, 10) + to);
        // 1 500 m on the expressway, 300 m on the road that leads off it.
        assertThat(on.path("routes").get(0).path("metres").asDouble()).isCloseTo(1800, within(1.0));
    }

    @Test
    void facilitiesOfTheScenarioChangeTheMatrixOfTheirLayer() {
        for (String id : List.of("v1", "v2"))
            store.edits()
                    .apply(
                            TestCatalogue.me("test"),
                            List.of(new Change.Create(
                                    "village",
                                    id,
                                    TestCatalogue.wkt("POINT(" + lon(0, 0) + " " + lat(0, 0) + ")"),
                                    Map.of("name", id))));
        String added =
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":\"n1\",\"properties\":"
                        + "{\"id\":\"n1\",\"name\":\"新点\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":"
                        + xy(0, 300) + "}}]}";
        JsonNode answer = ask(
                MatrixProcess.class,
                "{\"from\":{\"layer\":\"village\"},\"to\":[" + xy(0, 1000)
                        + "],\"scenario\":{\"facilities\":{\"off\":[\"v1\"],\"added\":" + added + "}}}");
        List<String> ids = new ArrayList<>();
        answer.path("from").forEach(one -> ids.add(one.path("id").asString("")));
        assertThat(ids).containsExactlyInAnyOrder("v2", "n1");
    }

    @Test
    void stationsOutOfServiceCountInTheMatrixOnlyWhereAskedForAndAreNamed() {
        for (String id : List.of("active", "planned", "closed"))
            store.edits()
                    .apply(
                            TestCatalogue.me("test"),
                            List.of(new Change.Create(
                                    "rescue_station",
                                    id,
                                    TestCatalogue.wkt("POINT(" + lon(0, 0) + " " + lat(0, 0) + ")"),
                                    Map.of("name", id + "站", "status", id))));
        String there = "\"to\":[" + xy(0, 1000) + "]";
        String all = "{\"from\":{\"layer\":\"rescue_station\"}," + there;
        JsonNode usual = ask(MatrixProcess.class, all + "}");
        assertThat(usual.path("from")).hasSize(1);
        assertThat(usual.path("seconds")).hasSize(1);
        assertThat(usual.path("warnings").toString()).contains("有 2 处为规划", "planned站", "closed站");
        JsonNode back =
                ask(MatrixProcess.class, "{\"from\":[" + xy(0, 1000) + "],\"to\":{\"layer\":\"rescue_station\"}}");
        assertThat(back.path("to")).hasSize(1);
        JsonNode opened = ask(MatrixProcess.class, all + ",\"scenario\":{\"facilities\":{\"on\":[\"planned\"]}}}");
        assertThat(opened.path("from")).hasSize(2);
        assertThat(opened.path("warnings").toString()).contains("closed站").doesNotContain("planned站");
        String planned = "{\"from\":{\"layer\":\"rescue_station\",\"filter\":\"%s = 'planned'\"}," + there + "}";
        assertThat(ask(MatrixProcess.class, planned.formatted("status")).path("from"))
                .hasSize(1);
        assertThatThrownBy(() -> ask(MatrixProcess.class, planned.formatted("id")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes().get(0).where()).isEqualTo("inputs.from"));
    }

    @Test
    void anAddedRoadJoinsBothSidesInTheMiddleOfSections() {
        // A ferry-less footbridge would not do: a road from the south bank at (1000, 0) to (1000, 1000).
        String added = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":"
                + "\"便桥\",\"roadClass\":\"village\",\"speedKmh\":36},\"geometry\":" + line(1000, 10, 1000, 990) + "}]}";
        JsonNode answer =
                route(",\"scenario\":{\"closures\":[{\"bridges\":[\"一号桥\"]}],\"roads\":{\"added\":" + added + "}}");
        JsonNode route = answer.path("routes").get(0);
        // 1 000 east, 1 000 north over the new bridge, 1 000 west.
        assertThat(route.path("seconds").asDouble()).isCloseTo(300, within(0.5));
        assertThat(steps(route)).contains("左转，进入便桥", "左转，进入东环路");
    }

    @Test
    void aVehicleThatIsTooHighGoesRoundOrIsTold() {
        roads = limited(2.8);
        assertThat(route("").path("reasonCode").asString("")).isEqualTo("limit");
        assertThat(route("").path("reason").asString("")).contains("限高 2.8 米，车高 3.5 米");
        assertThat(route(",\"vehicle\":{\"heightMetres\":2.5}").path("routes")).hasSize(1);
    }

    /** Three sections, the middle one under a gantry. */
    private static RoadNetwork limited(double heightMetres) {
        RoadGraph.Builder graph = new RoadGraph.Builder();
        for (double y : new double[] {0, 400, 600, 1000}) graph.node(lon(0, y), lat(0, y));
        for (int i = 0; i < 3; i++) {
            int edge = graph.edge(i, i + 1, i + 1, org.anquan.network.RoadClass.VILLAGE);
            for (TravelProfile profile : TravelProfile.values()) graph.millis(edge, profile, 30_000, 30_000);
        }
        graph.limits(1, heightMetres, Double.NaN, Double.NaN);
        graph.vehicle(TravelProfile.FIRE_ENGINE, new org.anquan.network.Vehicle(3.5, 2.5, 18));
        return Town.network(graph.build());
    }

    @Test
    void aPlaceAcrossTheWaterIsToldToBeAcrossTheWater() {
        roads = town().road("南路", 0, 0)
                .to(300, 0)
                .road("北路", 0, 1000)
                .to(300, 1000)
                .network();
        assertThat(route("").path("reasonCode").asString("")).isEqualTo("island");
        store.edits()
                .apply(
                        TestCatalogue.me("test"),
                        List.of(new Change.Create(
                                "flood_channel",
                                "c1",
                                TestCatalogue.wkt("LINESTRING(" + lon(-500, 500) + " " + lat(-500, 500) + ","
                                        + lon(500, 500) + " " + lat(500, 500) + ")"),
                                Map.of("name", "白龙江"))));
        JsonNode answer = route("");
        assertThat(answer.path("reasonCode").asString("")).isEqualTo("water");
        assertThat(answer.path("reason").asString("")).contains("白龙江").containsPattern("100\\d 米");
    }

    @Test
    void againstAOneWayAndFarFromTheRoadAreTold() {
        roads = town().road("单行道", 0, 1000).to(0, 0).oneWay().network();
        assertThat(route("").path("reasonCode").asString("")).isEqualTo("oneWay");
        JsonNode far = ask(RouteProcess.class, "{\"from\":" + xy(0, 0) + ",\"to\":" + xy(9000, 0) + "}");
        assertThat(far.path("reasonCode").asString("")).isEqualTo("farFromRoad");
        assertThat(far.path("reason").asString("")).isEqualTo("终点 2000 米内没有可走的道路。");
    }

    @Test
    void theMatrixKnowsNoWayAndNoRoad() {
        String body = "{\"from\":[" + xy(0, 0) + "," + xy(0, 300) + "],\"to\":[" + xy(0, 1000) + "," + xy(9000, 0)
                + "],\"scenario\":{\"closures\":[" + line(-50, 500, 50, 500) + "," + line(950, -50, 950, 50) + "]}}";
        JsonNode answer = ask(MatrixProcess.class, body);
        assertThat(answer.path("seconds").get(0).get(0).isNull()).isTrue();
        assertThat(answer.path("seconds").get(0).get(1).isNull()).isTrue();
        assertThat(answer.path("metres").get(1).get(0).isNull()).isTrue();
        assertThat(answer.path("to").get(1).path("metresToRoad").isNull()).isTrue();
        assertThat(answer.path("warnings").toString()).contains("2000");
        JsonNode open = ask(MatrixProcess.class, "{\"from\":[" + xy(0, 300) + "],\"to\":[" + xy(0, 1000) + "]}");
        assertThat(open.path("seconds").get(0).get(0).asDouble()).isCloseTo(70, within(0.1));
        assertThat(open.path("metres").get(0).get(0).asDouble()).isCloseTo(700, within(0.5));
    }

    @Test
    void tenThousandStartsAreAnsweredAndTooManyPairsRefusedWithTheLimit() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 10_000; i++) many.append(i == 0 ? "[" : ",").append(xy(i % 100, i / 100.0));
        String starts = many.append("]").toString();
        JsonNode answer = ask(MatrixProcess.class, "{\"from\":" + starts + ",\"to\":[" + xy(0, 1000) + "]}");
        assertThat(answer.path("seconds")).hasSize(10_000);
        assertThatThrownBy(() -> ask(MatrixProcess.class, "{\"from\":" + starts + ",\"to\":" + starts + "}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes().get(0).what().toString()).contains("10000 × 10000", "1000000"));
    }

    @Test
    void whereEverythingIsClosedThatIsSaid() {
        String all = "{\"type\":\"Polygon\",\"coordinates\":[[" + xy(-9000, -9000) + "," + xy(9000, -9000) + ","
                + xy(9000, 9000) + "," + xy(-9000, 9000) + "," + xy(-9000, -9000) + "]]}";
        JsonNode answer = route(",\"scenario\":{\"closures\":[" + all + "]}");
        assertThat(answer.path("reasonCode").asString("")).isEqualTo("closed");
        assertThat(answer.path("warnings").toString()).contains("全部道路");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThatThrownBy(() -> ask(
                        RouteProcess.class,
                        "{\"to\":[1],\"profile\":\"tank\",\"alternatives\":99,\"language\":\"fr\",\"via\":1,"
                                + "\"vehicle\":{\"loadTonnes\":-1},\"scenario\":\"nowhere\"}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(ProblemException.Mistake::where)
                                .containsExactlyInAnyOrder(
                                        "inputs.from",
                                        "inputs.to",
                                        "inputs.profile",
                                        "inputs.alternatives",
                                        "inputs.language",
                                        "inputs.via",
                                        "inputs.vehicle.loadTonnes",
                                        "inputs.scenario"));
    }
}
