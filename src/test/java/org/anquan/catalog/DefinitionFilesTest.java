package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionFilesTest {
    private static final String MINE = """
            id: kiosk
            title: {zh: 亭, en: Kiosk}
            group: shelter
            order: 7
            geometry: point
            attributes:
              - {name: seats, title: {zh: 座位, en: Seats}, type: integer}
              - {name: colour, title: {zh: 颜色, en: Colour}, type: text}
            """;

    @TempDir
    Path folder;

    /** The same store at each call of one test. */
    TestCatalogue openStore(String... yaml) {
        return TestCatalogue.open(folder, yaml);
    }

    @Test
    void allMistakesOfAllFilesAreToldAtOnceWithFileAndLine() throws IOException {
        Path layers = Files.createDirectories(folder.resolve("layers"));
        Files.writeString(layers.resolve("first.yaml"), """
                id: First-Layer
                title: {zh: 一}
                group: shelters
                order: first
                geometry: circle
                colour: red
                attributes:
                  - {name: Name, title: {zh: 名, en: N}, type: text}
                  - {name: name, title: {zh: 名, en: N}, type: text}
                  - {name: seats, title: {zh: 座, en: S}, type: int, min: low}
                  - {name: seats2, title: {zh: 座, en: S2}, type: integer, min: 5, max: 3, values: [{value: a, zh: 甲, en: A}]}
                  - {name: geom, title: {zh: 形, en: G}, type: text, required: perhaps}
                  - {name: kind, title: {zh: 类, en: K}, type: text, values: [{value: no, zh: 否, en: No}, {value: no, zh: 否, en: No}]}
                  - just a text
                """);
        Files.writeString(layers.resolve("second.yaml"), "id: second\ntitle: [\n");
        Files.writeString(layers.resolve("third.yml"), MINE);
        Files.writeString(layers.resolve("fourth.yaml"), "");
        Files.writeString(layers.resolve("fifth.yaml"), "id: fifth\nid: fifth\n");
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> DefinitionFiles.load(layers));
        List<String> where = problem.mistakes().stream()
                .map(Mistake::where)
                .map(w -> w.substring(w.lastIndexOf('/') + 1))
                .toList();
        assertThat(where)
                .contains(
                        "first.yaml:1 id",
                        "first.yaml:2 title.en",
                        "first.yaml:3 group",
                        "first.yaml:4 order",
                        "first.yaml:5 geometry",
                        "first.yaml:6 colour",
                        "first.yaml:8 attributes[0].name",
                        "first.yaml:10 attributes[2].type",
                        "first.yaml:10 attributes[2].min",
                        "first.yaml:11 attributes[3].min",
                        "first.yaml:11 attributes[3].values",
                        "first.yaml:12 attributes[4].name",
                        "first.yaml:12 attributes[4].required",
                        "first.yaml:13 attributes[5].values[1].value",
                        "first.yaml:14 attributes[6]",
                        "third.yml",
                        "fourth.yaml",
                        "fifth.yaml:2 id");
        assertThat(where).anyMatch(w -> w.startsWith("second.yaml:"));
        assertThat(where).anyMatch(w -> w.endsWith("attributes.name"));
    }

    @Test
    void twoAttributesMayNotAnswerToOneName() {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> TestCatalogue.definitions(MINE.replace("type: text}", "type: text, aliases: [Seats ]}")));
        assertThat(problem.mistakes()).hasSize(1);
        assertThat(problem.mistakes().get(0).what().toString())
                .contains("seats")
                .contains("colour");
    }

    @Test
    void aFileOfTheHomeReplacesTheShippedOneOfTheSameNameAndAddsNewOnes() throws IOException {
        Path layers = Files.createDirectories(folder.resolve("layers"));
        Files.writeString(layers.resolve("kiosk.yaml"), MINE);
        Files.writeString(layers.resolve("shelter.yaml"), MINE.replace("id: kiosk", "id: shelter"));
        List<LayerDefinition> all = DefinitionFiles.load(layers);
        assertThat(all).extracting(LayerDefinition::id).contains("kiosk", "shelter");
        LayerDefinition shelter =
                all.stream().filter(d -> d.id().equals("shelter")).findFirst().orElseThrow();
        assertThat(shelter.attribute("seats")).isPresent();
        assertThat(shelter.attribute("grossArea")).isEmpty();
        assertThat(shelter.attributes().subList(0, CommonAttributes.ALL.size())).isEqualTo(CommonAttributes.ALL);
    }

    @Test
    void anOwnAttributeTakesThePlaceOfALaterCommonOneOrOnlyOneOfItsNames() {
        String yaml = MINE
                + "  - {name: precisionM, title: {zh: 精度等级, en: Precision class}, type: text}\n"
                + "  - {name: expiry, title: {zh: 有效期止, en: Expiry}, type: date}\n"
                + "  - {name: begun, title: {zh: 启用, en: Begun}, type: date, aliases: [生效日期]}\n";
        LayerDefinition kiosk = TestCatalogue.definitions(yaml).get(0);
        assertThat(kiosk.attributes().stream().map(AttributeDefinition::name).toList())
                .containsOnlyOnce("precisionM", "expiry", "validFrom", "crsSource")
                .doesNotContain("validTo");
        assertThat(kiosk.attribute("precisionM").orElseThrow().type()).isEqualTo(AttributeType.TEXT);
        assertThat(kiosk.attribute("validFrom").orElseThrow().aliases())
                .contains("生效时间")
                .doesNotContain("生效日期");
        assertThat(DefinitionText.read("kiosk", DefinitionText.of(kiosk))).contains(kiosk);
        try (TestCatalogue store = openStore(yaml)) {
            create(store, Map.of("name", "a", "precisionM", "一级", "expiry", java.time.LocalDate.of(2026, 12, 31)));
            assertThat(store.layers().get("kiosk", "k").orElseThrow().get("precisionM"))
                    .isEqualTo("一级");
        }
    }

    @Test
    void missingColumnsAreAddedAndEmptyOnesTakenAway() {
        try (TestCatalogue store = openStore(MINE)) {
            create(store, Map.of("name", "a", "seats", 4));
        }
        String changed = MINE.replace("colour", "paint")
                .replace(
                        "seats, title: {zh: 座位, en: Seats}, type: integer",
                        "seats, title: {zh: 座位, en: Seats}, type: number");
        try (TestCatalogue store = openStore(changed)) {
            assertThat(store.layers().get("kiosk", "k").orElseThrow().attributes())
                    .isEqualTo(Map.of("name", "a", "seats", 4.0));
            store.edits()
                    .apply(
                            me("paint"),
                            List.of(new Change.Patch("kiosk", "k", 1L, null, Map.of("paint", "red", "seats", 4.5))));
            assertThat(store.layers().get("kiosk", "k").orElseThrow().attributes())
                    .isEqualTo(Map.of("name", "a", "seats", 4.5, "paint", "red"));
        }
    }

    @Test
    void anEmptyLayerMayChangeItsGeometryAndALayerWithoutAFileKeepsItsData() {
        try (TestCatalogue store = openStore(MINE, TestCatalogue.PLACES)) {
            store.place("甲", 1, 1, Map.of());
        }
        try (TestCatalogue store = openStore(MINE.replace("geometry: point", "geometry: polygon"))) {
            assertThat(store.layers().definition("kiosk").geometry()).isEqualTo(GeometryKind.POLYGON);
        }
        try (TestCatalogue store = openStore(TestCatalogue.PLACES)) {
            assertThat(store.layers().state("places").count()).isEqualTo(1);
        }
    }

    private static void create(TestCatalogue store, Map<String, Object> attributes) {
        store.edits().apply(me("make"), List.of(new Change.Create("kiosk", "k", point(1, 1), attributes)));
    }
}
