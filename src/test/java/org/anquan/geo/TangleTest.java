package org.anquan.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;

class TangleTest {
    private static Polygon ring(double... xy) {
        Coordinate[] all = new Coordinate[xy.length / 2 + 1];
        for (int i = 0; i < all.length - 1; i++) all[i] = new Coordinate(xy[2 * i], xy[2 * i + 1]);
        all[all.length - 1] = all[0].copy();
        return GeoJson.FACTORY.createPolygon(all);
    }

    @Test
    void aBoxIsCrossedTwiceAndTwoOverOneAnotherFourTimes() {
        Geometry box = ring(0, 0, 4, 0, 4, 4, 0, 4);
        assertThat(Tangle.folds(List.of(box))).isEqualTo(2);
        assertThat(Tangle.folds(List.of(box, ring(5, 1, 6, 1, 6, 2, 5, 2)))).isEqualTo(4);
        // Neither beside nor over one another.
        assertThat(Tangle.folds(List.of(box, ring(5, 5, 6, 5, 6, 6, 5, 6)))).isEqualTo(2);
        assertThat(Tangle.folds(List.of())).isZero();
    }

    @Test
    void aBowTieCrossesItselfOnceAndABoxNever() {
        assertThat(Tangle.crossings(ring(0, 0, 4, 4, 4, 0, 0, 4), 10)).isEqualTo(1);
        assertThat(Tangle.crossings(ring(0, 0, 4, 0, 4, 4, 0, 4), 10)).isZero();
        // The same corner twice is still a box.
        assertThat(Tangle.crossings(ring(0, 0, 4, 0, 4, 0, 4, 4, 0, 4), 10)).isZero();
    }

    /** As many as all pairs of segments say, and never more than one above the limit. */
    @Property(tries = 100)
    void crossingsAreThoseOfAllPairs(@ForAll long seed) {
        Random random = new Random(seed);
        double[] xy = new double[2 * (4 + random.nextInt(20))];
        for (int i = 0; i < xy.length; i++) xy[i] = random.nextDouble();
        Polygon area = ring(xy);
        Coordinate[] all = area.getExteriorRing().getCoordinates();
        int segments = all.length - 1;
        int plain = 0;
        for (int i = 0; i < segments; i++)
            for (int j = i + 2; j < segments; j++) {
                if (i == 0 && j == segments - 1) continue;
                if (GeoJson.FACTORY
                        .createLineString(new Coordinate[] {all[i], all[i + 1]})
                        .intersects(GeoJson.FACTORY.createLineString(new Coordinate[] {all[j], all[j + 1]}))) plain++;
            }
        assertThat(Tangle.crossings(area, 1000)).isEqualTo(plain);
        assertThat(Tangle.crossings(area, 3)).isEqualTo(Math.min(plain, 4));
    }
}
