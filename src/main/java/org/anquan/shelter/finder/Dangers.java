package org.anquan.shelter.finder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Title;
import org.anquan.catalog.Visibility;
import org.anquan.geo.GeoJson;
import org.anquan.geo.MetricCrs;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** The areas that each hazard threatens, as the public layers have them. Immutable. */
final class Dangers {
    private final Map<Hazard, STRtree> byHazard = new EnumMap<>(Hazard.class);
    private final Map<Hazard, List<Area>> areas = new EnumMap<>(Hazard.class);
    private final Map<Hazard, Geometry> unions = new EnumMap<>(Hazard.class);
    private final Map<String, LayerState> states = new TreeMap<>();

    /**
     * @param layer what kind of area it is
     * @param name of the feature
     * @param shape lon, lat
     */
    record Area(Title layer, String name, Geometry shape, PreparedGeometry prepared) {
        boolean covers(Point at) {
            return prepared.covers(at);
        }
    }

    Dangers(Layers layers, List<FinderSettings.Danger> wanted) {
        Visibility everybody = new Visibility(Sensitivity.PUBLIC);
        Map<Integer, MetricCrs> metric = new HashMap<>();
        for (FinderSettings.Danger danger : wanted) {
            Hazard hazard = Hazard.of(danger.hazard()).orElseThrow();
            LayerDefinition layer = layers.definitions().stream()
                    .filter(one -> one.id().equals(danger.layer()))
                    .findFirst()
                    .orElse(null);
            // What the public may not see is not told by a refusal either.
            if (layer == null || !everybody.sees(layer)) continue;
            LayerSnapshot snapshot = layers.snapshot(danger.layer());
            states.put(danger.layer(), snapshot.state());
            for (Feature feature : snapshot.features()) {
                Geometry shape = around(feature.geometry(), danger.metresAround(feature.attributes()), metric);
                if (shape.isEmpty() || shape.getDimension() < 2) continue;
                areas.computeIfAbsent(hazard, any -> new ArrayList<>())
                        .add(new Area(layer.title(), feature.name(), shape, PreparedGeometryFactory.prepare(shape)));
            }
        }
        areas.forEach((hazard, all) -> {
            STRtree tree = new STRtree();
            for (Area area : all) tree.insert(area.shape().getEnvelopeInternal(), area);
            tree.build();
            byHazard.put(hazard, tree);
        });
    }

    private static Geometry around(Geometry shape, double metres, Map<Integer, MetricCrs> metric) {
        if (metres <= 0) return shape;
        double lon = shape.getEnvelopeInternal().centre().x;
        MetricCrs crs = metric.computeIfAbsent((int) Math.floor((lon + 1.5) / 3), zone -> MetricCrs.at(lon));
        return crs.toLonLat(crs.toMetres(shape).buffer(metres));
    }

    /** The layers that were read, by id. */
    Map<String, LayerState> states() {
        return states;
    }

    boolean none(@Nullable Hazard hazard) {
        return hazard == null || !byHazard.containsKey(hazard);
    }

    List<Area> of(Hazard hazard) {
        return areas.getOrDefault(hazard, List.of());
    }

    /** The area in which a place lies, or null. */
    @Nullable
    Area at(@Nullable Hazard hazard, double lon, double lat) {
        if (hazard == null) return null;
        STRtree tree = byHazard.get(hazard);
        if (tree == null) return null;
        Point at = GeoJson.FACTORY.createPoint(new Coordinate(lon, lat));
        for (Object one : tree.query(new Envelope(lon, lon, lat, lat))) if (((Area) one).covers(at)) return (Area) one;
        return null;
    }

    /** All areas of a hazard as one shape, or null where there are none. */
    synchronized @Nullable Geometry union(Hazard hazard) {
        if (none(hazard)) return null;
        return unions.computeIfAbsent(
                hazard,
                any -> OverlayNGRobust.union(
                        of(hazard).stream().map(Area::shape).toList()));
    }
}
