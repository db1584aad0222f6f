package org.anquan.scenario;

import java.util.ArrayList;
import java.util.List;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.geo.MetricCrs;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;

/** The areas that a scenario's closures cover. */
final class Threatened {
    private final Layers layers;
    private final List<Geometry> areas = new ArrayList<>();

    Threatened(Layers layers) {
        this.layers = layers;
    }

    List<Geometry> by(Scenario scenario) {
        for (Scenario.Closure closure : scenario.closures()) {
            if (closure instanceof Scenario.Drawn drawn) add(drawn.geometry());
            else if (closure instanceof Scenario.Hazard hazard) add(hazard);
        }
        return List.copyOf(areas);
    }

    private void add(Geometry geometry) {
        for (int i = 0; i < geometry.getNumGeometries(); i++)
            if (geometry.getGeometryN(i) instanceof Polygonal) areas.add(geometry.getGeometryN(i));
    }

    private void add(Scenario.Hazard hazard) {
        LayerSnapshot snapshot = layers.snapshot(hazard.layer());
        Filter filter = hazard.filter() == null ? null : Filters.parse(hazard.filter(), snapshot.definition());
        for (Feature feature : snapshot.features()) {
            if (filter != null && !filter.matches(feature)) continue;
            Geometry area = feature.geometry();
            if (hazard.bufferMetres() > 0) {
                MetricCrs metric = MetricCrs.at(area.getEnvelopeInternal().centre().x);
                area = metric.toLonLat(metric.toMetres(area).buffer(hazard.bufferMetres()));
            }
            add(area);
        }
    }
}
