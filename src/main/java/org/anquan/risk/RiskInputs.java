package org.anquan.risk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.geo.Tangle;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSets;
import org.anquan.risk.Recipe.Breaks;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a zoning is asked, collecting every mistake. */
final class RiskInputs {
    static final List<String> NAMES = List.of(
            "recipe", "area", "cell", "weights", "ahp", "breaks", "scenario", "run", "keep", "cells", "sensitivity");

    final List<Mistake> mistakes = new ArrayList<>();
    private final ObjectNode given;
    private final RiskSettings settings;
    private final Layers layers;
    private final PlaceSets placeSets;

    RiskInputs(ObjectNode given, List<String> known, RiskSettings settings, Layers layers, PlaceSets placeSets) {
        this.given = given;
        this.settings = settings;
        this.layers = layers;
        this.placeSets = placeSets;
        for (String name : given.propertyNames())
            if (!known.contains(name)) wrong(name, Text.of("process.input.unknown", known));
    }

    void wrong(String name, Text what) {
        mistakes.add(new Mistake("inputs." + name, what));
    }

    void refuseMistakes() {
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("risk.inputs", mistakes.size()).withMistakes(mistakes);
    }

    boolean has(String name) {
        return !given.path(name).isMissingNode() && !given.path(name).isNull();
    }

    JsonNode node(String name) {
        return given.path(name);
    }

    String text(String name) {
        if (!has(name)) return "";
        if (!given.path(name).isString())
            wrong(name, Text.of("risk.input.text", given.path(name).toString()));
        return given.path(name).asString("");
    }

    boolean flag(String name, boolean usual) {
        if (!has(name)) return usual;
        if (!given.path(name).isBoolean())
            wrong(name, Text.of("risk.input.flag", given.path(name).toString()));
        return given.path(name).asBoolean(usual);
    }

    double number(String name, double least, double most, double usual) {
        if (!has(name)) return usual;
        double value = given.path(name).isNumber() ? given.path(name).asDouble() : Double.NaN;
        if (value >= least && value <= most) return value;
        wrong(name, Text.of("risk.recipe.between", given.path(name).toString(), least, most));
        return usual;
    }

    Optional<Recipes.Found> recipe(Recipes recipes) {
        JsonNode node = has("recipe") ? node("recipe") : JsonNodeFactory.instance.stringNode(settings.recipe());
        return recipes.find(node, "inputs.recipe", mistakes);
    }

    /** Side of a cell, whole millimetres; checked against the area. */
    double cell(Recipe recipe, RiskZoning.@Nullable Area area) {
        double cell = number("cell", settings.minCellMetres(), 100_000, recipe.cellMetres());
        cell = Math.round(cell * 1000) / 1000.0;
        if (area == null) return cell;
        Geometry metric = org.anquan.geo.MetricCrs.at(
                        area.lonLat().getEnvelopeInternal().centre().x)
                .toMetres(area.lonLat());
        double squareMetres = metric.getArea();
        double cells = squareMetres / cell / cell;
        if (Math.floor(cells) > settings.maxCells()) {
            double fits = Math.ceil(Math.sqrt(squareMetres / settings.maxCells()) - 1e-6);
            wrong("cell", Text.of("risk.input.tooManyCells", cell, Math.round(cells), settings.maxCells(), fits));
        } else if (RiskGrid.boxCells(metric, cell) > 20.0 * settings.maxCells())
            wrong("area", Text.of("risk.input.scattered"));
        else if (RiskGrid.outlineCells(metric, cell) > settings.maxOutlineCells())
            wrong("area", tooFolded(RiskGrid.outlineCells(metric, cell)));
        return cell;
    }

    private Text tooFolded(long crossings) {
        return Text.of("risk.area.tooFolded", crossings, settings.maxOutlineCells());
    }

    RiskZoning.@Nullable Area area(@Nullable Recipe recipe, Scenarios scenarios) {
        JsonNode node = node("area");
        if (!has("area")) {
            if (recipe == null) return null;
            ObjectNode usual = JsonNodeFactory.instance
                    .objectNode()
                    .put("layer", recipe.area().layer());
            if (recipe.area().filter() != null)
                usual.put("filter", recipe.area().filter());
            node = usual;
        }
        if (node.has("layer")) return ofLayer(node);
        if (!node.isObject()) {
            wrong("area", Text.of("risk.area.shape"));
            return null;
        }
        Optional<List<Geometry>> parts = scenarios.areas(node, "inputs.area", mistakes);
        if (parts.isEmpty()) return null;
        return area(parts.get(), null, false);
    }

    private RiskZoning.@Nullable Area ofLayer(JsonNode node) {
        Optional<LayerDefinition> layer = placeSets.layer(node.path("layer"), "inputs.area.layer", mistakes);
        if (layer.isEmpty()) return null;
        int before = mistakes.size();
        Optional<Filter> filter = placeSets.filter(node.path("filter"), layer.get(), "inputs.area.filter", mistakes);
        if (mistakes.size() > before) return null;
        LayerSnapshot snapshot = layers.snapshot(layer.get().id());
        List<Geometry> parts = new ArrayList<>();
        for (Feature feature : snapshot.features())
            if (filter.isEmpty() || filter.get().matches(feature)) parts.add(feature.geometry());
        if (snapshot.features().isEmpty()) {
            wrong("area", Text.of("risk.area.noFeatures", layer.get().title()));
            return null;
        }
        return area(parts, PlaceSets.used(snapshot.state()), snapshot.state().illustrative());
    }

    private RiskZoning.@Nullable Area area(
            List<Geometry> parts, org.anquan.process.Provenance.@Nullable LayerUsed layer, boolean illustrative) {
        List<Geometry> polygons = new ArrayList<>();
        for (Geometry one : parts) {
            if (!(one instanceof Polygonal) || one.isEmpty()) continue;
            boolean valid = one.isValid();
            int crossings = valid ? 0 : Tangle.crossings(one, settings.maxOutlineCells());
            if (crossings > settings.maxOutlineCells()) {
                wrong("area", tooFolded(crossings));
                return null;
            }
            polygons.add(valid ? one : GeometryFixer.fix(one));
        }
        if (polygons.isEmpty()) {
            wrong("area", Text.of("risk.area.noPolygon"));
            return null;
        }
        Geometry all = polygons.size() == 1 ? polygons.get(0) : OverlayNGRobust.union(polygons);
        if (all == null || all.getArea() == 0) {
            wrong("area", Text.of("risk.area.noPolygon"));
            return null;
        }
        double width = all.getEnvelopeInternal().getWidth();
        if (width > 12) {
            wrong("area", Text.of("risk.area.tooWide", Math.round(width)));
            return null;
        }
        return new RiskZoning.Area(all, layer, illustrative);
    }

    Scenario scenario(Scenarios scenarios) {
        return scenarios.read(node("scenario"), "inputs.scenario", mistakes).orElse(Scenario.NONE);
    }

    /** Fixed limits that are not named are the recipe's. */
    Breaks breaks(Recipe recipe) {
        JsonNode node = node("breaks");
        boolean usual = node.asString(node.path("method").asString("")).equals("fixed") && !node.has("values");
        if (!has("breaks") || (usual && !recipe.breaks().jenks())) return recipe.breaks();
        return new RecipeReader(NO_OTHERS, mistakes).breaks(node, "inputs.breaks");
    }

    static final RecipeReader.Others NO_OTHERS = new RecipeReader.Others() {
        @Override
        public @Nullable JsonNode find(String name) {
            return null;
        }

        @Override
        public List<String> names() {
            return List.of();
        }
    };

    /** Weights by hazard: the recipe's, with those of the request in their place. */
    Map<String, Double> weights(Recipe recipe) {
        Map<String, Double> weights = new LinkedHashMap<>();
        recipe.hazards().forEach(one -> weights.put(one.id(), one.weight()));
        if (has("weights") && has("ahp")) wrong("ahp", Text.of("risk.weights.both"));
        if (has("ahp")) {
            weights.replaceAll((id, old) -> 0.0);
            List<String> order = new ArrayList<>();
            for (JsonNode one : node("ahp").path("order")) order.add(one.asString(""));
            List<String> unknown =
                    order.stream().filter(one -> !weights.containsKey(one)).toList();
            if (order.isEmpty() || !unknown.isEmpty())
                wrong("ahp.order", Text.of("risk.weights.unknown", unknown, List.copyOf(weights.keySet())));
            else weights.putAll(RecipeReader.ahp(node("ahp"), order, "inputs.ahp", mistakes));
            return weights;
        }
        if (!has("weights")) return weights;
        if (!node("weights").isObject()) {
            wrong("weights", Text.of("risk.weights.shape", List.copyOf(weights.keySet())));
            return weights;
        }
        node("weights").propertyStream().forEach(one -> {
            double value = one.getValue().isNumber() ? one.getValue().asDouble() : Double.NaN;
            if (!weights.containsKey(one.getKey()))
                wrong(
                        "weights." + one.getKey(),
                        Text.of("risk.weights.unknown", one.getKey(), List.copyOf(weights.keySet())));
            else if (!(value >= 0 && value <= 1e6))
                wrong(
                        "weights." + one.getKey(),
                        Text.of("risk.weights.negative", one.getValue().toString()));
            else weights.put(one.getKey(), value);
        });
        if (weights.values().stream().allMatch(one -> one == 0)) wrong("weights", Text.of("risk.weights.allZero"));
        return weights;
    }
}
