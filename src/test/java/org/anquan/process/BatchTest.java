package org.anquan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.catalog.Title;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A question that answers with how many people a scenario leaves, asked for many scenarios. */
class BatchTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JobSettings SETTINGS =
            new JobSettings(1, 10, Duration.ofDays(7), 100, 1, Duration.ofSeconds(1), 100, 3, 100_000);

    /** People: 1 000 less a hundred for each letter of the scenario's name. */
    private static final class People implements Process {
        private final List<String> asked;

        People(List<String> asked) {
            this.asked = asked;
        }

        @Override
        public ProcessDescription description() {
            ObjectNode inputs = JSON.createObjectNode();
            inputs.putObject("scenario").putObject("schema").put("type", "string");
            Title title = new Title("人数", "People");
            return new ProcessDescription(
                    "people", "1", title, title, inputs, JSON.createObjectNode(), JSON.createObjectNode());
        }

        @Override
        public Object execute(ObjectNode inputs, Progress progress) {
            String name = inputs.path("scenario").asString("");
            asked.add(name);
            if (name.equals("bad"))
                throw ProblemException.invalid("process.batch.inputs", 1)
                        .withMistakes(
                                List.of(new ProblemException.Mistake("inputs.scenario", Text.of("process.running"))));
            progress.report(0.5, Text.of("process.running"));
            ObjectNode answer = JSON.createObjectNode();
            answer.put("people", 1000 - 100 * name.length());
            answer.putObject("map").put("type", "FeatureCollection");
            ObjectNode village = answer.putArray("out").addObject();
            village.put("id", name.isEmpty() ? "v0" : "v1").put("seconds", 10 * name.length());
            answer.put("computedMillis", System.nanoTime());
            return answer;
        }
    }

    private final List<String> asked = new ArrayList<>();
    private final Map<String, byte[]> keptParts = new HashMap<>();
    private final List<Double> shares = new ArrayList<>();
    private boolean background = true;
    private int cancelAfter = Integer.MAX_VALUE;

    private final Progress progress = new Progress() {
        @Override
        public void report(double share, Text what) {
            shares.add(share);
        }

        @Override
        public boolean cancelled() {
            return shares.size() > cancelAfter;
        }

        @Override
        public boolean background() {
            return background;
        }

        @Override
        public void keep(String part, byte[] content) {
            keptParts.put(part, content);
        }

        @Override
        public byte @Nullable [] kept(String part) {
            return keptParts.get(part);
        }
    };

    private Processes processes() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        BatchProcess batch = new BatchProcess(beans.getBeanProvider(Processes.class), SETTINGS, JSON);
        Processes all = new Processes(List.of(new People(asked), batch), JSON);
        beans.registerSingleton("processes", all);
        return all;
    }

    private JsonNode ask(String process, String inputs) {
        Object answer = processes().require(process).execute((ObjectNode) JSON.readTree(inputs), progress);
        return JSON.valueToTree(answer);
    }

    @Test
    void afterAStopTheRunsThatWereDoneAreNotDoneAgain() {
        String inputs = "{\"process\":\"people\",\"scenarios\":[\"a\",\"bad\",\"bb\",\"ccc\"]}";
        // A run says twice how far it is, a failing one once: after the third word the next run does not begin.
        cancelAfter = 2;
        assertThatThrownBy(() -> ask("batch", inputs)).isInstanceOf(ProblemException.class);
        assertThat(asked).containsExactly("a", "bad");
        asked.clear();
        cancelAfter = Integer.MAX_VALUE;
        JsonNode answer = ask("batch", inputs);
        // The one that failed is tried again, the one that was done is not.
        assertThat(asked).containsExactly("bad", "bb", "ccc");
        assertThat(answer.path("successful").asInt()).isEqualTo(3);
        assertThat(answer.path("runs").get(0).path("answer").path("people").asInt())
                .isEqualTo(900);
    }

    @Test
    void eachScenarioIsARunAndOneThatFailsStopsNoOther() {
        JsonNode answer = ask(
                "batch", "{\"process\":\"people\",\"scenarios\":[\"a\",\"bad\",{\"name\":\"雨\",\"scenario\":\"bb\"}]}");
        assertThat(answer.path("successful").asInt()).isEqualTo(2);
        assertThat(answer.path("failed").asInt()).isEqualTo(1);
        assertThat(answer.path("runs").get(0).path("answer").path("people").asInt())
                .isEqualTo(900);
        assertThat(answer.path("runs").get(1).path("problem").has("title")).isTrue();
        assertThat(answer.path("runs").get(2).path("name").asString("")).isEqualTo("雨");
        // Maps and what says where an answer comes from are left out unless they are asked for.
        assertThat(answer.path("runs").get(0).path("answer").propertyNames()).containsExactly("people", "out");
        assertThat(shares).isSorted().allMatch(share -> share >= 0 && share <= 1);
    }

    @Test
    void whatIsKeptAndComparedIsWhatWasAskedFor() {
        JsonNode answer = ask(
                "batch",
                "{\"process\":\"people\",\"runs\":[{\"name\":\"now\",\"inputs\":{}},{\"inputs\":{\"scenario\":\"abc\"}}],"
                        + "\"keep\":[\"people\"],\"compareWith\":\"now\"}");
        JsonNode run = answer.path("runs").get(1);
        assertThat(run.path("name").asString("")).isEqualTo("2");
        assertThat(run.path("answer").propertyNames()).containsExactly("people");
        assertThat(run.path("difference").path("people").asInt()).isEqualTo(-300);
        assertThat(answer.path("runs").get(0).path("difference").isNull()).isTrue();
    }

    @Test
    void theTableHasALineForEachRun() throws IOException {
        Process batch = processes().require("batch");
        Object answer = batch.execute(
                (ObjectNode) JSON.readTree("{\"process\":\"people\",\"scenarios\":[\"a\",\"=1+1\",\"bad\"]}"),
                progress);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        batch.write(answer, "text/csv", out);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0)).isEqualTo("\uFEFFnumber,name,status,people,out.count,problem");
        assertThat(lines.get(1)).isEqualTo("1,a,successful,900,1,");
        // No spreadsheet takes a name for a formula.
        assertThat(lines.get(2)).startsWith("2,'=1+1,successful,600");
        // What was wrong stands there too, not only that something was.
        assertThat(lines.get(3)).startsWith("3,bad,failed,,,").contains("inputs.scenario: ");
    }

    @Test
    void manyRunsWantAJobAndAStopIsHeeded() {
        background = false;
        assertThatThrownBy(() -> ask("batch", "{\"process\":\"people\",\"scenarios\":[\"a\",\"b\",\"c\",\"d\"]}"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("process.batch.background"));
        cancelAfter = 2;
        background = true;
        assertThatThrownBy(() -> ask("batch", "{\"process\":\"people\",\"scenarios\":[\"a\",\"b\",\"c\",\"d\"]}"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
    }

    @Test
    void whatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> ask(
                        "batch",
                        "{\"process\":\"batch\",\"inputs\":3,\"runs\":[{\"name\":\"x\",\"inputs\":{}},{\"name\":\"x\"}],"
                                + "\"compareWith\":\"y\",\"more\":1}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(ProblemException.Mistake::where)
                                .containsExactlyInAnyOrder(
                                        "inputs.more",
                                        "inputs.process",
                                        "inputs.inputs",
                                        "inputs.runs[1].inputs",
                                        "inputs.runs[1]",
                                        "inputs.compareWith"));
        assertThatThrownBy(() -> ask("batch", "{\"process\":\"people\"}"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.mistakes()).hasSize(1));
    }

    @Test
    void anyQuestionWithAScenarioCanCompareTwo() {
        JsonNode answer = ask("people", "{\"scenario\":\"a\",\"compare\":\"abcd\"}");
        assertThat(answer.path("before").path("people").asInt()).isEqualTo(900);
        assertThat(answer.path("after").path("people").asInt()).isEqualTo(600);
        assertThat(answer.path("difference").path("people").asInt()).isEqualTo(-300);
        assertThat(answer.path("difference")
                        .path("out")
                        .path("changed")
                        .get(0)
                        .path("seconds")
                        .asInt())
                .isEqualTo(30);
        JsonNode gone = ask("people", "{\"scenario\":\"\",\"compare\":\"a\"}")
                .path("difference")
                .path("out");
        assertThat(gone.path("removed").get(0).path("id").asString("")).isEqualTo("v0");
        assertThat(gone.path("added").get(0).path("id").asString("")).isEqualTo("v1");
        assertThat(processes().require("people").description().inputs().has("compare"))
                .isTrue();
        assertThatThrownBy(() -> ask("people", "{\"scenario\":\"a\",\"compare\":\"bad\"}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes().get(0).where()).isEqualTo("inputs.compare"));
    }

    @Property
    void beforeAndDifferenceAddUpToAfter(@ForAll int one, @ForAll int two, @ForAll double part, @ForAll double more) {
        ObjectNode before = JSON.createObjectNode().put("people", one).put("area", part);
        ObjectNode after = JSON.createObjectNode().put("people", two).put("area", more);
        before.putArray("matrix").add(one).addNull().add(5);
        after.putArray("matrix").add(two).add(3).add(5);
        ObjectNode difference = Comparison.of(before, after);
        assertThat(one + difference.path("people").asLong(0)).isEqualTo(two);
        assertThat(before.get("area")
                        .decimalValue()
                        .add(difference.path("area").decimalValue(java.math.BigDecimal.ZERO)))
                .isEqualByComparingTo(after.get("area").decimalValue());
        assertThat(difference.path("matrix").get(1).path("after").asInt()).isEqualTo(3);
        assertThat(Comparison.of(before, before.deepCopy())).isEmpty();
    }
}
