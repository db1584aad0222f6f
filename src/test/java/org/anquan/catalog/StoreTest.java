package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.anquan.catalog.TestCatalogue.wkt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anquan.geo.Bbox;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Envelope;

/** On the embedded store; {@link PostGisStoreTest} asks the same of PostGIS. */
class StoreTest {
    @TempDir
    Path folder;

    private TestCatalogue store;

    /** The same store at each call of one test. */
    TestCatalogue openStore() {
        return TestCatalogue.open(folder);
    }

    @BeforeEach
    void open() {
        store = openStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = openStore();
    }

    @Test
    void everyTypeComesBackAsItWasGivenAlsoAfterAReopening() {
        Map<String, Object> given = new HashMap<>();
        given.put("kind", "village");
        given.put("people", 1234L);
        given.put("heightM", 512.25);
        given.put("staffed", true);
        given.put("opened", LocalDate.of(2020, 2, 29));
        given.put("checkedAt", Instant.parse("2026-03-05T06:20:00.250Z"));
        given.put("hazards", List.of("flood", "geo"));
        given.put("remark", "两行\n“引号” 'x' \uD83D\uDE92");
        given.put("observedAt", "2026-03-05T14:20:00+08:00");
        given.put("illustrative", true);
        String id = store.place("三堆村", 105.622, 32.503, given);
        reopen();
        Feature feature = store.layers().get("places", id).orElseThrow();
        given.put("name", "三堆村");
        given.put("observedAt", Instant.parse("2026-03-05T06:20:00Z"));
        assertThat(feature.attributes()).isEqualTo(given);
        assertThat(feature.geometry()).isEqualTo(point(105.622, 32.503));
        assertThat(feature.version()).isEqualTo(1);
        LayerState state = store.layers().state("places");
        assertThat(state.version()).isEqualTo(1);
        assertThat(state.count()).isEqualTo(1);
        assertThat(state.illustrative()).isTrue();
        assertThat(state.asOf()).isEqualTo(Instant.parse("2026-03-05T06:20:00Z"));
        assertThat(state.bbox()).isEqualTo(new Bbox(105.622, 32.503, 105.622, 32.503));
    }

    @Test
    void anUnknownLayerIsRefusedWithTheLayersThereAre() {
        assertThatThrownBy(() -> store.layers().state("shelters"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("shelters")
                .hasMessageContaining("places");
    }

    @Test
    void allMistakesOfAChangeSetAreToldAtOnceAndNothingIsSaved() {
        Map<String, Object> wrong = new HashMap<>();
        wrong.put("people", -1);
        wrong.put("heightM", "约300");
        wrong.put("kind", "city");
        wrong.put("colour", "red");
        wrong.put("opened", "2026-02-30");
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> store.edits()
                        .apply(
                                me("test"),
                                List.of(
                                        new Change.Create("places", "good", point(1, 1), Map.of("name", "good")),
                                        new Change.Create("places", null, wkt("LINESTRING (0 0, 1 1)"), wrong))));
        assertThat(problem.mistakes())
                .extracting(ProblemException.Mistake::where)
                .containsExactlyInAnyOrder(
                        "changes[1].geometry",
                        "changes[1].name",
                        "changes[1].people",
                        "changes[1].heightM",
                        "changes[1].kind",
                        "changes[1].opened",
                        "changes[1].colour");
        assertThat(store.layers().get("places", "good")).isEmpty();
        assertThat(store.layers().state("places").version()).isZero();
        assertThat(store.events).isEmpty();
    }

    @Test
    void aStaleEditIsRefusedAndChangesNothing() {
        String id = store.place("甲", 105, 32, Map.of());
        store.edits().apply(me("first"), List.of(new Change.Patch("places", id, 1L, null, Map.of("people", 5))));
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> store.edits()
                        .apply(me("late"), List.of(new Change.Patch("places", id, 1L, null, Map.of("people", 6)))));
        assertThat(problem.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(problem.detail().toString()).contains("甲").contains("第 1 版").contains("第 2 版");
        assertThat(store.layers().get("places", id).orElseThrow().number("people"))
                .isEqualTo(5);
    }

    @Test
    void aPatchChangesOnlyWhatItNamesAndAReplaceMakesTheRestUnknown() {
        String id = store.place("甲", 105, 32, Map.of("people", 5, "remark", "r"));
        Map<String, Object> unknown = new HashMap<>();
        unknown.put("people", null);
        store.edits().apply(me("patch"), List.of(new Change.Patch("places", id, null, point(106, 33), unknown)));
        Feature patched = store.layers().get("places", id).orElseThrow();
        assertThat(patched.attributes()).isEqualTo(Map.of("name", "甲", "remark", "r"));
        assertThat(patched.geometry()).isEqualTo(point(106, 33));
        store.edits()
                .apply(me("put"), List.of(new Change.Replace("places", id, 2L, point(107, 34), Map.of("name", "乙"))));
        Feature replaced = store.layers().get("places", id).orElseThrow();
        assertThat(replaced.attributes()).isEqualTo(Map.of("name", "乙"));
        assertThat(replaced.version()).isEqualTo(3);
        // The box follows the point: nothing of the old places remains.
        assertThat(store.layers().state("places").bbox()).isEqualTo(new Bbox(107, 34, 107, 34));
        assertThat(store.layers()
                        .find(FeatureQuery.all("places").in(new Bbox(104, 31, 106.5, 33.5)))
                        .matched())
                .isZero();
    }

    @Test
    void theHistoryTellsWhoWhenWhyBeforeAndAfterAlsoOfWhatWasDeleted() {
        String id = store.place("甲", 105, 32, Map.of("people", 5));
        store.edits()
                .apply(
                        new ChangeContext("李四", "人口更新"),
                        List.of(new Change.Patch("places", id, null, null, Map.of("people", 6))));
        store.edits().apply(new ChangeContext("王五", "重复"), List.of(new Change.Delete("places", id, 2L)));
        List<HistoryEntry> history = store.edits().history("places", id);
        assertThat(history).extracting(HistoryEntry::operation).containsExactly("create", "update", "delete");
        assertThat(history).extracting(HistoryEntry::who).containsExactly("tester", "李四", "王五");
        assertThat(history).extracting(HistoryEntry::layerVersion).containsExactly(1L, 2L, 3L);
        assertThat(history.get(1).why()).isEqualTo("人口更新");
        assertThat(history.get(1).before()).contains("\"people\":5");
        assertThat(history.get(1).after()).contains("\"people\":6").contains("\"name\":\"甲\"");
        assertThat(history.get(2).before()).contains("\"people\":6");
        assertThat(history.get(2).after()).isNull();
        assertThat(store.layers().get("places", id)).isEmpty();
        assertThat(store.layers().state("places").bbox()).isNull();
        assertThat(store.events)
                .containsExactly(
                        new LayerChanged("places", 1), new LayerChanged("places", 2), new LayerChanged("places", 3));
    }

    @Test
    void oneChangeSetOverTwoLayersIsOneVersionOfEach() {
        ChangeReceipt receipt = store.edits()
                .apply(
                        me("both"),
                        List.of(
                                new Change.Create("places", "p1", point(1, 1), Map.of("name", "a")),
                                new Change.Create("ways", "w1", wkt("LINESTRING (0 0, 1 1)"), Map.of("name", "b")),
                                new Change.Create("places", "p2", point(2, 2), Map.of("name", "c"))));
        assertThat(receipt.layerVersions()).isEqualTo(Map.of("places", 1L, "ways", 1L));
        assertThat(receipt.features()).extracting(Feature::id).containsExactly("p1", "w1", "p2");
    }

    @Test
    void aTakenIdIsAConflictAndTheWholeSetIsUndone() {
        store.place("甲", 1, 1, Map.of());
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> store.edits()
                        .apply(
                                me("twice"),
                                List.of(
                                        new Change.Create("places", "x", point(1, 1), Map.of("name", "a")),
                                        new Change.Create("places", "x", point(1, 1), Map.of("name", "b")))));
        assertThat(problem.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(store.layers().state("places").count()).isEqualTo(1);
    }

    @Test
    void aPolygonOfOnePartComesBackSingleAndAPointOnItsEdgeCounts() {
        store.edits()
                .apply(
                        me("area"),
                        List.of(new Change.Create(
                                "areas",
                                "a",
                                wkt("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1)))"),
                                Map.of("name", "a"))));
        Feature area = store.layers().get("areas", "a").orElseThrow();
        assertThat(area.geometry().equalsExact(wkt("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))")))
                .isTrue();
        LayerDefinition areas = store.layers().definition("areas");
        assertThat(matched("areas", "S_INTERSECTS(geom, POINT(4 4))")).isEqualTo(1);
        assertThat(matched("areas", "S_INTERSECTS(geom, POINT(1.5 1.5))")).isZero();
        assertThat(matched("areas", "NOT S_INTERSECTS(geom, POINT(1.5 1.5))")).isEqualTo(1);
        assertThat(areas.geometry()).isEqualTo(GeometryKind.POLYGON);
    }

    private long matched(String layer, String filter) {
        return store.layers()
                .find(FeatureQuery.all(layer)
                        .where(Filters.parse(filter, store.layers().definition(layer))))
                .matched();
    }

    @Test
    void theDatabaseAnswersBoxesExactlyThoughItsIndexRounds() throws Exception {
        Random random = new Random(7);
        List<double[]> points = new ArrayList<>();
        store.edits().load(me("many"), "places", LoadMode.APPEND, sink -> {
            for (int i = 0; i < 3000; i++) {
                double[] p = {105 + random.nextInt(2000) * 1e-6, 32 + random.nextInt(2000) * 1e-6};
                points.add(p);
                assertThat(sink.add(new FeatureDraft("p" + i, point(p[0], p[1]), Map.of("name", "p" + i), null)))
                        .isEmpty();
            }
        });
        for (int i = 0; i < 200; i++) {
            double[] a = points.get(random.nextInt(points.size()));
            double[] b = points.get(random.nextInt(points.size()));
            Bbox box = Bbox.of(new Envelope(a[0], b[0], a[1], b[1]));
            List<String> expected = new ArrayList<>();
            for (int k = 0; k < points.size(); k++)
                if (box.contains(points.get(k)[0], points.get(k)[1])) expected.add("p" + k);
            expected.sort(null);
            FeaturePage all = store.layers().find(FeatureQuery.all("places").in(box));
            assertThat(all.features()).extracting(Feature::id).containsExactlyElementsOf(expected);
            assertThat(all.matched()).isEqualTo(expected.size());
            int offset = random.nextInt(20);
            FeaturePage page =
                    store.layers().find(FeatureQuery.all("places").in(box).page(10, offset));
            assertThat(page.features())
                    .extracting(Feature::id)
                    .containsExactlyElementsOf(
                            expected.stream().skip(offset).limit(10).toList());
            assertThat(page.matched()).isEqualTo(expected.size());
        }
    }

    @Test
    void aLoadThatReplacesKeepsWhatItTookOutInTheHistory() throws Exception {
        String old = store.place("旧", 105, 32, Map.of("people", 9));
        LoadReceipt receipt = store.edits().load(me("new year"), "places", LoadMode.REPLACE, sink -> {
            assertThat(sink.add(new FeatureDraft("n1", point(1, 1), Map.of("name", "新"), "{\"Farbe\":\"rot\"}")))
                    .isEmpty();
            assertThat(sink.add(new FeatureDraft("n1", point(1, 1), Map.of("name", "新"), null)))
                    .hasSize(1);
            assertThat(sink.add(new FeatureDraft(null, point(2, 2), Map.of("name", "二"), null)))
                    .isEmpty();
        });
        assertThat(receipt.added()).isEqualTo(2);
        assertThat(receipt.removed()).isEqualTo(1);
        assertThat(receipt.count()).isEqualTo(2);
        assertThat(store.layers().get("places", old)).isEmpty();
        assertThat(store.edits().history("places", old).get(1).before()).contains("\"people\":9");
        assertThat(store.edits().history("places", "n1"))
                .extracting(HistoryEntry::operation)
                .containsExactly("load");
        assertThat(store.layers().state("places").bbox()).isEqualTo(new Bbox(1, 1, 2, 2));
        // What came in by a load is edited like anything else, and what was kept aside stays with it.
        store.edits().apply(me("edit"), List.of(new Change.Patch("places", "n1", 1L, point(3, 3), Map.of())));
        assertThat(store.edits().history("places", "n1").get(1).before()).contains("rot");
        assertThat(store.edits().history("places", "n1").get(1).after()).contains("rot");
        assertThat(store.layers()
                        .find(FeatureQuery.all("places").in(new Bbox(2.5, 2.5, 4, 4)))
                        .matched())
                .isEqualTo(1);
    }

    @Test
    void aLoadThatFailsInTheMiddleLeavesNoTrace() {
        store.place("旧", 105, 32, Map.of());
        assertThatThrownBy(() -> store.edits().load(me("x"), "places", LoadMode.REPLACE, sink -> {
                    sink.add(new FeatureDraft("n1", point(1, 1), Map.of("name", "新"), null));
                    throw new java.io.IOException("disk gone");
                }))
                .isInstanceOf(java.io.IOException.class)
                .hasMessage("disk gone");
        assertThat(store.layers().state("places").version()).isEqualTo(1);
        assertThat(store.layers().find(FeatureQuery.all("places")).features())
                .extracting(Feature::name)
                .containsExactly("旧");
        // The index still works: its triggers came back with the rollback.
        store.place("新", 106, 33, Map.of());
        assertThat(store.layers()
                        .find(FeatureQuery.all("places").in(new Bbox(105.5, 32.5, 107, 34)))
                        .matched())
                .isEqualTo(1);
    }

    /** 2⁵³ + 1 is no double: brought to one, it would be 2⁵³. */
    @Test
    void wholeNumbersAndFractionsAreComparedExactly() {
        store.place("甲", 105, 32, Map.of("heightM", 9007199254740992.0, "people", 7));
        store.place("乙", 105, 32, Map.of("heightM", 7.0, "people", 7));
        LayerDefinition places = store.layers().definition("places");
        Map<String, Integer> matched = Map.of(
                "heightM = 9007199254740993", 0,
                "heightM < 9007199254740993", 2,
                "heightM BETWEEN 9007199254740991 AND 9007199254740993", 1,
                "heightM IN (9007199254740993, 7)", 1,
                "9007199254740993 > heightM", 2,
                "people = heightM", 1,
                "people < 7.5", 2,
                "people <= 1e300 AND people > -1e300", 2);
        matched.forEach((filter, count) -> assertThat(store.layers()
                        .find(FeatureQuery.all("places").where(Filters.parse(filter, places)))
                        .matched())
                .as(filter)
                .isEqualTo(count.longValue()));
    }

    @Test
    void aDocumentIsKeptUnderItsNameAndItsVersionMoves() {
        Documents documents = store.documents();
        documents.put(
                "scenario", "乙", "{}", "李四", present -> assertThat(present).isEmpty());
        documents.put("scenario", "B", "{}", "李四", present -> {});
        documents.put("scenario", "a", "{}", "李四", present -> {});
        documents.put("recipe", "乙", "{}", "李四", present -> {});
        Documents.Document second = documents.put(
                "scenario",
                "乙",
                "{\"x\":1}",
                "王五",
                present -> assertThat(present.orElseThrow().version()).isEqualTo(1));
        assertThat(second.version()).isEqualTo(2);
        reopen();
        assertThat(store.documents().get("scenario", "乙")).contains(second);
        assertThat(store.documents().list("scenario"))
                .extracting(Documents.Document::name)
                .containsExactly("B", "a", "乙");
        assertThatThrownBy(() -> store.documents().delete("scenario", "乙", present -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(store.documents().delete("scenario", "乙", present -> {})).contains(second);
        assertThat(store.documents().get("scenario", "乙")).isEmpty();
        assertThat(store.documents().get("recipe", "乙")).isPresent();
    }

    @Test
    void aSnapshotIsSharedUntilTheVersionMoves() {
        store.place("甲", 105, 32, Map.of());
        LayerSnapshot first = store.layers().snapshot("places");
        assertThat(store.layers().snapshot("places")).isSameAs(first);
        store.place("乙", 106, 32, Map.of());
        LayerSnapshot second = store.layers().snapshot("places");
        assertThat(second.features()).hasSize(2);
        assertThat(second.state().version()).isEqualTo(2);
        assertThat(first.features()).hasSize(1);
    }

    @Test
    void whatAnotherProcessWroteIsSeenAtOnce() {
        assertThat(store.layers().snapshot("places").features()).isEmpty();
        try (TestCatalogue other = openStore()) {
            other.place("甲", 105, 32, Map.of());
        }
        assertThat(store.layers().snapshot("places").features()).hasSize(1);
        assertThat(store.layers().find(FeatureQuery.all("places")).matched()).isEqualTo(1);
    }

    @Test
    void listenersHearOfAChangeByAnotherProcessWithinTwoSecondsAndOfOurOwnOnce() throws Exception {
        try (TestCatalogue other = openStore()) {
            other.place("甲", 105, 32, Map.of());
            store.place("乙", 105, 32, Map.of());
            LayerChanged[] both = {new LayerChanged("places", 1), new LayerChanged("places", 2)};
            for (int i = 0; i < 100 && (store.events.size() < 2 || other.events.size() < 2); i++) Thread.sleep(20);
            assertThat(store.events).contains(both[1]).hasSizeBetween(1, 2);
            assertThat(other.events).containsExactly(both);
            // The first may have been overtaken by the second, but nothing is told twice.
            assertThat(store.events).doesNotHaveDuplicates();
        }
    }

    @Test
    void manyWritersAndReadersAtOnceLoseNothing() throws Exception {
        int writers = 4;
        int each = 25;
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failed = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int w = 0; w < writers; w++) {
            int me = w;
            threads.add(new Thread(() -> {
                for (int i = 0; i < each; i++) store.place("w" + me + "-" + i, me, i, Map.of());
            }));
            threads.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    LayerSnapshot seen = store.layers().snapshot("places");
                    assertThat(seen.features()).hasSize((int) seen.state().version());
                }
            }));
        }
        threads.forEach(t -> t.setUncaughtExceptionHandler((thread, e) -> failed.add(e)));
        threads.forEach(Thread::start);
        for (Thread thread : threads) thread.join();
        assertThat(failed).isEmpty();
        assertThat(store.layers().state("places").version()).isEqualTo((long) writers * each);
        assertThat(store.layers().find(FeatureQuery.all("places")).features())
                .extracting(Feature::name)
                .doesNotHaveDuplicates()
                .hasSize(writers * each);
    }
}
