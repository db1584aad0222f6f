package org.anquan.scenario;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Title;
import org.anquan.catalog.Visibility;
import org.anquan.geo.GeoJson;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.network.TravelProfile;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.RoadsUsed;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The process {@code closed-roads}: which road sections a scenario closes, road by road with its name, so that whoever
 * draws a closure sees what it hits before any circle is asked for.
 *
 * <p>A section counts as closed where the profile could drive it in some direction before and in none under the
 * scenario; a section that was closed to the profile anyway is not listed.
 */
@Component
final class ClosedRoadsProcess implements Process {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> INPUTS = List.of("scenario", "profile");
    private static final String ROAD_LAYER = "road";

    /** More roads than these are counted but not drawn: nobody reads a longer list, and the answer stays small. */
    private static final int MOST_LISTED = 2_000;

    private final Layers layers;
    private final Roads roads;
    private final Scenarios scenarios;

    ClosedRoadsProcess(Layers layers, Roads roads, Scenarios scenarios) {
        this.layers = layers;
        this.roads = roads;
        this.scenarios = scenarios;
    }

    /**
     * @param roads GeoJSON, one feature a road, the longest closed part first
     * @param sections how many road sections are closed, those not listed included
     * @param metres their length
     */
    record Answer(
            Listed roads,
            int sections,
            double metres,
            @JsonUnwrapped Provenance provenance) {}

    /** A GeoJSON FeatureCollection. */
    record Listed(String type, List<OneRoad> features) {}

    record OneRoad(String type, String id, Geometry geometry, Map<String, @Nullable Object> properties) {}

    @Override
    public Object execute(ObjectNode inputs, Progress progress) {
        long start = System.nanoTime();
        List<Mistake> mistakes = new ArrayList<>();
        for (String name : inputs.propertyNames())
            if (!INPUTS.contains(name))
                mistakes.add(new Mistake("inputs." + name, Text.of("process.input.unknown", INPUTS)));
        String wanted = inputs.path("profile").asString(TravelProfile.FIRE_ENGINE.id());
        Optional<TravelProfile> profile = TravelProfile.of(wanted);
        if (profile.isEmpty())
            mistakes.add(new Mistake(
                    "inputs.profile", Text.of("scenario.closedRoads.profile", wanted, TravelProfile.ids())));
        Optional<Scenario> scenario = scenarios.read(inputs.path("scenario"), "inputs.scenario", mistakes);
        if (profile.isEmpty() || scenario.isEmpty() || !mistakes.isEmpty())
            throw ProblemException.invalid("scenario.closedRoads.inputs", mistakes.size())
                    .withMistakes(mistakes);
        RoadNetwork network = roads.require();
        WhatIf whatIf = scenarios.onRoads(scenario.get(), network, profile.get());
        return answer(inputs, network, profile.get(), whatIf, start);
    }

    private Answer answer(
            ObjectNode inputs, RoadNetwork network, TravelProfile profile, WhatIf whatIf, long startNanos) {
        RoadGraph graph = whatIf.network().graph();
        int[] normal = whatIf.usualMillis();
        int[] now = whatIf.keyMillis();
        Map<Long, Part> byRoad = new LinkedHashMap<>();
        int sections = 0;
        double metres = 0;
        if (now != normal)
            for (int edge = 0; edge < graph.edgeCount(); edge++) {
                // Of a road cut in two by an added one, the pieces count and not the whole.
                if (whatIf.network().replaced(edge)) continue;
                boolean before = open(normal, edge);
                if (!before || open(now, edge)) continue;
                sections++;
                metres += graph.edgeMetres(edge);
                byRoad.computeIfAbsent(graph.edgeRoad(edge), road -> new Part()).add(graph, edge);
            }
        List<Map.Entry<Long, Part>> longestFirst = new ArrayList<>(byRoad.entrySet());
        longestFirst.sort((a, b) -> Double.compare(b.getValue().metres, a.getValue().metres));
        List<OneRoad> listed = longestFirst.stream()
                .limit(MOST_LISTED)
                .map(one -> listed("w" + one.getKey(), one.getValue()))
                .toList();
        RoadsUsed used = new RoadsUsed(
                network.version(), network.source(), network.asOf(), graph.nodeCount(), graph.edgeCount());
        ObjectNode understood = inputs.deepCopy();
        understood.put("profile", profile.id());
        return new Answer(
                new Listed("FeatureCollection", listed),
                sections,
                metres,
                new Provenance(
                        understood,
                        new DataUsed(List.of(), used, false),
                        whatIf.warnings(),
                        (System.nanoTime() - startNanos) / 1e6));
    }

    private static boolean open(int[] times, int edge) {
        return times[2 * edge] != RoadGraph.CLOSED || times[2 * edge + 1] != RoadGraph.CLOSED;
    }

    private OneRoad listed(String id, Part part) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("name", name(id));
        properties.put("roadClass", part.roadClass);
        properties.put("structure", part.structure);
        properties.put("metres", part.metres);
        properties.put("sections", part.lines.size());
        return new OneRoad(
                "Feature",
                id,
                GeoJson.FACTORY.createMultiLineString(part.lines.toArray(LineString[]::new)),
                properties);
    }

    /** As the road layer has it; null where it has none or the asker may not see the layer. */
    private @Nullable String name(String id) {
        LayerDefinition layer = layers.definitions().stream()
                .filter(one -> one.id().equals(ROAD_LAYER))
                .findFirst()
                .orElse(null);
        if (layer == null || !Visibility.current().sees(layer)) return null;
        return layers.get(ROAD_LAYER, id)
                .map((Feature road) -> road.text(CommonAttributes.NAME))
                .orElse(null);
    }

    /** The sections of one road that cannot be driven through, from junction to junction. */
    private static final class Part {
        final List<LineString> lines = new ArrayList<>();
        double metres;
        String roadClass = "";
        String structure = "";

        void add(RoadGraph graph, int edge) {
            lines.add(shape(graph, edge));
            metres += graph.edgeMetres(edge);
            roadClass = graph.edgeClass(edge).id();
            // A bridge among the sections is worth saying; plain ground is not.
            String here = graph.edgeStructure(edge).name().toLowerCase(Locale.ROOT);
            if (structure.isEmpty() || structure.equals("ground")) structure = here;
        }

        private static LineString shape(RoadGraph graph, int edge) {
            int first = graph.shapeFirst(edge);
            Coordinate[] all = new Coordinate[graph.shapeFirst(edge + 1) - first];
            for (int i = 0; i < all.length; i++)
                all[i] = new Coordinate(graph.shapeLon()[first + i], graph.shapeLat()[first + i]);
            return GeoJson.FACTORY.createLineString(all);
        }
    }

    // ---- description --------------------------------------------------------------------------------------------

    @Override
    public ProcessDescription description() {
        ObjectNode inputs = JSON.objectNode();
        ObjectNode scenario = JSON.objectNode();
        scenario.putArray("oneOf").add(type("object")).add(type("string"));
        part(inputs, "input.scenario", scenario).put("minOccurs", 0);
        ObjectNode profile = type("string");
        TravelProfile.ids().forEach(profile.putArray("enum")::add);
        profile.put("default", TravelProfile.FIRE_ENGINE.id());
        part(inputs, "input.profile", profile).put("minOccurs", 0);
        ObjectNode outputs = JSON.objectNode();
        part(
                outputs,
                "output.roads",
                JSON.objectNode().put("$ref", "https://geojson.org/schema/FeatureCollection.json"));
        part(outputs, "output.sections", type("integer"));
        part(outputs, "output.metres", type("number"));
        part(outputs, "output.inputs", type("object"));
        part(outputs, "output.data", type("object"));
        ObjectNode warnings = type("array");
        warnings.set("items", type("string"));
        part(outputs, "output.warnings", warnings);
        part(outputs, "output.computedMillis", type("number"));
        return new ProcessDescription(
                "closed-roads",
                "1.0.0",
                both("scenario.closedRoads.title"),
                both("scenario.closedRoads.description"),
                inputs,
                outputs,
                example());
    }

    private static ObjectNode example() {
        ObjectNode example = JSON.objectNode();
        ObjectNode point = example.putObject("inputs")
                .putObject("scenario")
                .putArray("closures")
                .addObject();
        point.put("type", "Point");
        point.putArray("coordinates").add(105.64).add(32.372);
        return example;
    }

    private static ObjectNode part(ObjectNode parts, String name, ObjectNode schema) {
        String key = "scenario.closedRoads." + name;
        ObjectNode part = parts.putObject(name.substring(name.indexOf('.') + 1));
        part.put("title", Text.of(key + ".title").toString());
        part.put("description", Text.of(key + ".description").toString());
        part.set("schema", schema);
        return part;
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static Title both(String key) {
        Text text = Text.of(key);
        return new Title(Texts.in(Texts.CHINESE, text), Texts.in(Texts.ENGLISH, text));
    }
}
