package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
    private static final LayerDefinition PLACES =
            TestCatalogue.definitions(TestCatalogue.PLACES).get(0);

    private final Feature known = new Feature(
            "places",
            "p1",
            point(105.5, 32.5),
            Map.of(
                    "name",
                    "三堆中学",
                    "kind",
                    "village",
                    "people",
                    120L,
                    "heightM",
                    512.5,
                    "staffed",
                    true,
                    "opened",
                    LocalDate.of(2020, 5, 1),
                    "checkedAt",
                    Instant.parse("2026-03-05T06:20:00Z"),
                    "hazards",
                    List.of("flood", "geo")),
            1);
    private final Feature unknown = new Feature("places", "p2", point(105.5, 32.5), new HashMap<>(), 1);

    private boolean matches(String filter, Feature feature) {
        return Filters.parse(filter, PLACES).matches(feature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name = '三堆中学'",
                "\"name\" LIKE '%中学'",
                "name like '三__学' and people >= 120",
                "people = 120.0 AND 119 < people",
                "heightM > people",
                "people BETWEEN 100 AND 120",
                "people NOT BETWEEN 121 AND 1000",
                "kind IN ('town', 'village') AND kind NOT IN ('town')",
                "staffed",
                "staffed = TRUE AND NOT staffed = false",
                "opened = DATE('2020-05-01') AND opened < '2020-06-01'",
                "checkedAt > TIMESTAMP('2026-03-05T14:00:00+08:00') AND checkedAt < DATE('2026-03-06')",
                "A_CONTAINS(hazards, ('flood', 'geo')) AND A_OVERLAPS(hazards, ('fire', 'geo'))",
                "NOT A_CONTAINS(hazards, ('fire'))",
                "remark IS NULL AND name IS NOT NULL",
                "id = 'p1' and (people = 1 or (people = 120))",
                "S_INTERSECTS(geom, POLYGON((105 32, 106 32, 106 33, 105 32)))",
                "S_INTERSECTS(BBOX(105, 32, 106, 33), geometry)",
                "CASEI(kind) = CASEI('VILLAGE') AND CASEI(kind) LIKE CASEI('VILL%')",
                "people > -1e3 AND people <> +.5",
                "not (people = 1 and people = 2)",
            })
    void holdsForAFeatureThatFits(String filter) {
        assertThat(matches(filter, known)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "people = 120",
                "NOT people = 120",
                "people <> 120",
                "people NOT IN (1, 2)",
                "name NOT LIKE '%x%'",
                "people NOT BETWEEN 1 AND 2",
                "NOT (people = 1 AND heightM = 2)",
                "staffed",
                "NOT staffed",
                "NOT A_CONTAINS(hazards, ('fire'))",
                "people = people"
            })
    void aConditionOnAnUnknownValueIsNeitherTrueNorFalse(String filter) {
        assertThat(matches(filter, unknown)).isFalse();
    }

    @Test
    void unknownOrTrueIsTrueAndUnknownAndFalseIsFalse() {
        assertThat(matches("people = 1 OR name IS NULL", unknown)).isTrue();
        assertThat(matches("NOT (people = 1 AND name IS NOT NULL)", unknown)).isTrue();
    }

    @Test
    void quotesInTextsAreDoubledOrEscaped() {
        Feature quoted = new Feature("places", "q", point(0, 0), Map.of("name", "O'Hara's 100% [a]_*?"), 1);
        assertThat(matches("name = 'O''Hara\\'s 100% [a]_*?'", quoted)).isTrue();
        assertThat(matches("name LIKE '%100\\% [a]\\_*?'", quoted)).isTrue();
        assertThat(matches("name LIKE '%100\\%x%'", quoted)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kindd = 'x'                    | 1  | kindd",
                "people > 1 AND colour = 'red'  | 16 | colour",
                "people = 'many'                | 10 | 文本",
                "name = 3                       | 8  | 数字",
                "people >                       | 9  | 没有写完",
                "(people > 1                    | 12 | )",
                "people > 1)                    | 11 | )",
                "people ! 1                     | 8  | !",
                "people 1                       | 8  | 缺少比较",
                "name LIKE people               | 11 | 模式",
                "name = 'open                   | 8  | 成对",
                "people IN ()                   | 12 | )",
                "people = NULL                  | 10 | IS NULL",
                "opened > DATE('2026-02-30')    | 10 | 2026-02-30",
                "staffed > TRUE                 | 1  | =",
                "hazards = 'flood'              | 11 | A_CONTAINS",
                "S_INTERSECTS(geom, POINT(105)) | 20 | WKT",
                "S_INTERSECTS(geom, POINT(1050 32)) | 20 | 1050",
                "S_INTERSECTS(geom, BBOX(3,2,1,0)) | 20 | BBOX",
                "BUFFER(geom, 3) = 1            | 1  | BUFFER",
                "people = 1.2.3                 | 10 | 1.2.3",
            })
    void anErrorNamesTheCharacterAndTheAttributesThereAre(String filter, int at, String word) {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> Filters.parse(filter.strip(), PLACES));
        assertThat(problem.detail().toString()).contains("第 " + at + " 个字符").contains(word);
        assertThat(problem.help().toString()).contains("name").contains("people");
    }

    @Test
    void lengthAndDepthHaveLimitsButALongChainIsFine() {
        String chain = String.join(" OR ", java.util.Collections.nCopies(1200, "people = 1"));
        assertThat(matches(chain, known)).isFalse();
        assertThat(catchThrowableOfType(ProblemException.class, () -> Filters.parse(chain + " OR " + chain, PLACES)))
                .hasMessageContaining("20000");
        String deep = "(".repeat(60) + "people = 1" + ")".repeat(60);
        assertThat(catchThrowableOfType(ProblemException.class, () -> Filters.parse(deep, PLACES)))
                .hasMessageContaining("50");
        String nots = "NOT ".repeat(51) + "people = 1";
        assertThat(catchThrowableOfType(ProblemException.class, () -> Filters.parse(nots, PLACES)))
                .hasMessageContaining("50");
        assertThat(catchThrowableOfType(
                        ProblemException.class, () -> Filters.parse("name LIKE '" + "%a".repeat(11) + "'", PLACES)))
                .hasMessageContaining("10");
    }
}
