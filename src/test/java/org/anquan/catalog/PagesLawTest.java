package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Pages are those of a plain model, whatever was edited, deleted and loaded between them: by box, in the order of the ids,
 * from any offset on; and sorted by attributes, with what is unknown last.
 */
class PagesLawTest {
    private static final List<String> IDS = List.of("a", "a1", "B", "b", "ä", "中", "豈", "𠮷", "z9", "z10");
    private static final List<String> SORTS =
            List.of("id", "name", "kind", "people", "heightM", "staffed", "opened", "checkedAt", "remark");

    TestCatalogue openStore(Path folder) {
        return TestCatalogue.open(folder);
    }

    @Property(tries = 20)
    void pagesAreThoseOfAPlainModel(@ForAll Random random) throws IOException {
        Path folder = Files.createTempDirectory("pages");
        try (TestCatalogue store = openStore(folder)) {
            Map<String, Feature> model = new TreeMap<>(PagesLawTest::byBytes);
            for (int step = 0; step < 25; step++) {
                change(store, model, random, step);
                for (int question = 0; question < 3; question++) pageAgrees(store, model, random, question == 0);
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    /** The order of ids is that of their UTF-8 bytes. */
    private static int byBytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    /** @param atLength also read one by one, over a connection of its own, which PostgreSQL takes long to give */
    private static void pageAgrees(TestCatalogue store, Map<String, Feature> model, Random random, boolean atLength) {
        Bbox box = random.nextInt(4) == 0
                ? null
                : new Bbox(random.nextInt(3), random.nextInt(3), 2 + random.nextInt(3), 2 + random.nextInt(3));
        int limit = 1 + random.nextInt(4);
        int offset = random.nextInt(4);
        List<SortKey> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--)
            keys.add(new SortKey(SORTS.get(random.nextInt(SORTS.size())), random.nextBoolean()));
        Filter filter = random.nextInt(3) > 0
                ? null
                : Filters.parse("people > 20", store.layers().definition("places"));
        List<Feature> matching = model.values().stream()
                .filter(f -> box == null || inside(box, f))
                .filter(f -> filter == null || filter.matches(f))
                .sorted(order(keys))
                .toList();
        FeatureQuery query = FeatureQuery.all("places").where(filter).sorted(keys);
        if (box != null) query = query.in(box);
        FeaturePage page = store.layers().find(query.page(limit, offset));
        assertThat(page.matched()).as("%s", query).isEqualTo(matching.size());
        List<Feature> expected = matching.stream().skip(offset).limit(limit).toList();
        assertThat(page.features()).as("%s", query).isEqualTo(expected);
        // In memory, and read one by one, the order is the same.
        assertThat(store.layers().snapshot("places").find(query.page(limit, offset)))
                .isEqualTo(page);
        if (!atLength) return;
        List<Feature> all = new ArrayList<>();
        store.layers().forEach(query, all::add);
        assertThat(all).isEqualTo(matching);
    }

    private static boolean inside(Bbox box, Feature feature) {
        double x = feature.geometry().getCoordinate().x;
        double y = feature.geometry().getCoordinate().y;
        return x >= box.west() && x <= box.east() && y >= box.south() && y <= box.north();
    }

    /** Written anew, plainly: a stable sort by the last key first, over what stands in the order of the ids. */
    private static Comparator<Feature> order(List<SortKey> keys) {
        Comparator<Feature> order = (a, b) -> 0;
        for (SortKey key : keys) order = order.thenComparing((a, b) -> compare(key, value(key, a), value(key, b)));
        return order;
    }

    private static @Nullable Object value(SortKey key, Feature feature) {
        return key.attribute().equals("id") ? feature.id() : feature.get(key.attribute());
    }

    private static int compare(SortKey key, @Nullable Object a, @Nullable Object b) {
        if (a == null && b == null) return 0;
        if (a == null) return 1;
        if (b == null) return -1;
        int order;
        if (a instanceof String x) order = byBytes(x, (String) b);
        else if (a instanceof Long x) order = x.compareTo((Long) b);
        else if (a instanceof Double x) order = x.compareTo((Double) b);
        else if (a instanceof Boolean x) order = x.compareTo((Boolean) b);
        else if (a instanceof LocalDate x) order = x.compareTo((LocalDate) b);
        else order = ((Instant) a).compareTo((Instant) b);
        return key.descending() ? -order : order;
    }

    private static Map<String, Object> attributes(Random random, int step) {
        Map<String, Object> is = new LinkedHashMap<>();
        is.put("name", List.of("城关镇", "三堆村", "Ab", "ab", "é").get(random.nextInt(5)) + step % 3);
        if (random.nextBoolean()) is.put("kind", random.nextBoolean() ? "village" : "town");
        if (random.nextBoolean()) is.put("people", (long) random.nextInt(50));
        if (random.nextBoolean()) is.put("heightM", random.nextInt(5) - 2.5);
        if (random.nextBoolean()) is.put("staffed", random.nextBoolean());
        if (random.nextBoolean()) is.put("opened", LocalDate.of(1999 + random.nextInt(30), 3, 5));
        if (random.nextBoolean())
            is.put("checkedAt", Instant.ofEpochMilli(1_700_000_000_000L + random.nextInt(3) * 250));
        if (random.nextBoolean()) is.put("remark", List.of("𠮷", "豈", "z", "").get(random.nextInt(4)) + "记");
        return is;
    }

    private static void change(TestCatalogue store, Map<String, Feature> model, Random random, int step)
            throws IOException {
        String id = IDS.get(random.nextInt(IDS.size()));
        Map<String, Object> is = attributes(random, step);
        if (random.nextInt(8) == 0) {
            store.edits()
                    .load(me("load"), "places", random.nextBoolean() ? LoadMode.REPLACE : LoadMode.APPEND, sink -> {
                        for (int i = 0; i < 4; i++)
                            sink.add(new FeatureDraft(
                                    IDS.get(random.nextInt(IDS.size())),
                                    point(random.nextInt(5), random.nextInt(5)),
                                    is,
                                    null));
                    });
        } else if (!model.containsKey(id)) {
            store.edits()
                    .apply(
                            me("edit"),
                            List.of(new Change.Create("places", id, point(random.nextInt(5), random.nextInt(5)), is)));
        } else if (random.nextInt(3) == 0) {
            store.edits().apply(me("edit"), List.of(new Change.Delete("places", id, null)));
        } else {
            store.edits()
                    .apply(
                            me("edit"),
                            List.of(new Change.Replace("places", id, null, point(random.nextInt(5), 2), is)));
        }
        // The model is read feature by feature, by the way that pages do not take.
        model.clear();
        for (String one : IDS) store.layers().get("places", one).ifPresent(feature -> model.put(one, feature));
    }
}
