package org.anquan.scenario;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.SpokenTime;
import org.anquan.geo.GeoJson;
import org.anquan.geo.Tangle;
import org.anquan.network.AddedRoad;
import org.anquan.network.RoadClass;
import org.anquan.network.Vehicle;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.scenario.Scenario.Closure;
import org.anquan.scenario.Scenario.Facilities;
import org.anquan.scenario.Scenario.Factor;
import org.anquan.scenario.Scenario.Position;
import org.anquan.scenario.Scenario.Validity;
import org.anquan.security.Asker;
import org.anquan.security.Role;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.util.GeometryFixer;
import tools.jackson.databind.JsonNode;

/** Reads one scenario from JSON, collecting every mistake. */
final class ScenarioReader {
    private static final Set<String> PARTS =
            Set.of("closures", "factors", "facilities", "roads", "vehicle", "validFrom", "validUntil");
    /** Parts that say something about a stored scenario, not about the world. */
    static final Set<String> LABELS = Set.of("title", "reason", "sensitivity", "drill");
    /** What the service adds itself; it comes back when somebody sends what they got. */
    static final Set<String> ADDED = Set.of("name", "author", "changedAt", "version", "state", "links");

    /** A closure that was saved by somebody who may see its layer closes roads for everyone. */
    private static final Asker TRUSTED = new Asker("scenario", Set.of(Role.ADMIN));

    /** An area of fewer vertices costs nothing to speak of, however it is drawn. */
    private static final int TANGLED_FROM = 300;

    /** Members of a geometry and of a feature (RFC 7946), and the reason; a width, say, would not be heeded here. */
    private static final Set<String> DRAWN =
            Set.of("type", "coordinates", "geometries", "geometry", "properties", "id", "bbox", "crs", "why");

    private static final double MAX_KMH = 200;
    private static final double MAX_METRES = 100;
    private static final double MAX_TONNES = 1_000;

    private final PlaceSets placeSets;
    private final ScenarioSettings settings;
    private final List<Mistake> mistakes;
    private @Nullable String stored;
    private final List<Geometry> drawn = new ArrayList<>();
    private long vertices;
    private int crossings;
    private int parts;

    ScenarioReader(PlaceSets placeSets, ScenarioSettings settings, List<Mistake> mistakes) {
        this.placeSets = placeSets;
        this.settings = settings;
        this.mistakes = mistakes;
    }

    /** For one that lies in the store under a name: its labels are known, and its layers were checked when it was saved. */
    ScenarioReader stored(String name) {
        stored = name;
        return this;
    }

    Optional<Scenario> read(JsonNode node, String where) {
        int before = mistakes.size();
        Set<String> known = new HashSet<>(PARTS);
        if (stored != null) {
            known.addAll(LABELS);
            known.addAll(ADDED);
        }
        refuseOthers(node, where, known);
        List<Closure> closures = new ArrayList<>();
        each(node.path("closures"), where + ".closures", (one, here) -> closure(one, here, closures));
        List<Factor> factors = new ArrayList<>();
        each(node.path("factors"), where + ".factors", (one, here) -> factor(one, here, factors));
        Facilities facilities = facilities(node.path("facilities"), where + ".facilities");
        List<AddedRoad> roads = new ArrayList<>();
        if (present(node.path("roads"))) roads(node.path("roads"), where + ".roads", roads);
        Vehicle vehicle = present(node.path("vehicle")) ? vehicle(node.path("vehicle"), where + ".vehicle") : null;
        Instant from = time(node.path("validFrom"), where + ".validFrom");
        Instant until = time(node.path("validUntil"), where + ".validUntil");
        if (from != null && until != null && !from.isBefore(until))
            wrong(where + ".validUntil", Text.of("scenario.timesOrder", SpokenTime.of(from), SpokenTime.of(until)));
        limits(where);
        return mistakes.size() > before
                ? Optional.empty()
                : Optional.of(
                        new Scenario(closures, factors, facilities, roads, vehicle, new Validity(stored, from, until)));
    }

    /** One geometry for itself. */
    Optional<Geometry> drawn(JsonNode node, String where) {
        int before = mistakes.size();
        Optional<Geometry> geometry = geometry(node, where);
        limits(where);
        return mistakes.size() > before ? Optional.empty() : geometry;
    }

    /** The polygons of a geometry, a feature or a collection of features that a request draws. */
    Optional<List<Geometry>> areas(JsonNode node, String where) {
        int before = mistakes.size();
        List<Geometry> read = new ArrayList<>();
        switch (node.path("type").asString("")) {
            case "FeatureCollection" ->
                each(
                        node.path("features"),
                        where + ".features",
                        (one, here) -> geometry(one.path("geometry"), here + ".geometry")
                                .ifPresent(read::add));
            case "Feature" ->
                geometry(node.path("geometry"), where + ".geometry").ifPresent(read::add);
            default -> geometry(node, where).ifPresent(read::add);
        }
        limits(where);
        if (mistakes.size() > before) return Optional.empty();
        List<Geometry> areas = new ArrayList<>();
        for (Geometry one : read)
            for (int i = 0; i < one.getNumGeometries(); i++)
                if (one.getGeometryN(i) instanceof Polygonal) areas.add(one.getGeometryN(i));
        if (areas.size() > 1 && Tangle.crossed(areas, settings.maxCrossings()) > settings.maxCrossings()) {
            wrong(where, Text.of("scenario.tooCrossed", settings.maxCrossings()));
            return Optional.empty();
        }
        return Optional.of(areas);
    }

    private void limits(String where) {
        if (vertices > settings.maxVertices())
            wrong(where, Text.of("scenario.tooManyVertices", vertices, settings.maxVertices()));
        else if (folds() > settings.maxFolds())
            wrong(where, Text.of("scenario.tooFolded", folds(), settings.maxFolds()));
        if (parts > settings.maxParts()) wrong(where, Text.of("scenario.tooManyParts", parts, settings.maxParts()));
    }

    private void closure(JsonNode one, String here, List<Closure> closures) {
        parts++;
        String why = one.path("why").asString("");
        if (stored == null && one.has("type")) refuseOthers(one, here, DRAWN);
        if (one.path("type").asString("").equals("Feature")) {
            String said = one.path("properties").path("why").asString("");
            geometry(one.path("geometry"), here + ".geometry")
                    .ifPresent(g -> closures.add(new Scenario.Drawn(g, said.isEmpty() ? why : said)));
        } else if (one.has("type")) {
            geometry(one, here).ifPresent(g -> closures.add(new Scenario.Drawn(g, why)));
        } else if (one.has("roads")) {
            refuseOthers(one, here, Set.of("roads", "why"));
            closures.add(new Scenario.Roads(texts(one.path("roads"), here + ".roads"), why));
        } else if (one.has("bridges")) {
            refuseOthers(one, here, Set.of("bridges", "why"));
            closures.add(new Scenario.Structures(texts(one.path("bridges"), here + ".bridges"), why));
        } else if (one.has("layer")) {
            if (stored == null) hazard(one, here, why, closures);
            else TRUSTED.run(() -> hazard(one, here, why, closures));
        } else wrong(here, Text.of("scenario.closureShape"));
    }

    private void hazard(JsonNode one, String here, String why, List<Closure> closures) {
        refuseOthers(one, here, Set.of("layer", "filter", "bufferMetres", "why"));
        Optional<LayerDefinition> layer = placeSets.layer(one.path("layer"), here + ".layer", mistakes);
        layer.ifPresent(l -> placeSets.filter(one.path("filter"), l, here + ".filter", mistakes));
        JsonNode buffer = one.path("bufferMetres");
        double metres = buffer.isNumber() ? buffer.asDouble() : buffer.isMissingNode() ? 0 : Double.NaN;
        if (!(metres >= 0 && metres <= settings.maxBufferMetres()))
            wrong(here + ".bufferMetres", Text.of("scenario.buffer", buffer.toString(), settings.maxBufferMetres()));
        String filter = one.path("filter").asString("");
        layer.ifPresent(l -> closures.add(new Scenario.Hazard(l.id(), filter.isBlank() ? null : filter, metres, why)));
    }

    private void factor(JsonNode one, String here, List<Factor> factors) {
        parts++;
        refuseOthers(one, here, Set.of("value", "preset", "why", "area"));
        String why = one.path("why").asString("");
        double value;
        if (present(one.path("preset"))) {
            String said = one.path("preset").asString("");
            String name = settings.presets().keySet().stream()
                    .filter(said::equalsIgnoreCase)
                    .findFirst()
                    .orElse(said);
            ScenarioSettings.Preset preset = settings.presets().get(name);
            if (preset == null || present(one.path("value"))) {
                wrong(
                        here + ".preset",
                        preset == null
                                ? Text.of(
                                        "scenario.preset",
                                        one.path("preset").toString(),
                                        settings.presets().keySet().stream()
                                                .sorted()
                                                .toList())
                                : Text.of("scenario.presetAndValue"));
                return;
            }
            value = preset.speed();
            if (why.isEmpty()) why = name;
        } else {
            value = one.path("value").isNumber() ? one.path("value").asDouble() : Double.NaN;
            if (!(value > 0 && value <= 1)) {
                wrong(
                        here + ".value",
                        present(one.path("value"))
                                ? Text.of("scenario.factor", one.path("value").toString())
                                : Text.of("scenario.factorShape"));
                return;
            }
        }
        if (!present(one.path("area"))) {
            factors.add(new Factor(value, why, null));
            return;
        }
        Optional<Geometry> area = geometry(one.path("area"), here + ".area");
        if (area.isEmpty()) return;
        if (area.get() instanceof Polygonal) factors.add(new Factor(value, why, area.get()));
        else wrong(here + ".area", Text.of("scenario.factorArea"));
    }

    private Facilities facilities(JsonNode node, String where) {
        if (stored == null && present(node) && !node.isObject()) wrong(where, Text.of("scenario.facilitiesShape"));
        refuseOthers(node, where, Set.of("off", "on", "moved", "added"));
        Set<String> off = new HashSet<>(texts(node.path("off"), where + ".off"));
        Set<String> on = new HashSet<>(texts(node.path("on"), where + ".on"));
        for (String id : on) if (off.contains(id)) wrong(where + ".on", Text.of("scenario.onAndOff", id));
        Map<String, Position> moved = new HashMap<>();
        JsonNode moves = node.path("moved");
        if (present(moves) && !moves.isObject()) wrong(where + ".moved", Text.of("scenario.movedShape"));
        else
            moves.propertyStream()
                    .forEach(move -> placeSets
                            .place(move.getValue(), where + ".moved." + move.getKey(), mistakes)
                            .ifPresent(to -> moved.put(move.getKey(), new Position(to.lon(), to.lat()))));
        List<Place> added = new ArrayList<>();
        if (present(node.path("added")))
            placeSets
                    .places(node.path("added"), where + ".added", mistakes)
                    .ifPresent(set -> added.addAll(set.places()));
        return new Facilities(off, on, moved, added);
    }

    private void roads(JsonNode node, String where, List<AddedRoad> roads) {
        refuseOthers(node, where, Set.of("added"));
        JsonNode added = node.path("added");
        JsonNode features = added.path("features");
        if (!features.isArray()) {
            wrong(where + ".added", Text.of("scenario.roadsShape"));
            return;
        }
        for (int i = 0; i < features.size(); i++) {
            parts++;
            road(features.get(i), i, where + ".added.features[" + i + "]", roads);
        }
    }

    private void road(JsonNode feature, int number, String here, List<AddedRoad> roads) {
        Optional<Geometry> geometry = geometry(feature.path("geometry"), here + ".geometry");
        JsonNode properties = feature.path("properties");
        String given = properties.path("roadClass").asString("");
        Optional<RoadClass> roadClass = given.isEmpty()
                ? Optional.of(RoadClass.VILLAGE)
                : Arrays.stream(RoadClass.values())
                        .filter(one -> one.id().equals(given))
                        .findFirst();
        if (roadClass.isEmpty())
            wrong(
                    here + ".properties.roadClass",
                    Text.of(
                            "scenario.roadClass",
                            given,
                            Arrays.stream(RoadClass.values()).map(RoadClass::id).toList()));
        double kmh = Double.NaN;
        if (present(properties.path("speedKmh"))) {
            kmh = properties.path("speedKmh").isNumber()
                    ? properties.path("speedKmh").asDouble()
                    : -1;
            if (!(kmh > 0 && kmh <= MAX_KMH))
                wrong(
                        here + ".properties.speedKmh",
                        Text.of("scenario.speed", properties.path("speedKmh").toString(), MAX_KMH));
        }
        JsonNode oneway = properties.path("oneway");
        if (stored == null && present(oneway) && !oneway.isBoolean())
            wrong(here + ".properties.oneway", Text.of("scenario.oneway", oneway.toString()));
        if (geometry.isEmpty()) return;
        if (!(geometry.get() instanceof LineString line) || line.getLength() == 0) {
            wrong(here + ".geometry", Text.of("scenario.roadLine"));
            return;
        }
        if (roadClass.isEmpty()) return;
        Coordinate[] all = line.getCoordinates();
        double[] lonLat = new double[2 * all.length];
        for (int i = 0; i < all.length; i++) {
            lonLat[2 * i] = all[i].x;
            lonLat[2 * i + 1] = all[i].y;
        }
        String id = feature.path("id").asString(properties.path("id").asString("new-" + (number + 1)));
        roads.add(new AddedRoad(
                id, properties.path("name").asString(""), roadClass.get(), kmh, oneway.asBoolean(false), lonLat));
    }

    @Nullable
    Vehicle vehicle(JsonNode node, String where) {
        if (!node.isObject()) {
            wrong(where, Text.of("scenario.vehicle"));
            return null;
        }
        refuseOthers(node, where, Set.of("heightMetres", "widthMetres", "loadTonnes"));
        double height = size(node.path("heightMetres"), where + ".heightMetres", MAX_METRES);
        double width = size(node.path("widthMetres"), where + ".widthMetres", MAX_METRES);
        double load = size(node.path("loadTonnes"), where + ".loadTonnes", MAX_TONNES);
        return new Vehicle(height, width, load);
    }

    private double size(JsonNode node, String where, double most) {
        if (!present(node)) return Double.NaN;
        double value = node.isNumber() ? node.asDouble() : -1;
        if (value > 0 && value <= most) return value;
        wrong(where, Text.of("scenario.vehicleSize", node.toString(), most));
        return Double.NaN;
    }

    private Optional<Geometry> geometry(JsonNode node, String here) {
        try {
            Geometry geometry = GeoJson.read(node);
            vertices += geometry.getNumPoints();
            if (geometry.isEmpty()) {
                wrong(here, Text.of("process.places.emptyGeometry"));
                return Optional.empty();
            }
            if (vertices > settings.maxVertices()) return Optional.of(geometry);
            drawn.add(geometry);
            return mended(geometry, here);
        } catch (ProblemException e) {
            wrong(here, e.detail());
        } catch (IllegalArgumentException e) {
            wrong(here, Text.of("scenario.geometry", String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private Optional<Geometry> mended(Geometry geometry, String here) {
        if (geometry instanceof Polygonal) return mendedArea(geometry, here);
        if (geometry.getClass() != GeometryCollection.class) return Optional.of(geometry);
        List<Geometry> parts = new ArrayList<>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Optional<Geometry> part = mended(geometry.getGeometryN(i), here);
            if (part.isEmpty()) return part;
            for (int j = 0; j < part.get().getNumGeometries(); j++)
                parts.add(part.get().getGeometryN(j));
        }
        return Optional.of(geometry.getFactory().buildGeometry(parts));
    }

    /** A drawn ring that crosses itself still means an area; what is too tangled is refused before it takes long. */
    private Optional<Geometry> mendedArea(Geometry area, String here) {
        boolean small = area.getNumPoints() <= TANGLED_FROM;
        if (small && area.isValid()) return Optional.of(area);
        // Told once, of all that is drawn together.
        if (!small && Tangle.folds(List.of(area)) > settings.maxFolds()) return Optional.empty();
        int left = settings.maxCrossings() - crossings;
        crossings += left < 0 ? 0 : Tangle.crossings(area, left);
        if (crossings <= settings.maxCrossings())
            return Optional.of(!small && area.isValid() ? area : GeometryFixer.fix(area));
        if (left >= 0) wrong(here, Text.of("scenario.tooTangled", settings.maxCrossings()));
        return Optional.empty();
    }

    private int folds() {
        return vertices > settings.maxFolds() ? Tangle.folds(drawn) : 0;
    }

    private @Nullable Instant time(JsonNode node, String here) {
        if (!present(node)) return null;
        try {
            return OffsetDateTime.parse(node.asString("")).toInstant();
        } catch (DateTimeException e) {
            wrong(here, Text.of("scenario.time", node.toString()));
            return null;
        }
    }

    private List<String> texts(JsonNode node, String here) {
        List<String> all = new ArrayList<>();
        each(node, here, (one, at) -> {
            if (one.isString() && !one.asString().isBlank()) all.add(one.asString());
            else wrong(at, Text.of("scenario.id", one.toString()));
        });
        return all;
    }

    private interface Each {
        void take(JsonNode one, String where);
    }

    private void each(JsonNode array, String where, Each each) {
        if (!present(array)) return;
        if (!array.isArray()) {
            wrong(where, Text.of("scenario.list"));
            return;
        }
        for (int i = 0; i < array.size(); i++) each.take(array.get(i), where + "[" + i + "]");
    }

    private void refuseOthers(JsonNode node, String where, Set<String> known) {
        for (String name : node.propertyNames())
            if (!known.contains(name))
                wrong(
                        where + "." + name,
                        Text.of("process.input.unknown", known.stream().sorted().toList()));
    }

    private static boolean present(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private void wrong(String where, Text what) {
        mistakes.add(new Mistake(where, what));
    }
}
