package org.anquan.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A question that can be asked for two scenarios at once: {@code before}, {@code after} and {@code difference}. */
final class ComparedProcess implements Process {
    private static final String SCENARIO = "scenario";
    private static final String COMPARE = "compare";

    private final Process of;
    private final JsonMapper json;

    ComparedProcess(Process of, JsonMapper json) {
        this.of = of;
        this.json = json;
    }

    static boolean canCompare(Process process) {
        ObjectNode inputs = process.description().inputs();
        return inputs.has(SCENARIO) && !inputs.has(COMPARE);
    }

    /** @param inputs with both scenarios, as given */
    record Compared(JsonNode before, JsonNode after, ObjectNode difference, ObjectNode inputs) {}

    @Override
    public ProcessDescription description() {
        ProcessDescription own = of.description();
        ObjectNode inputs = own.inputs().deepCopy();
        ObjectNode compare = inputs.putObject(COMPARE);
        words(compare, "process.compare");
        compare.put("minOccurs", 0);
        compare.set("schema", inputs.path(SCENARIO).path("schema").deepCopy());
        ObjectNode outputs = own.outputs().deepCopy();
        for (String part : List.of("before", "after", "difference"))
            words(outputs.putObject(part), "process." + part)
                    .set("schema", JsonNodeFactory.instance.objectNode().put("type", "object"));
        return new ProcessDescription(
                own.id(), own.version(), own.title(), own.description(), inputs, outputs, own.example());
    }

    private static ObjectNode words(ObjectNode part, String key) {
        return part.put("title", Text.of(key + ".title").toString())
                .put("description", Text.of(key + ".description").toString());
    }

    @Override
    public Object execute(ObjectNode inputs, Progress progress) {
        if (!inputs.has(COMPARE) || inputs.get(COMPARE).isNull()) return of.execute(without(inputs, null), progress);
        ObjectNode second = without(inputs, inputs.get(COMPARE));
        JsonNode before = json.valueToTree(of.execute(without(inputs, null), new Half(progress, 0)));
        progress.stopIfCancelled();
        JsonNode after;
        try {
            after = json.valueToTree(of.execute(second, new Half(progress, 0.5)));
        } catch (ProblemException e) {
            throw e.withMistakes(
                    e.mistakes().stream().map(ComparedProcess::ofCompare).toList());
        }
        return new Compared(before, after, Comparison.of(before, after), inputs);
    }

    private static Mistake ofCompare(Mistake mistake) {
        return new Mistake(mistake.where().replaceFirst("^inputs\\.scenario", "inputs.compare"), mistake.what());
    }

    private static ObjectNode without(ObjectNode inputs, @Nullable JsonNode scenario) {
        ObjectNode own = inputs.deepCopy();
        own.remove(COMPARE);
        if (scenario != null) own.set(SCENARIO, scenario);
        return own;
    }

    /** One half of the work. */
    private record Half(Progress whole, double from) implements Progress {
        @Override
        public void report(double share, Text what) {
            whole.report(from + share / 2, what);
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

    @Override
    public List<String> otherFormats() {
        return of.otherFormats();
    }

    @Override
    public void write(Object answer, String mediaType, OutputStream out) throws IOException {
        if (answer instanceof Compared) throw ProblemException.invalid("process.compareJson", mediaType);
        of.write(answer, mediaType, out);
    }
}
