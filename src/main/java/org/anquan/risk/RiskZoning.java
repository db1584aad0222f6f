package org.anquan.risk;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.home.AnquanHome;
import org.anquan.population.Population;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSets;
import org.anquan.process.Progress;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.risk.Recipe.Factor;
import org.anquan.risk.RiskRun.Units;
import org.anquan.scenario.Scenario;
import org.anquan.terrain.TerrainData;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Makes a run from a recipe. */
@Component
final class RiskZoning {
    private static final int GRIDS = 4;

    private final Layers layers;
    private final Population population;
    private final TerrainData terrain;
    private final AnquanHome home;
    private final RiskSettings settings;
    /** Making a grid takes longer than filling it; the last few are kept. */
    private final Map<GridKey, RiskGrid> grids = new LinkedHashMap<>(8, 0.75f, true);

    private record GridKey(Geometry lonLat, double cell) {}

    RiskZoning(Layers layers, Population population, TerrainData terrain, AnquanHome home, RiskSettings settings) {
        this.layers = layers;
        this.population = population;
        this.terrain = terrain;
        this.home = home;
        this.settings = settings;
    }

    /**
     * What is to be zoned.
     *
     * @param lonLat polygons, degrees
     * @param layer that they come from, or null where they were given
     */
    record Area(Geometry lonLat, @Nullable LayerUsed layer, boolean illustrative) {}

    RiskGrid grid(Geometry lonLat, double cell) {
        GridKey key = new GridKey(lonLat, cell);
        synchronized (grids) {
            RiskGrid known = grids.get(key);
            if (known != null) return known;
        }
        RiskGrid fresh = RiskGrid.of(lonLat, cell);
        synchronized (grids) {
            grids.put(key, fresh);
            if (grids.size() > GRIDS) {
                var oldest = grids.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
        return fresh;
    }

    RiskRun run(
            Recipe recipe,
            ObjectNode recipeAsWritten,
            ObjectNode inputs,
            Area area,
            Scenario scenario,
            List<Text> warnings,
            Progress progress) {
        progress.report(0.05, Text.of("risk.progress.cells"));
        RiskGrid grid = grid(area.lonLat(), recipe.cellMetres());
        progress.stopIfCancelled();
        progress.report(0.15, Text.of("risk.progress.people"));
        People people = People.of(grid, layers, population, settings.villageRadiusMetres());
        warnings.addAll(people.warnings());
        Evaluation evaluation = new Evaluation(grid, layers, terrain, home, scenario, people, warnings);
        Map<Factor, float[]> factors = evaluation.all(recipe, progress);
        boolean[] drawn = evaluation.drawn();
        List<RiskRun.HazardCells> hazards = RiskRun.hazards(recipe, grid, factors, drawn);
        progress.stopIfCancelled();
        List<LayerUsed> used = new ArrayList<>();
        if (area.layer() != null) used.add(area.layer());
        for (LayerUsed one : people.used()) add(used, one);
        for (LayerUsed one : evaluation.used()) add(used, one);
        Units townships = units(grid, "township", used);
        Units villages = layers.state("community").count() > 0 ? units(grid, "community", used) : points(grid, used);
        boolean illustrative = area.illustrative() || people.illustrative() || evaluation.illustrative();
        return new RiskRun(
                RiskRuns.newId(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                recipe,
                recipeAsWritten,
                inputs,
                grid,
                factors,
                people.perCell(),
                people.from(),
                townships,
                villages,
                drawn,
                new DataUsed(used, null, illustrative),
                warnings.stream().map(Text::toString).toList(),
                hazards);
    }

    private static void add(List<LayerUsed> all, LayerUsed one) {
        if (all.stream().noneMatch(known -> known.layer().equals(one.layer()))) all.add(one);
    }

    private Units units(RiskGrid grid, String layer, List<LayerUsed> used) {
        LayerSnapshot snapshot = layers.snapshot(layer);
        add(used, PlaceSets.used(snapshot.state()));
        int[] of = new int[grid.size];
        Arrays.fill(of, -1);
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> within = new ArrayList<>();
        for (Feature feature : snapshot.features()) {
            if (feature.geometry().getDimension() != 2) continue;
            int number = ids.size();
            grid.inside(grid.crs.toMetres(feature.geometry()), cell -> of[cell] = number);
            ids.add(feature.id());
            names.add(feature.name());
            String township = feature.text("township");
            within.add(township == null ? "" : township);
        }
        return new Units(ids, names, within, of);
    }

    /** Where villages are points each takes the cells that are nearer to it than to any other. */
    private Units points(RiskGrid grid, List<LayerUsed> used) {
        var villages = population.villages();
        add(
                used,
                new LayerUsed(
                        villages.layer(), villages.version(), villages.all().size(), villages.asOf()));
        int[] of = new int[grid.size];
        Arrays.fill(of, -1);
        List<FactorMap.Thing> things = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> within = new ArrayList<>();
        for (var village : villages.all()) {
            double[] at = grid.crs.toMetres(village.lon(), village.lat());
            things.add(new FactorMap.Thing(
                    org.anquan.geo.GeoJson.FACTORY.createPoint(new org.locationtech.jts.geom.Coordinate(at[0], at[1])),
                    ids.size(),
                    0));
            ids.add(village.id());
            names.add(village.name());
            within.add(village.township() == null ? "" : village.township());
        }
        if (!things.isEmpty()) {
            float[] nearest = FactorMap.nearest(grid, things);
            for (int i = 0; i < of.length; i++) of[i] = (int) nearest[i];
        }
        return new Units(ids, names, within, of);
    }

    /** The township or village that holds a cell, by name. */
    static @Nullable String unit(Units units, int cell) {
        int number = units.of()[cell];
        return number < 0 ? null : units.names().get(number);
    }

    /** Cells of a run by cell of another: the same place, or -1. */
    static int[] matched(RiskGrid from, RiskGrid to) {
        int[] out = new int[from.size];
        double[] at = from.lonLat();
        to.crs.toMetres(at, 0, at, 0, from.size);
        for (int i = 0; i < out.length; i++) out[i] = to.at(at[2 * i], at[2 * i + 1]);
        return out;
    }
}
