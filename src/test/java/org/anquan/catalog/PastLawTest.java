package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.geo.Bbox;
import org.anquan.problem.ProblemException;
import org.springframework.util.FileSystemUtils;

/** The layer as of each change set's time is what a plain model was after that change set. */
class PastLawTest {
    private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f", "𠮷", "豈");

    TestCatalogue openStore(Path folder) {
        return TestCatalogue.open(folder);
    }

    @Property(tries = 20)
    void thePastIsWhatItWas(@ForAll Random random) throws IOException {
        Path folder = Files.createTempDirectory("past");
        try (TestCatalogue store = openStore(folder)) {
            TreeMap<Instant, Map<String, Feature>> models = new TreeMap<>();
            Map<String, Feature> now = new LinkedHashMap<>();
            for (int step = 0; step < 25; step++) {
                change(store, now, random, step);
                now.clear();
                // The plain model: all features, read as they are after each change set.
                store.layers()
                        .find(FeatureQuery.all("places"))
                        .features()
                        .forEach(feature -> now.put(feature.id(), feature));
                List<ChangeSet> last = store.edits().changeSets("places", 1);
                if (!last.isEmpty()) models.put(last.get(0).at(), new LinkedHashMap<>(now));
            }
            for (Map.Entry<Instant, Map<String, Feature>> then : models.entrySet()) {
                Instant at = then.getKey();
                List<Feature> expected = List.copyOf(then.getValue().values());
                LayerSnapshot past = store.layers().snapshot("places", at);
                assertThat(past.features()).isEqualTo(expected);
                assertThat(past.state().count()).isEqualTo(expected.size());
                for (String id : IDS)
                    assertThat(store.layers().get("places", id, at))
                            .as(id)
                            .isEqualTo(java.util.Optional.ofNullable(
                                    then.getValue().get(id)));
                pageAgrees(store, at, expected, random);
            }
            if (!models.isEmpty()) {
                LayerSnapshot before =
                        store.layers().snapshot("places", models.firstKey().minusMillis(1));
                assertThat(before.features()).isEmpty();
                assertThat(before.state().version()).isZero();
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void pageAgrees(TestCatalogue store, Instant at, List<Feature> then, Random random) {
        int limit = random.nextInt(4);
        int offset = random.nextInt(3);
        Bbox box = new Bbox(1, 1, 1 + random.nextInt(5), 9);
        Filter filter =
                Filters.parse("people > " + random.nextInt(40), store.layers().definition("places"));
        List<Feature> matching = then.stream()
                .filter(f -> box.envelope().intersects(f.geometry().getEnvelopeInternal()))
                .filter(filter::matches)
                .toList();
        FeaturePage page = store.layers()
                .find(FeatureQuery.all("places")
                        .in(box)
                        .where(filter)
                        .page(limit, offset)
                        .at(at));
        assertThat(page.matched()).isEqualTo(matching.size());
        assertThat(page.features())
                .isEqualTo(matching.stream().skip(offset).limit(limit).toList());
    }

    private static void change(TestCatalogue store, Map<String, Feature> now, Random random, int step)
            throws IOException {
        String id = IDS.get(random.nextInt(IDS.size()));
        boolean there = now.containsKey(id);
        Map<String, Object> is = Map.of("name", "名" + step, "people", (long) random.nextInt(50));
        int what = random.nextInt(12);
        if (what == 0) {
            store.edits()
                    .load(me("load"), "places", random.nextBoolean() ? LoadMode.REPLACE : LoadMode.APPEND, sink -> {
                        for (int i = 0; i < 3; i++)
                            sink.add(new FeatureDraft(
                                    IDS.get(random.nextInt(IDS.size())), point(1 + i, 2), is, "{\"rest\":1}"));
                    });
        } else if (what == 1) {
            List<ChangeSet> sets = store.edits().changeSets("places", 5);
            if (sets.isEmpty()) return;
            try {
                store.edits()
                        .undo(
                                me("undo"),
                                "places",
                                sets.get(random.nextInt(sets.size())).number());
            } catch (ProblemException e) {
                // Changed again since: undone is nothing, and so the model stays.
            }
        } else {
            List<Change> changes = new ArrayList<>();
            if (!there) changes.add(new Change.Create("places", id, point(1 + random.nextInt(4), 2), is));
            else if (what < 8) changes.add(new Change.Patch("places", id, null, point(3, 3), Map.copyOf(is)));
            else changes.add(new Change.Delete("places", id, null));
            if (there && what == 11) changes.add(new Change.Create("places", id, point(2, 2), is));
            store.edits().apply(me("edit"), changes);
        }
    }
}
