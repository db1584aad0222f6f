package org.anquan.files;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.Title;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.ImportReport;
import org.anquan.exchange.ImportRequest;
import org.anquan.exchange.LayerImport;
import org.anquan.exchange.RefusedRows;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.security.Asker;
import org.anquan.security.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes an upload into a layer: for planners. As a process it has progress, can be stopped and survives a restart. */
@Component
final class ImportProcess implements Process {
    static final String ID = "import-layer";
    private static final Set<String> INPUTS = new TreeSet<>(Set.of(
            "upload",
            "layer",
            "mode",
            "allOrNothing",
            "dryRun",
            "crs",
            "encoding",
            "table",
            "columns",
            "profile",
            "why"));

    private final LayerImport imports;
    private final Uploads uploads;
    private final JsonMapper json;

    ImportProcess(LayerImport imports, Uploads uploads, JsonMapper json) {
        this.imports = imports;
        this.uploads = uploads;
        this.json = json;
    }

    /** @throws ProblemException forbidden, for whoever may not change layers */
    static void checkMayImport() {
        Asker asker = Asker.current();
        if (!asker.has(Role.EDITOR) && !asker.has(Role.ADMIN))
            throw ProblemException.of(Kind.FORBIDDEN, "files.forbidden");
    }

    @Override
    public Object execute(ObjectNode inputs, Progress progress) {
        checkMayImport();
        ImportRequest request = request(inputs);
        RefusedRows refused = new RefusedRows();
        ImportReport report = imports.run(
                request,
                Asker.current().account(),
                new ImportProgress() {
                    @Override
                    public void report(double share, long rows) {
                        progress.report(share, Text.of("files.progress", rows));
                    }

                    @Override
                    public boolean cancelled() {
                        return progress.cancelled();
                    }
                },
                refused);
        ObjectNode answer = json.valueToTree(report);
        answer.set(
                "lines",
                json.valueToTree(report.lines().stream().map(Text::toString).toList()));
        answer.put("workbook", "/api/import/reports/" + uploads.report(report, refused) + ".xlsx");
        return answer;
    }

    /** @throws ProblemException with all that is wrong */
    ImportRequest request(ObjectNode inputs) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String name : inputs.propertyNames())
            if (!INPUTS.contains(name)) mistakes.add(new Mistake(name, Text.of("files.input.unknown", name, INPUTS)));
        String layer = text(inputs, "layer");
        if (layer == null) mistakes.add(new Mistake("layer", Text.of("files.input.missing")));
        String id = text(inputs, "upload");
        if (id == null) mistakes.add(new Mistake("upload", Text.of("files.input.missing")));
        LoadMode mode = mode(text(inputs, "mode"), mistakes);
        Charset encoding = encoding(text(inputs, "encoding"), mistakes);
        Map<String, String> columns = columns(inputs.path("columns"), mistakes);
        boolean allOrNothing = flag(inputs, "allOrNothing", mistakes);
        boolean dryRun = flag(inputs, "dryRun", mistakes);
        if (!mistakes.isEmpty() || layer == null || id == null)
            throw ProblemException.invalid("files.input", mistakes.size()).withMistakes(mistakes);
        Upload upload = uploads.find(id);
        String why = text(inputs, "why");
        return new ImportRequest(
                layer,
                upload.file(),
                upload.fileName(),
                mode,
                allOrNothing,
                dryRun,
                new ImportRequest.Hints(encoding, text(inputs, "crs"), text(inputs, "table"), text(inputs, "profile")),
                columns,
                why == null ? "" : why);
    }

    private static @Nullable String text(ObjectNode inputs, String name) {
        String text = inputs.path(name).asString("").strip();
        return text.isEmpty() ? null : text;
    }

    private static boolean flag(ObjectNode inputs, String name, List<Mistake> mistakes) {
        JsonNode node = inputs.path(name);
        String text = node.isBoolean()
                ? String.valueOf(node.asBoolean())
                : node.asString("").strip();
        if (!Set.of("", "true", "false").contains(text))
            mistakes.add(new Mistake(name, Text.of("files.input.flag", text)));
        return text.equals("true");
    }

    private static LoadMode mode(@Nullable String text, List<Mistake> mistakes) {
        if (text == null) return LoadMode.APPEND;
        for (LoadMode mode : LoadMode.values()) if (mode.name().equals(text.toUpperCase(Locale.ROOT))) return mode;
        mistakes.add(new Mistake("mode", Text.of("files.input.mode", text)));
        return LoadMode.APPEND;
    }

    static @Nullable Charset encoding(@Nullable String name, List<Mistake> mistakes) {
        if (name == null) return null;
        Charset charset = LayerImport.charset(name).orElse(null);
        if (charset == null) mistakes.add(new Mistake("encoding", Text.of("files.input.encoding", name)));
        return charset;
    }

    static Map<String, String> columns(JsonNode node, List<Mistake> mistakes) {
        Map<String, String> columns = new LinkedHashMap<>();
        if (node.isMissingNode() || node.isNull()) return columns;
        if (!node.isObject()) mistakes.add(new Mistake("columns", Text.of("files.input.columns")));
        for (Map.Entry<String, JsonNode> pair : node.properties())
            columns.put(
                    pair.getKey(),
                    pair.getValue().isNull() ? "aside" : pair.getValue().asString("aside"));
        return columns;
    }

    @Override
    public ProcessDescription description() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode inputs = nodes.objectNode();
        for (String name : INPUTS) {
            ObjectNode input = inputs.putObject(name);
            input.put("title", name)
                    .put("description", Text.of("files.input.about." + name).toString());
            input.put("minOccurs", name.equals("upload") || name.equals("layer") ? 1 : 0);
            ObjectNode schema = input.putObject("schema");
            schema.put(
                    "type",
                    name.equals("columns")
                            ? "object"
                            : name.equals("dryRun") || name.equals("allOrNothing") ? "boolean" : "string");
            if (name.equals("mode"))
                schema.putArray("enum").add("append").add("update").add("replace");
        }
        ObjectNode outputs = nodes.objectNode();
        for (String name : List.of("read", "accepted", "refused", "stored", "lines", "workbook"))
            outputs.putObject(name)
                    .put("title", name)
                    .putObject("schema")
                    .put(
                            "type",
                            switch (name) {
                                case "lines" -> "array";
                                case "workbook" -> "string";
                                case "stored" -> "boolean";
                                default -> "integer";
                            });
        ObjectNode example = nodes.objectNode();
        example.putObject("inputs")
                .put("upload", "…")
                .put("layer", "shelter")
                .put("mode", "update")
                .put("dryRun", true);
        return new ProcessDescription(
                ID,
                "1.0.0",
                new Title("导入文件", "Import a file"),
                new Title("把已上传的文件导入图层，须有规划员权限。", "Takes an uploaded file into a layer; for planners."),
                inputs,
                outputs,
                example);
    }
}
