package org.anquan.files;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anquan.exchange.FileLook;
import org.anquan.exchange.ImportRequest.Hints;
import org.anquan.exchange.Preview;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.process.Answers;
import org.anquan.process.Job;
import org.anquan.process.Jobs;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Files in: upload, look, run, read the report. For planners and administrators. */
@RestController
@RequestMapping("/api/import")
final class ImportController {
    private static final String SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int MOST_BODY_BYTES = 1 << 20;

    private final Uploads uploads;
    private final FileLook looks;
    private final ImportProcess process;
    private final Answers answers;
    private final Jobs jobs;
    private final JsonMapper json;

    ImportController(
            Uploads uploads, FileLook looks, ImportProcess process, Answers answers, Jobs jobs, JsonMapper json) {
        this.uploads = uploads;
        this.looks = looks;
        this.process = process;
        this.answers = answers;
        this.jobs = jobs;
        this.json = json;
    }

    record Uploaded(String upload, String fileName, long bytes, java.time.Instant expires) {
        static Uploaded of(Upload upload) {
            return new Uploaded(upload.id(), upload.fileName(), upload.bytes(), upload.expires());
        }
    }

    @PostMapping(path = "/uploads", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<Object> upload(MultipartHttpServletRequest request) {
        Upload upload = uploads.store(request.getFiles("file"));
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Location", root(request) + "/api/import/uploads/" + upload.id())
                .header("Cache-Control", "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Uploaded.of(upload));
    }

    @GetMapping("/uploads/{id}")
    ResponseEntity<Object> look(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String layer,
            @RequestParam(required = false) @Nullable String crs,
            @RequestParam(required = false) @Nullable String encoding,
            @RequestParam(required = false) @Nullable String table,
            @RequestParam(required = false) @Nullable String profile,
            @RequestParam(required = false) @Nullable String columns) {
        List<Mistake> mistakes = new ArrayList<>();
        Hints hints = new Hints(ImportProcess.encoding(or(encoding), mistakes), or(crs), or(table), or(profile));
        Map<String, String> mapping = ImportProcess.columns(object("columns", columns), mistakes);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("files.input", mistakes.size()).withMistakes(mistakes);
        Upload upload = uploads.find(id);
        Preview preview = looks.look(upload.file(), upload.fileName(), or(layer), hints, mapping);
        ObjectNode answer = json.createObjectNode();
        answer.put("upload", upload.id()).put("bytes", upload.bytes());
        answer.set("expires", json.valueToTree(upload.expires()));
        answer.setAll((ObjectNode) json.valueToTree(preview));
        return answer(HttpStatus.OK, answer);
    }

    private static @Nullable String or(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    @PostMapping(path = "/uploads/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> run(@PathVariable String id, HttpServletRequest request) throws IOException {
        ObjectNode inputs = body(request);
        inputs.put("upload", id);
        if (!wantsJob(request)) return now(inputs);
        return job(inputs, request);
    }

    @DeleteMapping("/uploads/{id}")
    ResponseEntity<Object> delete(@PathVariable String id) {
        uploads.delete(id);
        return ResponseEntity.noContent().build();
    }

    /** Upload, run and report in one. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<Object> atOnce(MultipartHttpServletRequest request) {
        ObjectNode inputs = json.createObjectNode();
        request.getParameterMap().forEach((name, values) -> {
            if (name.equals("lang")) return;
            if (name.equals("columns")) inputs.set(name, object(name, values[0]));
            else inputs.put(name, values[0]);
        });
        Upload upload = uploads.store(request.getFiles("file"));
        inputs.put("upload", upload.id());
        if (wantsJob(request)) return job(inputs, request);
        try {
            return now(inputs);
        } finally {
            uploads.delete(upload.id());
        }
    }

    private ResponseEntity<Object> now(ObjectNode inputs) {
        process.request(inputs);
        byte[] report = answers.answer(process, inputs, List.of(), Answers.JSON);
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(report);
    }

    private ResponseEntity<Object> job(ObjectNode inputs, HttpServletRequest request) {
        process.request(inputs);
        Job job = jobs.start(process, inputs, List.of());
        String self = root(request) + "/ogc/jobs/" + job.id();
        ObjectNode answer = json.valueToTree(job);
        var links = answer.putArray("links");
        links.addObject().put("href", self).put("rel", "self").put("type", Answers.JSON);
        links.addObject()
                .put("href", self + "/results")
                .put("rel", "http://www.opengis.net/def/rel/ogc/1.0/results")
                .put("type", Answers.JSON);
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header("Location", self)
                .header("Preference-Applied", "respond-async")
                .header("Cache-Control", "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer);
    }

    @GetMapping("/reports/{id}.xlsx")
    ResponseEntity<Object> report(@PathVariable String id) {
        return ResponseEntity.ok()
                .header("Cache-Control", "private, no-store")
                .header(
                        "Content-Disposition",
                        ContentDisposition.attachment()
                                .filename("import-report.xlsx")
                                .build()
                                .toString())
                .contentType(MediaType.parseMediaType(SHEET))
                .body(new FileSystemResource(uploads.report(id)));
    }

    // Requests

    private JsonNode object(String name, @Nullable String text) {
        if (text == null || text.isBlank()) return json.missingNode();
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            throw ProblemException.invalid("files.input", 1)
                    .withMistakes(List.of(new Mistake(name, org.anquan.problem.Text.of("files.input.columns"))));
        }
    }

    private ObjectNode body(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(MOST_BODY_BYTES + 1);
        if (bytes.length > MOST_BODY_BYTES)
            throw ProblemException.of(ProblemException.Kind.TOO_LARGE, "problem.tooLarge", MOST_BODY_BYTES);
        try {
            if (bytes.length > 0 && json.readTree(bytes) instanceof ObjectNode body) return body;
        } catch (JacksonException e) {
            throw ProblemException.invalid("files.notJson");
        }
        throw ProblemException.invalid("files.notJson");
    }

    private static boolean wantsJob(HttpServletRequest request) {
        for (String header : Collections.list(request.getHeaders("Prefer")))
            for (String wish : header.split("[,;]"))
                if (wish.strip().toLowerCase(Locale.ROOT).equals("respond-async")) return true;
        return false;
    }

    private static String root(HttpServletRequest request) {
        return ServletUriComponentsBuilder.fromContextPath(request).toUriString();
    }

    static ResponseEntity<Object> answer(HttpStatus status, Object body) {
        return ResponseEntity.status(status)
                .header("Cache-Control", "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
