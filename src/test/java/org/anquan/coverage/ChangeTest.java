package org.anquan.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.geo.GeoJson;
import org.anquan.geo.Overlay;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;

/** Ground gained and lost out of one overlay, against the plain two. */
class ChangeTest {
    private static MultiPolygon box(double west, double east) {
        return multi(GeoJson.FACTORY.toGeometry(new Envelope(west, east, 32, 33)));
    }

    private static MultiPolygon multi(Geometry areas) {
        Polygon[] all = new Polygon[areas.getNumGeometries()];
        for (int i = 0; i < all.length; i++) all[i] = (Polygon) areas.getGeometryN(i);
        return GeoJson.FACTORY.createMultiPolygon(all);
    }

    private static MultiPolygon stars(Random random) {
        Geometry all = GeoJson.FACTORY.createPolygon();
        for (int k = random.nextInt(5) + 1; k > 0; k--) {
            double x = 105.8 + 0.1 * random.nextDouble();
            double y = 32.4 + 0.1 * random.nextDouble();
            Coordinate[] ring = new Coordinate[13];
            for (int i = 0; i < 12; i++) {
                double far = 0.005 + 0.03 * random.nextDouble();
                ring[i] = new Coordinate(x + far * Math.cos(i * Math.PI / 6), y + far * Math.sin(i * Math.PI / 6));
            }
            ring[12] = ring[0];
            all = Overlay.union(all, GeoJson.FACTORY.createPolygon(ring));
        }
        return multi(all);
    }

    @Property(tries = 300)
    void oneOverlayGivesWhatTwoGive(@ForAll long seed) {
        Random random = new Random(seed);
        MultiPolygon was = stars(random);
        // Half of the borders are the same, as those of two circles are.
        MultiPolygon is = random.nextBoolean() ? stars(random) : multi(Overlay.union(was, stars(random)));
        Contours.Change change = Contours.change(was, is);
        assertThat(Overlay.symDifference(change.lost(), Overlay.difference(was, is))
                        .getArea())
                .isLessThan(1e-13);
        assertThat(Overlay.symDifference(change.gained(), Overlay.difference(is, was))
                        .getArea())
                .isLessThan(1e-13);
        assertThat(change.lost().getArea() - change.gained().getArea())
                .isCloseTo(was.getArea() - is.getArea(), within(1e-12));
    }

    /** What is lost and what is gained lie on two sides of one line: one overlay makes one area of them. */
    @Example
    void whatIsLostBesideWhatIsGainedStaysApart() {
        Contours.Change change = Contours.change(box(105, 106), box(106, 106.5));
        assertThat(change.lost().equalsTopo(box(105, 106))).isTrue();
        assertThat(change.gained().equalsTopo(box(106, 106.5))).isTrue();
        Contours.Change same = Contours.change(box(105, 106), box(106, 107));
        assertThat(same.lost().equalsTopo(box(105, 106))).isTrue();
        assertThat(same.gained().equalsTopo(box(106, 107))).isTrue();
    }

    @Example
    void nothingBeforeIsAllGainedAndNothingAfterIsAllLost() {
        MultiPolygon nothing = GeoJson.FACTORY.createMultiPolygon();
        assertThat(Contours.change(nothing, box(105, 106)).gained().getArea()).isEqualTo(1);
        assertThat(Contours.change(nothing, box(105, 106)).lost().isEmpty()).isTrue();
        assertThat(Contours.change(box(105, 106), nothing).lost().getArea()).isEqualTo(1);
        assertThat(Contours.change(box(105, 106), nothing).gained().isEmpty()).isTrue();
    }
}
