package org.anquan.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.anquan.catalog.Title;
import org.anquan.problem.ProblemBody;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The process {@code batch}: one question over a list of scenarios or of inputs, one after the other. A run that fails is
 * reported with its problem and stops none of the others. Of each answer the parts are kept that were asked for, else all
 * but maps; so hundreds of runs fit into memory.
 */
@Component
final class BatchProcess implements Process {
    static final String ID = "batch";
    private static final Logger LOG = LoggerFactory.getLogger(BatchProcess.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String CSV = "text/csv";
    private static final Set<String> INPUTS =
            new LinkedHashSet<>(List.of("process", "inputs", "scenarios", "runs", "keep", "compareWith"));
    /** What says where an answer comes from stands once, not in each run. */
    private static final Set<String> ONCE = Set.of("inputs", "data", "computedMillis");

    private final ObjectProvider<Processes> processes;
    private final JobSettings settings;
    private final JsonMapper json;

    BatchProcess(ObjectProvider<Processes> processes, JobSettings settings, JsonMapper json) {
        this.processes = processes;
        this.settings = settings;
        this.json = json;
    }

    /** @param runs in the order in which they were asked */
    record Answer(
            String process, List<Run> runs, int successful, int failed, ObjectNode inputs, double computedMillis) {}

    /**
     * @param status {@code successful} or {@code failed}
     * @param answer the kept parts; null where it failed
     * @param difference to the run that all are compared with; null where none was asked for
     * @param problem why it failed; null where it did not
     */
    record Run(
            int number,
            String name,
            String status,
            double computedMillis,
            @Nullable ObjectNode answer,
            @Nullable ObjectNode difference,
            @Nullable JsonNode problem) {}

    private record Wanted(String name, ObjectNode inputs) {}

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        List<Mistake> mistakes = new ArrayList<>();
        for (String name : given.propertyNames())
            if (!INPUTS.contains(name))
                mistakes.add(new Mistake("inputs." + name, Text.of("process.input.unknown", List.copyOf(INPUTS))));
        Process process = process(given.path("process"), mistakes);
        List<Wanted> wanted = wanted(given, process, mistakes);
        Set<String> keep = keep(given.path("keep"), mistakes);
        int reference = reference(given.path("compareWith"), wanted, mistakes);
        if (wanted.size() > settings.batchRuns())
            mistakes.add(new Mistake("inputs", Text.of("process.batch.tooMany", wanted.size(), settings.batchRuns())));
        if (mistakes.isEmpty() && !progress.background() && wanted.size() > settings.batchRunsAtOnce())
            throw ProblemException.invalid("process.batch.background", wanted.size(), settings.batchRunsAtOnce());
        if (!mistakes.isEmpty() || process == null)
            throw ProblemException.invalid("process.batch.inputs", mistakes.size())
                    .withMistakes(mistakes);
        List<Run> runs = runs(process, wanted, keep, reference, progress);
        int failed = (int) runs.stream().filter(run -> run.problem() != null).count();
        return new Answer(
                process.description().id(),
                runs,
                runs.size() - failed,
                failed,
                given,
                (System.nanoTime() - start) / 1e6);
    }

    // Reading

    private @Nullable Process process(JsonNode node, List<Mistake> mistakes) {
        Processes all = processes.getObject();
        Process found = all.find(node.asString("")).orElse(null);
        if (found != null && !found.description().id().equals(ID)) return found;
        List<String> known = all.ids().stream().filter(id -> !id.equals(ID)).toList();
        mistakes.add(new Mistake("inputs.process", Text.of("process.batch.process", node.toString(), known)));
        return null;
    }

    private List<Wanted> wanted(ObjectNode given, @Nullable Process process, List<Mistake> mistakes) {
        List<Wanted> wanted = new ArrayList<>();
        JsonNode common = given.path("inputs");
        if (!common.isMissingNode() && !common.isObject())
            mistakes.add(new Mistake("inputs.inputs", Text.of("process.batch.object")));
        ObjectNode base = common instanceof ObjectNode object ? object : JSON.objectNode();
        JsonNode scenarios = given.path("scenarios");
        JsonNode runs = given.path("runs");
        if (scenarios.isMissingNode() == runs.isMissingNode()) {
            mistakes.add(new Mistake("inputs.scenarios", Text.of("process.batch.scenariosOrRuns")));
            return wanted;
        }
        JsonNode list = runs.isMissingNode() ? scenarios : runs;
        String where = runs.isMissingNode() ? "inputs.scenarios" : "inputs.runs";
        if (!list.isArray() || list.isEmpty()) {
            mistakes.add(new Mistake(where, Text.of("process.batch.list")));
            return wanted;
        }
        if (runs.isMissingNode()
                && process != null
                && !process.description().inputs().has("scenario"))
            mistakes.add(new Mistake(
                    where,
                    Text.of("process.batch.noScenario", process.description().id())));
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode one = list.get(i);
            ObjectNode inputs = base.deepCopy();
            String usual = Integer.toString(i + 1);
            String name;
            if (!runs.isMissingNode()) {
                name = one.path("name").asString(usual);
                if (one.path("inputs") instanceof ObjectNode own) inputs.setAll(own);
                else mistakes.add(new Mistake(where + "[" + i + "].inputs", Text.of("process.batch.object")));
            } else if (one.isObject() && one.has("scenario")) {
                name = one.path("name").asString(usual);
                inputs.set("scenario", one.get("scenario"));
            } else {
                name = one.isString() ? one.asString() : usual;
                inputs.set("scenario", one);
            }
            if (!names.add(name))
                mistakes.add(new Mistake(where + "[" + i + "]", Text.of("process.batch.sameName", name)));
            wanted.add(new Wanted(name, inputs));
        }
        return wanted;
    }

    private static Set<String> keep(JsonNode node, List<Mistake> mistakes) {
        Set<String> keep = new LinkedHashSet<>();
        if (node.isMissingNode() || node.isNull()) return keep;
        if (!node.isArray()) mistakes.add(new Mistake("inputs.keep", Text.of("process.batch.keep")));
        for (JsonNode one : node) keep.add(one.asString(""));
        return keep;
    }

    /** @return number of the run that all are compared with, -1 for none */
    private static int reference(JsonNode node, List<Wanted> wanted, List<Mistake> mistakes) {
        if (node.isMissingNode() || node.isNull()) return -1;
        for (int i = 0; i < wanted.size(); i++) if (wanted.get(i).name().equals(node.asString(""))) return i;
        mistakes.add(new Mistake("inputs.compareWith", Text.of("process.batch.compareWith", node.toString())));
        return -1;
    }

    // Running

    private List<Run> runs(Process process, List<Wanted> wanted, Set<String> keep, int reference, Progress progress) {
        List<Run> runs = new ArrayList<>();
        long kept = 0;
        for (int i = 0; i < wanted.size(); i++) {
            progress.stopIfCancelled();
            Wanted one = wanted.get(i);
            progress.report((double) i / wanted.size(), Text.of("process.batch.run", i + 1, wanted.size(), one.name()));
            String part = "run-" + (i + 1) + ".json";
            Run before = before(progress.kept(part), one);
            Run run = before != null ? before : run(process, one, i + 1, keep, new Share(progress, i, wanted.size()));
            if (before == null && run.answer() != null) progress.keep(part, json.writeValueAsBytes(run));
            if (run.answer() != null) {
                kept += run.answer().toString().length();
                if (kept > settings.batchCharacters())
                    throw ProblemException.of(
                            Kind.TOO_LARGE, "process.batch.tooLarge", i + 1, settings.batchCharacters());
            }
            runs.add(run);
        }
        if (reference < 0) return runs;
        ObjectNode first = runs.get(reference).answer();
        if (first == null) return runs;
        List<Run> compared = new ArrayList<>();
        for (Run run : runs)
            compared.add(
                    run.answer() == null || run.number() == reference + 1
                            ? run
                            : new Run(
                                    run.number(),
                                    run.name(),
                                    run.status(),
                                    run.computedMillis(),
                                    run.answer(),
                                    Comparison.of(first, run.answer()),
                                    null));
        return compared;
    }

    /** A run that was done before the service was stopped; runs that failed are tried again. */
    private @Nullable Run before(byte @Nullable [] kept, Wanted wanted) {
        if (kept == null) return null;
        try {
            Run run = json.readValue(kept, Run.class);
            if (!run.name().equals(wanted.name()) || run.answer() == null) return null;
            return new Run(run.number(), run.name(), run.status(), run.computedMillis(), run.answer(), null, null);
        } catch (JacksonException e) {
            LOG.warn("A kept run of a batch cannot be read and is done again: {}", e.getMessage());
            return null;
        }
    }

    private Run run(Process process, Wanted wanted, int number, Set<String> keep, Progress progress) {
        long start = System.nanoTime();
        try {
            JsonNode answer = json.valueToTree(process.execute(wanted.inputs().deepCopy(), progress));
            return new Run(number, wanted.name(), "successful", millis(start), kept(answer, keep), null, null);
        } catch (ProblemException e) {
            if (e.kind() == Kind.CANCELLED) throw e;
            return failed(number, wanted, start, ProblemBody.of(e));
        } catch (RuntimeException e) {
            String reference = "%08X".formatted(ThreadLocalRandom.current().nextInt());
            LOG.error(
                    "Run {} of a batch of {} failed, reference {}",
                    number,
                    process.description().id(),
                    reference,
                    e);
            return failed(number, wanted, start, ProblemBody.bug(reference));
        }
    }

    private Run failed(int number, Wanted wanted, long start, ProblemBody problem) {
        return new Run(number, wanted.name(), "failed", millis(start), null, null, json.valueToTree(problem));
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static ObjectNode kept(JsonNode answer, Set<String> keep) {
        ObjectNode out = JSON.objectNode();
        answer.propertyStream().forEach(part -> {
            boolean wanted = keep.isEmpty()
                    ? !ONCE.contains(part.getKey())
                            && !part.getValue().path("type").asString("").equals("FeatureCollection")
                    : keep.contains(part.getKey());
            if (wanted) out.set(part.getKey(), part.getValue());
        });
        return out;
    }

    /** One run's part of the whole. */
    private record Share(Progress whole, int run, int runs) implements Progress {
        @Override
        public void report(double share, Text what) {
            whole.report(
                    (run + Math.max(0, Math.min(1, share))) / runs,
                    Text.of("process.batch.within", run + 1, runs, what));
        }

        @Override
        public boolean cancelled() {
            return whole.cancelled();
        }

        @Override
        public boolean background() {
            return whole.background();
        }
    }

    // As a table

    @Override
    public List<String> otherFormats() {
        return List.of(CSV);
    }

    /** What was wrong and where, as far as the problem says it. */
    private static String inOneCell(JsonNode problem) {
        StringBuilder text = new StringBuilder(problem.path("detail").asString(""));
        for (JsonNode mistake : problem.path("mistakes"))
            text.append(" ")
                    .append(mistake.path("where").asString(""))
                    .append(": ")
                    .append(mistake.path("what").asString(""));
        return text.toString();
    }

    /** One line a run, one column for each number or word of its answer that is in no list. */
    @Override
    public void write(Object answer, String mediaType, OutputStream out) throws IOException {
        if (!mediaType.equals(CSV)) throw new UnsupportedOperationException(mediaType);
        Set<String> columns = new LinkedHashSet<>();
        List<Map<String, String>> lines = new ArrayList<>();
        for (Run run : ((Answer) answer).runs()) {
            Map<String, String> line = new LinkedHashMap<>();
            line.put("number", Integer.toString(run.number()));
            line.put("name", run.name());
            line.put("status", run.status());
            if (run.problem() != null) line.put("problem", inOneCell(run.problem()));
            if (run.answer() != null) flatten("", run.answer(), line);
            if (run.difference() != null) flatten("difference.", run.difference(), line);
            columns.addAll(line.keySet());
            lines.add(line);
        }
        // The mark by which Excel knows UTF-8.
        StringBuilder text = new StringBuilder("\uFEFF");
        text.append(String.join(",", columns.stream().map(BatchProcess::quoted).toList()))
                .append("\r\n");
        for (Map<String, String> line : lines)
            text.append(String.join(
                            ",",
                            columns.stream()
                                    .map(column -> quoted(line.getOrDefault(column, "")))
                                    .toList()))
                    .append("\r\n");
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void flatten(String path, JsonNode node, Map<String, String> line) {
        node.propertyStream().forEach(part -> {
            JsonNode value = part.getValue();
            if (value.isObject()) flatten(path + part.getKey() + ".", value, line);
            else if (value.isValueNode() && !value.isNull()) line.put(path + part.getKey(), value.asString(""));
            else if (value.isArray()) line.put(path + part.getKey() + ".count", Integer.toString(value.size()));
        });
    }

    /** Quoted where it must be; a text that a spreadsheet would take for a formula is marked as text. */
    private static String quoted(String value) {
        boolean formula =
                !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 && !value.matches("-?[0-9.Ee+-]+");
        String text = formula ? "'" + value : value;
        return text.matches("(?s).*[,\"\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    // Description

    @Override
    public ProcessDescription description() {
        ObjectNode inputs = JSON.objectNode();
        part(inputs, "input", "process", JSON.objectNode().put("type", "string"), 1);
        part(inputs, "input", "inputs", JSON.objectNode().put("type", "object"), 0);
        ObjectNode list = JSON.objectNode().put("type", "array").put("maxItems", settings.batchRuns());
        part(inputs, "input", "scenarios", list, 0);
        part(inputs, "input", "runs", list.deepCopy(), 0);
        ObjectNode names = JSON.objectNode().put("type", "array");
        names.putObject("items").put("type", "string");
        part(inputs, "input", "keep", names, 0);
        part(inputs, "input", "compareWith", JSON.objectNode().put("type", "string"), 0);
        ObjectNode outputs = JSON.objectNode();
        part(outputs, "output", "runs", JSON.objectNode().put("type", "array"), -1);
        part(outputs, "output", "successful", JSON.objectNode().put("type", "integer"), -1);
        part(outputs, "output", "failed", JSON.objectNode().put("type", "integer"), -1);
        ObjectNode example = JSON.objectNode();
        ObjectNode body = example.putObject("inputs").put("process", "rescue-circle");
        body.putObject("inputs").putObject("facilities").put("layer", "rescue_station");
        var scenarios = body.putArray("scenarios");
        scenarios.add("now");
        ObjectNode rain = scenarios.addObject();
        rain.putArray("factors").addObject().put("preset", "rain");
        body.put("compareWith", "now");
        body.putArray("keep").add("covered");
        return new ProcessDescription(ID, "1.0.0", both("title"), both("description"), inputs, outputs, example);
    }

    private static void part(ObjectNode parts, String kind, String name, ObjectNode schema, int atLeast) {
        String key = "process.batch." + kind + "." + name;
        ObjectNode part = parts.putObject(name);
        part.put("title", new Text(key + ".title", List.of()).toString());
        part.put("description", new Text(key + ".description", List.of()).toString());
        if (atLeast >= 0) part.put("minOccurs", atLeast);
        part.set("schema", schema);
    }

    private static Title both(String what) {
        Text text = new Text("process.batch." + what, List.of());
        return new Title(Texts.in(Texts.CHINESE, text), Texts.in(Texts.ENGLISH, text));
    }
}
