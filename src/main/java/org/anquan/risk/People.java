package org.anquan.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.population.Population;
import org.anquan.population.PopulationRaster;
import org.anquan.population.Villages;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSets;
import org.anquan.process.Provenance.LayerUsed;
import org.locationtech.jts.geom.Geometry;

/**
 * How many people live in each cell: from the population raster where there is one, else from the areas of the communities,
 * evenly over each, else from the villages, evenly around their points.
 *
 * @param perCell fractions of people are kept, so that nobody is lost; NaN where unknown
 * @param from {@code raster}, {@code community}, {@code village} or {@code none}
 */
record People(double[] perCell, String from, List<LayerUsed> used, boolean illustrative, List<Text> warnings) {
    private static final String COMMUNITY = "community";

    static People of(RiskGrid grid, Layers layers, Population population, double villageRadiusMetres) {
        Optional<PopulationRaster> raster = population.raster();
        if (raster.isPresent()) return ofRaster(grid, raster.get());
        LayerSnapshot communities = layers.snapshot(COMMUNITY);
        if (communities.state().count() > 0) {
            People people = ofAreas(grid, communities);
            if (Arrays.stream(people.perCell()).anyMatch(one -> one > 0)) return people;
        }
        return ofVillages(grid, population.villages(), villageRadiusMetres);
    }

    private static People ofRaster(RiskGrid grid, PopulationRaster raster) {
        double[] people = new double[grid.size];
        double[] step = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN};
        List<double[]> cells = new ArrayList<>();
        raster.forEach((lon, lat, count) -> {
            // The finest step between neighbours is the size of the raster's cells.
            if (Math.abs(lat - step[3]) < 1e-9 && lon - step[2] > 1e-9) step[0] = Math.min(step[0], lon - step[2]);
            if (Math.abs(lat - step[3]) > 1e-9) step[1] = Math.min(step[1], Math.abs(lat - step[3]));
            step[2] = lon;
            step[3] = lat;
            cells.add(new double[] {lon, lat, count});
        });
        int found = 0;
        for (double[] one : cells) found += spread(grid, one, step[0], step[1], people) ? 1 : 0;
        List<Text> warnings = found == 0 ? List.of(Text.of("risk.people.rasterApart", raster.source())) : List.of();
        return new People(people, "raster", List.of(), false, warnings);
    }

    /** Evenly over the cells judged inside the raster's cell; the cell that holds its centre where there are none. */
    private static boolean spread(RiskGrid grid, double[] one, double width, double height, double[] people) {
        double[] centre = grid.crs.toMetres(one[0], one[1]);
        double[] corner = Double.isInfinite(width) || Double.isInfinite(height)
                ? centre
                : grid.crs.toMetres(one[0] + width / 2, one[1] + height / 2);
        double halfX = Math.abs(corner[0] - centre[0]);
        double halfY = Math.abs(corner[1] - centre[1]);
        int c0 = (int) Math.ceil((centre[0] - halfX - grid.west) / grid.cell - 0.5);
        int c1 = (int) Math.ceil((centre[0] + halfX - grid.west) / grid.cell - 0.5) - 1;
        int r0 = (int) Math.ceil((centre[1] - halfY - grid.south) / grid.cell - 0.5);
        int r1 = (int) Math.ceil((centre[1] + halfY - grid.south) / grid.cell - 0.5) - 1;
        long all = (long) (c1 - c0 + 1) * (r1 - r0 + 1);
        if (c1 < c0 || r1 < r0) {
            int cell = grid.at(centre[0], centre[1]);
            if (cell >= 0) people[cell] += one[2];
            return cell >= 0;
        }
        boolean found = false;
        for (int r = Math.max(0, r0); r <= Math.min(grid.rows - 1, r1); r++)
            for (int c = Math.max(0, c0); c <= Math.min(grid.cols - 1, c1); c++) {
                int cell = grid.numbers[r * grid.cols + c];
                if (cell < 0) continue;
                people[cell] += one[2] / all;
                found = true;
            }
        return found;
    }

    private static People ofAreas(RiskGrid grid, LayerSnapshot communities) {
        double[] people = new double[grid.size];
        List<String> unknown = new ArrayList<>();
        for (Feature feature : communities.features()) {
            if (feature.geometry().getDimension() != 2) continue;
            Double count = feature.number("people");
            if (count == null) unknown.add(feature.name());
            Geometry metric = grid.crs.toMetres(feature.geometry());
            double[] area = {0};
            grid.inside(metric, cell -> area[0] += grid.areas[cell]);
            if (area[0] == 0 && count != null) {
                // Smaller than a cell: all of them in the cell of its middle.
                var middle = metric.getInteriorPoint();
                int cell = grid.at(middle.getX(), middle.getY());
                if (cell >= 0) people[cell] += count;
            }
            // An area that reaches beyond the zoning has only a part of its people here.
            double whole = Math.max(area[0], metric.getArea());
            double share = count == null ? Double.NaN : beyond(area[0], metric) ? count / whole : count / area[0];
            grid.inside(metric, cell -> people[cell] += share * grid.areas[cell]);
        }
        List<Text> warnings = unknown.isEmpty()
                ? List.of()
                : List.of(Text.of(
                        "risk.people.unknown",
                        unknown.size(),
                        unknown.stream().limit(5).toList()));
        return new People(
                people,
                COMMUNITY,
                List.of(PlaceSets.used(communities.state())),
                communities.state().illustrative(),
                warnings);
    }

    /** Does much of the area lie outside the cells? A few per cent are the cells at its edge. */
    private static boolean beyond(double inCells, Geometry metric) {
        return inCells < 0.9 * metric.getArea();
    }

    private static People ofVillages(RiskGrid grid, Villages villages, double radius) {
        double[] people = new double[grid.size];
        List<Text> warnings = new ArrayList<>();
        if (villages.withUnknownPeople() > 0)
            warnings.add(Text.of("risk.people.villagesUnknown", villages.withUnknownPeople()));
        for (Villages.Village village : villages.all()) {
            double[] at = grid.crs.toMetres(village.lon(), village.lat());
            Geometry disc = org.anquan.geo.GeoJson.FACTORY
                    .createPoint(new org.locationtech.jts.geom.Coordinate(at[0], at[1]))
                    .buffer(radius);
            double count = village.people() == null ? Double.NaN : village.people();
            int[] cells = {0};
            grid.inside(disc, cell -> cells[0]++);
            int home = grid.at(at[0], at[1]);
            if (cells[0] == 0 && home >= 0) people[home] += count;
            if (cells[0] > 0) grid.inside(disc, cell -> people[cell] += count / cells[0]);
        }
        String from = villages.all().isEmpty() ? "none" : "village";
        if (villages.all().isEmpty()) {
            Arrays.fill(people, Double.NaN);
            warnings.add(Text.of("risk.people.none"));
        }
        LayerUsed used = new LayerUsed(
                villages.layer(), villages.version(), villages.all().size(), villages.asOf());
        return new People(people, from, List.of(used), villages.illustrative(), warnings);
    }
}
