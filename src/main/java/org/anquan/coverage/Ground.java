package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.TravelProfile;
import org.anquan.population.PopulationRaster;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** What a network, a profile and a grid have ready before anybody asks: made once, read by many threads. */
final class Ground {
    /** How far beyond the walking limit roads are still looked at, in cells: to say by how much a point is out. */
    private static final double BEYOND_CELLS = 2;

    final RoadAccess access;
    final SurfaceGrid grid;
    /** Whether the cells had to be made larger than usual. */
    final boolean coarse;

    private final double reachMetres;
    private final Points samples;
    private final Lately<Same, Points> places = new Lately<>(40);
    private final Lately<List<Same>, int[]> numbers = new Lately<>(4);
    private final Lately<String, float[]> rasters = new Lately<>(2);

    /** What is known of the land, or null where nothing is. */
    final @Nullable Relief relief;

    private final Terrain away;
    private final Terrain toward;

    Ground(RoadAccess access, double maxMetres, boolean coarse, int samples, @Nullable Relief relief) {
        this.access = access;
        this.relief = relief;
        away = relief == null ? Terrain.EVEN : relief.walked(Direction.FROM);
        toward = relief == null ? Terrain.EVEN : relief.walked(Direction.TO);
        this.coarse = coarse;
        grid = access.grid;
        reachMetres = maxMetres + BEYOND_CELLS * grid.cellMetres;
        this.samples = spread(samples);
    }

    /** The ground as people walk it away from the road or toward it. */
    Terrain terrain(Direction direction) {
        return direction == Direction.FROM ? away : toward;
    }

    /** The same under a scenario: nobody walks through its areas or where it took a bridge over water. */
    Terrain terrain(CircleRequest request) {
        Terrain land = terrain(request.direction());
        List<Geometry> barred = new ArrayList<>();
        for (Geometry area : request.impassable()) barred.add(grid.crs().toMetres(area));
        if (relief != null) relief.lost(request.lost(), barred);
        return barred.isEmpty() ? land : new Barrier(grid, barred, land);
    }

    Points samples() {
        return samples;
    }

    /** The very same thing: villages and layers are made anew at each version, and comparing them whole takes long. */
    private record Same(Object thing) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Same same && same.thing == thing;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(thing);
        }
    }

    Points villages(Villages all) {
        return places.get(new Same(all), () -> {
            double[] lon = all.all().stream().mapToDouble(Village::lon).toArray();
            double[] lat = all.all().stream().mapToDouble(Village::lat).toArray();
            return new Points(access, lon, lat, reachMetres);
        });
    }

    Points listed(ListedPlaces list) {
        return places.get(new Same(list), () -> {
            double[] lon =
                    list.places().stream().mapToDouble(ListedPlaces.Listed::lon).toArray();
            double[] lat =
                    list.places().stream().mapToDouble(ListedPlaces.Listed::lat).toArray();
            return new Points(access, lon, lat, reachMetres);
        });
    }

    /** The township of each village, by number. */
    int[] townshipOf(Townships townships, Villages villages) {
        return numbers.get(List.of(new Same(townships), new Same(villages)), () -> townships.of(villages));
    }

    /** The township of each cell, by number. */
    int[] townshipCells(Townships townships) {
        return numbers.get(List.of(new Same(townships)), () -> townships.ofCells(grid));
    }

    /** People of the raster by cell of the grid. */
    float[] people(PopulationRaster raster) {
        return rasters.get(raster.source() + " " + raster.version(), () -> {
            float[] people = new float[grid.size()];
            raster.forEach((lon, lat, count) -> {
                if (Math.abs(lon - grid.crs().centralMeridianDegrees()) > 6) return;
                double[] at = grid.crs().toMetres(lon, lat);
                int cell = grid.cellAt(at[0], at[1]);
                if (cell >= 0) people[cell] += (float) count;
            });
            return people;
        });
    }

    /**
     * Sample points evenly over the land within walking reach of a road: the additive recurrence with the plastic
     * number (M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018), without those that no band
     * can hold. Always the same ones.
     */
    private Points spread(int wanted) {
        double[] lonLat = new double[2];
        double[] lon = new double[wanted];
        double[] lat = new double[wanted];
        RoadAccess.Finder finder = access.new Finder();
        int found = 0;
        for (int i = 1; i <= 30 * wanted && found < wanted; i++) {
            double u = (0.5 + i * 0.7548776662466927) % 1;
            double v = (0.5 + i * 0.5698402909980532) % 1;
            // Not the outermost cells, which are never in a band.
            double x = grid.x(1) + u * (grid.cols - 3) * grid.cellMetres;
            double y = grid.y(1) + v * (grid.rows - 3) * grid.cellMetres;
            if (finder.within(x, y, reachMetres).count() == 0) continue;
            grid.toLonLat(x, y, lonLat, 0);
            lon[found] = lonLat[0];
            lat[found++] = lonLat[1];
        }
        return new Points(access, Arrays.copyOf(lon, found), Arrays.copyOf(lat, found), reachMetres);
    }

    /** Makes grounds, and keeps those used lately. */
    static final class Cache {
        private final CoverageSettings settings;
        private final Lands lands;
        private final Lately<String, RoadPlane> planes = new Lately<>(2);
        private final Lately<List<Object>, Ground> grounds = new Lately<>(4);

        Cache(CoverageSettings settings, Lands lands) {
            this.settings = settings;
            this.lands = lands;
        }

        /** Of even ground. */
        Cache(CoverageSettings settings) {
            this(settings, Lands.EVEN);
        }

        RoadPlane plane(RoadNetwork network) {
            return planes.get(network.version(), () -> new RoadPlane(network));
        }

        Ground of(RoadNetwork network, TravelProfile profile, OffRoad offRoad) {
            RoadPlane plane = plane(network);
            double cell = cellMetres(plane, offRoad);
            boolean coarse =
                    offRoad.cellMetres() == null && cell > settings.grid().cellMetres();
            String land = offRoad.evenGround() ? "" : lands.version();
            List<Object> key = List.of(network.version(), profile, cell, offRoad.maxMetres(), land);
            return grounds.get(key, () -> {
                SurfaceGrid grid = SurfaceGrid.around(plane.crs, plane.box(), offRoad.maxMetres(), cell);
                RoadAccess access = new RoadAccess(plane, profile, grid, settings.offRoad());
                Relief relief = offRoad.evenGround() ? null : lands.relief(access);
                return new Ground(access, offRoad.maxMetres(), coarse, settings.samples(), relief);
            });
        }

        private double cellMetres(RoadPlane plane, OffRoad offRoad) {
            if (offRoad.cellMetres() != null) return offRoad.cellMetres();
            CoverageSettings.Grid grid = settings.grid();
            if (cells(plane, offRoad, grid.fineCellMetres()) <= grid.fineCells()) return grid.fineCellMetres();
            double cell = grid.cellMetres();
            while (cells(plane, offRoad, cell) > grid.maxCells()) cell *= 2;
            return cell;
        }

        /** How many cells of this size the network needs. */
        long cells(RoadPlane plane, OffRoad offRoad, double cellMetres) {
            return SurfaceGrid.cellsFor(plane.widthMetres, plane.heightMetres, offRoad.maxMetres(), cellMetres);
        }
    }
}
