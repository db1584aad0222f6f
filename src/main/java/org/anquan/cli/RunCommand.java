package org.anquan.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.Process;
import org.anquan.process.Processes;
import org.anquan.security.Asker;
import org.anquan.security.Role;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code run PROCESS inputs.json [-o out]}: asks a process what the API would ask it. */
@Component(CommandLine.BEAN + "run")
final class RunCommand implements Command {
    private static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final List<Process> processes;
    private final JsonMapper json;

    RunCommand(Processes processes, JsonMapper json) {
        this.processes = processes.all();
        this.json = json;
    }

    @Override
    public Text usage() {
        return Text.of("cli.run.usage");
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        arguments.only(2, "o");
        String id = arguments.word(0, "PROCESS");
        Process process = processes.stream()
                .filter(p -> p.description().id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "cli.run.unknown",
                        id,
                        processes.stream()
                                .map(p -> p.description().id())
                                .sorted()
                                .toList()));
        ProgressBar bar = new ProgressBar();
        ObjectNode inputs = inputs(arguments.file(1));
        AtomicReference<Object> answered = new AtomicReference<>();
        // Whoever may run commands beside the data may see all of it.
        new Asker("run", Set.of(Role.ADMIN)).run(() -> answered.set(process.execute(inputs, bar)));
        Object answer = Objects.requireNonNull(answered.get());
        if (!arguments.has("o")) {
            System.out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
            return 0;
        }
        Path out = Path.of(arguments.option("o").orElseThrow());
        try (OutputStream stream = Files.newOutputStream(out)) {
            String format = format(out.toString().toLowerCase(Locale.ROOT));
            if (process.otherFormats().contains(format)) process.write(answer, format, stream);
            else json.writeValue(stream, answer);
        }
        System.err.println(Text.of("cli.written", out));
        return 0;
    }

    /** The format that a file's name asks for; the empty one is JSON. */
    private static String format(String name) {
        if (name.endsWith(".xlsx")) return EXCEL;
        if (name.endsWith(".gpkg")) return "application/geopackage+sqlite3";
        if (name.endsWith(".tif") || name.endsWith(".tiff")) return "image/tiff";
        return name.endsWith(".geojson") ? "application/geo+json" : "";
    }

    /** The file holds {@code {"inputs": {…}}} as a request does, or the inputs alone. */
    private ObjectNode inputs(Path file) {
        if (!Files.isReadable(file)) throw ProblemException.notFound("cli.noFile", file);
        try {
            JsonNode read = json.readTree(Files.readAllBytes(file));
            if (read.path("inputs") instanceof ObjectNode inside) return inside;
            if (read instanceof ObjectNode whole) return whole;
            throw ProblemException.invalid("cli.run.notObject", file);
        } catch (JacksonException e) {
            throw ProblemException.invalid(
                            "cli.run.notJson",
                            file,
                            e.getLocation().getLineNr(),
                            e.getLocation().getColumnNr())
                    .causedBy(e);
        } catch (IOException e) {
            throw ProblemException.unavailable("cli.noFile", file).causedBy(e);
        }
    }
}
