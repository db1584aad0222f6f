package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.problem.ProblemException.Mistake;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A layer with data whose file was changed: all features go over to the new form, or none. */
class MigrationTest {
    private static final String HEAD = """
            id: kiosk
            title: {zh: 亭, en: Kiosk}
            group: shelter
            order: 7
            geometry: point
            attributes:
            """;
    private static final String SEATS = "  - {name: seats, title: {zh: 座位, en: Seats}, type: integer}\n";
    private static final String COLOUR = "  - {name: colour, title: {zh: 颜色, en: Colour}, type: text}\n";
    private static final String TAGS =
            "  - {name: tags, title: {zh: 标签, en: Tags}, type: list, values: [{value: a, zh: 甲, en: A}, {value: b, zh: 乙, en: B}]}\n";
    private static final String OPEN = "  - {name: open, title: {zh: 开放, en: Open}, type: boolean}\n";
    private static final String SIZE = "  - {name: size, title: {zh: 面积, en: Size}, type: number}\n";
    private static final String BEFORE = HEAD + SEATS + COLOUR + TAGS + OPEN + SIZE;

    @TempDir
    Path folder;

    TestCatalogue openStore(String... yaml) {
        return TestCatalogue.open(folder, yaml);
    }

    @BeforeEach
    void threeKiosks() {
        try (TestCatalogue store = openStore(BEFORE)) {
            create(
                    store,
                    "k1",
                    Map.of("seats", 4, "colour", "红", "tags", List.of("a", "b"), "open", true, "size", 2.5));
            create(store, "k2", Map.of("seats", 10, "colour", "12", "size", 7.0));
            create(store, "k3", Map.of());
        }
    }

    private static void create(TestCatalogue store, String id, Map<String, Object> is) {
        Map<String, Object> all = new HashMap<>(is);
        all.put("name", id);
        store.edits().apply(me("make"), List.of(new Change.Create("kiosk", id, point(1, 1), all)));
    }

    private static Map<String, Object> is(TestCatalogue store, String id) {
        Map<String, Object> all =
                new HashMap<>(store.layers().get("kiosk", id).orElseThrow().attributes());
        all.remove("name");
        return all;
    }

    /** What stands beside a feature, as its deletion shows; then it is there no more. */
    private static String aside(TestCatalogue store, String id) {
        store.edits().apply(me("look"), List.of(new Change.Delete("kiosk", id, null)));
        List<HistoryEntry> entries = store.edits().history("kiosk", id);
        return String.valueOf(
                HistoryValues.extra(entries.get(entries.size() - 1).before()));
    }

    @Test
    void anAddedAttributeIsUnknownAndTheLayersVersionStaysWhereNothingChanged() {
        long version;
        try (TestCatalogue store = openStore(BEFORE)) {
            version = store.layers().state("kiosk").version();
        }
        String added = BEFORE + "  - {name: note, title: {zh: 说明, en: Note}, type: text}\n";
        try (TestCatalogue store = openStore(added)) {
            assertThat(store.layers().problems()).isEmpty();
            assertThat(is(store, "k2")).isEqualTo(Map.of("seats", 10L, "colour", "12", "size", 7.0));
            assertThat(store.layers().state("kiosk").version()).isEqualTo(version);
            store.edits().apply(me("n"), List.of(new Change.Patch("kiosk", "k2", 1L, null, Map.of("note", "x"))));
            assertThat(is(store, "k2")).containsEntry("note", "x");
        }
    }

    @Test
    void aRemovedAttributeKeepsItsValuesAsideAndTheyComeBackWithIt() {
        try (TestCatalogue store = openStore(HEAD + SIZE)) {
            assertThat(store.layers().problems()).isEmpty();
            assertThat(is(store, "k1")).isEqualTo(Map.of("size", 2.5));
        }
        // Back under another name that answers to the old one, and as it was.
        String back = HEAD + "  - {name: chairs, title: {zh: 椅子, en: Chairs}, type: integer, aliases: [seats]}\n"
                + COLOUR + TAGS + OPEN + SIZE;
        try (TestCatalogue store = openStore(back)) {
            assertThat(is(store, "k1"))
                    .isEqualTo(
                            Map.of("chairs", 4L, "colour", "红", "tags", List.of("a", "b"), "open", true, "size", 2.5));
            assertThat(is(store, "k3")).isEmpty();
            assertThat(aside(store, "k1")).isEqualTo("null");
        }
        try (TestCatalogue store = openStore(HEAD + COLOUR)) {
            assertThat(aside(store, "k2")).contains("\"chairs\":10").contains("\"size\":7.0");
        }
    }

    @Test
    void typesAreWidenedAndNarrowedWhereEveryValueFits() {
        String changed = BEFORE.replace(
                        "name: seats, title: {zh: 座位, en: Seats}, type: integer",
                        "name: seats, title: {zh: 座位, en: Seats}, type: text")
                .replace("title: {zh: 开放, en: Open}, type: boolean", "title: {zh: 开放, en: Open}, type: integer");
        try (TestCatalogue store = openStore(changed)) {
            assertThat(store.layers().problems()).isEmpty();
            assertThat(is(store, "k1")).containsEntry("seats", "4").containsEntry("open", 1L);
            assertThat(is(store, "k2")).containsEntry("seats", "10");
            // The history of before reads in the new types too, and an undo gives them back.
            store.edits().apply(me("p"), List.of(new Change.Patch("kiosk", "k1", null, null, Map.of("seats", "many"))));
            long last = store.edits().changeSets("kiosk", 1).get(0).number();
            store.edits().undo(me("u"), "kiosk", last);
            assertThat(is(store, "k1")).containsEntry("seats", "4");
        }
        try (TestCatalogue store = openStore(BEFORE)) {
            assertThat(store.layers().problems()).isEmpty();
            assertThat(is(store, "k1")).containsEntry("seats", 4L).containsEntry("open", true);
        }
        try (TestCatalogue store = openStore(BEFORE.replace("en: Seats}, type: integer", "en: Seats}, type: number"))) {
            assertThat(is(store, "k1")).containsEntry("seats", 4.0);
            LayerSnapshot then = store.layers().snapshot("kiosk", Instant.now());
            assertThat(then.features()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en: Colour}, type: text | en: Colour}, type: integer | kiosk.colour | k1 | 红",
                "en: Size}, type: number | en: Size}, type: integer | kiosk.size | k1 | 2.5",
                "en: Seats}, type: integer | en: Seats}, type: integer, max: 5 | kiosk.seats | k2 | 10",
                "en: Seats}, type: integer | en: Seats}, type: integer, required: true | kiosk.seats | k3 | k3",
                "en: Colour}, type: text | 'en: Colour}, type: text, values: [{value: red, zh: 红, en: Red}]' | kiosk.colour | k2 | 12",
                "', {value: b, zh: 乙, en: B}' | '' | kiosk.tags | k1 | b",
                "geometry: point | geometry: line | kiosk.geometry | 3 | 3",
            })
    void whatDoesNotFitIsSaidAndTheLayerGoesOnAsItWas(
            String was, String becomes, String where, String feature, String value) {
        String changed = BEFORE.replace(was, becomes == null ? "" : becomes)
                + "  - {name: more, title: {zh: 更多, en: More}, type: text}\n";
        assertThat(changed).doesNotContain(was.contains("geometry") ? "geometry: point" : "§");
        try (TestCatalogue store = openStore(changed, TestCatalogue.PLACES)) {
            assertThat(store.layers().problems()).hasSize(1);
            DefinitionProblem problem = store.layers().problems().get(0);
            assertThat(problem.layer()).isEqualTo("kiosk");
            List<Mistake> mistakes = problem.problem().mistakes();
            assertThat(mistakes).hasSize(1);
            assertThat(mistakes.get(0).where()).isEqualTo(where);
            assertThat(mistakes.get(0).what().toString()).contains(feature).contains(value);
            // The layer works, with its old definition; the others have theirs.
            assertThat(store.layers().definition("kiosk").attribute("more")).isEmpty();
            assertThat(store.layers().definition("kiosk"))
                    .isEqualTo(TestCatalogue.definitions(BEFORE).get(0));
            assertThat(is(store, "k1"))
                    .isEqualTo(
                            Map.of("seats", 4L, "colour", "红", "tags", List.of("a", "b"), "open", true, "size", 2.5));
            create(store, "k4", Map.of("seats", 4));
            store.place("甲", 1, 1, Map.of());
        }
        // Put back, all is as before.
        try (TestCatalogue store = openStore(BEFORE)) {
            assertThat(store.layers().problems()).isEmpty();
            assertThat(store.layers().state("kiosk").count()).isEqualTo(4);
        }
    }

    @Test
    void onceTheDataAreMendedTheChangeComesIntoForce() {
        String narrow = BEFORE.replace("en: Seats}, type: integer", "en: Seats}, type: integer, max: 5");
        try (TestCatalogue store = openStore(narrow)) {
            assertThat(store.layers().problems()).hasSize(1);
            store.edits().apply(me("mend"), List.of(new Change.Patch("kiosk", "k2", null, null, Map.of("seats", 5))));
        }
        try (TestCatalogue store = openStore(narrow)) {
            assertThat(store.layers().problems()).isEmpty();
            assertThat(store.layers()
                            .definition("kiosk")
                            .attribute("seats")
                            .orElseThrow()
                            .max())
                    .isEqualTo(5.0);
        }
    }

    @Test
    void freeTextBecomesAnAllowedValueByItsTitle() {
        String listed = BEFORE.replace(
                "en: Colour}, type: text",
                "en: Colour}, type: text, values: [{value: red, zh: 红, en: Red}, {value: twelve, zh: 12, en: Twelve}]");
        try (TestCatalogue store = openStore(listed)) {
            assertThat(store.layers().problems()).isEmpty();
            assertThat(is(store, "k1")).containsEntry("colour", "red");
            assertThat(is(store, "k2")).containsEntry("colour", "twelve");
        }
    }

    @Test
    void aChangedSensitivityHoldsAtOnce() {
        String secret = BEFORE.replace("en: Colour}, type: text", "en: Colour}, type: text, sensitivity: restricted");
        try (TestCatalogue store = openStore(secret)) {
            LayerDefinition seen =
                    new Visibility(Sensitivity.PUBLIC).cut(store.layers().definition("kiosk"));
            assertThat(seen.attribute("colour")).isEmpty();
            assertThat(is(store, "k1")).containsEntry("colour", "红");
        }
    }

    @Test
    void aPlainAttributeBecomesDerivedAndAChangedFormulaIsWorkedOutAnew() {
        String derived = HEAD + COLOUR + TAGS + OPEN + SIZE
                + "  - {name: told, title: {zh: 填报, en: Told}, type: integer}\n"
                + "  - name: seats\n    title: {zh: 座位, en: Seats}\n    type: integer\n"
                + "    derived: {formula: floor(size * 2), words: {zh: 式, en: f}, clause: x, stated: told}\n";
        long version;
        try (TestCatalogue store = openStore(BEFORE)) {
            version = store.layers().state("kiosk").version();
        }
        try (TestCatalogue store = openStore(derived)) {
            assertThat(store.layers().problems()).isEmpty();
            // 2.5 · 2 = 5, four were told; 7 · 2 = 14, ten were told.
            assertThat(is(store, "k1")).containsEntry("seats", 5L).containsEntry("told", 4L);
            assertThat(is(store, "k2")).containsEntry("seats", 14L).containsEntry("told", 10L);
            assertThat(is(store, "k3")).isEmpty();
            assertThat(store.layers().state("kiosk").version()).isEqualTo(version + 1);
        }
        try (TestCatalogue store = openStore(derived.replace("size * 2", "size * 4"))) {
            assertThat(is(store, "k1")).containsEntry("seats", 10L).containsEntry("told", 4L);
        }
    }

    @Test
    void aLayerOfAnOlderStoreWithoutItsDefinitionIsCheckedAndGoesOnByItsColumns() throws IOException {
        forgetTheDefinition();
        String narrow = BEFORE.replace("en: Seats}, type: integer", "en: Seats}, type: integer, max: 5");
        try (TestCatalogue store = openStore(narrow)) {
            assertThat(store.layers().problems()).hasSize(1);
            AttributeDefinition seats =
                    store.layers().definition("kiosk").attribute("seats").orElseThrow();
            assertThat(seats.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
            assertThat(is(store, "k2")).containsEntry("seats", 10L);
        }
        try (TestCatalogue store = openStore(BEFORE)) {
            assertThat(store.layers().problems()).isEmpty();
        }
    }

    private static final String NOTE = "  - {name: note, title: {zh: 说明, en: Note}, type: text}\n";
    private static final String BENCH = HEAD.replace("id: kiosk", "id: bench").replace("Kiosk", "Bench")
            + "  - {name: seats, title: {zh: 座位, en: Seats}, type: integer}\n";

    @Test
    void changedAndNewFilesAreTakenWhileTheStoreIsOpen() {
        try (TestCatalogue store = openStore(BEFORE)) {
            assertThat(store.layers().snapshot("kiosk").features()).hasSize(3);
            assertThat(store.names()
                            .find(new NameQuery("k2", 5, List.of(), null), new Visibility(Sensitivity.RESTRICTED))
                            .hits())
                    .hasSize(1);
            // colour goes, note comes, and a layer comes.
            store.files(HEAD + SEATS + TAGS + OPEN + SIZE + NOTE, BENCH);
            LayerFiles.Reloaded done = store.reload();
            assertThat(done)
                    .isEqualTo(new LayerFiles.Reloaded(List.of("bench"), List.of("kiosk"), List.of(), List.of()));
            assertThat(store.layers().definitions())
                    .extracting(LayerDefinition::id)
                    .contains("bench", "kiosk");
            store.edits().apply(me("n"), List.of(new Change.Patch("kiosk", "k2", null, null, Map.of("note", "新"))));
            assertThat(is(store, "k2")).isEqualTo(Map.of("seats", 10L, "size", 7.0, "note", "新"));
            store.edits()
                    .apply(
                            me("b"),
                            List.of(new Change.Create("bench", "b1", point(2, 2), Map.of("name", "凳", "seats", 3))));
            assertThat(store.layers().snapshot("bench").features()).hasSize(1);
            assertThat(store.layers()
                            .find(FeatureQuery.all("kiosk").in(new org.anquan.geo.Bbox(0, 0, 2, 2)))
                            .features())
                    .hasSize(3);
            assertThat(store.layers()
                            .snapshot("kiosk")
                            .feature("k1")
                            .orElseThrow()
                            .attributes())
                    .doesNotContainKey("colour");
            // Nothing to do: nothing is done.
            assertThat(store.reload()).isEqualTo(new LayerFiles.Reloaded(List.of(), List.of(), List.of(), List.of()));
            // A file that is gone hides its layer; the data stay.
            store.files(BEFORE);
            assertThat(store.reload().removed()).containsExactly("bench");
            assertThat(catchThrowableOfType(
                                    org.anquan.problem.ProblemException.class,
                                    () -> store.layers().definition("bench"))
                            .key())
                    .isEqualTo("catalog.noLayer");
            assertThat(is(store, "k1")).containsEntry("colour", "红");
            store.files(BEFORE, BENCH);
            assertThat(store.reload().added()).containsExactly("bench");
            assertThat(store.layers().get("bench", "b1")).isPresent();
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWhileTheStoreIsOpenAndTheOthersAreTaken() {
        try (TestCatalogue store = openStore(BEFORE)) {
            LayerDefinition before = store.layers().definition("kiosk");
            long version = store.layers().state("kiosk").version();
            store.files(BEFORE.replace("en: Seats}, type: integer", "en: Seats}, type: integer, max: 5"), BENCH);
            LayerFiles.Reloaded done = store.reload();
            assertThat(done.added()).containsExactly("bench");
            assertThat(done.changed()).isEmpty();
            assertThat(done.problems()).extracting(DefinitionProblem::layer).containsExactly("kiosk");
            assertThat(store.layers().problems()).isEqualTo(done.problems());
            assertThat(store.layers().definition("kiosk")).isSameAs(before);
            assertThat(store.layers().state("kiosk").version()).isEqualTo(version);
            assertThat(is(store, "k2")).containsEntry("seats", 10L);
            // Mended, and it is taken.
            store.edits().apply(me("mend"), List.of(new Change.Patch("kiosk", "k2", null, null, Map.of("seats", 5))));
            assertThat(store.reload().changed()).containsExactly("kiosk");
            assertThat(store.layers().problems()).isEmpty();
        }
    }

    @Test
    void anotherInstanceFollowsWhereItsFilesSayTheSameAndSaysSoWhereTheyDoNot() throws InterruptedException {
        String without = HEAD + SEATS + TAGS + OPEN + SIZE + NOTE;
        try (TestCatalogue one = openStore(BEFORE);
                TestCatalogue other = openStore(BEFORE)) {
            assertThat(other.layers().find(FeatureQuery.all("kiosk")).features())
                    .hasSize(3);
            one.files(without);
            one.reload();
            // The other still works by the column that is gone.
            org.anquan.problem.ProblemException refused = catchThrowableOfType(
                    org.anquan.problem.ProblemException.class,
                    () -> other.layers().find(FeatureQuery.all("kiosk")));
            assertThat(refused.key()).isEqualTo("catalog.store.otherTables");
            assertThat(refused.kind()).isEqualTo(org.anquan.problem.ProblemException.Kind.UNAVAILABLE);
            await(() -> !other.layers().problems().isEmpty());
            assertThat(other.layers().problems().get(0).problem().key()).isEqualTo("catalog.otherDefinition");
            // It did not change the table back.
            assertThat(is(one, "k1")).containsEntry("seats", 4L).doesNotContainKey("colour");
            other.files(without);
            await(() -> other.layers().problems().isEmpty());
            assertThat(is(other, "k2")).isEqualTo(Map.of("seats", 10L, "size", 7.0));
            assertThat(other.layers().definition("kiosk").attribute("note")).isPresent();
        }
    }

    private static void await(java.util.function.BooleanSupplier done) throws InterruptedException {
        for (long end = System.nanoTime() + 30_000_000_000L; !done.getAsBoolean(); ) {
            assertThat(System.nanoTime())
                    .as("it did not come about within 30 s")
                    .isLessThan(end);
            Thread.sleep(50);
        }
    }

    @Test
    void aStoreOfANewerVersionIsNeitherReadNorChanged() {
        raiseTheFormat();
        org.anquan.problem.ProblemException refused = catchThrowableOfType(
                org.anquan.problem.ProblemException.class,
                () -> openStore(HEAD + SEATS).close());
        assertThat(refused.key()).isEqualTo("catalog.store.newer");
        assertThat(refused.detail().toString()).contains("999");
    }

    Dialect dialect() {
        return new GeoPackageDialect(folder.resolve("test.gpkg"), StoreSettings.usual());
    }

    private void raiseTheFormat() {
        run("UPDATE anquan_format SET number = 999");
    }

    private void forgetTheDefinition() {
        run("DELETE FROM anquan_definition");
    }

    private void run(String... sql) {
        Dialect dialect = dialect();
        try (var connection = dialect.open(false);
                var statement = connection.createStatement()) {
            dialect.begin(connection, true);
            for (String one : sql) statement.execute(one);
            dialect.commit(connection);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String storedText() {
        Dialect dialect = dialect();
        try (var connection = dialect.open(false);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT definition FROM anquan_definition WHERE layer = 'kiosk'")) {
            return row.next() ? row.getString(1) : "";
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of {@link #BEFORE} as it was stored while texts left out the common attributes. */
    private static final String OLD_TEXT = """
            {"id":"kiosk","title":{"zh":"亭","en":"Kiosk"},"group":"shelter","order":7,"geometry":"point","sensitivity":"public",\
            "attributes":[{"name":"seats","title":{"zh":"座位","en":"Seats"},"type":"integer","sensitivity":"public"},\
            {"name":"colour","title":{"zh":"颜色","en":"Colour"},"type":"text","sensitivity":"public"},\
            {"name":"tags","title":{"zh":"标签","en":"Tags"},"type":"list","values":[{"value":"a","zh":"甲","en":"A"},{"value":"b","zh":"乙","en":"B"}],"sensitivity":"public"},\
            {"name":"open","title":{"zh":"开放","en":"Open"},"type":"boolean","sensitivity":"public"},\
            {"name":"size","title":{"zh":"面积","en":"Size"},"type":"number","sensitivity":"public"}],"search":["name","adminCode"]}""";

    /** The store as an older version left it: the common attributes of then, and a text without them. */
    private void asAnOlderVersionMadeIt() {
        for (AttributeDefinition later : CommonAttributes.ALL)
            if (!CommonAttributes.BEFORE_TEXTS_NAMED_THEM.contains(later)) forgetColumn(later.name());
        run("UPDATE anquan_definition SET definition = '" + OLD_TEXT + "'");
    }

    private void forgetColumn(String column) {
        run(
                "ALTER TABLE kiosk DROP COLUMN \"" + column + "\"",
                "DELETE FROM anquan_column WHERE layer = 'kiosk' AND name = '" + column + "'");
    }

    @Test
    void aStoreThatDoesNotSayItsCommonAttributesGetsThoseItLacks() throws InterruptedException {
        Instant before;
        long seats;
        try (TestCatalogue store = openStore(BEFORE)) {
            before = Instant.now();
            // The store's clock counts milliseconds.
            Thread.sleep(5);
            store.edits().apply(me("more"), List.of(new Change.Patch("kiosk", "k1", null, null, Map.of("seats", 5))));
            seats = store.edits().changeSets("kiosk", 1).get(0).number();
        }
        asAnOlderVersionMadeIt();
        assertThat(DefinitionText.read("kiosk", OLD_TEXT).orElseThrow().attributes())
                .hasSize(5 + 5)
                .startsWith(CommonAttributes.BEFORE_TEXTS_NAMED_THEM.toArray(AttributeDefinition[]::new));
        try (TestCatalogue store = openStore(BEFORE)) {
            assertThat(store.layers().problems()).isEmpty();
            assertThat(store.layers().definition("kiosk").attributes().subList(0, CommonAttributes.ALL.size()))
                    .isEqualTo(CommonAttributes.ALL);
            assertThat(is(store, "k1"))
                    .isEqualTo(
                            Map.of("seats", 5L, "colour", "红", "tags", List.of("a", "b"), "open", true, "size", 2.5));
            assertThat(is(store, "k2")).isEqualTo(Map.of("seats", 10L, "colour", "12", "size", 7.0));
            assertThat(store.edits().history("kiosk", "k1")).hasSize(2);
            assertThat(store.layers()
                            .snapshot("kiosk", before)
                            .feature("k1")
                            .orElseThrow()
                            .get("seats"))
                    .isEqualTo(4L);
            store.edits().undo(me("back"), "kiosk", seats);
            assertThat(is(store, "k1")).containsEntry("seats", 4L);
            for (AttributeDefinition common : CommonAttributes.ALL) {
                Object value = java.util.Objects.requireNonNull(EXAMPLES.get(common.type()));
                store.edits()
                        .apply(
                                me("fill"),
                                List.of(new Change.Patch("kiosk", "k3", null, null, Map.of(common.name(), value))));
                assertThat(is(store, "k3").getOrDefault(common.name(), value))
                        .as(common.name())
                        .isEqualTo(value);
            }
        }
        assertThat(storedText()).contains("\"form\"", "\"illustrative\"");
    }

    private static final Map<AttributeType, Object> EXAMPLES = Map.of(
            AttributeType.TEXT,
            "x",
            AttributeType.NUMBER,
            2.5,
            AttributeType.BOOLEAN,
            true,
            AttributeType.DATE,
            LocalDate.of(2026, 3, 5),
            AttributeType.TIME,
            Instant.parse("2026-03-05T00:00:00Z"));

    /** As an older version does that has fewer common attributes and does not understand the text. */
    @Test
    void valuesOfACommonAttributeThatAVersionLacksAreKeptAsideAndComeBack() {
        try (TestCatalogue store = openStore(BEFORE)) {
            create(store, "k4", Map.of("illustrative", true, "source", "市局"));
        }
        // It drops the column and keeps the value; the text it writes does not name the attribute.
        String shorter = storedText()
                .replaceFirst("\\{\"name\":\"illustrative\".*?\\},\\{\"name\":\"seats\"", "{\"name\":\"seats\"");
        assertThat(shorter).doesNotContain("illustrative");
        forgetColumn("illustrative");
        run(
                "UPDATE kiosk SET extra = '{\"illustrative\":true}' WHERE id = 'k4'",
                "UPDATE anquan_definition SET definition = '" + shorter + "'");
        try (TestCatalogue store = openStore(BEFORE)) {
            assertThat(store.layers().problems()).isEmpty();
            assertThat(is(store, "k4")).isEqualTo(Map.of("illustrative", true, "source", "市局"));
            assertThat(is(store, "k2")).isEqualTo(Map.of("seats", 10L, "colour", "12", "size", 7.0));
        }
        // A text of a form that is not known yet is not guessed at: the columns say what there is.
        run("UPDATE anquan_definition SET definition = '{\"form\":\"99\"}'");
        try (TestCatalogue store = openStore(BEFORE)) {
            assertThat(store.layers().problems()).isEmpty();
            assertThat(is(store, "k4")).isEqualTo(Map.of("illustrative", true, "source", "市局"));
        }
    }

    @Test
    void everyShippedDefinitionComesBackFromItsText() {
        for (LayerDefinition layer : DefinitionFiles.load(Path.of("nowhere")))
            assertThat(DefinitionText.read(layer.id(), DefinitionText.of(layer)))
                    .as(layer.id())
                    .contains(layer);
    }

    @Test
    void valuesTurnIntoOtherTypesOnlyWhereNothingIsLost() {
        LayerDefinition all = TestCatalogue.definitions(TestCatalogue.PLACES).get(0);
        Object[][] turns = {
            {"people", 4.0, 4L},
            {"people", 4.5, null},
            {"people", " 12 ", 12L},
            {"people", "约300", null},
            {"people", true, 1L},
            {"heightM", 3L, 3.0},
            {"heightM", "2.50", 2.5},
            {"staffed", "是", true},
            {"staffed", "也许", null},
            {"staffed", 0L, false},
            {"opened", "2026-03-05", LocalDate.of(2026, 3, 5)},
            {"opened", "三月", null},
            {"remark", 2.0, "2"},
            {"remark", 2.5, "2.5"},
            {"remark", List.of("a", "b"), "a、b"},
            {"hazards", "洪涝、fire", List.of("flood", "fire")},
            {"hazards", "虫害", null},
            {"kind", "村", "village"},
            {"checkedAt", "2026-03-05T00:00:00Z", Instant.parse("2026-03-05T00:00:00Z")}
        };
        for (Object[] turn : turns)
            assertThat(ValueConversion.of(
                            turn[1], all.attribute((String) turn[0]).orElseThrow()))
                    .as(turn[0] + " " + turn[1])
                    .isEqualTo(turn[2]);
    }
}
