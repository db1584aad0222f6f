package org.anquan.doctor;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.anquan.problem.Text;
import org.anquan.process.Provenance;

/**
 * The answer of the process.
 *
 * @param version of the layer that was examined
 * @param checked how many features were looked at
 * @param counts of each check that found something: complete, however many findings are listed
 * @param findings the first of each check
 */
public record Diagnosis(
        String layer,
        long version,
        int checked,
        List<Count> counts,
        List<Finding> findings,
        @JsonUnwrapped Provenance provenance) {
    public Diagnosis {
        counts = List.copyOf(counts);
        findings = List.copyOf(findings);
    }

    /**
     * @param count how many there are
     * @param listed how many of them are listed
     * @param mendable how many can be mended safely
     */
    public record Count(Check check, Text title, Severity severity, int count, int listed, int mendable) {}
}
