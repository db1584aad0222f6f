package org.anquan.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
    /** Wrong: an analysis that uses it is wrong too. */
    ERROR,
    /** Very likely wrong: somebody should look. */
    WARNING,
    /** Worth knowing; may well be right. */
    NOTICE;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
