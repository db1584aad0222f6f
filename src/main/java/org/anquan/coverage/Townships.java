package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.Polygonal;

/** The townships of a layer: which one each village and each cell of a surface belongs to. Immutable. */
final class Townships {
    private record Township(String id, String name, Geometry lonLat) {}

    private final List<Township> all = new ArrayList<>();
    private final Map<String, Integer> byWord = new HashMap<>();
    private final List<IndexedPointInAreaLocator> locators = new ArrayList<>();

    Townships(LayerSnapshot layer) {
        for (Feature feature : layer.features()) {
            if (!(feature.geometry() instanceof Polygonal) || feature.geometry().isEmpty()) continue;
            byWord.putIfAbsent(feature.id(), all.size());
            byWord.putIfAbsent(feature.name(), all.size());
            all.add(new Township(feature.id(), feature.name(), feature.geometry()));
            locators.add(new IndexedPointInAreaLocator(feature.geometry()));
        }
    }

    int count() {
        return all.size();
    }

    String id(int township) {
        return all.get(township).id();
    }

    String name(int township) {
        return all.get(township).name();
    }

    /**
     * The township of each village: the one that it names, else the one that it lies in, else -1.
     *
     * @param villages in their order
     */
    int[] of(Villages villages) {
        int[] of = new int[villages.all().size()];
        for (int v = 0; v < of.length; v++) of[v] = of(villages.all().get(v));
        return of;
    }

    private int of(Village village) {
        if (village.township() != null && byWord.containsKey(village.township())) return byWord.get(village.township());
        Coordinate at = new Coordinate(village.lon(), village.lat());
        for (int t = 0; t < all.size(); t++) {
            if (!all.get(t).lonLat().getEnvelopeInternal().contains(at)) continue;
            if (locators.get(t).locate(at) != Location.EXTERIOR) return t;
        }
        return -1;
    }

    /** The township of each cell's centre, or -1: outlines are filled row by row. */
    int[] ofCells(SurfaceGrid grid) {
        int[] of = new int[grid.size()];
        Arrays.fill(of, -1);
        for (int t = 0; t < all.size(); t++) {
            Geometry metric = grid.crs().toMetres(all.get(t).lonLat());
            for (int i = 0; i < metric.getNumGeometries(); i++)
                if (metric.getGeometryN(i) instanceof Polygon polygon) fill(grid, polygon, t, of);
        }
        return of;
    }

    private static void fill(SurfaceGrid grid, Polygon polygon, int township, int[] of) {
        List<List<Double>> crossings = new ArrayList<>();
        for (int r = 0; r < grid.rows; r++) crossings.add(List.of());
        cross(grid, polygon.getExteriorRing().getCoordinateSequence(), crossings);
        for (int h = 0; h < polygon.getNumInteriorRing(); h++)
            cross(grid, polygon.getInteriorRingN(h).getCoordinateSequence(), crossings);
        for (int r = 0; r < grid.rows; r++) {
            double[] x = crossings.get(r).stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            for (int i = 0; i + 1 < x.length; i += 2) {
                int c0 = (int) Math.max(0, Math.ceil((x[i] - grid.west) / grid.cellMetres - 0.5));
                int c1 = (int) Math.min(grid.cols - 1, Math.floor((x[i + 1] - grid.west) / grid.cellMetres - 0.5));
                for (int c = c0; c <= c1; c++) of[r * grid.cols + c] = township;
            }
        }
    }

    private static void cross(SurfaceGrid grid, CoordinateSequence ring, List<List<Double>> crossings) {
        for (int i = 1; i < ring.size(); i++) {
            double y0 = ring.getY(i - 1);
            double y1 = ring.getY(i);
            double low = Math.min(y0, y1);
            double high = Math.max(y0, y1);
            int r0 = (int) Math.max(0, Math.ceil((low - grid.south) / grid.cellMetres - 0.5));
            for (int r = r0; r < grid.rows && grid.y(r) <= high; r++) {
                // Half open, so that a corner on a row's line is crossed once.
                if (grid.y(r) <= low) continue;
                if (crossings.get(r).isEmpty()) crossings.set(r, new ArrayList<>());
                double share = (grid.y(r) - y0) / (y1 - y0);
                crossings.get(r).add(ring.getX(i - 1) + share * (ring.getX(i) - ring.getX(i - 1)));
            }
        }
    }
}
