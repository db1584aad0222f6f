package org.anquan.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.anquan.geo.MetricCrs;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/** Zones fill the area: no gap, no overlap, the areas sum up. */
class ZonesTest {
    private static final MetricCrs CRS = MetricCrs.at(105.8);
    /** Metres in the zone of 105° E: a place near 32.4° N. */
    private static final double X = 575_000;

    private static final double Y = 3_586_000;

    /** 300 m × 200 m in cells of 100 m: six whole cells; the left column is one zone, the rest the other. */
    @Test
    void twoZonesOfARectangleShareTheirBorder() {
        RiskGrid grid = RiskGrid.of(CRS, moved("POLYGON((0 0, 300 0, 300 200, 0 200, 0 0))"), 100);
        assertThat(grid.size).isEqualTo(6);
        assertThat(grid.totalArea()).isCloseTo(60_000, within(1e-6));
        MultiPolygon[] zones = Zones.of(grid, new byte[] {0, 1, 1, 0, 1, 1}, 2, false);
        assertThat(zones[0].getArea()).isCloseTo(20_000, within(1e-6));
        assertThat(zones[1].getArea()).isCloseTo(40_000, within(1e-6));
        assertThat(zones[0].intersection(zones[1]).getLength()).isCloseTo(200, within(1e-6));
    }

    /** A cell on a slanted edge has only its part: the triangle 0,0 300,0 0,300 is 45 000 m². */
    @Test
    void cellsAreCutAtTheEdgeOfTheArea() {
        RiskGrid grid = RiskGrid.of(CRS, moved("POLYGON((0 0, 300 0, 0 300, 0 0))"), 100);
        assertThat(grid.size).isEqualTo(6);
        assertThat(grid.totalArea()).isCloseTo(45_000, within(1e-6));
        for (int i = 0; i < grid.size; i++)
            assertThat(grid.x[i] - X + grid.y[i] - Y).isLessThan(300);
    }

    @Property(tries = 60)
    void zonesOfAnyLabelsFillTheAreaWithoutGapsOrOverlaps(
            @ForAll int seed, @ForAll @IntRange(min = 1, max = 5) int labels) {
        Random random = new Random(seed);
        Geometry area = blob(random);
        RiskGrid grid = RiskGrid.of(CRS, area, 100);
        byte[] label = new byte[grid.size];
        for (int i = 0; i < label.length; i++) label[i] = (byte) random.nextInt(labels);
        MultiPolygon[] zones = Zones.of(grid, label, labels, false);
        double sum = 0;
        List<Polygon> all = new ArrayList<>();
        for (int l = 0; l < labels; l++) {
            assertThat(zones[l].isValid()).as("seed %d, label %d", seed, l).isTrue();
            double mine = 0;
            for (int i = 0; i < label.length; i++) if (label[i] == l) mine += grid.areas[i];
            assertThat(zones[l].getArea()).as("seed %d", seed).isCloseTo(mine, within(1e-3));
            sum += zones[l].getArea();
            for (int p = 0; p < zones[l].getNumGeometries(); p++) all.add((Polygon) zones[l].getGeometryN(p));
        }
        // The area itself is rounded to millimetres.
        assertThat(sum).as("seed %d", seed).isCloseTo(area.getArea(), within(area.getLength() * 0.001));
        assertThat(CoverageValidator.isValid(all.toArray(Polygon[]::new)))
                .as("seed %d: neighbours have the same vertices", seed)
                .isTrue();
    }

    /** A star around the middle, sometimes with a hole. */
    private static Geometry blob(Random random) {
        int corners = 5 + random.nextInt(20);
        StringBuilder text = new StringBuilder("POLYGON((");
        StringBuilder first = new StringBuilder();
        for (int i = 0; i <= corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double radius = 300 + random.nextInt(900);
            String corner = "%.3f %.3f".formatted(radius * Math.cos(angle), radius * Math.sin(angle));
            if (i == 0) first.append(corner);
            text.append(i == corners ? first : corner).append(i == corners ? ")" : ", ");
        }
        if (random.nextBoolean()) text.append(", (-50.5 -60, -60 80.123, 90 71, 60 -40, -50.5 -60)");
        return moved(text.append(")").toString());
    }

    private static Geometry moved(String wkt) {
        try {
            Geometry geometry = new WKTReader().read(wkt);
            return org.locationtech.jts.geom.util.AffineTransformation.translationInstance(X, Y)
                    .transform(geometry);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
