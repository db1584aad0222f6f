package org.anquan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.Bbox;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process (SIGKILL) at random moments of its edits and imports. */
class DurabilityTest {
    private static final int ROWS = 4000;
    private static final int LONGEST_LIFE_MILLIS = 2500;

    @TempDir
    Path folder;

    /** What {@link KilledWriter} and the checks open. */
    String place() {
        return folder.toString();
    }

    @Test
    void afterAKillAllThatWasAcknowledgedIsThereAndNoImportIsHalfVisible() throws Exception {
        assertThat(kill(2)).isNotEmpty();
    }

    /** A hundred in all; in fresh stores, as every check reads all that was ever acknowledged. */
    @RepeatedTest(5)
    @Tag("long")
    void afterEachOfAHundredKillsAllThatWasAcknowledgedIsThere() throws Exception {
        assertThat(kill(20)).anyMatch(done -> done.startsWith("load "));
    }

    /** What was acknowledged. */
    private Set<String> kill(int kills) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Set<String> done = new HashSet<>();
        for (int round = 0; round < kills; round++) {
            done.addAll(runAndKill(round, random));
            check(acknowledged(done, "edit "), acknowledged(done, "load "), acknowledged(done, "change "));
        }
        System.out.println(place() + ": " + done.size() + " edits and imports acknowledged, " + kills + " kills");
        return done;
    }

    private static Set<String> acknowledged(Set<String> done, String kind) {
        Set<String> ids = new HashSet<>();
        for (String line : done) if (line.startsWith(kind)) ids.add(line.substring(kind.length()));
        return ids;
    }

    /** What else goes wrong while the process lives. */
    void disturb(int round, Random random) throws Exception {}

    private List<String> runAndKill(int round, Random random) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        place(),
                        String.valueOf(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Exception> failed = new AtomicReference<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.equals("ready")) line = out.readLine();
            assertThat(line).as("the writer did not start").isEqualTo("ready");
            Thread killer = new Thread(() -> {
                try {
                    begun.await(1, TimeUnit.MINUTES);
                    disturb(round, random);
                    Thread.sleep(200 + random.nextInt(LONGEST_LIFE_MILLIS));
                } catch (Exception e) {
                    failed.set(e);
                }
                // By its handle: the process itself would close the stream that is being read.
                process.toHandle().destroyForcibly();
            });
            killer.start();
            // What it said before it died, to the last whole line.
            for (line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                begun.countDown();
            }
            killer.join();
        }
        assertThat(failed.get()).isNull();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
        return said;
    }

    private void check(Set<String> edits, Set<String> loads, Set<String> changes) throws Exception {
        try (TestCatalogue store = TestCatalogue.at(place())) {
            List<Feature> places = store.layers().snapshot("places").features();
            Set<String> ids = new HashSet<>();
            Map<String, Integer> rows = new HashMap<>();
            Map<String, Integer> changed = new HashMap<>();
            for (Feature feature : places) {
                ids.add(feature.id());
                if (feature.name().startsWith("l")) rows.merge(feature.name(), 1, Integer::sum);
                if (feature.get("heightM") != null) changed.merge(feature.name(), 1, Integer::sum);
            }
            assertThat(ids).containsAll(edits);
            assertThat(rows.keySet()).containsAll(loads);
            assertThat(rows.values()).allMatch(count -> count == ROWS);
            // An import that changes features by id is there as a whole, or not at all.
            assertThat(changed.keySet()).containsAll(changes);
            assertThat(changed.values()).allMatch(count -> count == KilledWriter.CHANGED);
            // Both halves of an edit are there, or neither.
            Set<String> ways = new HashSet<>();
            store.layers().snapshot("ways").features().forEach(f -> ways.add(f.id()));
            assertThat(ways)
                    .isEqualTo(Set.copyOf(
                            ids.stream().filter(id -> id.startsWith("e")).toList()));
            LayerState state = store.layers().state("places");
            assertThat(state.count()).isEqualTo(places.size());
            assertThat(state.version()).isEqualTo(ways.size() + rows.size() + changed.size());
            assertThat(store.layers()
                            .find(FeatureQuery.all("places").in(new Bbox(104.9, -1, 105.1, 90)))
                            .matched())
                    .isEqualTo(places.stream()
                            .filter(f -> f.geometry().getCoordinate().x == 105)
                            .count());
        }
        checkTheDatabaseItself();
    }

    void checkTheDatabaseItself() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.gpkg"));
                Statement statement = connection.createStatement()) {
            assertThat(text(statement, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(text(statement, "SELECT rtreecheck('rtree_places_geom')"))
                    .isEqualTo("ok");
            assertThat(text(statement, "SELECT count(*) FROM rtree_places_geom"))
                    .isEqualTo(text(statement, "SELECT count(*) FROM places"));
            assertThat(text(statement, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"))
                    .isEqualTo("21");
        }
    }

    static String text(Statement statement, String sql) throws Exception {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
