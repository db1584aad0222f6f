package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.point;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.anquan.geo.Bbox;

/** The database and {@link Filter#matches} must agree on every filter and every feature. */
class FilterLawTest {
    private static Path folder;
    private static TestCatalogue store;
    private static LayerDefinition places;
    private static List<Feature> features;

    /** Texts that tempt: case, blanks, wildcards of LIKE and GLOB, letters beyond the basic plane, quotes. */
    private static final List<String> TEXTS = List.of(
            "三堆",
            "三堆中学",
            "a",
            "A",
            "ab",
            "aB",
            "a%b",
            "a_b",
            "a*b",
            "a?b",
            "[a]",
            "O'x",
            "\uD83D\uDE92",
            "\uFF21",
            "0",
            "10",
            "\uE000");

    @BeforeContainer
    static void fill() throws IOException {
        folder = Files.createTempDirectory("filters");
        fill(TestCatalogue.open(folder));
    }

    static void fill(TestCatalogue empty) throws IOException {
        store = empty;
        places = store.layers().definition("places");
        Random random = new Random(42);
        store.edits().load(TestCatalogue.me("law"), "places", LoadMode.REPLACE, sink -> {
            for (int i = 0; i < 300; i++) {
                Map<String, Object> a = new HashMap<>();
                a.put("name", TEXTS.get(random.nextInt(TEXTS.size())));
                if (random.nextInt(3) > 0) a.put("remark", TEXTS.get(random.nextInt(TEXTS.size())));
                if (random.nextInt(3) > 0) a.put("kind", random.nextBoolean() ? "village" : "town");
                if (random.nextInt(3) > 0) a.put("people", (long) random.nextInt(6));
                if (random.nextInt(3) > 0) a.put("heightM", random.nextInt(12) / 2.0 - 1);
                if (random.nextInt(3) > 0) a.put("staffed", random.nextBoolean());
                if (random.nextInt(3) > 0) a.put("illustrative", random.nextBoolean());
                if (random.nextInt(3) > 0) a.put("opened", LocalDate.of(2020, 1 + random.nextInt(3), 1));
                if (random.nextInt(3) > 0)
                    a.put("checkedAt", Instant.parse("2020-01-01T00:00:00Z").plusSeconds(3600L * random.nextInt(50)));
                if (random.nextInt(3) > 0)
                    a.put(
                            "hazards",
                            List.of(List.of("flood"), List.of("flood", "geo"), List.<String>of())
                                    .get(random.nextInt(3)));
                assertThat(sink.add(new FeatureDraft(
                                "p" + i, point(105 + random.nextInt(5) / 4.0, 32 + random.nextInt(5) / 4.0), a, null)))
                        .isEmpty();
            }
        });
        features = store.layers().snapshot("places").features();
    }

    @AfterContainer
    static void close() throws IOException {
        closeStore();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    static void closeStore() {
        store.close();
    }

    /** Whether a filter is tried on a stream too. */
    boolean atLength(String text) {
        return true;
    }

    @Property(tries = 2000)
    void theDatabaseAndTheMemoryAgree(@ForAll("filters") String text, @ForAll("boxes") Bbox box) {
        Filter filter = Filters.parse(text, places);
        List<String> expected = features.stream()
                .filter(filter::matches)
                .filter(f -> box.contains(
                        f.geometry().getCoordinate().x, f.geometry().getCoordinate().y))
                .map(Feature::id)
                .toList();
        FeaturePage all =
                store.layers().find(FeatureQuery.all("places").where(filter).in(box));
        assertThat(all.features()).extracting(Feature::id).containsExactlyElementsOf(expected);
        assertThat(all.matched()).isEqualTo(expected.size());
        FeaturePage page = store.layers()
                .find(FeatureQuery.all("places").where(filter).in(box).page(5, 3));
        assertThat(page.features())
                .extracting(Feature::id)
                .containsExactlyElementsOf(expected.stream().skip(3).limit(5).toList());
        if (!atLength(text)) return;
        List<String> streamed = new ArrayList<>();
        store.layers().forEach(FeatureQuery.all("places").where(filter).in(box), f -> streamed.add(f.id()));
        assertThat(streamed).isEqualTo(expected);
    }

    @Property(tries = 300)
    void aFilterAndItsNotNeverBothHoldAndEitherHoldsWhereAllIsKnown(@ForAll("filters") String text) {
        Filter filter = Filters.parse(text, places);
        Filter not = Filters.parse("NOT (" + text + ")", places);
        assertThat(features).noneMatch(f -> filter.matches(f) && not.matches(f));
        assertThat(features)
                .filteredOn(f -> f.attributes().size() == 10)
                .isNotEmpty()
                .allMatch(f -> filter.matches(f) || not.matches(f));
    }

    @Provide
    Arbitrary<Bbox> boxes() {
        Arbitrary<Bbox> some = Arbitraries.integers().between(0, 624).map(n -> {
            double west = 105 + n % 5 / 4.0;
            double east = 105 + n / 5 % 5 / 4.0;
            double south = 32 + n / 25 % 5 / 4.0;
            double north = 32 + n / 125 / 4.0;
            return new Bbox(Math.min(west, east), Math.min(south, north), Math.max(west, east), Math.max(south, north));
        });
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, Arbitraries.just(new Bbox(-180, -90, 180, 90))),
                net.jqwik.api.Tuple.of(2, some));
    }

    @Provide
    Arbitrary<String> filters() {
        return filters(3);
    }

    private Arbitrary<String> filters(int depth) {
        if (depth == 0) return predicates();
        Arbitrary<List<String>> parts = filters(depth - 1).list().ofMinSize(2).ofMaxSize(4);
        return Arbitraries.oneOf(
                predicates(),
                parts.map(l -> "(" + String.join(" AND ", l) + ")"),
                parts.map(l -> "(" + String.join(" OR ", l) + ")"),
                filters(depth - 1).map(f -> "NOT (" + f + ")"));
    }

    private Arbitrary<String> predicates() {
        Arbitrary<String> sign = Arbitraries.of("=", "<>", "<", "<=", ">", ">=");
        Arbitrary<String> texts = Arbitraries.of(TEXTS).map(t -> "'" + t.replace("'", "''") + "'");
        Arbitrary<String> numbers =
                Arbitraries.of("0", "1", "2", "2.5", "-1", "3.0", "4e0", "1e300", "9007199254740993");
        Arbitrary<String> text = Arbitraries.of("name", "remark", "kind", "id", "\"name\"");
        Arbitrary<String> number = Arbitraries.of("people", "heightM");
        Arbitrary<String> days = Arbitraries.of("DATE('2020-01-01')", "DATE('2020-02-01')", "'2020-03-01'");
        Arbitrary<String> times = Arbitraries.of("TIMESTAMP('2020-01-01T10:00:00Z')", "DATE('2020-01-02')");
        Arbitrary<String> not = Arbitraries.of("", "NOT ");
        Arbitrary<String> patterns =
                Arbitraries.of("%", "a%", "%b", "a_b", "a\\%b", "A%", "[a]", "*", "a?b", "%堆%", "_", "");
        Arbitrary<String> hazards = Arbitraries.of("'flood'", "'geo'", "'fire', 'flood'", "'flood', 'geo'");
        return Arbitraries.oneOf(List.of(
                net.jqwik.api.Combinators.combine(text, sign, texts).as((a, s, b) -> a + " " + s + " " + b),
                net.jqwik.api.Combinators.combine(text, sign, text).as((a, s, b) -> a + " " + s + " " + b),
                net.jqwik.api.Combinators.combine(number, sign, numbers).as((a, s, b) -> a + " " + s + " " + b),
                net.jqwik.api.Combinators.combine(numbers, sign, number).as((a, s, b) -> a + " " + s + " " + b),
                net.jqwik.api.Combinators.combine(number, sign, number).as((a, s, b) -> a + s + b),
                net.jqwik.api.Combinators.combine(sign, days).as((s, b) -> "opened " + s + " " + b),
                net.jqwik.api.Combinators.combine(sign, times).as((s, b) -> "checkedAt " + s + " " + b),
                net.jqwik.api.Combinators.combine(text, not, texts, texts)
                        .as((a, n, b, c) -> a + " " + n + "IN (" + b + ", " + c + ")"),
                net.jqwik.api.Combinators.combine(number, not, numbers, numbers)
                        .as((a, n, b, c) -> a + " " + n + "BETWEEN " + b + " AND " + c),
                net.jqwik.api.Combinators.combine(text, not, patterns)
                        .as((a, n, p) -> a + " " + n + "LIKE '" + p + "'"),
                net.jqwik.api.Combinators.combine(Arbitraries.of("name", "people", "hazards", "opened", "staffed"), not)
                        .as((a, n) -> a + " IS " + n + "NULL"),
                Arbitraries.of("staffed", "staffed = TRUE", "staffed <> TRUE", "illustrative = FALSE", "TRUE"),
                hazards.map(h -> "A_CONTAINS(hazards, (" + h + "))"),
                hazards.map(h -> "A_OVERLAPS(hazards, (" + h + "))"),
                Arbitraries.of(
                        "S_INTERSECTS(geom, BBOX(105.25, 32.25, 105.75, 33))",
                        "S_INTERSECTS(geom, POLYGON((105 32, 106 32, 105 33, 105 32)))",
                        "S_INTERSECTS(POINT(105.5 32.5), geom)"),
                texts.map(t -> "CASEI(remark) = CASEI(" + t + ")")));
    }
}
