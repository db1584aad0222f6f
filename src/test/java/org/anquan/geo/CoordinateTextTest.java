package org.anquan.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.anquan.geo.CoordinateText.Angle;
import org.anquan.geo.CoordinateText.Axis;
import org.anquan.geo.CoordinateText.Position;
import org.anquan.geo.CoordinateText.Refused;
import org.anquan.problem.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinateTextTest {
    /** 105°49′12″ = 105.82 exactly; 32°26.4′ = 32.44. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "105.82 | 105.82 | UNSAID",
                "-105.82 | -105.82 | UNSAID",
                "+105.82 | 105.82 | UNSAID",
                "105°49′12″ | 105.82 | UNSAID",
                "105°49'12\"E | 105.82 | LONGITUDE",
                "105°49'12'' | 105.82 | UNSAID",
                "105° 49' 12\" | 105.82 | UNSAID",
                "105º49’12” | 105.82 | UNSAID",
                "105˚49´12″E | 105.82 | LONGITUDE",
                "105-49-12 | 105.82 | UNSAID",
                "105-49-12.0 | 105.82 | UNSAID",
                "-105-49-12 | -105.82 | UNSAID",
                "105:49:12 | 105.82 | UNSAID",
                "105 49 12 | 105.82 | UNSAID",
                "E105.49.12 | 105.82 | LONGITUDE",
                "105.49.12 | 105.82 | UNSAID",
                "E 105°49′12″ | 105.82 | LONGITUDE",
                "W105°49′12″ | -105.82 | LONGITUDE",
                "105d49'12\"W | -105.82 | LONGITUDE",
                "105度49分12秒 | 105.82 | UNSAID",
                "东经105度49分12秒 | 105.82 | LONGITUDE",
                "東經105°49′12″ | 105.82 | LONGITUDE",
                "经度：105.82 | 105.82 | UNSAID",
                "105.82°E | 105.82 | LONGITUDE",
                "105.82度 | 105.82 | UNSAID",
                "N32°26.4′ | 32.44 | LATITUDE",
                "32°26.4′N | 32.44 | LATITUDE",
                "32°26.4N | 32.44 | LATITUDE",
                "北纬32°26.4′ | 32.44 | LATITUDE",
                "S32°26.4′ | -32.44 | LATITUDE",
                "32-26.4 | 32.44 | UNSAID",
                "１０５．８２ | 105.82 | UNSAID",
                "１０５°４９′１２″ | 105.82 | UNSAID",
                "　105.82　 | 105.82 | UNSAID",
                "105,820 | 105.82 | UNSAID",
                "105,82 | 105.82 | UNSAID",
                "1.0582E+02 | 105.82 | UNSAID",
                "105°49′ | 105.816666667 | UNSAID",
                "105° | 105 | UNSAID",
            })
    void usualSpellingsAreUnderstood(String text, double degrees, Axis axis) {
        assertThat(CoordinateText.angle(text)).isInstanceOfSatisfying(Angle.class, angle -> {
            assertThat(angle.degrees()).isEqualTo(degrees, within(1e-9));
            assertThat(angle.axis()).isEqualTo(axis);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "105,49",
                "105,5",
                "105°60′",
                "105°49′60″",
                "105.5°30′",
                "105°49.5′12″",
                "-105°W",
                "E105W",
                "",
                " ",
                "东经",
                "abc",
                "105°49′12″13",
                "1054912",
                "N91",
                "200",
                "105-49:12",
                "约105度",
                "105.8.2.3.4",
                "--105",
                "1.05E2",
                "NaN",
                "Infinity",
                "105°°49"
            })
    void whatMayMeanTwoThingsOrNothingIsRefusedWithWords(String text) {
        assertThat(CoordinateText.angle(text)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(Texts.in(Texts.CHINESE, refused.why())).doesNotContain("geo.coordinate");
            assertThat(Texts.in(Texts.ENGLISH, refused.why())).doesNotContain("geo.coordinate");
        });
    }

    @Property
    void everySecondOfArcComesBackFromEverySpelling(
            @ForAll @IntRange(max = 179) int d, @ForAll @IntRange(max = 59) int m, @ForAll @IntRange(max = 59) int s) {
        double expected = d + m / 60.0 + s / 3600.0;
        for (String form :
                new String[] {"%d°%d′%d″", "%d-%02d-%02d", "%d度%d分%d秒", "E%d.%02d.%02d", "%d:%d:%d", "%d %d %d"})
            assertThat(CoordinateText.angle(form.formatted(d, m, s)))
                    .isInstanceOfSatisfying(
                            Angle.class, a -> assertThat(a.degrees()).isEqualTo(expected, within(1e-12)));
    }

    @Property
    void noTextBreaksTheReader(@ForAll String text) {
        assertThat(CoordinateText.angle(text)).isNotNull();
        assertThat(CoordinateText.position(text)).isNotNull();
        assertThat(CoordinateText.position(text, "1")).isNotNull();
    }

    @Test
    void swappedColumnsAreFoundFromTheRangesAndFromLetters() {
        assertThat(CoordinateText.position("32.434", "105.845")).isEqualTo(new Position(105.845, 32.434, true));
        assertThat(CoordinateText.position("105.845", "32.434")).isEqualTo(new Position(105.845, 32.434, false));
        assertThat(CoordinateText.position("N32.434", "E85")).isEqualTo(new Position(85, 32.434, true));
        assertThat(CoordinateText.position("N32.434", "N33")).isInstanceOf(Refused.class);
        assertThat(CoordinateText.position("105", "106")).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "105.82, 32.44",
                "105.82 32.44",
                "105.82，32.44",
                "(105.82, 32.44)",
                "105°49′12″；32°26.4′",
                "N32°26.4′ E105°49′12″",
                "N32°26.4′E105°49′12″",
                "32°26.4′N105°49′12″E",
                "32°26.4′N, 105°49′12″E",
                "32.44,105.82",
                "东经105°49′12″，北纬32°26.4′"
            })
    void bothInOneCellAreUnderstood(String text) {
        assertThat(CoordinateText.position(text)).isInstanceOfSatisfying(Position.class, p -> {
            assertThat(p.lon()).isEqualTo(105.82, within(1e-9));
            assertThat(p.lat()).isEqualTo(32.44, within(1e-9));
        });
    }
}
