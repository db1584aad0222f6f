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
import java.util.concurrent.TimeUnit;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.Bbox;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process (SIGKILL) at random moments of its edits and imports. */
@Tag("long")
class DurabilityTest {
    private static final int KILLS = 12;
    private static final int ROWS = 4000;

    @TempDir
    Path folder;

    @Test
    void afterEveryKillAllThatWasAcknowledgedIsThereAndNoImportIsHalfVisible() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Set<String> edits = new HashSet<>();
        Set<String> loads = new HashSet<>();
        for (int round = 0; round < KILLS; round++) {
            List<String> said = runAndKill(round, random);
            for (String line : said) {
                if (line.startsWith("edit ")) edits.add(line.substring(5));
                if (line.startsWith("load ")) loads.add(line.substring(5));
            }
            check(edits, loads);
        }
        System.out.println(edits.size() + " edits and " + loads.size() + " imports acknowledged, " + KILLS + " kills");
        assertThat(edits).isNotEmpty();
        assertThat(loads).isNotEmpty();
    }

    private List<String> runAndKill(int round, Random random) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        String.valueOf(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.equals("ready")) line = out.readLine();
            assertThat(line).as("the writer did not start").isEqualTo("ready");
            Thread killer = new Thread(() -> {
                try {
                    Thread.sleep(300 + random.nextInt(4000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                process.destroyForcibly();
            });
            killer.start();
            // What it said before it died, to the last whole line.
            for (line = out.readLine(); line != null; line = out.readLine()) said.add(line);
            killer.join();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
        return said;
    }

    private void check(Set<String> edits, Set<String> loads) throws Exception {
        try (TestCatalogue store = TestCatalogue.open(folder)) {
            List<Feature> places = store.layers().snapshot("places").features();
            Set<String> ids = new HashSet<>();
            Map<String, Integer> rows = new HashMap<>();
            for (Feature feature : places) {
                ids.add(feature.id());
                if (feature.name().startsWith("l")) rows.merge(feature.name(), 1, Integer::sum);
            }
            assertThat(ids).containsAll(edits);
            assertThat(rows.keySet()).containsAll(loads);
            assertThat(rows.values()).allMatch(count -> count == ROWS);
            // Both halves of an edit are there, or neither.
            Set<String> ways = new HashSet<>();
            store.layers().snapshot("ways").features().forEach(f -> ways.add(f.id()));
            assertThat(ways)
                    .isEqualTo(Set.copyOf(
                            ids.stream().filter(id -> id.startsWith("e")).toList()));
            LayerState state = store.layers().state("places");
            assertThat(state.count()).isEqualTo(places.size());
            assertThat(state.version()).isEqualTo(ways.size() + rows.size());
            assertThat(store.layers()
                            .find(FeatureQuery.all("places").in(new Bbox(104.9, -1, 105.1, 90)))
                            .matched())
                    .isEqualTo(places.stream()
                            .filter(f -> f.geometry().getCoordinate().x == 105)
                            .count());
        }
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

    private static String text(Statement statement, String sql) throws Exception {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
