package org.anquan.geoserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.LayerStyles;
import org.anquan.catalog.Sensitivity;
import org.anquan.exchange.LayerExport;
import org.anquan.geoserver.GeoServerSettings.PostGis;
import org.anquan.geoserver.StubGeoServer.Fault;
import org.anquan.home.AnquanHome;
import org.anquan.ogcapi.ApiWorld;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Publishing, against a stub that is as strict as GeoServer's reference. */
class PublishingTest extends ApiWorld {
    private static final String DATABASE = "jdbc:postgresql://db.example:5433/county?currentSchema=anquan_data";
    private static final String DATABASE_PASSWORD = "db-密码-4711";

    @Autowired
    LayerStyles styles;

    @Autowired
    LayerExport export;

    @Autowired
    AnquanHome home;

    @Autowired
    JsonMapper json;

    private final StubGeoServer server = new StubGeoServer();

    @BeforeEach
    void twoHelipads() throws IOException {
        load("helipad", helipads("盘龙", "南河"));
    }

    private static List<FeatureDraft> helipads(String... names) {
        List<FeatureDraft> all = new ArrayList<>();
        for (int i = 0; i < names.length; i++)
            all.add(new FeatureDraft("h" + i, wkt("POINT(105.8 32." + (40 + i) + ")"), Map.of("name", names[i]), null));
        return all;
    }

    @AfterEach
    void nothingWasRefusedThatShouldNotBe() throws IOException {
        server.close();
        load("helipad", List.of());
    }

    private GeoServerSettings settings(int attempts, String... layers) {
        return new GeoServerSettings(
                server.url(),
                StubGeoServer.USER,
                StubGeoServer.PASSWORD,
                "anquan",
                "anquan",
                "county",
                List.of(layers),
                Sensitivity.PUBLIC,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                attempts,
                Duration.ofMillis(1),
                Duration.ofMillis(4),
                new PostGis("", 0, "", "", "", ""));
    }

    private Publishing publishing(GeoServerSettings settings, boolean postGis) {
        return new Publishing(
                layers, styles, export, home, settings, json, postGis ? DATABASE : "", "anquan", DATABASE_PASSWORD);
    }

    private Publishing usual(boolean postGis) {
        return publishing(settings(1, "helipad", "probe_point"), postGis);
    }

    private static Publishing.Report run(Publishing publishing) {
        return publishing.publish(List.of(), false, Progress.none());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void publishingTwiceChangesNothing(boolean postGis) {
        Publishing.Report first = run(usual(postGis));
        assertThat(server.refused).isEmpty();
        assertThat(first.layers()).isEqualTo(2);
        Map<String, String> state = server.state();
        int truncations = server.truncated.size();
        server.writes.clear();
        Publishing.Report second = run(usual(postGis));
        assertThat(second.writes()).isEmpty();
        assertThat(server.writes).isEmpty();
        assertThat(server.truncated).hasSize(truncations);
        assertThat(server.state()).isEqualTo(state);
    }

    @Test
    void aLayerHasItsTitleItsBoundsItsStyleAndOnlyWhatIsPublic() {
        run(usual(true));
        ObjectNode type = server.type("anquan", "probe_point");
        assertThat(type.path("title").asString()).isEqualTo("探点");
        assertThat(type.path("srs").asString()).isEqualTo("EPSG:4326");
        assertThat(type.path("latLonBoundingBox").path("minx").asDouble()).isEqualTo(-179.5);
        List<String> attributes = new ArrayList<>();
        type.path("attributes")
                .path("attribute")
                .forEach(one -> attributes.add(one.path("name").asString()));
        assertThat(attributes).contains("geom", "id", "name", "people").doesNotContain("phone", "keeper");
        assertThat(server.objects
                        .get("/rest/layers/anquan:helipad")
                        .path("defaultStyle")
                        .path("name")
                        .asString())
                .isEqualTo("anquan:helipad");
        assertThat(server.files.get("/rest/workspaces/anquan/styles/helipad"))
                .isEqualTo(styles.sld("helipad").orElseThrow());
        assertThat(server.files.keySet())
                .filteredOn(path -> path.endsWith(".svg"))
                .isNotEmpty()
                .allMatch(path -> path.startsWith("/rest/resource/workspaces/anquan/styles/symbols/helipad"));
        ObjectNode group = server.objects.get("/rest/workspaces/anquan/layergroups/county");
        assertThat(group.path("publishables").path("published")).hasSize(2);
        assertThat(server.truncated).containsExactlyInAnyOrder("helipad", "probe_point", "county");
    }

    @Test
    void theStoreIsReachedAsTheSettingsSayAndItsPasswordGoesNowhereElse() {
        run(usual(true));
        Map<String, String> entries = Wanted.entries(
                server.objects.get("/rest/workspaces/anquan/datastores/anquan").path("connectionParameters"));
        assertThat(entries)
                .containsEntry("host", "db.example")
                .containsEntry("port", "5433")
                .containsEntry("database", "county")
                .containsEntry("schema", "anquan_data")
                .containsEntry("user", "anquan");
        assertThat(StoreTarget.of(
                                DATABASE,
                                "anquan",
                                DATABASE_PASSWORD,
                                new PostGis("10.1.1.9", 0, "", "", "reader", "x"))
                        .toString())
                .isEqualTo("10.1.1.9:5433/county/anquan_data");
    }

    @Test
    void theFileThatIsSentHoldsNothingThatIsNotPublic() {
        run(usual(false));
        byte[] file = server.files.get("/rest/workspaces/anquan/datastores/anquan_probe_point.gpkg");
        String inside = new String(file, StandardCharsets.UTF_8);
        assertThat(inside)
                .contains("点1")
                .doesNotContain("张1")
                .doesNotContain("0839-")
                .doesNotContain("内部");
    }

    @Test
    void aDryRunWritesNothingAndSaysWhatTheRunThenDoes() {
        Publishing.Report dry = usual(false).publish(List.of(), true, Progress.none());
        assertThat(server.writes).isEmpty();
        assertThat(server.objects).isEmpty();
        Publishing.Report real = run(usual(false));
        assertThat(dry.writes()).containsExactlyElementsOf(real.writes());
        assertThat(real.writes()).hasSameSizeAs(server.writes);
    }

    /** Every request of a whole run fails once, in turn in three ways; the next run finishes, and one more does nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterAFaultAtAnyStepTheNextRunFinishes(boolean postGis) {
        int all;
        Map<String, String> reference;
        try (StubGeoServer whole = new StubGeoServer()) {
            run(publishing(at(whole), postGis));
            all = whole.requests;
            reference = whole.state();
        }
        assertThat(all).isGreaterThan(30);
        Fault[] faults = {Fault.ERROR, Fault.LOST_ANSWER, Fault.LOGIN_PAGE};
        for (int k = 1; k <= all; k++)
            try (StubGeoServer broken = new StubGeoServer()) {
                Fault fault = faults[k % faults.length];
                broken.failAt(k, 1, fault);
                try {
                    run(publishing(at(broken), postGis));
                    // A creation whose answer was lost is found to be done.
                    assertThat(fault).as("request " + k).isNotEqualTo(Fault.LOGIN_PAGE);
                } catch (ProblemException e) {
                    assertThat(e.getMessage())
                            .doesNotContain(StubGeoServer.PASSWORD)
                            .doesNotContain(DATABASE_PASSWORD);
                }
                broken.heal();
                int truncatedBefore = broken.truncated.size();
                run(publishing(at(broken), postGis));
                assertThat(broken.refused).as("request " + k + " " + fault).isEmpty();
                assertThat(broken.state()).as("request " + k + " " + fault).isEqualTo(reference);
                assertThat(broken.truncated).as("request " + k).contains("helipad", "probe_point", "county");
                assertThat(truncatedBefore).isLessThanOrEqualTo(broken.truncated.size());
                assertThat(run(publishing(at(broken), postGis)).writes()).isEmpty();
            }
    }

    private GeoServerSettings at(StubGeoServer other) {
        GeoServerSettings usual = settings(1, "helipad", "probe_point");
        return new GeoServerSettings(
                other.url(),
                usual.user(),
                usual.password(),
                usual.workspace(),
                usual.store(),
                usual.group(),
                usual.layers(),
                usual.sensitivity(),
                usual.connectTimeout(),
                usual.readTimeout(),
                1,
                usual.firstWait(),
                usual.longestWait(),
                usual.postgis());
    }

    @Test
    void afterAFaultTheProblemSaysWhatWasDoneAndThatTheNextRunGoesOn() {
        server.failAt(12, 1, Fault.ERROR);
        assertThatThrownBy(() -> run(usual(false))).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.key()).isEqualTo("geoserver.halfDone");
            assertThat(problem.mistakes()).isNotEmpty();
            assertThat(problem.mistakes().get(0).what().toString()).isEqualTo("新建工作区 anquan");
            assertThat(problem.help().toString()).contains("再次运行");
            assertThat(problem.mistakes()).hasSameSizeAs(server.writes);
        });
    }

    @Test
    void whatMayPassIsTriedAgain() {
        server.failAt(3, 2, Fault.ERROR);
        run(publishing(settings(4, "helipad"), false));
        assertThat(server.refused).isEmpty();
        server.failAt(1, 2, Fault.SLOW);
        assertThat(run(publishing(settings(4, "helipad"), false)).writes()).isEmpty();
        server.failAt(2, 3, Fault.LOST_ANSWER);
        assertThat(run(publishing(settings(4, "helipad"), false)).writes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR, geoserver.serverError",
        "LOST_ANSWER, geoserver.brokenOff",
        "LOGIN_PAGE, geoserver.html",
        "REDIRECT, geoserver.html",
        "UNAUTHORIZED, geoserver.notSignedIn",
        "FORBIDDEN, geoserver.forbidden",
        "CONFLICT, geoserver.conflict",
        "SLOW, geoserver.slow"
    })
    void whateverGoesWrongIsSaidInWordsThatTellWhatToDo(Fault fault, String key) {
        server.failAt(1, 100, fault);
        assertThatThrownBy(() -> run(publishing(settings(2, "helipad"), true)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.key()).isEqualTo(key);
                    assertThat(problem.help().toString()).startsWith("请").hasSizeGreaterThan(10);
                    assertThat(problem.getMessage())
                            .doesNotContain(StubGeoServer.PASSWORD, DATABASE_PASSWORD, StubGeoServer.USER);
                    assertThat(String.valueOf(problem.getCause())).doesNotContain(StubGeoServer.PASSWORD);
                });
        assertThat(server.writes).isEmpty();
    }

    @Test
    void aConflictHalfWayIsSaidAndNotTriedAgain() {
        // The first request asks for the version, the second for the workspace, the third makes it.
        server.failAt(3, 1, Fault.CONFLICT);
        assertThatThrownBy(() -> run(publishing(settings(4, "helipad"), false)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(ProblemException.Kind.CONFLICT);
                    assertThat(problem.getMessage()).contains("somebody else is at it");
                });
    }

    @Test
    void aServerThatIsNotThereAndOneThatIsNoGeoServerAreTold() {
        GeoServerSettings usual = settings(1, "helipad");
        server.close();
        assertThatThrownBy(() -> run(publishing(usual, false)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.key()).isEqualTo("geoserver.unreachable"));
        for (String wrong :
                List.of("ftp://host/geoserver", "http://admin:geheim@host/geoserver", "host:8080", "http://ho st/"))
            assertThatThrownBy(() -> run(publishing(with(wrong), false)))
                    .isInstanceOfSatisfying(ProblemException.class, problem -> {
                        assertThat(problem.key()).as(wrong).isEqualTo("geoserver.url");
                        assertThat(problem.getMessage()).doesNotContain("geheim");
                    });
        assertThatThrownBy(() -> run(publishing(with(""), false)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.key()).isEqualTo("geoserver.noUrl"));
    }

    private GeoServerSettings with(String url) {
        GeoServerSettings usual = settings(1, "helipad");
        return new GeoServerSettings(
                url,
                usual.user(),
                usual.password(),
                usual.workspace(),
                usual.store(),
                usual.group(),
                usual.layers(),
                usual.sensitivity(),
                usual.connectTimeout(),
                usual.readTimeout(),
                1,
                usual.firstWait(),
                usual.longestWait(),
                usual.postgis());
    }

    @Test
    void onlyTheLayerThatChangedIsSentAgainAndItsTilesThrownAway() throws IOException {
        run(usual(false));
        server.writes.clear();
        server.truncated.clear();
        load("helipad", helipads("盘龙", "南河", "三堆"));
        run(usual(false));
        assertThat(server.writes).contains("PUT /geoserver/rest/workspaces/anquan/datastores/anquan_helipad/file.gpkg");
        assertThat(server.writes).noneMatch(write -> write.contains("probe_point"));
        assertThat(server.truncated).containsExactly("helipad", "county");
        assertThat(server.type("anquan_helipad", "helipad")
                        .path("latLonBoundingBox")
                        .path("maxy")
                        .asDouble())
                .isEqualTo(32.42);
    }

    @Test
    void whatSomebodyChangedOnTheServerIsPutRight() {
        run(usual(true));
        Map<String, String> before = server.state();
        server.files.put(
                "/rest/workspaces/anquan/styles/helipad",
                "<StyledLayerDescriptor version=\"1.0.0\"/>".getBytes(StandardCharsets.UTF_8));
        server.type("anquan", "probe_point").put("title", "别的名字");
        server.truncated.clear();
        run(usual(true));
        assertThat(server.state()).isEqualTo(before);
        assertThat(server.truncated).contains("helipad", "probe_point");
    }

    @Test
    void anSldThatTheServerWroteInItsOwnWayIsTheSame() {
        run(usual(true));
        String sld = new String(styles.sld("helipad").orElseThrow(), StandardCharsets.UTF_8);
        String rewritten = sld.replaceAll(">\\s+<", "><").replace("<!--", "<!-- by GeoServer ");
        server.files.put("/rest/workspaces/anquan/styles/helipad", rewritten.getBytes(StandardCharsets.UTF_8));
        assertThat(run(usual(true)).writes()).isEmpty();
    }

    @Test
    void aLayerThatIsNotPublicIsNeverPublished() {
        assertThatThrownBy(() -> usual(true).publish(List.of("probe_hidden", "nonsense"), false, Progress.none()))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.mistakes()).hasSize(2);
                    assertThat(problem.mistakes().get(0).what().toString()).contains("不公开");
                });
        run(usual(true));
        assertThat(server.objects.keySet()).noneMatch(path -> path.contains("probe_hidden"));
        // It was public once and is still there: whoever publishes is told.
        server.objects.put(
                "/rest/layers/anquan:probe_hidden", JsonMapper.builder().build().createObjectNode());
        assertThat(run(usual(true)).warnings())
                .extracting(Text::toString)
                .anyMatch(words -> words.contains("anquan:probe_hidden"));
    }

    /** Where internal layers may go, their internal attributes go too; restricted ones go nowhere. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void internalLayersAreHandedOverOnlyWhereTheSettingsSaySoAndRestrictedAttributesNever(boolean postGis)
            throws IOException {
        GeoServerSettings internal = sees(Sensitivity.INTERNAL, "probe_point", "probe_hidden");
        run(publishing(internal, postGis));
        assertThat(server.refused).isEmpty();
        String store = postGis ? "anquan" : "anquan_probe_point";
        List<String> attributes = new ArrayList<>();
        server.type(store, "probe_point")
                .path("attributes")
                .path("attribute")
                .forEach(one -> attributes.add(one.path("name").asString()));
        assertThat(attributes).contains("phone").doesNotContain("keeper");
        assertThat(server.objects.keySet()).anyMatch(path -> path.endsWith("/featuretypes/probe_hidden"));
        if (!postGis) {
            byte[] file = server.files.get("/rest/workspaces/anquan/datastores/anquan_probe_point.gpkg");
            assertThat(new String(file, StandardCharsets.UTF_8))
                    .contains("0839-")
                    .doesNotContain("keeper", "张1");
        }
        // Made public only again: the attribute goes, and whoever publishes is told of the layer that is still there.
        Publishing.Report less = run(publishing(sees(Sensitivity.PUBLIC, "probe_point"), postGis));
        List<String> left = new ArrayList<>();
        server.type(store, "probe_point")
                .path("attributes")
                .path("attribute")
                .forEach(one -> left.add(one.path("name").asString()));
        assertThat(left).contains("people").doesNotContain("phone", "keeper");
        assertThat(less.warnings()).extracting(Text::toString).anyMatch(words -> words.contains("anquan:probe_hidden"));
    }

    private GeoServerSettings sees(Sensitivity sensitivity, String... layers) {
        GeoServerSettings usual = settings(1, layers);
        return new GeoServerSettings(
                usual.url(),
                usual.user(),
                usual.password(),
                usual.workspace(),
                usual.store(),
                usual.group(),
                usual.layers(),
                sensitivity,
                usual.connectTimeout(),
                usual.readTimeout(),
                1,
                usual.firstWait(),
                usual.longestWait(),
                usual.postgis());
    }

    @Test
    void anEmptyLayerIsLeftOutAndSaid() {
        Publishing.Report report = run(publishing(settings(1, "helipad", "hydrant"), true));
        assertThat(report.layers()).isEqualTo(1);
        assertThat(report.warnings()).extracting(Text::toString).anyMatch(words -> words.contains("是空的"));
    }

    @Test
    void settingsDoNotTellTheirSecrets() {
        assertThat(settings(1).toString()).doesNotContain(StubGeoServer.PASSWORD, StubGeoServer.USER);
        assertThat(new PostGis("h", 1, "d", "s", "u", "geheim").toString()).doesNotContain("geheim");
        assertThat(StoreTarget.of(DATABASE, "anquan", DATABASE_PASSWORD, new PostGis("", 0, "", "", "", ""))
                        .toString())
                .doesNotContain(DATABASE_PASSWORD);
    }
}
