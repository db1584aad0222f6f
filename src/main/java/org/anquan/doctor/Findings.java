package org.anquan.doctor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.anquan.doctor.Diagnosis.Count;
import org.jspecify.annotations.Nullable;

/** Collects what is found: counts all of it, keeps as much of each check as shall be listed. */
final class Findings {
    /** @param mends made only when somebody mends; null where there is no safe mend */
    record Found(Finding finding, @Nullable Supplier<List<FeatureMend>> mends) {}

    private static final class OfCheck {
        private final List<Found> listed = new ArrayList<>();
        private int count;
        private int mendable;
    }

    private final Map<Check, OfCheck> all = new EnumMap<>(Check.class);
    private final Set<Check> wanted;
    private final int listedPerCheck;

    Findings(Set<Check> wanted, int listedPerCheck) {
        this.wanted = Set.copyOf(wanted);
        this.listedPerCheck = listedPerCheck;
    }

    boolean wants(Check check) {
        return wanted.contains(check);
    }

    boolean wantsAny(Check... checks) {
        for (Check check : checks) if (wants(check)) return true;
        return false;
    }

    void add(Finding finding) {
        add(finding, null);
    }

    void add(Finding finding, @Nullable Supplier<List<FeatureMend>> mends) {
        if (!wants(finding.check())) return;
        OfCheck of = all.computeIfAbsent(finding.check(), check -> new OfCheck());
        of.count++;
        if (finding.mendable()) of.mendable++;
        if (of.listed.size() < listedPerCheck) of.listed.add(new Found(finding, mends));
    }

    List<Count> counts() {
        List<Count> counts = new ArrayList<>();
        all.forEach((check, of) ->
                counts.add(new Count(check, check.title(), check.severity(), of.count, of.listed.size(), of.mendable)));
        return counts;
    }

    List<Found> listed() {
        List<Found> listed = new ArrayList<>();
        for (OfCheck of : all.values()) listed.addAll(of.listed);
        return listed;
    }
}
