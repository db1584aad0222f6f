package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes that follow from others, in the store. */
class DerivedTest {
    static final String HALL = """
            id: hall
            title: {zh: 馆, en: Halls}
            group: shelter
            order: 1
            geometry: point
            attributes:
              - {name: area, title: {zh: 面积, en: Area}, type: number, unit: m², min: 0}
              - {name: stated, title: {zh: 填报, en: Stated}, type: integer, min: 0}
              - name: room
                title: {zh: 容量, en: Room}
                type: integer
                derived: {formula: floor(area / 2), words: {zh: 面积 ÷ 2, en: area / 2}, clause: GB 1-2020, stated: stated}
              - name: size
                title: {zh: 规模, en: Size}
                type: text
                values: [{value: small, zh: 小, en: Small}, {value: large, zh: 大, en: Large}]
                derived:
                  formula: bySize(room)
                  tables: {bySize: {0: 1, 100: 2}}
                  classes: {1: small, 2: large}
                  words: {zh: 100 人起为大, en: large from 100}
                  clause: GB 2-2020
            """;

    @TempDir
    Path folder;

    TestCatalogue store;

    TestCatalogue openStore(String... yaml) {
        return TestCatalogue.open(folder, yaml);
    }

    @BeforeEach
    void open() {
        store = openStore(HALL);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Feature create(Map<String, Object> is) {
        Map<String, Object> all = new HashMap<>(is);
        all.put("name", "甲");
        return store.edits()
                .apply(me("create"), List.of(new Change.Create("hall", "h", point(105, 32), all)))
                .features()
                .get(0);
    }

    private Map<String, Object> patched(Map<String, Object> is) {
        store.edits().apply(me("patch"), List.of(new Change.Patch("hall", "h", null, null, new HashMap<>(is))));
        return store.layers().get("hall", "h").orElseThrow().attributes();
    }

    @Test
    void itIsWorkedOutWhenAFeatureIsWrittenAndStored() {
        create(Map.of("area", 301.0));
        Map<String, Object> stored =
                store.layers().get("hall", "h").orElseThrow().attributes();
        assertThat(stored).containsEntry("room", 150L).containsEntry("size", "large");
        // Stored, so that filters in the database see it.
        Filter filter =
                Filters.parse("room > 100 AND size = 'large'", store.layers().definition("hall"));
        assertThat(store.layers().find(FeatureQuery.all("hall").where(filter)).matched())
                .isEqualTo(1);
        assertThat(patched(Map.of("area", 100.0))).containsEntry("room", 50L).containsEntry("size", "small");
        Map<String, Object> unknown = new HashMap<>();
        unknown.put("area", null);
        Map<String, Object> after = patched(unknown);
        assertThat(after).doesNotContainKeys("room", "size");
    }

    @Test
    void nobodySetsItButWhatCameFromAnAnswerMayComeBack() {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> create(Map.of("area", 300.0, "room", 200)));
        assertThat(refused.mistakes()).hasSize(1);
        assertThat(refused.mistakes().get(0).what().toString())
                .contains("容量")
                .contains("150")
                .contains("200")
                .contains("GB 1-2020");
        assertThat(catchThrowableOfType(ProblemException.class, () -> create(Map.of("room", 200)))
                        .mistakes())
                .hasSize(1);
        Feature made = create(Map.of("area", 300.0, "room", 150));
        // The whole feature as it was read, with another area: the old room in it is not meant.
        Map<String, Object> whole = new HashMap<>(made.attributes());
        whole.put("area", 400.0);
        store.edits().apply(me("put"), List.of(new Change.Replace("hall", "h", 1L, made.geometry(), whole)));
        assertThat(store.layers().get("hall", "h").orElseThrow().attributes()).containsEntry("room", 200L);
        ProblemException patch = catchThrowableOfType(ProblemException.class, () -> patched(Map.of("room", 7)));
        assertThat(patch.mistakes()).hasSize(1);
    }

    @Test
    void aFilesValueIsComparedAndKeptAside() throws IOException {
        Map<String, Long> differing = new HashMap<>();
        store.edits().load(me("load"), "hall", LoadMode.REPLACE, sink -> {
            add(sink, "same", Map.of("area", 300.0, "room", 150L));
            add(sink, "other", Map.of("area", 300.0, "room", 170L, "size", "small"));
            add(sink, "alone", Map.of("room", 80L));
            add(sink, "twice", Map.of("area", 300.0, "room", 99L, "stated", 98L));
            differing.putAll(sink.differing());
        });
        assertThat(differing).isEqualTo(Map.of("room", 3L, "size", 1L));
        assertThat(is("same")).containsEntry("room", 150L).doesNotContainKey("stated");
        assertThat(is("other"))
                .containsEntry("room", 150L)
                .containsEntry("stated", 170L)
                .containsEntry("size", "large");
        assertThat(is("alone")).doesNotContainKey("room").containsEntry("stated", 80L);
        assertThat(is("twice")).containsEntry("room", 150L).containsEntry("stated", 98L);
        // What has no place of its own stands beside the feature, as a deletion shows.
        store.edits().apply(me("delete"), List.of(new Change.Delete("hall", "other", null)));
        assertThat(store.edits().history("hall", "other").get(1).before())
                .contains("\"extra\"")
                .contains("small");
    }

    private static void add(LayerEdits.Sink sink, String id, Map<String, Object> is) {
        Map<String, Object> all = new HashMap<>(is);
        all.put("name", id);
        assertThat(sink.add(new FeatureDraft(id, point(105, 32), all, null))).isEmpty();
    }

    private Map<String, Object> is(String id) {
        return store.layers().get("hall", id).orElseThrow().attributes();
    }

    @Test
    void anUndoGivesTheInputsBackAndTheRestFollows() {
        create(Map.of("area", 300.0));
        patched(Map.of("area", 20.0));
        long last = store.edits().changeSets("hall", 1).get(0).number();
        store.edits().undo(me("undo"), "hall", last);
        assertThat(is("h")).containsEntry("area", 300.0).containsEntry("room", 150L);
    }
}
