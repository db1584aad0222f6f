package org.anquan.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    private static final LayerDefinition LAYER = TestCatalogue.definitions("""
            id: probe
            title: {zh: 试, en: Probe}
            group: risk
            order: 1
            geometry: point
            attributes:
              - {name: a, title: {zh: 甲, en: A}, type: number, min: 0}
              - {name: b, title: {zh: 乙, en: B}, type: number}
              - {name: n, title: {zh: 丙, en: N}, type: integer, min: 0, max: 10}
              - {name: kind, title: {zh: 类, en: Kind}, type: text}
            """).get(0);
    private static final Map<String, Formula.Table> TABLES = Map.of(
            "steps", new Formula.Table(new TreeMap<>(Map.of(0.0, 1.0, 10.0, 2.0, 100.0, 3.0)), Map.of()),
            "byKind", new Formula.Table(new TreeMap<>(), Map.of("x", 0.5, "y", 4.5)));

    private static Formula parse(String text) throws Formula.Wrong {
        Map<String, AttributeDefinition> attributes = new LinkedHashMap<>();
        LAYER.attributes().forEach(attribute -> attributes.put(attribute.name(), attribute));
        return Formula.parse(text, attributes, TABLES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3 - 4 / 2         |                | 5",
                "(1 + 2) * -3              |                | -9",
                "a / b                     | a=7 b=2        | 3.5",
                "floor(a / b)              | a=24000 b=4.5  | 5333",
                "floor(a / b)              | a=1100 b=1.1   | 1000",
                "ceil(a) + round(b)        | a=1.2 b=2.5    | 5",
                "min(a, b, 3) + max(a, 1)  | a=2 b=9        | 4",
                "steps(a)                  | a=9.99         | 1",
                "steps(a)                  | a=10           | 2",
                "steps(a)                  | a=5000         | 3",
                "a / byKind(kind)          | a=9 kind=y     | 2",
                "known(b, 7)               |                | 7",
                "known(b, byKind(kind))    | b=1 kind=x     | 1",
                // What is unknown and could change the result leaves it unknown.
                "a + b                     | a=1            | -",
                "a / b                     | a=1 b=0        | -",
                "a / n                     | a=1            | -",
                "a / byKind(kind)          | a=9 kind=z     | -",
                "steps(b)                  | b=-1           | -",
                "max(steps(a), steps(b))   | a=50           | -",
                "min(a, b)                 | a=1            | -",
                "a * 0                     |                | -",
                // What is unknown and cannot change it does not matter: a may not be negative, n not above 10.
                "max(steps(a), steps(n))   | a=100          | 3",
                "min(steps(a), steps(n))   | a=3            | 1",
                "min(n, 20) - min(n, 20)   | n=4            | 0",
                "max(a, 0 - 5)             | a=0            | 0",
            })
    void aFormulaGivesWhatIsCertainAndNothingElse(String formula, String values, String expected) throws Formula.Wrong {
        Map<String, Object> known = new HashMap<>();
        if (values != null)
            for (String pair : values.split(" ")) {
                String[] parts = pair.split("=");
                if (parts[0].equals("kind")) known.put(parts[0], parts[1]);
                else known.put(parts[0], Double.valueOf(parts[1]));
            }
        Double value = parse(formula).value(known);
        if (expected.equals("-")) assertThat(value).isNull();
        else assertThat(value).isEqualTo(Double.parseDouble(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 +",
                "(1",
                "a b",
                "c + 1",
                "kind + 1",
                "byKind(a)",
                "nothing(a)",
                "floor(a, b)",
                "1..2",
                "a $ b",
                "floor()"
            })
    void aWrongFormulaSaysWhere(String formula) {
        assertThatThrownBy(() -> parse(formula))
                .isInstanceOfSatisfying(
                        Formula.Wrong.class,
                        wrong -> assertThat(wrong.what().key()).startsWith("catalog.formula."));
    }

    @Test
    void aFileSaysAllThatIsWrongWithItsFormulas() {
        var problem = org.assertj.core.api.Assertions.catchThrowableOfType(
                org.anquan.problem.ProblemException.class, () -> TestCatalogue.definitions("""
                id: probe
                title: {zh: 试, en: Probe}
                group: risk
                order: 1
                geometry: point
                attributes:
                  - {name: a, title: {zh: 甲, en: A}, type: number}
                  - name: late
                    title: {zh: 先, en: Late}
                    type: number
                    derived: {formula: after + 1, words: {zh: 式, en: f}, clause: x}
                  - name: after
                    title: {zh: 后, en: After}
                    type: integer
                    required: true
                    derived: {formula: a / 2, words: {zh: 式, en: f}, clause: x}
                  - name: half
                    title: {zh: 半, en: Half}
                    type: integer
                    derived: {formula: a / 2, words: {zh: 式, en: f}, clause: x, stated: nobody}
                  - name: whole
                    title: {zh: 整, en: Whole}
                    type: integer
                    derived: {formula: a / 2, words: {zh: 式, en: f}, clause: x}
                  - name: day
                    title: {zh: 日, en: Day}
                    type: date
                    derived: {formula: a, words: {zh: 式, en: f}, clause: x}
                  - name: word
                    title: {zh: 词, en: Word}
                    type: text
                    values: [{value: low, zh: 低, en: Low}]
                    derived: {formula: max(a), tables: {max: {1: 2}, t: {1: one}}, classes: {1: high}, words: {zh: 式, en: f}}
                """));
        assertThat(problem.mistakes())
                .extracting(mistake -> mistake.where().substring(mistake.where().indexOf(' ') + 1))
                .containsExactlyInAnyOrder(
                        "attributes[1].derived.formula",
                        "attributes[2].derived",
                        "attributes[3].derived.stated",
                        "attributes[4].derived.formula",
                        "attributes[5].derived.classes",
                        "attributes[6].derived.clause",
                        "attributes[6].derived.tables.max",
                        "attributes[6].derived.tables.t.1",
                        "attributes[6].derived.classes.1");
    }

    @Test
    void theShippedFormulasFollowTheirNorms() {
        Map<String, LayerDefinition> layers = new HashMap<>();
        DefinitionFiles.load(java.nio.file.Path.of("nowhere")).forEach(layer -> layers.put(layer.id(), layer));
        // 24 000 m² at 4.5 m² a person: 5 333.3, so 5 333 people; by stay class where nothing else is said.
        assertThat(derived(layers, "shelter", "capacity", Map.of("effectiveArea", 24000.0, "perCapita", 4.5)))
                .isEqualTo(5333L);
        assertThat(derived(layers, "shelter", "capacity", Map.of("effectiveArea", 24000.0, "type", "long")))
                .isEqualTo(5333L);
        assertThat(derived(layers, "shelter", "capacity", Map.of("effectiveArea", 900.0, "type", "emergency")))
                .isEqualTo(1800L);
        assertThat(derived(layers, "shelter", "capacity", Map.of("effectiveArea", 7201.0, "type", "short")))
                .isEqualTo(3600L);
        assertThat(derived(layers, "shelter", "capacity", Map.of("effectiveArea", 900.0)))
                .isNull();
        assertThat(derived(layers, "shelter", "capacity", Map.of("perCapita", 2.0)))
                .isNull();
        assertThat(derived(layers, "shelter", "capacity", Map.of("effectiveArea", 900.0, "perCapita", 0.0)))
                .isNull();
        // The worse of people (100, 500, 1 000) and money (5, 50, 100 million).
        Object[][] grades = {
            {99L, 4_999_999.0, "small"}, {100L, 0.0, "medium"}, {0L, 5e6, "medium"}, {499L, 49_999_999.0, "medium"},
            {500L, 1.0, "large"}, {3L, 5e7, "large"}, {999L, 99_999_999.0, "large"}, {1000L, 0.0, "extraLarge"},
            {0L, 1e8, "extraLarge"}
        };
        for (Object[] grade : grades)
            assertThat(derived(
                            layers,
                            "landslide_point",
                            "grade",
                            Map.of("threatenedPeople", grade[0], "threatenedCny", grade[1])))
                    .as(List.of(grade).toString())
                    .isEqualTo(grade[2]);
        assertThat(derived(layers, "landslide_point", "grade", Map.of("threatenedPeople", 300L)))
                .isNull();
        assertThat(derived(layers, "landslide_point", "grade", Map.of("threatenedPeople", 2000L)))
                .isEqualTo("extraLarge");
        // Ammonia, 20 t of 10 t, β 2, 400 people within 500 m (α 2): R = 2 · 2 · 20 / 10 = 8, level IV.
        Map<String, Object> ammonia =
                Map.of("quantityT", 20.0, "criticalQuantityT", 10.0, "beta", 2.0, "people500", 400L);
        assertThat(derived(layers, "hazardous_facility", "r", ammonia)).isEqualTo(8.0);
        assertThat(derived(layers, "hazardous_facility", "level", ammonia)).isEqualTo("IV");
        // Chlorine 25 t of 5 t, β 4, nobody near (α 0.5): R = 0.5 · 4 · 5 = 10, level III; 49 people (α 1.2): R = 24.
        Map<String, Object> chlorine =
                new HashMap<>(Map.of("quantityT", 25.0, "criticalQuantityT", 5.0, "beta", 4.0, "people500", 0L));
        assertThat(derived(layers, "hazardous_facility", "level", chlorine)).isEqualTo("III");
        chlorine.put("people500", 49L);
        assertThat((Double) derived(layers, "hazardous_facility", "r", chlorine))
                .isEqualTo(24.0);
        // With another substance at 10 times its critical quantity, β 3 (30): R = 1.2 · (20 + 30) = 60, level II.
        chlorine.put("otherWeighted", 30.0);
        chlorine.put("otherShare", 10.0);
        assertThat((Double) derived(layers, "hazardous_facility", "r", chlorine))
                .isEqualTo(60.0);
        assertThat(derived(layers, "hazardous_facility", "level", chlorine)).isEqualTo("II");
        chlorine.put("people500", 100L);
        // α 2: R = 100, level I.
        assertThat(derived(layers, "hazardous_facility", "level", chlorine)).isEqualTo("I");
        // Half the critical quantity is no major hazard installation, whoever lives near it.
        Map<String, Object> little = Map.of("quantityT", 5.0, "criticalQuantityT", 10.0);
        assertThat(derived(layers, "hazardous_facility", "r", little)).isNull();
        assertThat(derived(layers, "hazardous_facility", "level", little)).isEqualTo("none");
        assertThat(derived(layers, "hazardous_facility", "level", Map.of("quantityT", 50.0)))
                .isNull();
    }

    private static Object derived(
            Map<String, LayerDefinition> layers, String layer, String attribute, Map<String, Object> given) {
        return DerivedValues.with(layers.get(layer), given).get(attribute);
    }
}
