package org.anquan.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anquan.catalog.Feature;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.doctor.ShiftChecks.Reference;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * What a layer is compared with: the boundary, the administrative units, the roads. Kept while none of them changes, for
 * whoever sees as much.
 */
final class Surroundings {
    private static final String ROADS = "road";

    private final Layers layers;
    private final Roads roads;
    private final DoctorSettings settings;

    private @Nullable Kept<Optional<Outline>> district;
    private @Nullable Kept<Units> units;
    private @Nullable Kept<LineIndex> roadLines;

    /** @param key the versions it was made from */
    private record Kept<T>(String key, T value) {}

    Surroundings(Layers layers, Roads roads, DoctorSettings settings) {
        this.layers = layers;
        this.roads = roads;
        this.settings = settings;
    }

    private Optional<LayerSnapshot> seen(String id, Visibility visibility) {
        for (LayerDefinition layer : layers.definitions())
            if (layer.id().equals(id) && visibility.sees(layer)) return Optional.of(layers.snapshot(id));
        return Optional.empty();
    }

    private List<LayerSnapshot> seen(List<String> ids, Visibility visibility) {
        List<LayerSnapshot> all = new ArrayList<>();
        for (String id : ids) seen(id, visibility).ifPresent(all::add);
        return all;
    }

    private static String key(List<LayerSnapshot> snapshots) {
        StringBuilder key = new StringBuilder();
        for (LayerSnapshot one : snapshots)
            key.append(one.definition().id())
                    .append('@')
                    .append(one.state().version())
                    .append(' ');
        return key.toString();
    }

    /** Empty where no boundary is known. */
    synchronized Optional<Outline> district(Visibility visibility) {
        List<LayerSnapshot> from = seen(List.of(settings.district().layer()), visibility);
        String key = key(from);
        if (district == null || !district.key().equals(key)) {
            List<Feature> areas = from.isEmpty() ? List.of() : from.get(0).features();
            district = new Kept<>(key, Optional.ofNullable(Outline.of(areas)));
        }
        return district.value();
    }

    synchronized Units units(Visibility visibility) {
        List<LayerSnapshot> areas = seen(settings.units().areas(), visibility);
        List<LayerSnapshot> codes = seen(settings.units().codes(), visibility);
        String key = key(areas) + key(codes);
        if (units == null || !units.key().equals(key)) units = new Kept<>(key, new Units(areas, codes));
        return units.value();
    }

    /** Lines to lay this layer on; the layer itself is none. */
    synchronized List<Reference> references(LayerDefinition layer, Visibility visibility) {
        List<Reference> all = new ArrayList<>();
        LineIndex lines = roads(layer, visibility);
        if (lines != null && !lines.isEmpty()) all.add(new Reference(Text.of("doctor.reference.roads"), lines));
        if (layer.geometry() == GeometryKind.POINT) return all;
        for (LayerSnapshot areas : seen(settings.units().areas(), visibility)) {
            if (areas.definition().id().equals(layer.id()) || areas.features().isEmpty()) continue;
            all.add(border(areas));
        }
        return all;
    }

    private static Reference border(LayerSnapshot areas) {
        LineIndex.Builder lines = new LineIndex.Builder();
        areas.features().forEach(feature -> lines.add(feature.geometry()));
        return new Reference(
                Text.of("doctor.reference.boundary", areas.definition().title()), lines.build());
    }

    private @Nullable LineIndex roads(LayerDefinition layer, Visibility visibility) {
        Optional<RoadNetwork> network = roads.current();
        if (network.isPresent()) {
            String key = "network " + network.get().version();
            if (roadLines == null || !roadLines.key().equals(key))
                roadLines = new Kept<>(key, lines(network.get().graph()));
            return roadLines.value();
        }
        if (layer.id().equals(ROADS)) return null;
        Optional<LayerSnapshot> own = seen(ROADS, visibility);
        if (own.isEmpty()) return null;
        String key = key(List.of(own.get()));
        if (roadLines == null || !roadLines.key().equals(key)) {
            LineIndex.Builder lines = new LineIndex.Builder();
            own.get().features().forEach(feature -> lines.add(feature.geometry()));
            roadLines = new Kept<>(key, lines.build());
        }
        return roadLines.value();
    }

    private static LineIndex lines(RoadGraph graph) {
        LineIndex.Builder lines = new LineIndex.Builder();
        double[] lon = graph.shapeLon();
        double[] lat = graph.shapeLat();
        for (int edge = 0; edge < graph.edgeCount(); edge++)
            for (int p = graph.shapeFirst(edge) + 1; p < graph.shapeFirst(edge + 1); p++)
                lines.add(lon[p - 1], lat[p - 1], lon[p], lat[p]);
        return lines.build();
    }
}
