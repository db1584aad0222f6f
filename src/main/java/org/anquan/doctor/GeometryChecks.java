package org.anquan.doctor;

import java.util.List;
import java.util.Optional;
import org.anquan.catalog.Feature;
import org.anquan.catalog.GeometryKind;
import org.anquan.geo.GeoJson;
import org.anquan.geo.GeometryMend;
import org.anquan.geo.MetricCrs;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/** Geometries that are none: empty, at zero, off the globe, crossing themselves. */
final class GeometryChecks {
    /** About a decimetre: nobody stands on the meridian of Greenwich or on the equator by chance. */
    private static final double ZERO_DEGREES = 1e-6;

    private final Subject subject;
    private final Findings findings;

    GeometryChecks(Subject subject) {
        this.subject = subject;
        this.findings = subject.findings();
    }

    void run() {
        for (int i = 0; i < subject.size(); i++) {
            subject.at(i, 0, 0.2, Text.of("doctor.progress.geometry"));
            Geometry geometry = subject.feature(i).geometry();
            if (geometry.isEmpty()) {
                findings.add(subject.finding(Check.EMPTY_GEOMETRY, i, Text.of("doctor.emptyGeometry"), null));
                subject.lose(i);
                continue;
            }
            Coordinate absurd = absurd(geometry);
            if (absurd != null && !mayBeSwapped(geometry)) {
                findings.add(subject.finding(
                        Check.ZERO_PLACE, i, Text.of("doctor.zeroPlace", shown(absurd.x), shown(absurd.y)), null));
                subject.lose(i);
            } else if (!subject.isOf(GeometryKind.POINT) && findings.wants(Check.INVALID_GEOMETRY))
                invalid(i, geometry);
        }
    }

    private static Object shown(double degrees) {
        return Double.isFinite(degrees) ? (Object) degrees : String.valueOf(degrees);
    }

    /** Off the globe as it is, on it with the two numbers swapped: then the check for that looks at it. */
    private static boolean mayBeSwapped(Geometry geometry) {
        return geometry instanceof Point point
                && Math.abs(point.getY()) > 90
                && Math.abs(point.getY()) <= 180
                && Math.abs(point.getX()) <= 90
                && Math.abs(point.getX()) > ZERO_DEGREES;
    }

    private static @Nullable Coordinate absurd(Geometry geometry) {
        if (geometry instanceof Point point) return isAbsurd(point.getCoordinate()) ? point.getCoordinate() : null;
        for (Coordinate at : geometry.getCoordinates()) if (isAbsurd(at)) return at;
        return null;
    }

    private static boolean isAbsurd(Coordinate at) {
        boolean onGlobe = Math.abs(at.x) <= 180 && Math.abs(at.y) <= 90;
        return !onGlobe || Math.abs(at.x) < ZERO_DEGREES || Math.abs(at.y) < ZERO_DEGREES;
    }

    private void invalid(int i, Geometry geometry) {
        TopologyValidationError error = new IsValidOp(geometry).getValidationError();
        if (error == null) return;
        Feature feature = subject.feature(i);
        Optional<GeometryMend.Mended> tried = GeometryMend.mend(geometry);
        if (tried.isEmpty()) return;
        Geometry mended = tried.get().geometry();
        Coordinate at = error.getCoordinate();
        Point where = at == null ? null : GeoJson.FACTORY.createPoint(at);
        Text text = Text.of("doctor.invalidGeometry", tried.get().fault());
        if (mended == null) {
            findings.add(
                    subject.finding(Check.INVALID_GEOMETRY, i, "", text, where, subject.told("redraw"), List.of()));
            return;
        }
        Finding.Mend mend = Subject.safe("repair");
        if (subject.isOf(GeometryKind.POLYGON)) {
            MetricCrs metric = MetricCrs.at(subject.lon(i));
            double before = metric.toMetres(geometry).getArea();
            double after = metric.toMetres(mended).getArea();
            mend = Subject.safe("repairArea", Math.round(before), Math.round(after));
        }
        findings.add(
                subject.finding(Check.INVALID_GEOMETRY, i, "", text, where, mend, List.of()),
                () -> List.of(FeatureMend.move(feature, mended)));
        subject.correct(i, mended);
    }
}
