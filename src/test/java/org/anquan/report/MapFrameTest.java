package org.anquan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.anquan.geo.Bbox;
import org.anquan.geo.Distances;
import org.anquan.geo.MetricCrs;
import org.junit.jupiter.api.Test;

class MapFrameTest {
    private static final Bbox LIZHOU = new Bbox(105.44, 32.31, 106.08, 32.63);
    private static final MetricCrs ZONE = MetricCrs.at(105.76);
    private static final Rectangle2D A3 = SheetPainter.mapBox(Paper.A3, true);

    @Test
    void theScaleIsTheLargestRoundOneThatShowsTheArea() {
        // At 32.3° a degree of longitude is 94.2 km: 0.64° are 60.3 km. The frame is 291 mm wide: 1:207 000 would do,
        // and the next round scale is 1:250 000.
        assertThat(A3.getWidth()).isCloseTo(291, within(1.0));
        assertThat(MapFrame.around(LIZHOU, ZONE, A3).scale()).isEqualTo(250_000);
    }

    @Test
    void theScaleBarIsAsLongAsTheGroundItStandsFor() {
        MapFrame frame = MapFrame.around(LIZHOU, ZONE, A3);
        ScaleBar bar = ScaleBar.of(frame, 70);
        // 70 mm at 1:250 000 are 17.5 km; the round length below is 10 km, which is 40 mm.
        assertThat(bar).isEqualTo(new ScaleBar(10_000, 40));
        double[] from = frame.lonLat(A3.getCenterX(), A3.getCenterY());
        double[] to = frame.lonLat(A3.getCenterX() + bar.millimetres(), A3.getCenterY());
        double[] a = ZONE.toMetres(from[0], from[1]);
        double[] b = ZONE.toMetres(to[0], to[1]);
        assertThat(Math.hypot(b[0] - a[0], b[1] - a[1])).isCloseTo(bar.metres(), within(0.001));
        // On the ground the zone's own distortion is added, below 0.03 %; the ball that Distances measures on adds 0.3
        // %.
        assertThat(Distances.metres(from[0], from[1], to[0], to[1])).isCloseTo(bar.metres(), within(35.0));
    }

    @Property(tries = 200)
    void aPlaceOnPaperIsTheSamePlaceOnTheGround(
            @ForAll @DoubleRange(min = 105.4, max = 106.1) double lon,
            @ForAll @DoubleRange(min = 32.3, max = 32.7) double lat) {
        MapFrame frame = MapFrame.around(LIZHOU, ZONE, A3);
        Point2D at = frame.at(lon, lat);
        double[] back = frame.lonLat(at.getX(), at.getY());
        assertThat(back[0]).isCloseTo(lon, within(1e-9));
        assertThat(back[1]).isCloseTo(lat, within(1e-9));
    }

    @Test
    void theArrowPointsToTrueNorth() {
        // Convergence of meridians is about Δλ·sin φ: 0.76° east of the zone's meridian at 32.47° it is 0.408°, and
        // true
        // north lies to the left of grid north there.
        MapFrame frame = MapFrame.around(LIZHOU, ZONE, A3);
        assertThat(Math.toDegrees(frame.convergence()))
                .isCloseTo(-0.76 * Math.sin(Math.toRadians(32.47)), within(0.002));
    }

    @Test
    void linesOfTheGridHaveRoundFigures() {
        MapFrame frame = MapFrame.around(LIZHOU, ZONE, A3);
        // The frame shows 0.78° by 0.51°: of 10′ and 15′ only 10′ give three lines of latitude.
        assertThat(new Graticule(frame).stepDegrees()).isEqualTo(1 / 6.0);
        assertThat(Graticule.words(105.5 + 1 / 3.0, "E", "W")).isEqualTo("105°50′E");
        assertThat(Graticule.words(-32.0, "N", "S")).isEqualTo("32°S");
        assertThat(Graticule.words(32 + 1 / 120.0, "N", "S")).isEqualTo("32°00′30″N");
    }
}
