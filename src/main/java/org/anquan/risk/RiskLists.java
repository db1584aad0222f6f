package org.anquan.risk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Title;
import org.anquan.catalog.Visibility;
import org.anquan.geo.GeoJson;
import org.anquan.geo.MetricCrs;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.risk.Recipe.Value;
import org.anquan.scenario.Scenario;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Lists that follow from rules over the layers: {@code risk/lists.yaml}, or {@code risk-lists.yaml} of the home folder. */
@Component
final class RiskLists {
    private static final String SHIPPED = "/risk/lists.yaml";
    private static final Set<String> LIST =
            Set.of("id", "title", "subjects", "planned", "near", "far", "order", "columns", "clause", "mark");

    private final Layers layers;
    private final AnquanHome home;
    private final Recipes recipes;

    RiskLists(Layers layers, AnquanHome home, Recipes recipes) {
        this.layers = layers;
        this.home = home;
        this.recipes = recipes;
        rules();
    }

    /**
     * @param planned whether what a request gives as planned is held against the rule
     * @param near null where the rule has none
     * @param order attribute by which the rows stand, greatest first, or null: by distance or name
     */
    record Rule(
            String id,
            Title title,
            List<Subject> subjects,
            boolean planned,
            @Nullable Range near,
            @Nullable Range far,
            @Nullable String order,
            List<String> columns,
            String clause,
            String mark) {}

    /** @param unknown filter of features of which it is not known whether they belong here, or null */
    record Subject(
            String layer, @Nullable String filter, @Nullable String unknown) {}

    record Range(List<Other> layers, Value limit) {}

    /** @param edge attribute with the width of a line, whose half lies before its edge, or null */
    record Other(
            String layer,
            @Nullable String filter,
            @Nullable String edge,
            @Nullable Title word) {}

    List<String> ids() {
        return rules().stream().map(Rule::id).toList();
    }

    List<Rule> rules() {
        List<Mistake> mistakes = new ArrayList<>();
        Path own = home.folder().resolve("risk-lists.yaml");
        String where = Files.isRegularFile(own) ? own.toString() : SHIPPED;
        String text;
        try (InputStream in = RiskLists.class.getResourceAsStream(SHIPPED)) {
            if (in == null) throw new IllegalStateException(SHIPPED + " is missing from the jar");
            text = Files.isRegularFile(own)
                    ? Files.readString(own)
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw ProblemException.unavailable("risk.recipe.unreadable", where).causedBy(e);
        }
        JsonNode read = recipes.yaml(text, where, mistakes);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < read.path("lists").size(); i++)
            rules.add(rule(read.path("lists").get(i), where + ": lists[" + i + "]", mistakes));
        if (rules.isEmpty() && mistakes.isEmpty()) mistakes.add(new Mistake(where, Text.of("risk.lists.none")));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("risk.recipe.files", mistakes.size()).withMistakes(mistakes);
        return rules;
    }

    private static Rule rule(JsonNode node, String where, List<Mistake> mistakes) {
        for (String name : node.propertyNames())
            if (!LIST.contains(name))
                mistakes.add(new Mistake(
                        where + "." + name,
                        Text.of("process.input.unknown", LIST.stream().sorted().toList())));
        RecipeReader reader = new RecipeReader(RiskInputs.NO_OTHERS, mistakes);
        List<Subject> subjects = new ArrayList<>();
        for (JsonNode one : node.path("subjects"))
            subjects.add(
                    new Subject(one.path("layer").asString(""), text(one.path("filter")), text(one.path("unknown"))));
        if (subjects.isEmpty()) mistakes.add(new Mistake(where + ".subjects", Text.of("risk.lists.noSubjects")));
        if (text(node.path("clause")) == null)
            mistakes.add(new Mistake(where + ".clause", Text.of("risk.recipe.noSource")));
        List<String> columns = new ArrayList<>();
        node.path("columns").forEach(one -> columns.add(one.asString("")));
        return new Rule(
                node.path("id").asString("list"),
                reader.title(node.path("title"), node.path("id").asString(""), where + ".title"),
                subjects,
                node.path("planned").asBoolean(false),
                range(node.path("near"), where + ".near", reader),
                range(node.path("far"), where + ".far", reader),
                text(node.path("order")),
                columns,
                node.path("clause").asString(""),
                node.path("mark").asString("D"));
    }

    private static @Nullable Range range(JsonNode node, String where, RecipeReader reader) {
        if (node.isMissingNode()) return null;
        List<Other> others = new ArrayList<>();
        for (JsonNode one : node.path("layers"))
            others.add(new Other(
                    one.path("layer").asString(""),
                    text(one.path("filter")),
                    text(one.path("edge")),
                    one.has("word") ? reader.title(one.path("word"), "", where) : null));
        return new Range(others, reader.value(node.path("limit"), where + ".limit", Value.constant(0)));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() && !node.asString().isBlank() ? node.asString() : null;
    }

    // Answering

    /**
     * @param count of all rows, also those beyond the most that are listed
     * @param unknown features of which it is not known whether they belong here
     * @param emptyLayers titles of layers without data, so that the list cannot be whole
     */
    record Listed(
            String id,
            String title,
            String clause,
            String mark,
            int count,
            int checked,
            int unknown,
            List<Column> columns,
            List<Row> rows,
            List<String> emptyLayers) {}

    record Column(String name, String title, String unit) {}

    /** @param near what lies too near, nearest first; for blind spots the nearest that watches, or none */
    record Row(
            String layer,
            String layerTitle,
            String id,
            String name,
            double lon,
            double lat,
            Map<String, Object> values,
            List<Near> near,
            String reason) {}

    record Near(String layer, String layerTitle, String id, String name, double metres, double limitMetres) {}

    /** A thing in metres. */
    private record Thing(LayerDefinition layer, Feature feature, Geometry metric) {}

    /** All that one rule finds. */
    Listed list(
            Rule rule,
            Scenario scenario,
            List<Place> planned,
            int most,
            Map<String, LayerUsed> used,
            Set<String> hidden) {
        List<Thing> subjects = new ArrayList<>();
        Set<String> empty = new LinkedHashSet<>();
        int unknown = 0;
        MetricCrs crs = null;
        for (Subject one : rule.subjects()) {
            Optional<LayerSnapshot> snapshot = seen(one.layer(), used, hidden);
            if (snapshot.isEmpty()) continue;
            LayerDefinition layer = Visibility.current().cut(snapshot.get().definition());
            if (snapshot.get().features().isEmpty()) empty.add(layer.title().toString());
            Filter filter = one.filter() == null ? null : Filters.parse(one.filter(), layer);
            Filter notKnown = one.unknown() == null ? null : Filters.parse(one.unknown(), layer);
            for (Feature feature : now(snapshot.get(), scenario)) {
                if (notKnown != null && notKnown.matches(feature)) unknown++;
                if (filter != null && !filter.matches(feature)) continue;
                if (crs == null)
                    crs = MetricCrs.at(feature.geometry().getEnvelopeInternal().centre().x);
                subjects.add(new Thing(layer, feature, crs.toMetres(feature.geometry())));
            }
        }
        if (rule.planned())
            for (Place place : planned) {
                if (crs == null) crs = MetricCrs.at(place.lon());
                LayerDefinition layer = layers.definition(rule.subjects().get(0).layer());
                Feature feature = new Feature(
                        "planned",
                        place.id(),
                        GeoJson.FACTORY.createPoint(new Coordinate(place.lon(), place.lat())),
                        withName(place),
                        1);
                subjects.add(new Thing(layer, feature, crs.toMetres(feature.geometry())));
            }
        List<Row> rows = new ArrayList<>();
        Range range = rule.near() != null ? rule.near() : rule.far();
        List<List<Thing>> others = new ArrayList<>();
        if (range != null && crs != null)
            for (Other other : range.layers()) others.add(others(other, crs, scenario, used, hidden, empty));
        boolean nothingToMeasure = range != null && others.stream().allMatch(List::isEmpty);
        for (Thing subject : subjects) {
            if (nothingToMeasure) unknown++;
            else row(rule, range, subject, others).ifPresent(rows::add);
        }
        sort(rule, rows);
        return new Listed(
                rule.id(),
                rule.title().toString(),
                rule.clause(),
                rule.mark(),
                rows.size(),
                subjects.size(),
                unknown,
                columns(rule),
                rows.stream().limit(most).toList(),
                List.copyOf(empty));
    }

    private static Map<String, Object> withName(Place place) {
        Map<String, Object> all = new LinkedHashMap<>(place.attributes());
        all.put("name", place.name());
        return all;
    }

    private Optional<LayerSnapshot> seen(String layer, Map<String, LayerUsed> used, Set<String> hidden) {
        Optional<LayerDefinition> found = Visibility.current().layers(layers).stream()
                .filter(one -> one.id().equals(layer))
                .findFirst();
        if (found.isEmpty()) {
            hidden.add(layer);
            return Optional.empty();
        }
        LayerSnapshot snapshot = layers.snapshot(layer);
        used.put(layer, PlaceSets.used(snapshot.state()));
        return Optional.of(snapshot);
    }

    /** The features under a scenario: without those off, some moved, with those added to this layer. */
    private static List<Feature> now(LayerSnapshot snapshot, Scenario scenario) {
        List<Feature> now = new ArrayList<>();
        for (Feature feature : snapshot.features()) {
            if (scenario.facilities().off().contains(feature.id())
                    || feature.geometry().isEmpty()) continue;
            Scenario.Position to = scenario.facilities().moved().get(feature.id());
            now.add(
                    to == null
                            ? feature
                            : new Feature(
                                    feature.layer(), feature.id(), point(to.lon(), to.lat()), feature.attributes(), 1));
        }
        String layer = snapshot.definition().id();
        for (Place place : scenario.facilities().added())
            if (layer.equals(place.attributes().get("layer")))
                now.add(new Feature(layer, place.id(), point(place.lon(), place.lat()), withName(place), 1));
        return now;
    }

    private static Point point(double lon, double lat) {
        return GeoJson.FACTORY.createPoint(new Coordinate(lon, lat));
    }

    private List<Thing> others(
            Other other,
            MetricCrs crs,
            Scenario scenario,
            Map<String, LayerUsed> used,
            Set<String> hidden,
            Set<String> empty) {
        List<Thing> things = new ArrayList<>();
        Optional<LayerSnapshot> snapshot = seen(other.layer(), used, hidden);
        if (snapshot.isEmpty()) return things;
        LayerDefinition layer = Visibility.current().cut(snapshot.get().definition());
        Filter filter = other.filter() == null ? null : Filters.parse(other.filter(), layer);
        for (Feature feature : now(snapshot.get(), scenario))
            if (filter == null || filter.matches(feature))
                things.add(new Thing(layer, feature, crs.toMetres(feature.geometry())));
        if (things.isEmpty()) empty.add(layer.title().toString());
        return things;
    }

    private Optional<Row> row(Rule rule, @Nullable Range range, Thing subject, List<List<Thing>> others) {
        List<Near> near = new ArrayList<>();
        double limit = range == null
                ? 0
                : Evaluation.number(range.limit(), null, subject.feature().attributes());
        boolean watching = rule.far() != null;
        if (range != null)
            for (int o = 0; o < others.size(); o++)
                near(range.layers().get(o), subject, others.get(o), limit, watching, near);
        near.sort(Comparator.comparingDouble(Near::metres));
        if (rule.near() != null && near.isEmpty()) return Optional.empty();
        if (watching && !near.isEmpty() && near.get(0).metres() <= limit) return Optional.empty();
        Map<String, Object> values = new LinkedHashMap<>();
        for (String column : rule.columns()) value(subject, column).ifPresent(value -> values.put(column, value));
        Point at = subject.feature().geometry() instanceof Point point
                ? point
                : subject.feature().geometry().getInteriorPoint();
        return Optional.of(new Row(
                subject.feature().layer(),
                subject.feature().layer().equals("planned")
                        ? Text.of("risk.lists.planned").toString()
                        : subject.layer().title().toString(),
                subject.feature().id(),
                subject.feature().name(),
                at.getX(),
                at.getY(),
                values,
                near.stream().limit(watching ? 1 : 5).toList(),
                reason(rule, near, limit).toString()));
    }

    private static void near(
            Other other, Thing subject, List<Thing> things, double limit, boolean watching, List<Near> near) {
        Envelope reach = new Envelope(subject.metric().getEnvelopeInternal());
        Near nearest = null;
        for (Thing thing : things) {
            Double width = other.edge() == null ? null : thing.feature().number(other.edge());
            double shore = width == null ? 0 : width / 2;
            if (!watching && reach.distance(thing.metric().getEnvelopeInternal()) > limit + shore) continue;
            double metres = Math.max(0, subject.metric().distance(thing.metric()) - shore);
            if (!watching && metres >= limit) continue;
            Near one = new Near(
                    thing.feature().layer(),
                    other.word() == null
                            ? thing.layer().title().toString()
                            : other.word().toString(),
                    thing.feature().id(),
                    thing.feature().name(),
                    Math.round(metres),
                    limit);
            if (!watching) near.add(one);
            else if (nearest == null || metres < nearest.metres()) nearest = one;
        }
        if (nearest != null) near.add(nearest);
    }

    private static Object reason(Rule rule, List<Near> near, double limit) {
        if (rule.near() == null && rule.far() == null) return rule.title();
        if (near.isEmpty()) return Text.of("risk.lists.nothingWithin", (long) limit);
        Near first = near.get(0);
        if (rule.far() != null) return Text.of("risk.lists.far", first.name(), (long) first.metres(), (long) limit);
        return near.size() == 1
                ? Text.of("risk.lists.near", first.name(), (long) first.metres(), (long) limit)
                : Text.of("risk.lists.nearMany", first.name(), (long) first.metres(), (long) limit, near.size());
    }

    /** As people read it: allowed values by their words. */
    private static Optional<Object> value(Thing subject, String attribute) {
        Object raw = subject.feature().get(attribute);
        if (raw == null) return Optional.empty();
        Optional<AttributeDefinition> definition = subject.layer().attribute(attribute);
        if (definition.isEmpty() && !subject.feature().layer().equals("planned")) return Optional.empty();
        if (definition.isPresent())
            for (AttributeDefinition.AllowedValue one : definition.get().values())
                if (one.value().equals(raw.toString()))
                    return Optional.of(one.title().toString());
        return Optional.of(raw instanceof Number ? raw : raw.toString());
    }

    private List<Column> columns(Rule rule) {
        List<Column> all = new ArrayList<>();
        for (String name : rule.columns())
            for (Subject subject : rule.subjects()) {
                Optional<AttributeDefinition> found = layers.definitions().stream()
                        .filter(one -> one.id().equals(subject.layer()))
                        .findFirst()
                        .flatMap(one -> one.attribute(name));
                if (found.isEmpty()) continue;
                all.add(new Column(
                        name,
                        found.get().title().toString(),
                        found.get().unitInWords().toString()));
                break;
            }
        return all;
    }

    private static void sort(Rule rule, List<Row> rows) {
        Comparator<Row> byName = Comparator.comparing(Row::name);
        String order = rule.order();
        if (order != null)
            rows.sort(Comparator.comparingDouble(
                            (Row row) -> row.values().get(order) instanceof Number number ? -number.doubleValue() : 1)
                    .thenComparing(byName));
        else
            rows.sort(Comparator.comparingDouble((Row row) ->
                            row.near().isEmpty() ? 0 : row.near().get(0).metres())
                    .thenComparing(byName));
    }
}
