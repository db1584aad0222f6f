package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.springframework.util.FileSystemUtils;

/** The search box finds what a look through all present names finds, whatever was edited, loaded and taken back. */
class NamesLawTest {
    private static final String[] PARTS = {"利", "州", "区", "小学", "第", "一", "A", "b1", " ", "(", "广"};

    @Property(tries = 25)
    void theIndexAgreesWithAPlainLook(@ForAll Random random) throws IOException {
        Path folder = Files.createTempDirectory("names");
        try (TestCatalogue store = TestCatalogue.open(folder)) {
            Names names = store.names();
            Map<String, String> plain = new HashMap<>();
            for (int step = 0; step < 30; step++) {
                change(store, plain, random, step);
                String query = text(random, 2).strip();
                if (query.isEmpty()) continue;
                TreeSet<String> expected = new TreeSet<>();
                String folded = query.toLowerCase(Locale.ROOT);
                plain.forEach((id, name) -> {
                    if (name.toLowerCase(Locale.ROOT).contains(folded)) expected.add(id);
                });
                List<String> found = names
                        .find(new NameQuery(query, 100, List.of("places"), null), new Visibility(Sensitivity.PUBLIC))
                        .hits()
                        .stream()
                        .filter(hit -> hit.text().toLowerCase(Locale.ROOT).contains(folded))
                        .map(NameHit::id)
                        .toList();
                assertThat(found).as(query + " in " + plain).doesNotHaveDuplicates();
                assertThat(new TreeSet<>(found)).as(query + " in " + plain).isEqualTo(expected);
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void change(TestCatalogue store, Map<String, String> plain, Random random, int step)
            throws IOException {
        List<String> ids = new ArrayList<>(plain.keySet());
        java.util.Collections.sort(ids);
        int what = random.nextInt(10);
        if (what == 0) {
            Map<String, String> loaded = new HashMap<>();
            LoadMode mode = random.nextBoolean() ? LoadMode.REPLACE : LoadMode.APPEND;
            if (mode == LoadMode.REPLACE) plain.clear();
            for (int i = 0; i < 5; i++)
                loaded.put("l" + step + "-" + i, "载" + text(random, 4).strip());
            store.edits()
                    .load(
                            me("load"),
                            "places",
                            mode,
                            sink -> loaded.forEach((id, name) -> assertThat(
                                            sink.add(new FeatureDraft(id, point(1, 1), Map.of("name", name), null)))
                                    .isEmpty()));
            plain.putAll(loaded);
        } else if (what < 5 || ids.isEmpty()) {
            String id = "e" + step;
            String name = "甲" + text(random, 4).strip();
            store.edits()
                    .apply(me("create"), List.of(new Change.Create("places", id, point(1, 1), Map.of("name", name))));
            plain.put(id, name);
        } else if (what < 8) {
            String id = ids.get(random.nextInt(ids.size()));
            String name = "乙" + text(random, 4).strip();
            store.edits().apply(me("patch"), List.of(new Change.Patch("places", id, null, null, Map.of("name", name))));
            plain.put(id, name);
        } else {
            String id = ids.get(random.nextInt(ids.size()));
            store.edits().apply(me("delete"), List.of(new Change.Delete("places", id, null)));
            plain.remove(id);
        }
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most) + 1; i > 0; i--) text.append(PARTS[random.nextInt(PARTS.length)]);
        return text.toString().replaceAll(" +", " ");
    }
}
