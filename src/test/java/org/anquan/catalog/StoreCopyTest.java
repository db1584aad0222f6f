package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.anquan.catalog.TestCatalogue.wkt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.anquan.catalog.StoreTable.Column;
import org.anquan.geo.Bbox;
import org.anquan.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Geometry;

/** A store moved into the other kind, and back. */
class StoreCopyTest {
    private static final StoreSettings SETTINGS = StoreSettings.usual();

    @TempDir
    Path folder;

    private GeoPackageDialect original;
    private PostGisDialect postGis;
    private String url;

    @BeforeEach
    void places() {
        original = new GeoPackageDialect(folder.resolve("test.gpkg"), SETTINGS);
        url = PostGisServer.freshSchema();
        postGis = new PostGisDialect(new StoreAddress(url, null, null), SETTINGS);
    }

    private GeoPackageDialect file(String name) {
        return new GeoPackageDialect(folder.resolve(name), SETTINGS);
    }

    private static CopyReceipt copy(Dialect from, Dialect to) {
        return new StoreCopy(from, to, share -> {}).run(false, SETTINGS);
    }

    /** Edits, loads, what was taken back and what was deleted, at random. */
    private void live(TestCatalogue store, long seed) throws IOException {
        Random random = new Random(seed);
        String[] texts = {"三堆", "a\tb", "c\\d", "e\nf", "\"g\"", "{h,i}", "\uD83D\uDE92", "\\N", "NULL", "O'x"};
        for (int load = 0; load < 2; load++) {
            int mark = load;
            store.edits()
                    .load(me("load"), "places", random.nextBoolean() ? LoadMode.APPEND : LoadMode.REPLACE, sink -> {
                        for (int i = 0; i < 40; i++) {
                            Map<String, Object> a = new HashMap<>();
                            a.put("name", texts[random.nextInt(texts.length)]);
                            if (random.nextBoolean()) a.put("remark", texts[random.nextInt(texts.length)]);
                            if (random.nextBoolean()) a.put("people", (long) random.nextInt(9_000_000));
                            if (random.nextBoolean()) a.put("heightM", random.nextGaussian() * 1e3);
                            if (random.nextBoolean()) a.put("staffed", random.nextBoolean());
                            if (random.nextBoolean()) a.put("opened", "%04d-02-28".formatted(1 + random.nextInt(9999)));
                            if (random.nextBoolean())
                                a.put("checkedAt", "2026-03-05T06:20:00.%03dZ".formatted(random.nextInt(1000)));
                            if (random.nextBoolean())
                                a.put("hazards", List.of("flood", "geo").subList(0, random.nextInt(3)));
                            String extra = random.nextInt(4) > 0 ? null : "{\"a\\u0000b\":\"c\\\\\\\"d\",\"n\":null}";
                            sink.add(new FeatureDraft(
                                    random.nextBoolean() ? null : "x" + mark + "-" + i,
                                    point(random.nextDouble() * 360 - 180, random.nextDouble() * 180 - 90),
                                    a,
                                    extra));
                        }
                    });
        }
        List<Feature> there = store.layers().find(FeatureQuery.all("places")).features();
        for (int i = 0; i < 12; i++) {
            String id = there.get(random.nextInt(there.size())).id();
            boolean gone = store.layers().get("places", id).isEmpty();
            if (gone) continue;
            Change change = random.nextInt(3) == 0
                    ? new Change.Delete("places", id, null)
                    : new Change.Patch("places", id, null, point(i, i), Map.of("name", texts[random.nextInt(10)]));
            ChangeReceipt receipt = store.edits().apply(me("edit " + i), List.of(change));
            if (random.nextInt(3) == 0) store.edits().undo(me("back"), "places", receipt.changeSet());
        }
        store.edits()
                .apply(
                        me("shapes"),
                        List.of(
                                new Change.Create(
                                        "ways",
                                        null,
                                        wkt("MULTILINESTRING ((0 0, 1 1.1), (2 2, 3 3.3))"),
                                        Map.of("name", "w")),
                                new Change.Create(
                                        "areas",
                                        null,
                                        wkt("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))"),
                                        Map.of("name", "a"))));
        store.documents().put("scenario", "暴雨", "{\"a\":\"\\\\\"}", "李四", present -> {});
        // The last one given is not there any more: its number must not be given again.
        String last = store.place("last", 1, 1, Map.of());
        store.edits().apply(me("gone"), List.of(new Change.Delete("places", last, null)));
    }

    /** Every row of every table, in words. */
    private static Map<String, List<String>> all(Dialect dialect) throws SQLException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        try (Connection connection = dialect.open(true)) {
            dialect.begin(connection, false);
            List<StoreTable> tables = new ArrayList<>(StoreTable.OWN);
            for (LayerDefinition layer :
                    TestCatalogue.definitions(TestCatalogue.PLACES, TestCatalogue.WAYS, TestCatalogue.AREAS)) {
                tables.add(StoreTable.of(layer));
                all.put(layer.id() + " last", List.of(Long.toString(dialect.lastFid(connection, layer.id()))));
            }
            for (StoreTable table : tables) all.put(table.name(), rows(dialect, connection, table));
        }
        return all;
    }

    private static List<String> rows(Dialect dialect, Connection connection, StoreTable table) throws SQLException {
        List<String> rows = new ArrayList<>();
        Sql sql = new Sql(dialect).add("SELECT ");
        for (Column column : table.columns())
            sql.add(sql.toString().endsWith("SELECT ") ? "" : ", ").name(column.name());
        sql.add(" FROM ").name(table.name());
        try (PreparedStatement statement = sql.prepared(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < table.columns().size(); i++) {
                    AttributeType type = table.columns().get(i).type();
                    Object value = null;
                    if (type != null) value = dialect.fromColumn(row, i + 1, type);
                    else if (row.getBytes(i + 1) != null) {
                        Geometry geometry = dialect.geometryFromColumn(row, i + 1);
                        value = geometry.toText();
                    }
                    text.append(value == null ? "∅" : type + ":" + value).append('|');
                }
                rows.add(text.toString());
            }
        }
        rows.sort(null);
        return rows;
    }

    private static void assertSame(Map<String, List<String>> copy, Map<String, List<String>> original, long seed) {
        assertThat(copy.keySet()).isEqualTo(original.keySet());
        original.forEach((table, rows) ->
                assertThat(copy.get(table)).as("%s, seed %d", table, seed).containsExactlyElementsOf(rows));
    }

    @Test
    void theCopyAndTheCopyOfTheCopyHoldEveryRowOfTheOriginal() throws Exception {
        long seed = System.nanoTime();
        try (TestCatalogue store = TestCatalogue.open(folder)) {
            live(store, seed);
        }
        CopyReceipt receipt = copy(original, postGis);
        Map<String, List<String>> rows = all(original);
        assertThat(receipt.layers()).isEqualTo(3);
        assertThat(receipt.historyEntries())
                .isEqualTo(rows.get("anquan_history").size());
        assertThat(receipt.features())
                .isEqualTo(rows.get("places").size()
                        + rows.get("ways").size()
                        + rows.get("areas").size());
        assertSame(all(postGis), rows, seed);
        GeoPackageDialect back = file("back.gpkg");
        copy(postGis, back);
        assertSame(all(back), rows, seed);
        // Also of the standard's tables and the index: what GDAL and QGIS read.
        try (Connection connection = back.open(true);
                Statement statement = connection.createStatement()) {
            for (String check : List.of(
                    "SELECT rtreecheck('rtree_places_geom')",
                    "PRAGMA integrity_check",
                    "SELECT CASE WHEN count(*) = 21 THEN 'ok' END FROM sqlite_master WHERE type = 'trigger'",
                    "SELECT CASE WHEN count(*) = 3 AND min(min_x) IS NOT NULL THEN 'ok' END FROM gpkg_contents"
                            + " WHERE data_type = 'features'"))
                try (ResultSet row = statement.executeQuery(check)) {
                    assertThat(row.getString(1)).as(check).isEqualTo("ok");
                }
        }
    }

    @Test
    void lifeGoesOnInTheCopyAsItWouldHaveInTheOriginal() throws Exception {
        try (TestCatalogue store = TestCatalogue.open(folder)) {
            live(store, 7);
            store.place("甲", 105, 32, Map.of("people", 5, "hazards", List.of("flood")));
        }
        copy(original, postGis);
        List<TestCatalogue> both = List.of(TestCatalogue.open(folder), TestCatalogue.open(url));
        try {
            List<String> told = new ArrayList<>();
            for (TestCatalogue store : both) {
                List<Object> seen = new ArrayList<>();
                ChangeSet newest = store.edits().changeSets("places", 1).get(0);
                String id = store.layers()
                        .find(FeatureQuery.all("places")
                                .where(Filters.parse(
                                        "name = '甲'", store.layers().definition("places"))))
                        .features()
                        .get(0)
                        .id();
                seen.add(id);
                seen.add(store.edits()
                                .undo(me("undo"), "places", newest.number())
                                .changeSet()
                        - newest.number());
                seen.add(store.layers().get("places", id).isPresent());
                seen.add(store.place("乙", 106, 33, Map.of()));
                seen.add(store.edits().history("places", id).stream()
                        .map(HistoryEntry::operation)
                        .toList());
                seen.add(store.layers()
                        .find(FeatureQuery.all("places").in(new Bbox(104, 31, 106.5, 33.5)))
                        .features());
                seen.add(store.layers().state("places").version());
                told.add(seen.toString());
            }
            assertThat(told.get(1)).isEqualTo(told.get(0));
        } finally {
            both.forEach(TestCatalogue::close);
        }
    }

    @Test
    void aTargetThatIsNotEmptyIsRefusedUnlessItMayGo() throws Exception {
        try (TestCatalogue store = TestCatalogue.open(folder);
                TestCatalogue other = TestCatalogue.open(url)) {
            store.place("甲", 105, 32, Map.of());
            other.place("旧", 105, 32, Map.of());
        }
        assertThatThrownBy(() -> copy(original, postGis))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("--replace");
        try (TestCatalogue other = TestCatalogue.open(url)) {
            assertThat(other.layers().snapshot("places").features())
                    .extracting(Feature::name)
                    .containsExactly("旧");
        }
        new StoreCopy(original, postGis, share -> {}).run(true, SETTINGS);
        assertSame(all(postGis), all(original), 0);
    }

    /** The source breaks in the middle: one of its geometries is none. */
    @Test
    void aCopyThatFailsInTheMiddleLeavesTheTargetAsItWas() throws Exception {
        try (TestCatalogue store = TestCatalogue.open(folder)) {
            for (int i = 0; i < 5; i++) store.place("甲" + i, 105, 32, Map.of());
        }
        try (Connection connection = original.open(false);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE anquan_history SET after_geom = x'00' WHERE seq = 4");
        }
        assertThatThrownBy(() -> copy(original, postGis)).isInstanceOf(RuntimeException.class);
        try (TestCatalogue target = TestCatalogue.open(url)) {
            assertThat(target.layers().state("places").version()).isZero();
            assertThat(target.edits().changeSets("places", 10)).isEmpty();
        }
        StoreCopies copies = new StoreCopies(places(url), SETTINGS);
        Path file = folder.resolve("half.gpkg");
        assertThatThrownBy(() -> copies.copy(folder.resolve("test.gpkg").toString(), file.toString(), false, s -> {}))
                .isInstanceOf(RuntimeException.class);
        assertThat(Files.exists(file)).isFalse();
    }

    private StorePlaces places(String configured) {
        return new StorePlaces(
                new org.anquan.home.AnquanHome(folder),
                SETTINGS,
                new org.springframework.mock.env.MockEnvironment().withProperty("spring.datasource.url", configured));
    }

    @Test
    void whatIsNoStoreIsRefusedWithWords() throws IOException {
        StoreCopies copies = new StoreCopies(places(url), SETTINGS);
        Path empty = Files.createFile(folder.resolve("empty.gpkg"));
        String target = folder.resolve("new.gpkg").toString();
        Map<String, String> wrong = Map.of(
                empty.toString(),
                "不是安圈的数据库",
                folder.resolve("none.gpkg").toString(),
                "读不到",
                "jdbc:mysql://x/y",
                "spring.datasource.url",
                folder.resolve("x.csv").toString(),
                ".gpkg",
                target,
                "两边都是");
        wrong.forEach((from, words) -> assertThatThrownBy(() -> copies.copy(from, target, false, s -> {}))
                .as(from)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(words));
        assertThat(Files.exists(Path.of(target))).isFalse();
    }

    /** The list of the store's own tables is complete: a table or column that is missing in it would not be copied. */
    @Test
    void everyColumnOfEveryTableOfOursIsCopied() throws Exception {
        TestCatalogue.open(folder).close();
        TestCatalogue.open(url).close();
        TreeSet<String> listed = new TreeSet<>();
        for (StoreTable table : StoreTable.OWN)
            for (Column column : table.columns()) listed.add(table.name() + "." + column.name());
        for (LayerDefinition layer :
                TestCatalogue.definitions(TestCatalogue.PLACES, TestCatalogue.WAYS, TestCatalogue.AREAS))
            for (Column column : StoreTable.of(layer).columns()) listed.add(layer.id() + "." + column.name());
        // Each store is made with the number of its own format; it is not carried over.
        listed.add("anquan_format.number");
        assertThat(names(
                        original,
                        "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
                                + " WHERE m.type = 'table' AND m.name NOT LIKE 'gpkg%' AND m.name NOT LIKE 'rtree%'"
                                + " AND m.name NOT LIKE 'sqlite%'"))
                .isEqualTo(listed);
        // What each layer gave last stands in a table of its own here, and in SQLite's own there.
        listed.add("anquan_fid.last");
        listed.add("anquan_fid.layer");
        assertThat(names(
                        postGis,
                        "SELECT table_name || '.' || column_name FROM information_schema.columns"
                                + " WHERE table_schema = current_schema()"))
                .isEqualTo(listed);
    }

    private static TreeSet<String> names(Dialect dialect, String sql) throws SQLException {
        TreeSet<String> names = new TreeSet<>();
        try (Connection connection = dialect.open(true);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) names.add(row.getString(1));
        }
        return names;
    }
}
