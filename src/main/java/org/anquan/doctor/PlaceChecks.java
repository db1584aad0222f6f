package org.anquan.doctor;

import java.util.ArrayList;
import java.util.List;
import org.anquan.catalog.Feature;
import org.anquan.catalog.GeometryKind;
import org.anquan.doctor.DoctorSettings.District;
import org.anquan.geo.GeoJson;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;

/** Places where nothing of this district can be: swapped numbers, beyond the boundary, far from all others. */
final class PlaceChecks {
    private final Subject subject;
    private final Findings findings;
    private final DoctorSettings settings;
    private final @Nullable Outline district;
    private @Nullable Crowd crowd;

    /** @param district null where no boundary is known, or where the layer reaches beyond it by its nature */
    PlaceChecks(Subject subject, DoctorSettings settings, @Nullable Outline district) {
        this.subject = subject;
        this.findings = subject.findings();
        this.settings = settings;
        this.district = district;
    }

    // Swapped

    void swapped() {
        if (district == null) crowd = Crowd.of(subject, settings.farOff());
        List<Integer> swapped = new ArrayList<>();
        for (int i = 0; i < subject.size(); i++) {
            subject.at(i, 0.2, 0.3, Text.of("doctor.progress.places"));
            if (subject.hasPlace(i) && isSwapped(subject.lon(i), subject.lat(i))) swapped.add(i);
        }
        for (int i : swapped) {
            Feature feature = subject.feature(i);
            Geometry right = Moves.swapped(feature.geometry());
            Finding.Mend mend = Subject.safe("swap");
            findings.add(
                    subject.finding(
                            Check.SWAPPED,
                            i,
                            "",
                            Text.of("doctor.swapped", round(subject.lon(i)), round(subject.lat(i))),
                            line(feature.geometry(), right),
                            mend,
                            List.of()),
                    () -> List.of(FeatureMend.move(feature, right)));
            subject.correct(i, right);
        }
        // Off the globe and not swapped after all.
        for (int i = 0; i < subject.size(); i++) {
            if (!subject.hasPlace(i) || Math.abs(subject.lat(i)) <= 90) continue;
            findings.add(subject.finding(
                    Check.ZERO_PLACE,
                    i,
                    Text.of("doctor.zeroPlace", round(subject.lon(i)), round(subject.lat(i))),
                    null));
            subject.lose(i);
        }
    }

    private boolean isSwapped(double lon, double lat) {
        if (Math.abs(lon) > 90) return false;
        if (district != null) {
            double near = settings.district().nearMetres();
            return isFar(district, lon, lat, near) && !isFar(district, lat, lon, near);
        }
        if (crowd != null && crowd.isFarOff(lon, lat) && crowd.hasRoomFor(lat, lon)) return true;
        return !isInChina(lon, lat) && isInChina(lat, lon);
    }

    private static boolean isFar(Outline district, double lon, double lat, double nearMetres) {
        Envelope box = new Envelope(district.box());
        box.expandBy(Math.max(0.2, nearMetres / 50_000));
        if (!box.contains(lon, lat)) return true;
        return district.metresOutside(lon, lat) > nearMetres;
    }

    /** The box of China's land: only tells 105, 32 from 32, 105. */
    private static boolean isInChina(double lon, double lat) {
        return lon >= 73 && lon <= 136 && lat >= 17 && lat <= 54;
    }

    /** From the wrong place to the right one, for the map; only points have one. */
    private static @Nullable Geometry line(Geometry from, Geometry to) {
        if (!(from instanceof Point a) || !(to instanceof Point b) || Math.abs(a.getY()) > 90) return null;
        LineString line = GeoJson.FACTORY.createLineString(new Coordinate[] {a.getCoordinate(), b.getCoordinate()});
        return line;
    }

    // Outside, far off

    void outside() {
        if (!findings.wantsAny(Check.OUTSIDE_DISTRICT, Check.NEAR_BOUNDARY, Check.FAR_OFF)) return;
        if (district == null) {
            farOff();
            return;
        }
        District limits = settings.district();
        for (int i = 0; i < subject.size(); i++) {
            subject.at(i, 0.4, 0.5, Text.of("doctor.progress.places"));
            if (!subject.hasPlace(i)) continue;
            double metres = subject.isOf(GeometryKind.POINT) || subject.place(i) == Subject.Place.CORRECTED
                    ? district.metresOutside(subject.lon(i), subject.lat(i))
                    : district.metresOutside(subject.feature(i).geometry());
            if (metres == 0) continue;
            if (metres <= limits.nearMetres())
                findings.add(subject.finding(
                        Check.NEAR_BOUNDARY,
                        i,
                        Text.of("doctor.nearBoundary", Math.round(metres), Math.round(limits.nearMetres())),
                        null));
            else {
                findings.add(
                        subject.finding(Check.OUTSIDE_DISTRICT, i, Text.of("doctor.outside", distance(metres)), null));
                subject.lose(i);
            }
        }
    }

    private void farOff() {
        // Anew: swapped places stand where they belong by now.
        Crowd now = Crowd.of(subject, settings.farOff());
        if (now == null) return;
        for (int i = 0; i < subject.size(); i++) {
            subject.at(i, 0.4, 0.5, Text.of("doctor.progress.places"));
            if (!subject.hasPlace(i) || !now.isFarOff(subject.lon(i), subject.lat(i))) continue;
            findings.add(subject.finding(
                    Check.FAR_OFF,
                    i,
                    Text.of("doctor.farOff", distance(settings.farOff().leastMetres())),
                    null));
            subject.lose(i);
        }
    }

    static Text distance(double metres) {
        return metres < 10_000
                ? Text.of("doctor.metres", Math.round(metres))
                : Text.of("doctor.kilometres", Math.round(metres / 1000));
    }

    static double round(double degrees) {
        return Math.rint(degrees * 1e6) / 1e6;
    }
}
