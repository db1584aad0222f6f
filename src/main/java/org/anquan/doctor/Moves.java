package org.anquan.doctor;

import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;

/** Copies of geometries with every position moved. Degrees. */
final class Moves {
    private Moves() {}

    /** Longitude and latitude changed back. */
    static Geometry swapped(Geometry geometry) {
        return moved(geometry, pair -> {
            double x = pair[0];
            pair[0] = pair[1];
            pair[1] = x;
        });
    }

    static Geometry withoutShift(Geometry geometry, ShiftTest.Datum datum) {
        return moved(geometry, datum::toWgs84);
    }

    private interface Step {
        void on(double[] lonLat);
    }

    private static Geometry moved(Geometry geometry, Step step) {
        Geometry copy = geometry.copy();
        double[] pair = new double[2];
        copy.apply(new CoordinateSequenceFilter() {
            @Override
            public void filter(CoordinateSequence sequence, int i) {
                pair[0] = sequence.getX(i);
                pair[1] = sequence.getY(i);
                step.on(pair);
                sequence.setOrdinate(i, 0, pair[0]);
                sequence.setOrdinate(i, 1, pair[1]);
            }

            @Override
            public boolean isDone() {
                return false;
            }

            @Override
            public boolean isGeometryChanged() {
                return true;
            }
        });
        copy.geometryChanged();
        return copy;
    }
}
