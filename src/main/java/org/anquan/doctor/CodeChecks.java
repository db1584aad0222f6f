package org.anquan.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.Feature;
import org.anquan.catalog.GeometryKind;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** Administrative codes that no unit has, and features that lie in another unit than they say. */
final class CodeChecks {
    private static final String TOWNSHIP = "township";

    private final Subject subject;
    private final Findings findings;
    private final Units units;
    private final double borderMetres;
    private final boolean isUnitLayer;
    private final boolean readsTownship;

    CodeChecks(Subject subject, DoctorSettings settings, Units units) {
        this.subject = subject;
        this.findings = subject.findings();
        this.units = units;
        this.borderMetres = settings.units().borderMetres();
        this.isUnitLayer = settings.units().areas().contains(subject.layer().id());
        this.readsTownship = !isUnitLayer && subject.layer().attribute(TOWNSHIP).isPresent();
    }

    void run() {
        if (!findings.wantsAny(Check.ADMIN_CODE, Check.ADMIN_PLACE)) return;
        boolean seen = subject.layer().attribute(CommonAttributes.ADMIN_CODE).isPresent();
        for (int i = 0; i < subject.size(); i++) {
            subject.at(i, 0.5, 0.55, Text.of("doctor.progress.codes"));
            String given = seen ? subject.feature(i).text(CommonAttributes.ADMIN_CODE) : null;
            if (given != null && code(i, given)) continue;
            if (readsTownship) township(i);
        }
    }

    /** Whether something is wrong with the code. */
    private boolean code(int i, String given) {
        String code = Units.plain(given);
        if (code == null) {
            tellCode(i, Text.of("doctor.adminCode.notOne", given));
            return true;
        }
        if (!units.knowsCodes()) return false;
        if (!isUnitLayer && !units.isKnown(code)) {
            tellCode(i, Text.of("doctor.adminCode.unknown", given));
            return true;
        }
        if (isUnitLayer || subject.isOf(GeometryKind.LINE) || !subject.hasPlace(i)) return false;
        List<Units.Unit> own = units.withCode(code);
        if (own.isEmpty() || isIn(i, own)) return false;
        Units.Unit here = units.at(subject.lon(i), subject.lat(i));
        if (here == null) return false;
        Finding.Mend mend = here.code() == null ? null : Subject.told("setCode", here.code(), here.name());
        findings.add(subject.finding(
                Check.ADMIN_PLACE,
                i,
                Text.of("doctor.adminPlace", given, own.get(0).name(), here.name(), metresAway(i, own)),
                mend));
        return true;
    }

    private boolean isIn(int i, List<Units.Unit> units) {
        for (Units.Unit unit : units)
            if (unit.area().metresOutside(subject.lon(i), subject.lat(i)) <= borderMetres) return true;
        return false;
    }

    private Text metresAway(int i, List<Units.Unit> units) {
        double least = Double.POSITIVE_INFINITY;
        for (Units.Unit unit : units)
            least = Math.min(least, unit.area().metresOutside(subject.lon(i), subject.lat(i)));
        return PlaceChecks.distance(least);
    }

    /** The code is certainly wrong; where the place is well inside a unit, that one's code is right. */
    private void tellCode(int i, Text text) {
        Units.@Nullable Unit here = subject.hasPlace(i) && !subject.isOf(GeometryKind.LINE) && !isUnitLayer
                ? units.at(subject.lon(i), subject.lat(i))
                : null;
        String code = here == null ? null : here.code();
        if (here == null || code == null) {
            findings.add(subject.finding(Check.ADMIN_CODE, i, text, null));
            return;
        }
        boolean wellInside =
                here.area().metresToBoundary(subject.lon(i), subject.lat(i), 2 * borderMetres) > borderMetres;
        if (!wellInside) {
            findings.add(subject.finding(Check.ADMIN_CODE, i, text, Subject.told("setCode", code, here.name())));
            return;
        }
        Feature feature = subject.feature(i);
        findings.add(
                subject.finding(Check.ADMIN_CODE, i, text, Subject.safe("setCode", code, here.name())),
                () -> List.of(FeatureMend.set(feature, Map.of(CommonAttributes.ADMIN_CODE, code))));
    }

    /** The township by its name, where rosters give that instead of a code. */
    private void township(int i) {
        String given = subject.feature(i).text(TOWNSHIP);
        if (given == null || subject.isOf(GeometryKind.LINE) || !subject.hasPlace(i)) return;
        List<Units.Unit> own = units.named(TOWNSHIP, given);
        if (own.isEmpty() || isIn(i, own)) return;
        Units.Unit here = units.at(subject.lon(i), subject.lat(i), TOWNSHIP);
        if (here == null) return;
        List<Object> values = new ArrayList<>(List.of(given, given, here.name(), metresAway(i, own)));
        findings.add(subject.finding(
                Check.ADMIN_PLACE, i, TOWNSHIP, new Text("doctor.adminPlace", values), null, null, List.of()));
    }
}
