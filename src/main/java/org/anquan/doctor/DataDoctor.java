package org.anquan.doctor;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.network.Roads;
import org.anquan.problem.Text;
import org.anquan.process.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Examines a layer: what is wrong with its data, and what of it can be mended safely. It looks at the layer's snapshot
 * and changes nothing. What an asker may not see is not examined for him either.
 */
final class DataDoctor {
    private final Layers layers;
    private final LayerEdits edits;
    private final DoctorSettings settings;
    private final Clock clock;
    private final Surroundings surroundings;

    DataDoctor(Layers layers, LayerEdits edits, Roads roads, DoctorSettings settings, Clock clock) {
        this.layers = layers;
        this.edits = edits;
        this.settings = settings;
        this.clock = clock;
        this.surroundings = new Surroundings(layers, roads, settings);
    }

    /**
     * @param filter CQL2 text, or null for the whole layer
     * @param checks the checks that are told; whatever they build on is looked at as well
     * @param listed how many findings of each check are listed
     */
    record Order(String layer, @Nullable String filter, Set<Check> checks, int listed) {}

    /**
     * @param checked how many features were looked at
     * @param warnings what could not be checked, and why
     */
    record Examined(LayerDefinition layer, LayerState state, int checked, Findings findings, List<Text> warnings) {}

    static Set<Check> allChecks() {
        return EnumSet.allOf(Check.class);
    }

    /** @throws org.anquan.problem.ProblemException not found, or an invalid filter; cancelled */
    Examined examine(Order order, Progress progress) {
        Visibility visibility = Visibility.current();
        LayerDefinition layer = visibility.layer(layers, order.layer());
        LayerSnapshot snapshot = layers.snapshot(order.layer());
        List<Feature> features = snapshot.features();
        if (order.filter() != null) {
            Filter filter = Filters.parse(order.filter(), layer);
            features = features.stream().filter(filter::matches).toList();
        }
        List<Text> warnings = new ArrayList<>();
        Findings findings = new Findings(order.checks(), order.listed());
        progress.report(0, Text.of("doctor.progress.geometry"));
        Subject subject = new Subject(layer, features, findings, progress);
        new GeometryChecks(subject).run();
        PlaceChecks places = new PlaceChecks(
                subject, settings, boundary(layer, visibility, warnings).orElse(null));
        places.swapped();
        progress.stopIfCancelled();
        progress.report(0.3, Text.of("doctor.progress.shift"));
        List<ShiftChecks.Reference> references = surroundings.references(layer, visibility);
        if (references.isEmpty() && findings.wants(Check.SHIFTED)) warnings.add(Text.of("doctor.noReference"));
        new ShiftChecks(subject, settings, references, snapshot.state().version()).run(batches(subject));
        places.outside();
        Units units = surroundings.units(visibility);
        if (!units.knowsCodes() && findings.wants(Check.ADMIN_CODE)) warnings.add(Text.of("doctor.noCodes"));
        new CodeChecks(subject, settings, units).run();
        new OverlapChecks(subject, settings).run();
        new TwinChecks(subject, settings).run();
        new AttributeChecks(subject, settings, clock).run();
        return new Examined(layer, snapshot.state(), features.size(), findings, warnings);
    }

    /** The features by the load that brought them, large ones only. */
    private List<ShiftChecks.Batch> batches(Subject subject) {
        if (!subject.findings().wants(Check.SHIFTED)) return List.of();
        Map<String, Integer> places = new HashMap<>(subject.size() * 2);
        for (int i = 0; i < subject.size(); i++) places.put(subject.feature(i).id(), i);
        Map<Long, List<Integer>> byLoad = new TreeMap<>();
        edits.eachLoaded(subject.layer().id(), (load, id) -> {
            Integer place = places.get(id);
            if (place != null)
                byLoad.computeIfAbsent(load, key -> new ArrayList<>()).add(place);
        });
        List<ShiftChecks.Batch> batches = new ArrayList<>();
        byLoad.forEach((load, features) -> batches.add(new ShiftChecks.Batch(
                Text.of("doctor.shift.load", Long.toString(load)),
                "load-" + load,
                features.stream().mapToInt(Integer::intValue).sorted().toArray())));
        return batches;
    }

    /** Empty where there is none, or where it does not bound this layer. */
    private Optional<Outline> boundary(LayerDefinition layer, Visibility visibility, List<Text> warnings) {
        DoctorSettings.District district = settings.district();
        if (layer.id().equals(district.layer()) || district.beyond().contains(layer.id())) return Optional.empty();
        Optional<Outline> outline = surroundings.district(visibility);
        if (outline.isEmpty()) warnings.add(Text.of("doctor.noDistrict", district.layer()));
        return outline;
    }
}
