package org.anquan.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.anquan.problem.ProblemException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers questions while the asker waits, a few at a time, so that many askers do not choke the machine. */
@Service
public final class Answers {
    public static final String JSON = "application/json";

    private final JsonMapper json;
    private final JobSettings settings;
    private final Semaphore turns;

    Answers(JsonMapper json, JobSettings settings) {
        this.json = json;
        this.settings = settings;
        this.turns = new Semaphore(settings.parallelAnswers(), true);
    }

    /**
     * The answer in a media type.
     *
     * @param outputs names of the parts that are wanted; empty for all
     * @throws ProblemException whatever is wrong with the inputs; unavailable where too many ask
     */
    public byte[] answer(Process process, ObjectNode inputs, List<String> outputs, String mediaType) {
        boolean mine = false;
        try {
            mine = turns.tryAcquire(settings.answerWait().toMillis(), TimeUnit.MILLISECONDS);
            if (!mine)
                throw ProblemException.unavailable(
                        "process.busy", settings.answerWait().toSeconds());
            return written(process, process.execute(inputs, Progress.none()), outputs, mediaType);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(ProblemException.Kind.CANCELLED, "process.cancelled");
        } finally {
            if (mine) turns.release();
        }
    }

    byte[] written(Process process, Object answer, List<String> outputs, String mediaType) {
        if (!mediaType.equals(JSON)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                process.write(answer, mediaType, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }
        if (outputs.isEmpty()) return json.writeValueAsBytes(answer);
        JsonNode all = json.valueToTree(answer);
        ObjectNode chosen = json.createObjectNode();
        for (String name : outputs) if (all.has(name)) chosen.set(name, all.get(name));
        return json.writeValueAsBytes(chosen);
    }
}
