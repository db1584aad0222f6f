package org.anquan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.Texts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoadImportTest {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void makeHome() {
        home = folder.resolve("home");
    }

    /** A street of so many metres. */
    private static String street(double metres) {
        OsmText osm = new OsmText();
        int west = osm.node(0, 0);
        int east = osm.node(metres, 0);
        return osm.way(7, List.of(west, east), "highway", "secondary", "name", "东街")
                .xml();
    }

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> networks() {
        try (Stream<Path> all = Files.list(home.resolve("roads"))) {
            return all.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static double metres(Roads roads) {
        return roads.require().graph().edgeMetres(0);
    }

    @Test
    void withoutRoadsOneIsToldHowToImportThem() {
        Roads roads = Imported.roads(home);
        assertThat(roads.current()).isEmpty();
        ProblemException problem = Imported.problem(roads::require);
        assertThat(problem.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(Texts.in(Texts.ENGLISH, problem.help())).contains("import roads");
    }

    @Test
    void anImportIsInUseAtOnceAndAfterARestart() {
        List<Double> shares = new ArrayList<>();
        Roads roads = Imported.roads(home);
        Roads.ImportSummary summary = roads.importOsm(file("a.osm", street(500)), shares::add);
        assertThat(summary.junctions()).isEqualTo(2);
        assertThat(summary.edges()).isEqualTo(1);
        assertThat(roads.require().version()).isEqualTo(summary.version());
        assertThat(roads.require().source()).isEqualTo("a.osm");
        assertThat(metres(roads)).isCloseTo(500, within(0.1));
        assertThat(shares).isSorted().endsWith(1.0);

        Roads again = Imported.roads(home);
        assertThat(again.require().version()).isEqualTo(summary.version());
        assertThat(again.require().edgeName(0)).isEqualTo("东街");
        assertThat(metres(again)).isCloseTo(500, within(0.1));
        assertThat(again.require().graph().keyMillis(TravelProfile.FIRE_ENGINE))
                .isEqualTo(roads.require().graph().keyMillis(TravelProfile.FIRE_ENGINE));
    }

    @Test
    void theNextImportTakesThePlaceOfTheLast() {
        Roads roads = Imported.roads(home);
        String first = roads.importOsm(file("a.osm", street(500)), share -> {}).version();
        RoadNetwork old = roads.require();
        String second = roads.importOsm(file("b.osm", street(900)), share -> {}).version();
        assertThat(second).isNotEqualTo(first);
        assertThat(metres(roads)).isCloseTo(900, within(0.1));
        assertThat(networks()).hasSize(1);
        // Whoever still works on the old network can go on.
        assertThat(old.edgeName(0)).isEqualTo("东街");
        assertThat(old.snap(OsmText.lon(100), OsmText.lat(0), TravelProfile.CAR, 10))
                .isPresent();
        assertThat(metres(Imported.roads(home))).isCloseTo(900, within(0.1));
    }

    @Test
    void roadsThatAnotherProcessImportedAreTakenOver() throws InterruptedException {
        Roads running = Imported.roads(home);
        assertThat(running.current()).isEmpty();
        Imported.roads(home).importOsm(file("a.osm", street(500)), share -> {});
        assertThat(waitForMetres(running, 500)).isTrue();
        Imported.roads(home).importOsm(file("b.osm", street(900)), share -> {});
        assertThat(waitForMetres(running, 900)).isTrue();
    }

    private static boolean waitForMetres(Roads roads, double metres) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            if (roads.current()
                    .filter(network -> Math.abs(network.graph().edgeMetres(0) - metres) < 1)
                    .isPresent()) return true;
            Thread.sleep(100);
        }
        return false;
    }

    @Test
    void zippedXmlIsRead() throws IOException {
        Path file = folder.resolve("a.osm.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(street(500).getBytes(StandardCharsets.UTF_8));
        }
        Roads roads = Imported.roads(home);
        roads.importOsm(file, share -> {});
        assertThat(metres(roads)).isCloseTo(500, within(0.1));
    }

    /** Refuses the file with this text key, and the network that was in use stays. */
    private String refused(Path file, String key) {
        Roads roads = Imported.roads(home);
        if (roads.current().isEmpty()) roads.importOsm(file("good.osm", street(500)), share -> {});
        String version = roads.require().version();
        List<String> before = networks();
        ProblemException problem = Imported.problem(() -> roads.importOsm(file, share -> {}));
        assertThat(problem.key()).isEqualTo(key);
        assertThat(roads.require().version()).isEqualTo(version);
        assertThat(metres(roads)).isCloseTo(500, within(0.1));
        assertThat(networks()).isEqualTo(before);
        assertThat(Imported.roads(home).require().version()).isEqualTo(version);
        return Texts.in(Texts.ENGLISH, problem.detail());
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(refused(folder.resolve("nowhere.osm.pbf"), "network.fileMissing"))
                .contains("nowhere.osm.pbf");
    }

    @Test
    void anEmptyFileIsRefused() {
        refused(file("a.osm.pbf", ""), "network.fileEmpty");
        refused(file("b.osm", ""), "network.fileEmpty");
    }

    @Test
    void aFolderOrAFileOfAnotherTypeIsRefused() {
        refused(folder, "network.fileType");
        refused(file("roads.shp", "x"), "network.fileType");
        refused(file("roads.osm.bz2", "x"), "network.fileType");
        refused(file("roads.geojson.gz", "x"), "network.fileType");
    }

    @Test
    void somethingElseUnderTheNameOfAnOsmFileIsRefused() {
        assertThat(refused(file("a.osm.pbf", "<html>404</html>"), "network.fileBroken"))
                .contains("does not begin as an OSM PBF file does");
        assertThat(refused(file("a.osm", "<html>404</html>"), "network.fileBroken"))
                .contains("<osm");
        refused(file("a.osm.gz", "<osm></osm>"), "network.fileBroken");
    }

    @Test
    void xmlThatEndsInTheMiddleIsRefused() {
        String whole = street(500);
        refused(file("a.osm", whole.substring(0, whole.length() - 20)), "network.fileBroken");
        refused(file("b.osm", whole.substring(0, whole.indexOf("<way") + 10)), "network.fileBroken");
    }

    @Test
    void zippedXmlThatEndsInTheMiddleIsRefused() throws IOException {
        Path file = folder.resolve("a.osm.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(street(500).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 30));
        refused(file, "network.fileBroken");
    }

    @Test
    void waysBeforeTheirNodesAreRefused() {
        String xml = street(500);
        String way = xml.substring(xml.indexOf("<way"), xml.indexOf("</way>") + 6);
        refused(file("a.osm", xml.replace(way, "").replaceFirst("<node", way + "<node")), "network.fileBroken");
    }

    @Test
    void aFileWithoutRoadsIsRefused() {
        OsmText osm = new OsmText();
        osm.way(1, List.of(osm.node(0, 0), osm.node(10, 0)), "waterway", "river");
        refused(file("a.osm", osm.xml()), "network.noRoads");
    }

    @Test
    void aFileWhoseRoadsAreAllClosedIsRefused() {
        OsmText osm = new OsmText();
        osm.way(1, List.of(osm.node(0, 0), osm.node(10, 0)), "highway", "secondary", "access", "no");
        refused(file("a.osm", osm.xml()), "network.noRoads");
    }

    @Test
    void aFileWithoutAnythingIsRefused() {
        refused(file("a.osm", "<osm version=\"0.6\"></osm>"), "network.noRoads");
    }

    @Test
    void aHomeThatCannotBeWrittenIsNamed() throws IOException {
        Path blocked = file("home-is-a-file", "x");
        Path good = file("a.osm", street(500));
        Roads roads = Imported.roads(blocked);
        ProblemException problem = Imported.problem(() -> roads.importOsm(good, share -> {}));
        assertThat(problem.key()).isEqualTo("home.notWritable");
        assertThat(Texts.in(Texts.ENGLISH, problem.detail())).contains("home-is-a-file");
    }

    @Test
    void aFolderWithoutTheRightToWriteIsNamed() throws IOException {
        Path locked = Files.createDirectories(home.resolve("roads"));
        assumeTrue(locked.toFile().setWritable(false));
        assumeTrue(!Files.isWritable(locked), "root may write everywhere");
        Roads roads = Imported.roads(home);
        ProblemException problem = Imported.problem(() -> roads.importOsm(file("a.osm", street(500)), share -> {}));
        assertThat(problem.key()).isEqualTo("home.notWritable");
    }

    @Test
    void aNetworkThatCannotBeReadIsImportedAgain() throws IOException {
        Imported.roads(home).importOsm(file("a.osm", street(500)), share -> {});
        Files.write(home.resolve("roads").resolve(networks().get(0)).resolve("edges"), new byte[] {1, 2, 3});
        Roads roads = Imported.roads(home);
        assertThat(roads.current()).isEmpty();
        assertThat(Imported.problem(roads::require).key()).isEqualTo("network.unreadable");
        roads.importOsm(file("a.osm", street(500)), share -> {});
        assertThat(metres(roads)).isCloseTo(500, within(0.1));
    }

    @Test
    void ifTheLayerCannotBeWrittenTheOldNetworkStays() {
        Imported.roads(home).importOsm(file("a.osm", street(500)), share -> {});
        Roads roads = new ImportedRoads(new AnquanHome(home), Imported.settings(), network -> {
            throw ProblemException.unavailable("home.notWritable", "x");
        });
        assertThatThrownBy(() -> roads.importOsm(file("b.osm", street(900)), share -> {}))
                .isInstanceOf(ProblemException.class);
        assertThat(metres(roads)).isCloseTo(500, within(0.1));
        assertThat(networks()).hasSize(1);
    }

    @Test
    void twoImportsAtATimeAreOneTooMany() throws InterruptedException, ExecutionException {
        Path file = file("a.osm", street(500));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Roads roads = new ImportedRoads(new AnquanHome(home), Imported.settings(), network -> {
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return 1;
        });
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Roads.ImportSummary> first = other.submit(() -> roads.importOsm(file, share -> {}));
            inside.await();
            ProblemException problem = Imported.problem(() -> roads.importOsm(file, share -> {}));
            assertThat(problem.kind()).isEqualTo(Kind.CONFLICT);
            assertThat(problem.key()).isEqualTo("network.importRunning");
            goOn.countDown();
            assertThat(first.get().roads()).isEqualTo(1);
        } finally {
            goOn.countDown();
            other.shutdown();
        }
    }

    @Test
    void changedSpeedsCountFromTheNextStartWithoutANewImport() {
        Roads roads = Imported.roads(home);
        roads.importOsm(file("a.osm", street(1_000)), share -> {});
        // 1 km of third-class road at 40 km/h: 90 s.
        assertThat(roads.require().graph().keyMillis(TravelProfile.FIRE_ENGINE)[0])
                .isCloseTo(90_000, within(50));
        NetworkSettings usual = Imported.settings();
        Map<RoadClass, Double> faster = new EnumMap<>(usual.fireEngineKmh());
        faster.put(RoadClass.THIRD, 60.0);
        Roads again = Imported.roads(
                home,
                new NetworkSettings(
                        usual.classes(),
                        usual.unlisted(),
                        faster,
                        usual.carKmh(),
                        usual.rampKmh(),
                        usual.walkKmh(),
                        usual.ferries(),
                        usual.ferryKmh(),
                        usual.minComponentJunctions(),
                        usual.routeSnapMetres(),
                        usual.vehicles()));
        assertThat(again.require().graph().keyMillis(TravelProfile.FIRE_ENGINE)[0])
                .isCloseTo(60_000, within(50));
        assertThat(again.require().graph().keyMillis(TravelProfile.CAR)[0]).isCloseTo(90_000, within(50));
        assertThat(again.require().version()).isNotEqualTo(roads.require().version());
    }

    @Test
    void settingsThatLeaveOutASpeedOrNameAHighwayTwiceAreRefused() {
        NetworkSettings usual = Imported.settings();
        Map<RoadClass, Double> without = new EnumMap<>(usual.carKmh());
        without.remove(RoadClass.URBAN_MAIN);
        Map<RoadClass, List<String>> twice = new EnumMap<>(usual.classes());
        twice.put(RoadClass.STREET, List.of("primary"));
        assertThatThrownBy(() -> new NetworkSettings(
                        twice,
                        usual.unlisted(),
                        usual.fireEngineKmh(),
                        without,
                        usual.rampKmh(),
                        usual.walkKmh(),
                        usual.ferries(),
                        usual.ferryKmh(),
                        usual.minComponentJunctions(),
                        usual.routeSnapMetres(),
                        usual.vehicles()))
                .hasMessageContaining("car-kmh.urban-main is missing")
                .hasMessageContaining("highway=primary to both");
    }
}
