package org.anquan.scenario;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.LayerDefinition;
import org.anquan.geo.GeoJson;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.scenario.Scenario.Closure;
import org.anquan.scenario.Scenario.Factor;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.util.GeometryFixer;
import tools.jackson.databind.JsonNode;

/** Reads one scenario from JSON, collecting every mistake. */
final class ScenarioReader {
    private static final Set<String> PARTS =
            Set.of("closures", "factors", "facilities", "roads", "validFrom", "validUntil");

    private final PlaceSets placeSets;
    private final ScenarioSettings settings;
    private final List<Mistake> mistakes;
    private int vertices;

    ScenarioReader(PlaceSets placeSets, ScenarioSettings settings, List<Mistake> mistakes) {
        this.placeSets = placeSets;
        this.settings = settings;
        this.mistakes = mistakes;
    }

    Optional<Scenario> read(JsonNode node, String where) {
        int before = mistakes.size();
        refuseOthers(node, where, PARTS);
        List<Closure> closures = new ArrayList<>();
        each(node.path("closures"), where + ".closures", (one, here) -> closure(one, here, closures));
        List<Factor> factors = new ArrayList<>();
        each(node.path("factors"), where + ".factors", (one, here) -> factor(one, here, factors));
        JsonNode facilities = node.path("facilities");
        refuseOthers(facilities, where + ".facilities", Set.of("off", "added"));
        Set<String> off = new HashSet<>(texts(facilities.path("off"), where + ".facilities.off"));
        List<Place> added = new ArrayList<>();
        if (present(facilities.path("added")))
            placeSets
                    .places(facilities.path("added"), where + ".facilities.added", mistakes)
                    .ifPresent(set -> added.addAll(set.places()));
        if (present(node.path("roads"))) wrong(where + ".roads", Text.of("scenario.roadsAdded"));
        Instant from = time(node.path("validFrom"), where + ".validFrom");
        Instant until = time(node.path("validUntil"), where + ".validUntil");
        if (from != null && until != null && !from.isBefore(until))
            wrong(where + ".validUntil", Text.of("scenario.timesOrder", from, until));
        if (vertices > settings.maxVertices())
            wrong(where, Text.of("scenario.tooManyVertices", vertices, settings.maxVertices()));
        return mistakes.size() > before
                ? Optional.empty()
                : Optional.of(new Scenario(closures, factors, off, added, from, until));
    }

    private void closure(JsonNode one, String here, List<Closure> closures) {
        if (one.has("type")) {
            geometry(one, here).ifPresent(g -> closures.add(new Scenario.Drawn(g)));
        } else if (one.has("roads")) {
            refuseOthers(one, here, Set.of("roads"));
            closures.add(new Scenario.Roads(texts(one.path("roads"), here + ".roads")));
        } else if (one.has("layer")) {
            hazard(one, here, closures);
        } else wrong(here, Text.of("scenario.closureShape"));
    }

    private void hazard(JsonNode one, String here, List<Closure> closures) {
        refuseOthers(one, here, Set.of("layer", "filter", "bufferMetres"));
        Optional<LayerDefinition> layer = placeSets.layer(one.path("layer"), here + ".layer", mistakes);
        layer.ifPresent(l -> placeSets.filter(one.path("filter"), l, here + ".filter", mistakes));
        JsonNode buffer = one.path("bufferMetres");
        double metres = buffer.isNumber() ? buffer.asDouble() : buffer.isMissingNode() ? 0 : Double.NaN;
        if (!(metres >= 0 && metres <= settings.maxBufferMetres()))
            wrong(here + ".bufferMetres", Text.of("scenario.buffer", buffer.toString(), settings.maxBufferMetres()));
        String filter = one.path("filter").asString("");
        layer.ifPresent(l -> closures.add(new Scenario.Hazard(l.id(), filter.isBlank() ? null : filter, metres)));
    }

    private void factor(JsonNode one, String here, List<Factor> factors) {
        refuseOthers(one, here, Set.of("value", "why", "area"));
        double value = one.path("value").isNumber() ? one.path("value").asDouble() : Double.NaN;
        if (!(value > 0 && value <= 1)) {
            wrong(here + ".value", Text.of("scenario.factor", one.path("value").toString()));
            return;
        }
        String why = one.path("why").asString("");
        if (!present(one.path("area"))) {
            factors.add(new Factor(value, why, null));
            return;
        }
        Optional<Geometry> area = geometry(one.path("area"), here + ".area");
        if (area.isEmpty()) return;
        if (area.get() instanceof Polygonal) factors.add(new Factor(value, why, area.get()));
        else wrong(here + ".area", Text.of("scenario.factorArea"));
    }

    private Optional<Geometry> geometry(JsonNode node, String here) {
        try {
            Geometry geometry = GeoJson.read(node);
            vertices += geometry.getNumPoints();
            if (geometry.isEmpty()) {
                wrong(here, Text.of("process.places.emptyGeometry"));
                return Optional.empty();
            }
            // A drawn ring that crosses itself still means an area.
            boolean mend = vertices <= settings.maxVertices() && !geometry.isValid();
            return Optional.of(mend ? GeometryFixer.fix(geometry) : geometry);
        } catch (ProblemException e) {
            wrong(here, e.detail());
        } catch (IllegalArgumentException e) {
            wrong(here, Text.of("scenario.geometry", String.valueOf(e.getMessage())));
        }
        return Optional.empty();
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
