package org.anquan.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anquan.problem.Text;

/** What is looked for, in the order of the report: where things are, what is there twice, what is written about them. */
public enum Check {
    EMPTY_GEOMETRY(Severity.ERROR),
    /** Self-crossing rings and the like. */
    INVALID_GEOMETRY(Severity.ERROR),
    /** Zero, not a number, off the globe. */
    ZERO_PLACE(Severity.ERROR),
    /** Longitude and latitude changed places. */
    SWAPPED(Severity.ERROR),
    /** A whole file set off by GCJ-02 or BD-09. */
    SHIFTED(Severity.ERROR),
    OUTSIDE_DISTRICT(Severity.ERROR),
    /** Just across the boundary. */
    NEAR_BOUNDARY(Severity.NOTICE),
    /** Far from all others of its layer; looked for where no boundary is known. */
    FAR_OFF(Severity.ERROR),
    /** Two areas of a layer whose areas must not overlap. */
    OVERLAP(Severity.WARNING),
    EXACT_DUPLICATE(Severity.ERROR),
    /** Near each other with names that mean the same. */
    DUPLICATE(Severity.WARNING),
    /** The same place with different names. */
    STACKED(Severity.WARNING),
    MISSING(Severity.ERROR),
    VALUE(Severity.ERROR),
    /** A name that is none. */
    NAME(Severity.WARNING),
    CAPACITY(Severity.ERROR),
    /** An administrative code that is not one, or that no unit has. */
    ADMIN_CODE(Severity.WARNING),
    /** It lies in another unit than it says. */
    ADMIN_PLACE(Severity.WARNING),
    /** What holds no longer, or was not looked at for long. */
    STALE(Severity.NOTICE),
    /** A point that may lie too far off for the questions that start from it. */
    COARSE(Severity.NOTICE),
    /** Blanks at the ends, invisible characters. */
    TEXT(Severity.NOTICE);

    private final Severity severity;

    Check(Severity severity) {
        this.severity = severity;
    }

    /** Its name in the API: {@code outside-district}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    public Text title() {
        return Text.of("doctor.check." + id());
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(Check::id).toList();
    }

    public static Optional<Check> of(String id) {
        return Arrays.stream(values()).filter(check -> check.id().equals(id)).findFirst();
    }
}
