package org.anquan.risk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.Title;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.risk.Recipe.Breaks;
import org.anquan.risk.Recipe.Combine;
import org.anquan.risk.Recipe.Component;
import org.anquan.risk.Recipe.Decay;
import org.anquan.risk.Recipe.Factor;
import org.anquan.risk.Recipe.Hazard;
import org.anquan.risk.Recipe.Kind;
import org.anquan.risk.Recipe.Origin;
import org.anquan.risk.Recipe.Source;
import org.anquan.risk.Recipe.Value;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a recipe from JSON, or from YAML put into the same shape, collecting every mistake. */
final class RecipeReader {
    static final List<String> MARKS = List.of("V", "G", "D", "S");
    private static final Set<String> RECIPE = Set.of(
            "id",
            "title",
            "note",
            "area",
            "cell",
            "breaks",
            "hazards",
            "weights",
            "weightSource",
            "weightMark",
            "ahp",
            "components",
            Recipes.USES);
    private static final Set<String> HAZARD = Set.of(
            "id",
            "title",
            "recipe",
            "weight",
            "weightSource",
            "weightMark",
            "scenarioArea",
            "hazard",
            "exposure",
            "vulnerability",
            "capacity",
            "capacityEffect");
    private static final Set<String> FACTOR = Set.of(
            "id",
            "title",
            "kind",
            "layer",
            "filter",
            "value",
            "reach",
            "decay",
            "outside",
            "weight",
            "required",
            "full",
            "per",
            "raster",
            "source",
            "mark");
    private static final Set<String> VALUE =
            Set.of("attribute", "classes", "from", "to", "low", "high", "scale", "unknown");

    private final Others others;
    private final List<Mistake> mistakes;

    /** Other recipes by name, whose parts this one may take over. */
    interface Others {
        /** @return the recipe as it is written, or null */
        @Nullable
        JsonNode find(String name);

        List<String> names();
    }

    RecipeReader(Others others, List<Mistake> mistakes) {
        this.others = others;
        this.mistakes = mistakes;
    }

    Optional<Recipe> read(JsonNode node, String where) {
        int before = mistakes.size();
        if (!node.isObject()) {
            wrong(where, Text.of("risk.recipe.shape"));
            return Optional.empty();
        }
        refuseOthers(node, where, RECIPE);
        String id = node.path("id").asString("inline");
        List<Hazard> hazards = new ArrayList<>();
        JsonNode list = node.path("hazards");
        if (!list.isArray() || list.isEmpty()) wrong(where + ".hazards", Text.of("risk.recipe.noHazards"));
        Map<String, Double> ahp = ahp(node.path("ahp"), list, where + ".ahp");
        Map<String, Double> own = weights(node, list, where);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String here = where + ".hazards[" + i + "]";
            hazard(list.get(i), node, here, ahp, own).ifPresent(hazard -> {
                if (!ids.add(hazard.id())) wrong(here + ".id", Text.of("risk.recipe.sameId", hazard.id()));
                hazards.add(hazard);
            });
        }
        if (!hazards.isEmpty() && hazards.stream().allMatch(one -> one.weight() == 0))
            wrong(where + ".hazards", Text.of("risk.weights.allZero"));
        Source area = node.has("area") ? source(node.path("area"), where + ".area") : new Source("district", null);
        double cell = number(node.path("cell"), where + ".cell", 1, 100_000, 100);
        Breaks breaks = breaks(node.path("breaks"), where + ".breaks");
        String mark = node.path("weightMark").asString("D");
        if (!MARKS.contains(mark)) wrong(where + ".weightMark", Text.of("risk.recipe.choice", mark, MARKS));
        Title title = title(node.path("title"), id, where + ".title");
        Title note = node.has("note") ? title(node.path("note"), "", where + ".note") : null;
        return mistakes.size() > before
                ? Optional.empty()
                : Optional.of(new Recipe(id, title, note, area, cell, breaks, hazards));
    }

    /** Weights by hazard, in place of those that stand with the hazards: so one copies a recipe and changes them only. */
    private Map<String, Double> weights(JsonNode recipe, JsonNode hazards, String where) {
        JsonNode node = recipe.path("weights");
        if (node.isMissingNode() || node.isNull()) return Map.of();
        List<String> ids = new ArrayList<>();
        for (JsonNode one : hazards) ids.add(id(one));
        if (!node.isObject()) {
            wrong(where + ".weights", Text.of("risk.weights.shape", ids));
            return Map.of();
        }
        if (recipe.has("ahp")) wrong(where + ".ahp", Text.of("risk.weights.both"));
        Map<String, Double> weights = new LinkedHashMap<>();
        node.propertyStream().forEach(one -> {
            String here = where + ".weights." + one.getKey();
            if (!ids.contains(one.getKey())) wrong(here, Text.of("risk.weights.unknown", one.getKey(), ids));
            double weight = one.getValue().isNumber() ? one.getValue().asDouble() : Double.NaN;
            if (weight >= 0 && weight <= 1e6) weights.put(one.getKey(), weight);
            else wrong(here, Text.of("risk.weights.negative", one.getValue().toString()));
        });
        return weights;
    }

    /** A hazard's id: its own, or that of the recipe it is taken from. */
    private String id(JsonNode hazard) {
        JsonNode other =
                hazard.has("recipe") ? others.find(hazard.path("recipe").asString("")) : null;
        String taken =
                other == null ? "" : other.path("hazards").path(0).path("id").asString("");
        return hazard.path("id").asString(taken);
    }

    private Optional<Hazard> hazard(
            JsonNode given, JsonNode recipe, String where, Map<String, Double> ahp, Map<String, Double> own) {
        JsonNode node = given;
        JsonNode home = recipe;
        if (given.has("recipe")) {
            String name = given.path("recipe").asString("");
            JsonNode other = others.find(name);
            if (other == null || other.path("hazards").isEmpty()) {
                wrong(where + ".recipe", Text.of("risk.recipe.unknown", name, others.names()));
                return Optional.empty();
            }
            node = other.path("hazards").get(0);
            home = other;
        }
        refuseOthers(given, where, HAZARD);
        int before = mistakes.size();
        String id = given.path("id").asString(node.path("id").asString(""));
        if (id.isEmpty()) wrong(where + ".id", Text.of("risk.recipe.noId"));
        Title title = given.has("title")
                ? title(given.path("title"), id, where + ".title")
                : title(node.path("title"), id, where + ".title");
        boolean taken = given.has("recipe") && !own.containsKey(id);
        double written = number(given.path("weight"), where + ".weight", 0, 1e6, taken ? Double.NaN : 1);
        double weight = ahp.containsKey(id) ? ahp.get(id) : own.getOrDefault(id, written);
        if (Double.isNaN(weight)) wrong(where + ".weight", Text.of("risk.weights.missing"));
        Origin origin = weightOrigin(given, recipe, ahp.containsKey(id), own.containsKey(id));
        double drawn = number(node.path("scenarioArea"), where + ".scenarioArea", 0, 1, Double.NaN);
        Component h = component(node.path("hazard"), null, where + ".hazard", true);
        Component e = component(part(node, home, recipe, "exposure"), null, where + ".exposure", true);
        Component v = component(part(node, home, recipe, "vulnerability"), null, where + ".vulnerability", true);
        Component c = component(part(node, home, recipe, "capacity"), null, where + ".capacity", false);
        double effect = number(node.path("capacityEffect"), where + ".capacityEffect", 0, 1, 0.3);
        return mistakes.size() > before
                ? Optional.empty()
                : Optional.of(new Hazard(id, title, weight, origin, drawn, h, e, v, c, effect));
    }

    private static Origin weightOrigin(JsonNode hazard, JsonNode recipe, boolean ahp, boolean own) {
        if (ahp) return new Origin(Text.of("risk.weights.byAhp").toString(), "D");
        JsonNode said = own ? recipe : hazard;
        return new Origin(
                said.path("weightSource").asString(""), said.path("weightMark").asString("D"));
    }

    /** A part of a hazard: its own, or the one that its recipe has for all, which may be another recipe's by name. */
    private JsonNode part(JsonNode hazard, JsonNode home, JsonNode recipe, String name) {
        if (hazard.has(name)) return hazard.path(name);
        JsonNode common = recipe.path("components").path(name);
        if (common.isMissingNode()) common = home.path("components").path(name);
        if (common.isString() || common.isMissingNode()) {
            JsonNode other = others.find(common.asString("common"));
            if (other != null) return other.path("components").path(name);
        }
        return common;
    }

    private Component component(JsonNode node, @Nullable Component usual, String where, boolean needed) {
        if (node.isMissingNode() || node.isNull()) {
            if (usual != null) return usual;
            if (needed) wrong(where, Text.of("risk.recipe.noFactors"));
            return new Component(Combine.MEAN, List.of());
        }
        JsonNode list = node.isArray() ? node : node.path("factors");
        if (!node.isArray()) refuseOthers(node, where, Set.of("combine", "factors"));
        String how = node.isArray() ? "mean" : node.path("combine").asString("mean");
        if (!Set.of("mean", "max").contains(how))
            wrong(where + ".combine", Text.of("risk.recipe.choice", how, List.of("mean", "max")));
        if (!list.isArray() || (list.isEmpty() && needed)) wrong(where, Text.of("risk.recipe.noFactors"));
        List<Factor> factors = new ArrayList<>();
        for (int i = 0; i < list.size(); i++)
            factor(list.get(i), where + ".factors[" + i + "]").ifPresent(factors::add);
        return new Component(how.equals("max") ? Combine.MAX : Combine.MEAN, factors);
    }

    private Optional<Factor> factor(JsonNode node, String where) {
        int before = mistakes.size();
        refuseOthers(node, where, FACTOR);
        Optional<Kind> kind = choice(Kind.class, node.path("kind"), where + ".kind", null);
        Optional<Decay> decay = choice(Decay.class, node.path("decay"), where + ".decay", Decay.LINEAR);
        String layer = text(node.path("layer"));
        String raster = text(node.path("raster"));
        String id = node.path("id").asString(layer != null ? layer : raster != null ? raster : "people");
        kind.ifPresent(one -> {
            boolean features = one != Kind.PEOPLE && one != Kind.RASTER;
            if (features && layer == null) wrong(where + ".layer", Text.of("risk.recipe.noLayer", one.id()));
            if (one == Kind.RASTER && raster == null) wrong(where + ".raster", Text.of("risk.recipe.noRaster"));
            if ((one == Kind.DISTANCE || one == Kind.DENSITY) && !node.has("reach"))
                wrong(where + ".reach", Text.of("risk.recipe.noReach", one.id()));
        });
        if (node.path("source").asString("").isBlank()) wrong(where + ".source", Text.of("risk.recipe.noSource"));
        String mark = node.path("mark").asString("D");
        if (!MARKS.contains(mark)) wrong(where + ".mark", Text.of("risk.recipe.choice", mark, MARKS));
        Value value = value(node.path("value"), where + ".value", Value.ONE);
        Value reach = value(node.path("reach"), where + ".reach", Value.constant(0));
        double outside = node.path("outside").asString("").equals("unknown")
                ? Double.NaN
                : number(node.path("outside"), where + ".outside", 0, 1, 0);
        double weight = number(node.path("weight"), where + ".weight", 0, 1e6, 1);
        double full = number(node.path("full"), where + ".full", 1e-9, 1e9, 1);
        if (mistakes.size() > before) return Optional.empty();
        return Optional.of(new Factor(
                id,
                title(node.path("title"), id, where + ".title"),
                kind.orElseThrow(),
                layer,
                text(node.path("filter")),
                value,
                reach,
                decay.orElseThrow(),
                outside,
                weight,
                node.path("required").asBoolean(true),
                full,
                text(node.path("per")),
                raster,
                new Origin(node.path("source").asString(""), mark)));
    }

    Value value(JsonNode node, String where, Value usual) {
        if (node.isMissingNode() || node.isNull()) return usual;
        if (node.isNumber()) return Value.constant(node.asDouble());
        if (!node.isObject()) {
            wrong(where, Text.of("risk.recipe.value"));
            return usual;
        }
        refuseOthers(node, where, VALUE);
        Map<String, Double> classes = new HashMap<>();
        node.path("classes").propertyStream().forEach(one -> {
            if (one.getValue().isNumber())
                classes.put(one.getKey(), one.getValue().asDouble());
            else
                wrong(
                        where + ".classes." + one.getKey(),
                        Text.of("risk.recipe.number", one.getValue().toString()));
        });
        double from = number(node.path("from"), where + ".from", -1e12, 1e12, 0);
        double to = number(node.path("to"), where + ".to", -1e12, 1e12, Double.NaN);
        if (!Double.isNaN(to) && from == to) wrong(where + ".to", Text.of("risk.recipe.range", from, to));
        return new Value(
                text(node.path("attribute")),
                Double.NaN,
                classes,
                from,
                to,
                number(node.path("low"), where + ".low", 0, 1e6, 0),
                number(node.path("high"), where + ".high", 0, 1e6, 1),
                node.path("scale").asString("linear").equals("log"),
                number(node.path("unknown"), where + ".unknown", 0, 1e6, Double.NaN));
    }

    Breaks breaks(JsonNode node, String where) {
        List<Double> usual = List.of(0.2, 0.4, 0.6, 0.8);
        if (node.isMissingNode() || node.isNull()) return new Breaks("fixed", usual, 5, new Origin("", "D"));
        if (node.isString()) {
            if (!Set.of("fixed", "jenks").contains(node.asString()))
                wrong(where, Text.of("risk.recipe.choice", node.asString(), List.of("fixed", "jenks")));
            return new Breaks(node.asString(), usual, 5, new Origin("", "D"));
        }
        JsonNode list = node.isArray() ? node : node.path("values");
        String method = node.path("method").asString("fixed");
        if (!Set.of("fixed", "jenks").contains(method))
            wrong(where + ".method", Text.of("risk.recipe.choice", method, List.of("fixed", "jenks")));
        List<Double> values = new ArrayList<>();
        for (JsonNode one : list) values.add(one.isNumber() ? one.asDouble() : Double.NaN);
        if (list.isMissingNode()) values.addAll(usual);
        boolean rising = values.size() == 4 && values.get(0) > 0 && values.get(3) < 1;
        for (int i = 1; i < values.size(); i++) rising &= values.get(i) > values.get(i - 1);
        if (method.equals("fixed") && !rising) wrong(where, Text.of("risk.recipe.breaks", node.toString()));
        Origin origin =
                new Origin(node.path("source").asString(""), node.path("mark").asString("D"));
        return new Breaks(method, values, 5, origin);
    }

    private Map<String, Double> ahp(JsonNode node, JsonNode hazards, String where) {
        if (node.isMissingNode() || node.isNull()) return Map.of();
        for (int i = 0; i < hazards.size(); i++)
            if (hazards.get(i).has("weight")) wrong(where, Text.of("risk.weights.both"));
        List<String> ids = new ArrayList<>();
        for (JsonNode one : hazards) ids.add(id(one));
        return ahp(node, ids, where, mistakes);
    }

    /**
     * Weights from a matrix of pairs.
     *
     * @param node {@code {"order": [ids], "matrix": [[…]]}}
     */
    static Map<String, Double> ahp(JsonNode node, List<String> ids, String where, List<Mistake> mistakes) {
        List<String> order = new ArrayList<>();
        for (JsonNode one : node.path("order")) order.add(one.asString(""));
        if (!new HashSet<>(order).equals(new HashSet<>(ids)) || order.size() != ids.size()) {
            mistakes.add(new Mistake(where + ".order", Text.of("risk.ahp.order", ids)));
            return Map.of();
        }
        JsonNode matrix = node.path("matrix");
        double[][] pairs = new double[order.size()][order.size()];
        boolean square = matrix.size() == order.size();
        for (int i = 0; square && i < pairs.length; i++) {
            square = matrix.get(i).size() == pairs.length;
            for (int j = 0; square && j < pairs.length; j++) {
                JsonNode one = matrix.get(i).get(j);
                pairs[i][j] = one.isNumber() ? one.asDouble() : fraction(one.asString(""));
            }
        }
        if (!square) {
            mistakes.add(new Mistake(where + ".matrix", Text.of("risk.ahp.square", order.size())));
            return Map.of();
        }
        List<Text> wrong = Ahp.mistakes(pairs, order);
        if (wrong.isEmpty()) {
            Ahp result = Ahp.of(pairs);
            if (result.consistencyRatio() >= Ahp.LARGEST_RATIO) wrong = List.of(result.inconsistent(pairs, order));
            else {
                Map<String, Double> weights = new LinkedHashMap<>();
                for (int i = 0; i < order.size(); i++) weights.put(order.get(i), result.weights()[i]);
                return weights;
            }
        }
        for (Text one : wrong) mistakes.add(new Mistake(where + ".matrix", one));
        return Map.of();
    }

    private static double fraction(String text) {
        String[] parts = text.split("/");
        try {
            double first = Double.parseDouble(parts[0].strip());
            return parts.length == 2 ? first / Double.parseDouble(parts[1].strip()) : first;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private Source source(JsonNode node, String where) {
        refuseOthers(node, where, Set.of("layer", "filter"));
        String layer = text(node.path("layer"));
        if (layer == null) wrong(where + ".layer", Text.of("risk.area.shape"));
        return new Source(layer == null ? "district" : layer, text(node.path("filter")));
    }

    Title title(JsonNode node, String usual, String where) {
        if (node.isString()) return new Title(node.asString(), node.asString());
        if (node.isMissingNode() || node.isNull()) return new Title(usual, usual);
        if (!node.path("zh").isString()) wrong(where, Text.of("risk.recipe.title"));
        return new Title(
                node.path("zh").asString(usual),
                node.path("en").asString(node.path("zh").asString(usual)));
    }

    private <E extends Enum<E>> Optional<E> choice(Class<E> of, JsonNode node, String where, @Nullable E usual) {
        if (usual != null && (node.isMissingNode() || node.isNull())) return Optional.of(usual);
        List<String> names = new ArrayList<>();
        for (E one : of.getEnumConstants()) {
            String name = one.name().toLowerCase(Locale.ROOT);
            if (name.equals(node.asString(""))) return Optional.of(one);
            names.add(name);
        }
        wrong(where, Text.of("risk.recipe.choice", node.isMissingNode() ? "" : node.asString(node.toString()), names));
        return Optional.empty();
    }

    private double number(JsonNode node, String where, double least, double most, double usual) {
        if (node.isMissingNode() || node.isNull()) return usual;
        double value = node.isNumber() ? node.asDouble() : Double.NaN;
        if (value >= least && value <= most) return value;
        wrong(where, Text.of("risk.recipe.between", node.toString(), least, most));
        return usual;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() && !node.asString().isBlank() ? node.asString() : null;
    }

    private void refuseOthers(JsonNode node, String where, Set<String> known) {
        for (String name : node.propertyNames())
            if (!known.contains(name))
                wrong(
                        where + "." + name,
                        Text.of("process.input.unknown", known.stream().sorted().toList()));
    }

    private void wrong(String where, Text what) {
        mistakes.add(new Mistake(where, what));
    }
}
