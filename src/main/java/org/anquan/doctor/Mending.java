package org.anquan.doctor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.Change;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.ChangeReceipt;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureMistakes;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.Layers;
import org.anquan.doctor.DataDoctor.Examined;
import org.anquan.doctor.DataDoctor.Order;
import org.anquan.doctor.Findings.Found;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Progress;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Service;

/**
 * Mends what was found, in one change set, so that the usual undo takes it back. The layer is examined once more first:
 * a finding is mended only if it is still there and the features it is about are still those that were examined.
 */
@Service
public final class Mending {
    private static final int TRIES = 3;
    private static final int REASON_FINDINGS = 3;

    private final DataDoctor doctor;
    private final Layers layers;
    private final LayerEdits edits;

    Mending(DataDoctor doctor, Layers layers, LayerEdits edits) {
        this.doctor = doctor;
        this.layers = layers;
        this.edits = edits;
    }

    /**
     * What shall be mended: findings by their ids, or whole checks.
     *
     * @param version the layer's version that the findings were made from; needed for checks, where anything found since
     *     would be mended unseen. Null mends whatever is found now
     */
    public record Wanted(
            String layer,
            Set<String> findings,
            Set<Check> checks,
            @Nullable Long version) {
        public Wanted {
            findings = Set.copyOf(findings);
            checks = Set.copyOf(checks);
        }
    }

    /**
     * What was done.
     *
     * @param changeSet null where nothing was left to mend
     * @param mended how many findings
     * @param features how many features were changed or taken out
     * @param left what was not mended, and why
     */
    public record Mended(@Nullable Long changeSet, int mended, int features, long layerVersion, List<Left> left) {}

    public record Left(String id, Text reason) {}

    /**
     * Mends.
     *
     * @param why in the words of whoever asks; empty for words of ours
     * @throws ProblemException conflict, where whole checks shall be mended and the layer moved since
     */
    public Mended mend(Wanted wanted, String who, String why, Progress progress) {
        ProblemException last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                return tried(wanted, who, why, progress);
            } catch (ProblemException e) {
                // Somebody changed a feature between looking and mending: look again.
                boolean moved = e.kind() == Kind.CONFLICT || e.kind() == Kind.STALE || e.kind() == Kind.NOT_FOUND;
                if (!moved || e.key().startsWith("doctor.")) throw e;
                last = e;
            }
        }
        throw last == null ? new IllegalStateException("no try") : last;
    }

    private Mended tried(Wanted wanted, String who, String why, Progress progress) {
        Set<Check> checks = EnumSet.noneOf(Check.class);
        checks.addAll(wanted.checks());
        for (String id : wanted.findings()) Check.of(id.replaceFirst(":.*", "")).ifPresent(checks::add);
        Examined examined = doctor.examine(new Order(wanted.layer(), null, checks, Integer.MAX_VALUE), progress);
        long version = examined.state().version();
        if (!wanted.checks().isEmpty() && wanted.version() != null && wanted.version() != version)
            throw ProblemException.of(
                    Kind.CONFLICT, "doctor.moved", examined.layer().title(), wanted.version(), version);
        List<Left> left = new ArrayList<>();
        Plan plan = new Plan(examined.layer());
        Set<String> open = new LinkedHashSet<>(wanted.findings());
        Set<Check> used = EnumSet.noneOf(Check.class);
        int mended = 0;
        for (Found found : examined.findings().listed()) {
            Finding finding = found.finding();
            boolean byId = open.remove(finding.id());
            if (!byId && !(wanted.checks().contains(finding.check()) && finding.mendable())) continue;
            Text refused = refused(found, plan);
            if (refused != null) {
                left.add(new Left(finding.id(), refused));
                continue;
            }
            used.add(finding.check());
            mended++;
        }
        for (String id : open) left.add(new Left(id, Text.of("doctor.left.gone")));
        if (plan.isEmpty()) return new Mended(null, 0, 0, version, left);
        String reason = why.isBlank() ? words(used, mended) : why;
        ChangeReceipt receipt = edits.apply(new ChangeContext(who, reason), plan.changes());
        return new Mended(
                receipt.changeSet(),
                mended,
                plan.size(),
                receipt.layerVersions().getOrDefault(wanted.layer(), version),
                left);
    }

    private static @Nullable Text refused(Found found, Plan plan) {
        if (found.finding().mend() == null) return Text.of("doctor.left.noMend");
        if (!found.finding().mendable() || found.mends() == null) return Text.of("doctor.left.unsafe");
        return plan.add(found.mends().get());
    }

    private static String words(Set<Check> used, int mended) {
        List<Object> titles = new ArrayList<>();
        used.stream().limit(REASON_FINDINGS).forEach(check -> titles.add(check.title()));
        return Text.of("doctor.reason", titles, mended).toString();
    }

    /** All changes of one mending, at most one for each feature. */
    private static final class Plan {
        private final LayerDefinition layer;
        private final Map<String, FeatureMend> byFeature = new LinkedHashMap<>();

        Plan(LayerDefinition layer) {
            this.layer = layer;
        }

        boolean isEmpty() {
            return byFeature.isEmpty();
        }

        int size() {
            return byFeature.size();
        }

        /** Takes a finding's mends all, or none and says why. */
        @Nullable
        Text add(List<FeatureMend> mends) {
            Map<String, FeatureMend> merged = new LinkedHashMap<>();
            for (FeatureMend mend : mends) {
                String id = mend.feature().id();
                FeatureMend known = merged.getOrDefault(id, byFeature.get(id));
                FeatureMend both = known == null ? mend : merge(known, mend);
                if (both == null)
                    return Text.of("doctor.left.otherFirst", mend.feature().name());
                Text wrong = wrong(both);
                if (wrong != null) return wrong;
                merged.put(id, both);
            }
            byFeature.putAll(merged);
            return null;
        }

        private static @Nullable FeatureMend merge(FeatureMend a, FeatureMend b) {
            if (a.delete() || b.delete()) return a.delete() && b.delete() ? a : null;
            if (a.geometry() != null && b.geometry() != null) return null;
            Set<String> both = new HashSet<>(a.attributes().keySet());
            both.retainAll(b.attributes().keySet());
            if (!both.isEmpty()) return null;
            Map<String, Object> attributes = new LinkedHashMap<>(a.attributes());
            attributes.putAll(b.attributes());
            return new FeatureMend(a.feature(), a.geometry() == null ? b.geometry() : a.geometry(), attributes, false);
        }

        /** What the store would refuse, before it refuses all. */
        private @Nullable Text wrong(FeatureMend mend) {
            if (mend.delete()) return null;
            Feature feature = mend.feature();
            Geometry geometry = mend.geometry() == null ? feature.geometry() : mend.geometry();
            Map<String, Object> attributes = new LinkedHashMap<>(feature.attributes());
            attributes.putAll(mend.attributes());
            attributes.keySet().removeIf(name -> layer.attribute(name).isEmpty());
            List<Mistake> mistakes = FeatureMistakes.of(layer, "", geometry, attributes);
            return mistakes.isEmpty()
                    ? null
                    : Text.of(
                            "doctor.left.refused",
                            feature.name(),
                            mistakes.get(0).what());
        }

        List<Change> changes() {
            List<Change> changes = new ArrayList<>(byFeature.size());
            for (FeatureMend mend : byFeature.values()) {
                Feature feature = mend.feature();
                if (mend.delete()) changes.add(new Change.Delete(layer.id(), feature.id(), feature.version()));
                else
                    changes.add(new Change.Patch(
                            layer.id(),
                            feature.id(),
                            feature.version(),
                            mend.geometry(),
                            new LinkedHashMap<>(mend.attributes())));
            }
            return changes;
        }
    }
}
