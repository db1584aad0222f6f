package org.anquan.doctor;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Title;
import org.anquan.doctor.DataDoctor.Examined;
import org.anquan.doctor.DataDoctor.Order;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.process.Provenance.RoadsUsed;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code data-doctor}: what is wrong with a layer's data? */
@Component
final class DoctorProcess implements Process {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final List<String> INPUTS = List.of("layer", "filter", "checks", "listed");

    private final DataDoctor doctor;
    private final DoctorSettings settings;
    private final Roads roads;

    DoctorProcess(DataDoctor doctor, DoctorSettings settings, Roads roads) {
        this.doctor = doctor;
        this.settings = settings;
        this.roads = roads;
    }

    @Override
    public Object execute(ObjectNode inputs, Progress progress) {
        long start = System.nanoTime();
        Order order = read(inputs);
        Examined examined = doctor.examine(order, progress);
        List<Finding> findings = new ArrayList<>();
        examined.findings().listed().forEach(found -> findings.add(found.finding()));
        LayerState state = examined.state();
        LayerUsed used = new LayerUsed(state.layer(), state.version(), state.count(), state.asOf());
        return new Diagnosis(
                order.layer(),
                state.version(),
                examined.checked(),
                examined.findings().counts(),
                findings,
                new Provenance(
                        understood(order),
                        new DataUsed(List.of(used), roadsUsed(), state.illustrative()),
                        examined.warnings(),
                        (System.nanoTime() - start) / 1e6));
    }

    private @Nullable RoadsUsed roadsUsed() {
        Optional<RoadNetwork> network = roads.current();
        return network.map(now -> new RoadsUsed(
                        now.version(),
                        now.source(),
                        now.asOf(),
                        now.graph().nodeCount(),
                        now.graph().edgeCount()))
                .orElse(null);
    }

    // Inputs

    private Order read(ObjectNode inputs) {
        List<Mistake> mistakes = new ArrayList<>();
        inputs.propertyNames().stream()
                .filter(name -> !INPUTS.contains(name))
                .forEach(name -> mistakes.add(new Mistake("inputs." + name, Text.of("process.input.unknown", INPUTS))));
        JsonNode layer = inputs.path("layer");
        if (!layer.isString()) mistakes.add(new Mistake("inputs.layer", Text.of("doctor.input.layer")));
        JsonNode filter = inputs.path("filter");
        boolean noFilter = filter.isMissingNode() || filter.isNull();
        if (!noFilter && !filter.isString()) mistakes.add(new Mistake("inputs.filter", Text.of("process.filter.text")));
        Set<Check> checks = checks(inputs.path("checks"), mistakes);
        int listed = listed(inputs.path("listed"), mistakes);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("doctor.inputs", mistakes.size()).withMistakes(mistakes);
        return new Order(layer.asString(), noFilter ? null : filter.asString(), checks, listed);
    }

    private static Set<Check> checks(JsonNode given, List<Mistake> mistakes) {
        if (given.isMissingNode() || given.isNull()) return DataDoctor.allChecks();
        Set<Check> checks = EnumSet.noneOf(Check.class);
        if (!given.isArray() || given.isEmpty()) {
            mistakes.add(new Mistake("inputs.checks", Text.of("doctor.input.checks", Check.ids())));
            return checks;
        }
        for (int i = 0; i < given.size(); i++) {
            Optional<Check> check = Check.of(given.get(i).asString(""));
            if (check.isPresent()) checks.add(check.get());
            else mistakes.add(new Mistake("inputs.checks[" + i + "]", Text.of("doctor.input.checks", Check.ids())));
        }
        return checks;
    }

    private int listed(JsonNode given, List<Mistake> mistakes) {
        if (given.isMissingNode() || given.isNull()) return settings.listedFindings();
        if (given.isInt() && given.asInt() >= 1 && given.asInt() <= settings.mostListed()) return given.asInt();
        mistakes.add(new Mistake("inputs.listed", Text.of("doctor.input.listed", settings.mostListed())));
        return settings.listedFindings();
    }

    private static ObjectNode understood(Order order) {
        ObjectNode inputs = JSON.objectNode();
        inputs.put("layer", order.layer());
        if (order.filter() != null) inputs.put("filter", order.filter());
        ArrayNode checks = inputs.putArray("checks");
        order.checks().forEach(check -> checks.add(check.id()));
        return inputs.put("listed", order.listed());
    }

    // Description

    @Override
    public ProcessDescription description() {
        ObjectNode example = JSON.objectNode();
        example.putObject("inputs").put("layer", "shelter");
        return new ProcessDescription(
                "data-doctor",
                "1.0.0",
                both("doctor.process.title"),
                both("doctor.process.description"),
                inputs(),
                outputs(),
                example);
    }

    private static Title both(String key) {
        Text text = new Text(key, List.of());
        return new Title(Texts.in(Texts.CHINESE, text), Texts.in(Texts.ENGLISH, text));
    }

    private ObjectNode inputs() {
        ObjectNode inputs = JSON.objectNode();
        part(inputs, "input", "layer", type("string")).put("minOccurs", 1);
        part(inputs, "input", "filter", type("string")).put("minOccurs", 0);
        ObjectNode checks = type("array").put("minItems", 1);
        ArrayNode ids = checks.putObject("items").put("type", "string").putArray("enum");
        Check.ids().forEach(ids::add);
        part(inputs, "input", "checks", checks).put("minOccurs", 0);
        ObjectNode listed = type("integer").put("minimum", 1).put("maximum", settings.mostListed());
        part(inputs, "input", "listed", listed.put("default", settings.listedFindings()))
                .put("minOccurs", 0);
        return inputs;
    }

    private static ObjectNode outputs() {
        ObjectNode outputs = JSON.objectNode();
        part(outputs, "output", "layer", type("string"));
        part(outputs, "output", "version", type("integer"));
        part(outputs, "output", "checked", type("integer"));
        part(outputs, "output", "counts", list(type("object")));
        part(outputs, "output", "findings", list(type("object")));
        part(outputs, "output", "inputs", type("object"));
        part(outputs, "output", "data", type("object"));
        part(outputs, "output", "warnings", list(type("string")));
        part(outputs, "output", "computedMillis", type("number"));
        return outputs;
    }

    private static ObjectNode part(ObjectNode parts, String kind, String name, ObjectNode schema) {
        String key = "doctor.process." + kind + "." + name;
        ObjectNode part = parts.putObject(name);
        part.put("title", new Text(key + ".title", List.of()).toString());
        part.put("description", new Text(key + ".description", List.of()).toString());
        part.set("schema", schema);
        return part;
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode list = type("array");
        list.set("items", items);
        return list;
    }

    // Excel

    @Override
    public List<String> otherFormats() {
        return List.of(EXCEL);
    }

    @Override
    public void write(Object answer, String mediaType, OutputStream out) throws IOException {
        if (!mediaType.equals(EXCEL)) throw new UnsupportedOperationException(mediaType);
        DoctorWorkbook.write((Diagnosis) answer, out);
    }
}
