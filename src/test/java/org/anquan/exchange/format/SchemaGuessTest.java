package org.anquan.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SchemaGuessTest {
    private final SchemaGuess ofTexts = new SchemaGuess(true, 100);
    private final SchemaGuess ofTyped = new SchemaGuess(false, 100);

    /** As it is meant: each pattern is asked in turn. */
    private static ColumnType plainly(String text, boolean mayBeNumbers) {
        if (text.isEmpty() || text.length() > 40) return ColumnType.TEXT;
        if (text.matches("[0-9]{4}(-[0-9]{1,2}-[0-9]{1,2}|/[0-9]{1,2}/[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)"))
            return ColumnType.DATE;
        if (text.matches("[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?"
                + "(Z|[+-][0-9]{2}:?[0-9]{2})?")) return ColumnType.TIME;
        if (!mayBeNumbers) return ColumnType.TEXT;
        if (text.matches("[+-]?(0|[1-9][0-9]{0,17})")) return ColumnType.INTEGER;
        if (text.matches("[+-]?0[0-9].*") && !text.contains(".")) return ColumnType.TEXT;
        boolean number =
                text.length() <= 25 && text.matches("[+-]?(0|[1-9][0-9]{0,17})?\\.?[0-9]{1,20}([eE][+-]?[0-9]{1,3})?");
        if (number && text.matches(".*[.eE].*")) return ColumnType.NUMBER;
        boolean truth = Set.of("true", "false", "TRUE", "FALSE", "True", "False", "是", "否")
                .contains(text);
        return truth && !number ? ColumnType.BOOLEAN : ColumnType.TEXT;
    }

    @Property(tries = 4_000)
    void aTypeIsWhatThePatternsSay(@ForAll("texts") String text) {
        assertThat(ofTexts.typeOfText(text)).as("text %s", text).isEqualTo(plainly(text, true));
        assertThat(ofTyped.typeOfText(text)).as("typed %s", text).isEqualTo(plainly(text, false));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> wild =
                Arbitraries.strings().withChars("00112579+-.eE/:TZ 年月日是否x").ofMaxLength(12);
        Arbitrary<String> numbers =
                Arbitraries.strings().withChars("0123456789.").ofMinLength(1).ofMaxLength(27);
        Arbitrary<String> signed = numbers.map(text -> "-" + text);
        Arbitrary<String> scientific = numbers.map(text -> text + "e-3");
        Arbitrary<String> dates = Arbitraries.integers()
                .between(1, 99)
                .list()
                .ofSize(5)
                .map(n -> "2024-" + n.get(0) + "-" + n.get(1)
                        + (n.get(2) % 2 == 0 ? "" : "T" + n.get(3) + ":" + n.get(4)));
        return Arbitraries.oneOf(wild, numbers, signed, scientific, dates, Arbitraries.of("是", "否", "true", "年"));
    }

    @Example
    void codesWithLeadingZerosAndNumbersTooLongForACountAreTexts() {
        assertThat(ofTexts.typeOfText("011002")).isEqualTo(ColumnType.TEXT);
        assertThat(ofTexts.typeOfText("510802199912120019")).isEqualTo(ColumnType.INTEGER);
        assertThat(ofTexts.typeOfText("5108021999121200190")).isEqualTo(ColumnType.TEXT);
        assertThat(ofTexts.typeOfText("0")).isEqualTo(ColumnType.INTEGER);
        assertThat(ofTexts.typeOfText("0.5")).isEqualTo(ColumnType.NUMBER);
        assertThat(ofTexts.typeOfText("2024年5月1日")).isEqualTo(ColumnType.DATE);
        assertThat(ofTexts.typeOfText("2024/5/1 8:30")).isEqualTo(ColumnType.TIME);
    }
}
