package org.anquan.scenario;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.geo.MetricCrs;
import org.anquan.network.RoadGraph;
import org.anquan.network.TravelProfile;
import org.anquan.problem.Text;
import org.anquan.scenario.Scenario.Closure;
import org.anquan.scenario.Scenario.Factor;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.Puntal;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * Puts the closures and factors of a scenario on one graph: a mask and a multiplication over a copy of the times by key,
 * never a rebuild of the graph.
 */
final class RoadEffect {
    private final Layers layers;
    private final ScenarioSettings settings;
    private final STRtree index;
    private final RoadGraph graph;
    private final List<Text> warnings = new ArrayList<>();
    private final List<Geometry> impassable = new ArrayList<>();
    private final BitSet closed = new BitSet();

    RoadEffect(Layers layers, ScenarioSettings settings, STRtree index, RoadGraph graph) {
        this.layers = layers;
        this.settings = settings;
        this.index = index;
        this.graph = graph;
    }

    WhatIf apply(Scenario scenario, TravelProfile profile) {
        int[] normal = graph.keyMillis(profile);
        if (scenario.closures().isEmpty() && scenario.factors().isEmpty())
            return new WhatIf(normal, 0, List.of(), List.of());
        for (int i = 0; i < scenario.closures().size(); i++)
            close(scenario.closures().get(i), i);
        int[] times = normal.clone();
        slow(scenario.factors(), times);
        closed.stream().forEach(edge -> {
            times[2 * edge] = RoadGraph.CLOSED;
            times[2 * edge + 1] = RoadGraph.CLOSED;
        });
        int closedEdges = closed.cardinality();
        if (closedEdges > 0 && closedEdges == graph.edgeCount()) warnings.add(Text.of("scenario.allClosed"));
        return new WhatIf(times, closedEdges, impassable, warnings);
    }

    private void close(Closure closure, int number) {
        int before = closed.cardinality();
        if (closure instanceof Scenario.Drawn drawn) closeDrawn(drawn.geometry());
        else if (closure instanceof Scenario.Roads roads) closeRoads(roads.ids());
        else if (closure instanceof Scenario.Hazard hazard) closeHazard(hazard);
        if (closed.cardinality() == before) warnings.add(Text.of("scenario.closureTouchesNothing", number + 1));
    }

    private void closeDrawn(Geometry geometry) {
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Geometry part = geometry.getGeometryN(i);
            if (part instanceof Puntal) closeNearest((Point) part);
            else closeTouched(part);
            if (part instanceof Polygonal) impassable.add(part);
        }
    }

    private void closeNearest(Point point) {
        MetricCrs metric = MetricCrs.at(point.getX());
        double reachDegrees =
                settings.pointReachMetres() / 111_000 / Math.max(0.1, Math.cos(Math.toRadians(point.getY())));
        Envelope around = new Envelope(point.getCoordinate());
        around.expandBy(reachDegrees);
        Geometry place = metric.toMetres(point);
        int nearest = -1;
        double least = settings.pointReachMetres();
        for (Object item : index.query(around)) {
            double metres =
                    metric.toMetres(EdgeIndexes.shape(graph, (Integer) item)).distance(place);
            if (metres <= least) {
                least = metres;
                nearest = (Integer) item;
            }
        }
        if (nearest >= 0) closed.set(nearest);
    }

    private void closeTouched(Geometry geometry) {
        PreparedGeometry prepared = PreparedGeometryFactory.prepare(geometry);
        index.query(geometry.getEnvelopeInternal(), item -> {
            int edge = (Integer) item;
            if (!closed.get(edge) && prepared.intersects(EdgeIndexes.shape(graph, edge))) closed.set(edge);
        });
    }

    private void closeRoads(List<String> ids) {
        Set<String> wanted = new HashSet<>(ids);
        Set<String> found = new HashSet<>();
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            String id = "w" + graph.edgeRoad(edge);
            if (!wanted.contains(id)) continue;
            closed.set(edge);
            found.add(id);
        }
        wanted.removeAll(found);
        if (!wanted.isEmpty())
            warnings.add(Text.of(
                    "scenario.roadsUnknown", wanted.stream().sorted().limit(10).toList()));
    }

    private void closeHazard(Scenario.Hazard hazard) {
        LayerSnapshot snapshot = layers.snapshot(hazard.layer());
        Filter filter = hazard.filter() == null ? null : Filters.parse(hazard.filter(), snapshot.definition());
        for (Feature feature : snapshot.features()) {
            if (filter != null && !filter.matches(feature)) continue;
            Geometry touched = buffered(feature.geometry(), hazard.bufferMetres());
            closeTouched(touched);
            if (touched instanceof Polygonal) impassable.add(touched);
        }
    }

    private static Geometry buffered(Geometry lonLat, double metres) {
        if (metres <= 0) return lonLat;
        MetricCrs metric = MetricCrs.at(lonLat.getEnvelopeInternal().centre().x);
        return metric.toLonLat(metric.toMetres(lonLat).buffer(metres));
    }

    private void slow(List<Factor> factors, int[] times) {
        for (Factor factor : factors) {
            if (factor.area() == null) {
                for (int key = 0; key < times.length; key++) times[key] = slowed(times[key], factor.value());
                continue;
            }
            PreparedGeometry area = PreparedGeometryFactory.prepare(factor.area());
            index.query(factor.area().getEnvelopeInternal(), item -> {
                int edge = (Integer) item;
                if (!area.intersects(EdgeIndexes.shape(graph, edge))) return;
                times[2 * edge] = slowed(times[2 * edge], factor.value());
                times[2 * edge + 1] = slowed(times[2 * edge + 1], factor.value());
            });
        }
    }

    private static int slowed(int millis, double factor) {
        if (millis == RoadGraph.CLOSED) return millis;
        return (int) Math.min(RoadGraph.CLOSED - 1L, Math.round(millis / factor));
    }
}
