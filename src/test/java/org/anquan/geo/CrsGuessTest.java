package org.anquan.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.anquan.problem.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrsGuessTest {
    private static final Bbox LIZHOU = new Bbox(105.45, 32.32, 106.07, 32.62);
    private static final double[][] PLACES = {{105.862, 32.432}, {105.642, 32.374}, {105.5, 32.485}, {105.99, 32.45}};

    @ParameterizedTest
    @CsvSource({
        "EPSG:4490, false", "EPSG:4490, true", "EPSG:4544, false", "EPSG:4544, true", "EPSG:4523, false",
        "EPSG:4523, true", "EPSG:4545, false", "EPSG:4524, true", "EPSG:4496, false", "EPSG:3857, false",
        "EPSG:32648, false"
    })
    void numbersWithoutASystemAreRecognised(String crs, boolean swapped) {
        double[] xy = new double[PLACES.length * 2];
        for (int i = 0; i < PLACES.length; i++) {
            double[] at = SourceCrs.resolve(crs).fromLonLat(PLACES[i][0], PLACES[i][1]);
            xy[2 * i] = swapped ? at[1] : at[0];
            xy[2 * i + 1] = swapped ? at[0] : at[1];
        }
        List<CrsGuess> guesses = CrsGuess.plausible(xy, LIZHOU);
        assertThat(guesses).anySatisfy(guess -> {
            assertThat(guess.crs()).isEqualTo(crs);
            assertThat(guess.swapped()).isEqualTo(swapped);
            assertThat(guess.shareInside()).isEqualTo(1);
            assertThat(Texts.in(Texts.ENGLISH, guess.reason())).doesNotContain("geo.");
        });
        // Degrees come with the two phone-map shifts beside them; UTM 48 and zone 105 differ by 0.04 % of the northing.
        assertThat(guesses).hasSizeLessThan(4);
    }

    @Test
    void numbersFromNowhereGiveNoGuess() {
        assertThat(CrsGuess.plausible(new double[] {1, 2, 3, 4}, LIZHOU)).isEmpty();
        assertThat(CrsGuess.plausible(new double[0], LIZHOU)).isEmpty();
        assertThat(CrsGuess.plausible(new double[] {Double.NaN, 5, 0, 0}, LIZHOU))
                .isEmpty();
    }
}
