package org.anquan.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.geo.GeoJson;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Provenance.LayerUsed;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Understands the places that a request names: {@code {"layer": "rescue_station", "filter": "<CQL2 text>"}}, a GeoJSON
 * FeatureCollection, or a list of {@code [lon, lat]} and {@code {"layer": …, "id": …}}. An area stands for a point on
 * its surface, a line for the point of it nearest its middle.
 */
@Component
public final class PlaceSets {
    private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern STATUS = Pattern.compile("\\bstatus\\b");

    private final Layers layers;
    private final int maxPlaces;
    private final Set<String> outOfService;

    @Autowired
    PlaceSets(Layers layers, ProcessSettings settings) {
        this(layers, settings.maxPlaces(), settings.outOfService());
    }

    /**
     * @param maxPlaces how many places one set may hold
     * @param outOfService values of the attribute {@code status} with which a feature does not answer
     */
    public PlaceSets(Layers layers, int maxPlaces, Set<String> outOfService) {
        this.layers = layers;
        this.maxPlaces = maxPlaces;
        this.outOfService = Set.copyOf(outOfService);
    }

    /**
     * @param where the path of the node in the request, for messages: {@code inputs.facilities}
     * @param mistakes what is wrong is added here
     * @return the places, or empty where something was wrong; a layer or filter that matches nothing gives an empty set
     */
    public Optional<PlaceSet> places(JsonNode node, String where, List<Mistake> mistakes) {
        if (node.isObject() && node.has("layer")) return fromLayer(node, where, mistakes);
        if (node.isObject() && "FeatureCollection".equals(node.path("type").asString("")))
            return fromCollection(node, where, mistakes);
        if (node.isArray()) return fromList(node, where, mistakes);
        mistakes.add(new Mistake(where, Text.of("process.places.shape")));
        return Optional.empty();
    }

    /** One place: {@code [lon, lat]} or {@code {"layer": "shelter", "id": "s12"}}. */
    public Optional<Place> place(JsonNode node, String where, List<Mistake> mistakes) {
        if (node.isArray())
            return position(node, where, mistakes).map(at -> new Place("p1", "p1", at.getX(), at.getY(), Map.of()));
        if (node.isObject() && node.path("layer").isString() && node.path("id").isString())
            return feature(node, where, mistakes).map(PlaceSets::placeOf);
        mistakes.add(new Mistake(where, Text.of("process.place.shape")));
        return Optional.empty();
    }

    /**
     * Those of a set that answer as things are. Places given in the request all do, and a filter that names the status has
     * chosen already.
     *
     * @param asked the node that {@link #places} has read
     */
    public InService inService(PlaceSet set, JsonNode asked) {
        String filter = asked.path("filter").asString("");
        if (set.layer() == null
                || STATUS.matcher(QUOTED.matcher(filter).replaceAll("")).find()) return new InService(set, set);
        List<Place> kept = set.places().stream()
                .filter(place -> inService(place.attributes().get("status")))
                .toList();
        return new InService(new PlaceSet(kept, set.layer(), set.illustrative()), set);
    }

    /**
     * The same where a question needs some.
     *
     * @param where the path of the node in the request
     * @param mistakes where all are out of service, it is added here
     */
    public InService someInService(PlaceSet set, JsonNode asked, String where, List<Mistake> mistakes) {
        InService some = inService(set, asked);
        if (some.answering().places().isEmpty() && !set.places().isEmpty())
            mistakes.add(new Mistake(
                    where, Text.of("process.places.noneInService", set.places().size())));
        return some;
    }

    /** Does a feature with this status answer? Where it is not known, it does. */
    public boolean inService(@Nullable Object status) {
        return status == null || !outOfService.contains(status.toString());
    }

    /** The place that stands for a feature. */
    public static Place placeOf(Feature feature) {
        Point at = pointOf(feature.geometry());
        return new Place(feature.id(), feature.name(), at.getX(), at.getY(), feature.attributes());
    }

    private Optional<PlaceSet> fromLayer(JsonNode node, String where, List<Mistake> mistakes) {
        int before = mistakes.size();
        refuseOthers(node, where, Set.of("layer", "filter"), mistakes);
        Optional<LayerDefinition> layer = layer(node.path("layer"), where + ".layer", mistakes);
        Optional<Filter> filter = layer.flatMap(l -> filter(node.path("filter"), l, where + ".filter", mistakes));
        if (mistakes.size() > before || layer.isEmpty()) return Optional.empty();
        LayerSnapshot snapshot = layers.snapshot(layer.get().id());
        List<Place> places = new ArrayList<>();
        for (Feature feature : snapshot.features())
            if (filter.isEmpty() || filter.get().matches(feature)) places.add(placeOf(feature));
        if (tooMany(places.size(), where, mistakes)) return Optional.empty();
        LayerState state = snapshot.state();
        return Optional.of(new PlaceSet(places, used(state), state.illustrative()));
    }

    /** What an answer says of a layer that it used. */
    public static LayerUsed used(LayerState state) {
        return new LayerUsed(state.layer(), state.version(), state.count(), state.asOf());
    }

    /**
     * The layer that a node names, cut to what the asker may see, or a mistake that lists those there are. A hidden layer
     * cannot be asked about, and a filter cannot name a hidden attribute.
     */
    public Optional<LayerDefinition> layer(JsonNode node, String where, List<Mistake> mistakes) {
        String id = node.isString() ? node.asString() : "";
        Visibility visibility = Visibility.current();
        List<LayerDefinition> seen = visibility.layers(layers);
        Optional<LayerDefinition> found =
                seen.stream().filter(l -> l.id().equals(id)).findFirst().map(visibility::cut);
        if (found.isEmpty()) {
            List<String> known = seen.stream().map(LayerDefinition::id).toList();
            mistakes.add(new Mistake(where, Text.of("process.layer.unknown", node.toString(), known)));
        }
        return found;
    }

    /** The CQL2 filter that a node holds; a missing or empty one is no filter. */
    public Optional<Filter> filter(
            @Nullable JsonNode node, LayerDefinition layer, String where, List<Mistake> mistakes) {
        if (node == null || node.isMissingNode() || node.isNull()) return Optional.empty();
        if (!node.isString()) {
            mistakes.add(new Mistake(where, Text.of("process.filter.text")));
            return Optional.empty();
        }
        if (node.asString().isBlank()) return Optional.empty();
        try {
            return Optional.of(Filters.parse(node.asString(), layer));
        } catch (ProblemException e) {
            mistakes.add(new Mistake(where, e.detail()));
            return Optional.empty();
        }
    }

    private Optional<PlaceSet> fromCollection(JsonNode node, String where, List<Mistake> mistakes) {
        JsonNode features = node.path("features");
        if (!features.isArray()) {
            mistakes.add(new Mistake(where + ".features", Text.of("process.places.shape")));
            return Optional.empty();
        }
        if (tooMany(features.size(), where, mistakes)) return Optional.empty();
        int before = mistakes.size();
        List<Place> places = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < features.size(); i++) {
            String here = where + ".features[" + i + "]";
            Optional<Point> at = geometry(features.get(i).path("geometry"), here + ".geometry", mistakes);
            if (at.isEmpty()) continue;
            Map<String, Object> properties = properties(features.get(i).path("properties"));
            String id = idOf(features.get(i), properties, i);
            if (!ids.add(id)) mistakes.add(new Mistake(here, Text.of("process.places.sameId", id)));
            Object name = properties.get("name");
            places.add(new Place(
                    id,
                    name instanceof String text && !text.isBlank() ? text : id,
                    at.get().getX(),
                    at.get().getY(),
                    properties));
        }
        return mistakes.size() > before ? Optional.empty() : Optional.of(new PlaceSet(places, null, false));
    }

    private static String idOf(JsonNode feature, Map<String, Object> properties, int i) {
        JsonNode id = feature.path("id");
        if (id.isString() || id.isNumber()) return id.asString();
        Object inside = properties.get("id");
        return inside == null ? "p" + (i + 1) : inside.toString();
    }

    private static Map<String, Object> properties(JsonNode node) {
        Map<String, Object> out = new HashMap<>();
        node.propertyStream().forEach(p -> {
            JsonNode value = p.getValue();
            if (value.isString()) out.put(p.getKey(), value.asString());
            else if (value.isIntegralNumber()) out.put(p.getKey(), value.asLong());
            else if (value.isNumber()) out.put(p.getKey(), value.asDouble());
            else if (value.isBoolean()) out.put(p.getKey(), value.asBoolean());
        });
        return out;
    }

    private Optional<PlaceSet> fromList(JsonNode node, String where, List<Mistake> mistakes) {
        if (tooMany(node.size(), where, mistakes)) return Optional.empty();
        int before = mistakes.size();
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String id = "p" + (i + 1);
            String here = where + "[" + i + "]";
            JsonNode one = node.get(i);
            if (one.isObject() && one.has("layer"))
                feature(one, here, mistakes).map(PlaceSets::placeOf).ifPresent(places::add);
            else
                position(one, here, mistakes)
                        .ifPresent(at -> places.add(new Place(id, id, at.getX(), at.getY(), Map.of())));
        }
        return mistakes.size() > before ? Optional.empty() : Optional.of(new PlaceSet(places, null, false));
    }

    private Optional<Feature> feature(JsonNode node, String where, List<Mistake> mistakes) {
        refuseOthers(node, where, Set.of("layer", "id"), mistakes);
        Optional<LayerDefinition> layer = layer(node.path("layer"), where + ".layer", mistakes);
        if (layer.isEmpty()) return Optional.empty();
        String id = node.path("id").asString("");
        Optional<Feature> found = layers.get(layer.get().id(), id);
        if (found.isEmpty())
            mistakes.add(new Mistake(
                    where + ".id",
                    Text.of("process.place.unknown", id, layer.get().title())));
        return found;
    }

    private static Optional<Point> position(JsonNode node, String where, List<Mistake> mistakes) {
        boolean pair = node.isArray()
                && node.size() >= 2
                && node.get(0).isNumber()
                && node.get(1).isNumber();
        double lon = pair ? node.get(0).asDouble() : Double.NaN;
        double lat = pair ? node.get(1).asDouble() : Double.NaN;
        if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
            mistakes.add(new Mistake(where, Text.of("process.place.position", node.toString())));
            return Optional.empty();
        }
        return Optional.of(GeoJson.FACTORY.createPoint(new org.locationtech.jts.geom.Coordinate(lon, lat)));
    }

    private static Optional<Point> geometry(JsonNode node, String where, List<Mistake> mistakes) {
        try {
            Geometry geometry = GeoJson.read(node);
            if (!geometry.isEmpty()) return Optional.of(pointOf(geometry));
            mistakes.add(new Mistake(where, Text.of("process.places.emptyGeometry")));
        } catch (ProblemException e) {
            mistakes.add(new Mistake(where, e.detail()));
        } catch (IllegalArgumentException e) {
            mistakes.add(new Mistake(where, Text.of("process.place.position", node.toString())));
        }
        return Optional.empty();
    }

    private static Point pointOf(Geometry geometry) {
        return geometry instanceof Point point ? point : geometry.getInteriorPoint();
    }

    private static void refuseOthers(JsonNode node, String where, Set<String> known, List<Mistake> mistakes) {
        node.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> mistakes.add(new Mistake(
                        where + "." + name,
                        Text.of("process.input.unknown", known.stream().sorted().toList()))));
    }

    private boolean tooMany(int count, String where, List<Mistake> mistakes) {
        if (count <= maxPlaces) return false;
        mistakes.add(new Mistake(where, Text.of("process.places.tooMany", count, maxPlaces)));
        return true;
    }
}
