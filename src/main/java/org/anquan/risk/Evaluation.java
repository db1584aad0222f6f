package org.anquan.risk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.geo.GeoJson;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.process.Progress;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.risk.FactorMap.Thing;
import org.anquan.risk.Recipe.Decay;
import org.anquan.risk.Recipe.Factor;
import org.anquan.risk.Recipe.Value;
import org.anquan.scenario.Scenario;
import org.anquan.terrain.Raster;
import org.anquan.terrain.TerrainData;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/** Fetches what a recipe names and gives every factor's number for every cell, under a scenario. */
final class Evaluation {
    private final RiskGrid grid;
    private final Layers layers;
    private final TerrainData terrain;
    private final AnquanHome home;
    private final Scenario scenario;
    private final People people;
    private final List<Text> warnings;
    private final Map<String, LayerUsed> used = new LinkedHashMap<>();
    private final Set<String> seenIds = new HashSet<>();
    private boolean illustrative;
    private float @Nullable [] heights;

    Evaluation(
            RiskGrid grid,
            Layers layers,
            TerrainData terrain,
            AnquanHome home,
            Scenario scenario,
            People people,
            List<Text> warnings) {
        this.grid = grid;
        this.layers = layers;
        this.terrain = terrain;
        this.home = home;
        this.scenario = scenario;
        this.people = people;
        this.warnings = warnings;
    }

    /** What is wrong with the layers, filters and attributes that a recipe names, before anything is worked out. */
    static void check(Recipe recipe, Layers layers, List<Mistake> mistakes) {
        Visibility visibility = Visibility.current();
        Map<String, LayerDefinition> seen = new LinkedHashMap<>();
        for (LayerDefinition one : visibility.layers(layers)) seen.put(one.id(), visibility.cut(one));
        Set<Factor> all = factors(recipe);
        for (Factor factor : all) {
            if (factor.layer() == null) continue;
            LayerDefinition layer = seen.get(factor.layer());
            if (layer == null) {
                mistakes.add(new Mistake(
                        factor.id(), Text.of("process.layer.unknown", factor.layer(), List.copyOf(seen.keySet()))));
                continue;
            }
            if (factor.filter() != null)
                try {
                    Filters.parse(factor.filter(), layer);
                } catch (ProblemException e) {
                    mistakes.add(new Mistake(factor.id() + ".filter", e.detail()));
                }
            for (String attribute : attributes(factor))
                if (layer.attribute(attribute).isEmpty())
                    mistakes.add(new Mistake(
                            factor.id(),
                            Text.of(
                                    "risk.recipe.attribute",
                                    attribute,
                                    layer.title(),
                                    layer.attributes().stream()
                                            .map(one -> one.name())
                                            .toList())));
        }
    }

    private static List<String> attributes(Factor factor) {
        List<String> all = new ArrayList<>();
        if (factor.value().attribute() != null) all.add(factor.value().attribute());
        if (factor.reach().attribute() != null) all.add(factor.reach().attribute());
        if (factor.per() != null) all.add(factor.per());
        return all;
    }

    static Set<Factor> factors(Recipe recipe) {
        Set<Factor> all = new java.util.LinkedHashSet<>();
        recipe.hazards().forEach(hazard -> {
            all.addAll(hazard.hazard().factors());
            all.addAll(hazard.exposure().factors());
            all.addAll(hazard.vulnerability().factors());
            all.addAll(hazard.capacity().factors());
        });
        return all;
    }

    /** Every factor that has data. */
    Map<Factor, float[]> all(Recipe recipe, Progress progress) {
        Map<Factor, float[]> made = new LinkedHashMap<>();
        Set<Factor> all = factors(recipe);
        int done = 0;
        for (Factor factor : all) {
            progress.stopIfCancelled();
            progress.report(0.2 + 0.5 * done++ / all.size(), Text.of("risk.progress.factor", factor.title()));
            float[] values = of(factor);
            if (values != null) made.put(factor, values);
            else
                warnings.add(Text.of(
                        factor.required() ? "risk.factor.unknown" : "risk.factor.leftOut",
                        factor.title(),
                        why(factor)));
        }
        Set<String> unknown = new HashSet<>(scenario.facilities().off());
        unknown.removeAll(seenIds);
        if (!unknown.isEmpty())
            warnings.add(Text.of(
                    "risk.scenario.offUnknown", unknown.stream().sorted().toList()));
        for (Place place : scenario.facilities().added())
            if (!(place.attributes().get("layer") instanceof String layer) || !used.containsKey(layer))
                warnings.add(Text.of("risk.scenario.addedWithoutLayer", place.name(), List.copyOf(used.keySet())));
        return made;
    }

    private Object why(Factor factor) {
        if (factor.layer() != null)
            return Text.of(
                    "risk.factor.noFeatures", layers.definition(factor.layer()).title());
        if (factor.raster() != null) return Text.of("risk.factor.noRaster", factor.raster());
        return Text.of("risk.people.none");
    }

    List<LayerUsed> used() {
        return List.copyOf(used.values());
    }

    boolean illustrative() {
        return illustrative;
    }

    private float @Nullable [] of(Factor factor) {
        return switch (factor.kind()) {
            case PEOPLE -> people(factor);
            case RASTER -> raster(factor);
            default -> features(factor);
        };
    }

    private float @Nullable [] people(Factor factor) {
        if (people.from().equals("none")) return null;
        float[] out = new float[grid.size];
        for (int i = 0; i < out.length; i++)
            out[i] = (float) factor.value().of(people.perCell()[i] / grid.areas[i] * 1e6);
        return out;
    }

    private float @Nullable [] features(Factor factor) {
        String layer = String.valueOf(factor.layer());
        LayerSnapshot snapshot = layers.snapshot(layer);
        used.put(layer, PlaceSets.used(snapshot.state()));
        illustrative |= snapshot.state().illustrative();
        List<Thing> things = things(factor, snapshot);
        // No feature at all is not known to be none.
        if (snapshot.features().isEmpty() && things.isEmpty()) return null;
        return switch (factor.kind()) {
            case DISTANCE -> FactorMap.distance(grid, things, factor.decay(), factor.outside());
            case AREA -> FactorMap.area(grid, things, factor.outside());
            case DENSITY -> FactorMap.density(grid, things, factor.full());
            default -> things.isEmpty() ? null : FactorMap.nearest(grid, things);
        };
    }

    private List<Thing> things(Factor factor, LayerSnapshot snapshot) {
        Filter filter = factor.filter() == null
                ? null
                : Filters.parse(factor.filter(), Visibility.current().cut(snapshot.definition()));
        List<Thing> things = new ArrayList<>();
        int assumed = 0;
        for (Feature feature : snapshot.features()) {
            seenIds.add(feature.id());
            if (scenario.facilities().off().contains(feature.id())
                    || feature.geometry().isEmpty()) continue;
            if (filter != null && !filter.matches(feature)) continue;
            Scenario.Position moved = scenario.facilities().moved().get(feature.id());
            Geometry at = moved == null
                    ? feature.geometry()
                    : GeoJson.FACTORY.createPoint(new Coordinate(moved.lon(), moved.lat()));
            things.add(thing(factor, at, feature.attributes()));
            String attribute = factor.value().attribute();
            if (attribute != null
                    && feature.get(attribute) == null
                    && !Double.isNaN(factor.value().unknown())) assumed++;
        }
        for (Place place : scenario.facilities().added())
            if (snapshot.definition().id().equals(place.attributes().get("layer")))
                things.add(thing(
                        factor,
                        GeoJson.FACTORY.createPoint(new Coordinate(place.lon(), place.lat())),
                        place.attributes()));
        if (assumed > 0)
            warnings.add(Text.of(
                    "risk.factor.assumed",
                    factor.title(),
                    assumed,
                    snapshot.definition()
                            .attribute(String.valueOf(factor.value().attribute()))
                            .map(one -> (Object) one.title())
                            .orElse(""),
                    factor.value().unknown()));
        return things;
    }

    private Thing thing(Factor factor, Geometry lonLat, Map<String, Object> attributes) {
        Geometry metric = grid.crs.toMetres(lonLat);
        return new Thing(
                metric, number(factor.value(), factor.per(), attributes), number(factor.reach(), null, attributes));
    }

    static double number(Value value, @Nullable String per, Map<String, Object> attributes) {
        if (value.attribute() == null) return value.constant();
        Object raw = attributes.get(value.attribute());
        if (raw instanceof Number number) {
            double measured = number.doubleValue();
            if (per != null)
                measured = attributes.get(per) instanceof Number by && by.doubleValue() > 0
                        ? measured / by.doubleValue()
                        : Double.NaN;
            return value.of(measured);
        }
        if (raw == null) return value.unknown();
        Double one = value.classes().get(raw.toString());
        return one == null ? value.unknown() : one;
    }

    /** Cells inside the areas that the scenario closes: flooded, burning, cordoned off; null where it draws none. */
    boolean @Nullable [] drawn() {
        boolean[] drawn = new boolean[grid.size];
        boolean any = false;
        for (Scenario.Closure closure : scenario.closures()) {
            if (closure instanceof Scenario.Drawn one && one.geometry().getDimension() == 2) {
                grid.inside(grid.crs.toMetres(one.geometry()), cell -> drawn[cell] = true);
                any = true;
            } else if (closure instanceof Scenario.Hazard one) {
                LayerSnapshot snapshot = layers.snapshot(one.layer());
                Filter filter = one.filter() == null ? null : Filters.parse(one.filter(), snapshot.definition());
                List<Thing> things = new ArrayList<>();
                for (Feature feature : snapshot.features())
                    if (filter == null || filter.matches(feature))
                        things.add(new Thing(grid.crs.toMetres(feature.geometry()), 1, one.bufferMetres()));
                float[] inside = FactorMap.distance(grid, things, Decay.NONE, 0);
                for (int i = 0; i < inside.length; i++) drawn[i] |= inside[i] > 0;
                any = true;
            }
        }
        return any ? drawn : null;
    }

    // Rasters

    private float @Nullable [] raster(Factor factor) {
        float[] measured = switch (String.valueOf(factor.raster())) {
            case "dem" -> sampled(TerrainData.Kind.DEM);
            case "land-cover" -> sampled(TerrainData.Kind.LAND_COVER);
            case "slope" -> slope();
            default -> file(String.valueOf(factor.raster()));
        };
        if (measured == null) return null;
        float[] out = new float[measured.length];
        for (int i = 0; i < out.length; i++) out[i] = (float) factor.value().of(measured[i]);
        return out;
    }

    private float @Nullable [] sampled(TerrainData.Kind kind) {
        if (terrain.sources(kind).isEmpty()) return null;
        float[] values = terrain.sample(kind, grid.lonLat());
        refuseApart(values, terrain.sources(kind).toString());
        return values;
    }

    /** Degrees, from the heights of the four neighbouring cells. */
    private float @Nullable [] slope() {
        if (terrain.sources(TerrainData.Kind.DEM).isEmpty()) return null;
        if (heights == null) {
            double[] at = new double[2 * grid.cols * grid.rows];
            for (int r = 0; r < grid.rows; r++)
                for (int c = 0; c < grid.cols; c++) {
                    at[2 * (r * grid.cols + c)] = grid.west + (c + 0.5) * grid.cell;
                    at[2 * (r * grid.cols + c) + 1] = grid.south + (r + 0.5) * grid.cell;
                }
            grid.crs.toLonLat(at, 0, at, 0, grid.cols * grid.rows);
            heights = terrain.sample(TerrainData.Kind.DEM, at);
        }
        float[] slope = new float[grid.size];
        for (int i = 0; i < slope.length; i++) {
            double east = gradient(heights, grid.cols0[i], grid.rows0[i], 1, 0);
            double north = gradient(heights, grid.cols0[i], grid.rows0[i], 0, 1);
            slope[i] = (float) Math.toDegrees(Math.atan(Math.hypot(east, north)));
        }
        refuseApart(slope, terrain.sources(TerrainData.Kind.DEM).toString());
        return slope;
    }

    /** Rise over run; to one side only at the edge of the grid. */
    private double gradient(float[] z, int c, int r, int dc, int dr) {
        int c0 = Math.max(0, c - dc);
        int c1 = Math.min(grid.cols - 1, c + dc);
        int r0 = Math.max(0, r - dr);
        int r1 = Math.min(grid.rows - 1, r + dr);
        double run = grid.cell * (c1 - c0 + r1 - r0);
        return run == 0 ? 0 : (z[r1 * grid.cols + c1] - z[r0 * grid.cols + c0]) / run;
    }

    private float @Nullable [] file(String name) {
        if (!name.matches("[\\p{L}\\p{N}._-]{1,80}")) throw ProblemException.invalid("risk.rasterName", name);
        Path file = home.folder().resolve("recipes").resolve(name);
        if (!Files.isRegularFile(file)) return null;
        Raster raster = Raster.read(file, terrain.mostCells());
        double[] at = grid.lonLat();
        float[] out = new float[grid.size];
        try {
            CRS.findMathTransform(DefaultGeographicCRS.WGS84, raster.crs(), true)
                    .transform(at, 0, at, 0, grid.size);
        } catch (FactoryException | TransformException e) {
            throw ProblemException.invalid("terrain.noCrs", name).causedBy(e);
        }
        for (int i = 0; i < out.length; i++) out[i] = raster.nearest(at[2 * i], at[2 * i + 1]);
        refuseApart(out, name);
        return out;
    }

    private static void refuseApart(float[] values, String source) {
        for (float value : values) if (!Float.isNaN(value)) return;
        throw ProblemException.invalid("risk.rasterApart", source);
    }
}
