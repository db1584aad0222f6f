package org.anquan.ogcapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anquan.catalog.Title;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.Answers;
import org.anquan.process.Job;
import org.anquan.process.Jobs;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Processes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The questions that can be asked, and asking them. */
@RestController
@RequestMapping("/ogc/processes")
final class ProcessesController {
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Answers answers;
    private final Jobs jobs;
    private final Body body;
    private final JsonMapper json;

    ProcessesController(Processes processes, Answers answers, Jobs jobs, Body body, JsonMapper json) {
        for (Process process : processes.all())
            this.processes.put(process.description().id(), process);
        this.answers = answers;
        this.jobs = jobs;
        this.body = body;
        this.json = json;
    }

    record Summaries(List<Described> processes, List<Link> links) {}

    /**
     * A process summary, or with inputs and outputs its description.
     *
     * @param example a body that runs on the sample district
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Described(
            String id,
            String version,
            Title title,
            Title description,
            List<String> jobControlOptions,
            List<String> outputTransmission,
            @Nullable ObjectNode inputs,
            @Nullable ObjectNode outputs,
            @Nullable ObjectNode example,
            List<Link> links) {}

    @GetMapping
    ResponseEntity<Object> all(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request).withoutParameters();
        List<Described> all = new ArrayList<>();
        for (Process process : processes.values()) all.add(described(asked, process, false));
        String self = asked.ogc() + "/processes";
        List<Link> links = List.of(
                Link.of(self, "self", Link.JSON, "ogcapi.link.self"),
                Link.of(self + "?f=html", "alternate", Link.HTML, "ogcapi.link.html"));
        if (!asked.wantsHtml(Link.JSON)) return Replies.json(new Summaries(all, links), Link.JSON);
        Html page = new Html(asked, Text.of("ogcapi.html.processes").toString());
        page.table(List.of(Text.of("ogcapi.html.process").toString(), ""));
        for (Described one : all)
            page.row()
                    .linkCell(self + "/" + one.id() + "?f=html", one.title().toString())
                    .cell(one.description().toString())
                    .endRow();
        return Replies.html(page.endTable());
    }

    @GetMapping("/{id}")
    ResponseEntity<Object> one(@PathVariable String id, HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request).withoutParameters();
        Process process = process(id);
        Described one = described(asked, process, true);
        if (!asked.wantsHtml(Link.JSON)) return Replies.json(one, Link.JSON);
        Html page = new Html(asked, one.title().toString()).paragraph(one.description());
        page.trail(
                asked.ogc() + "/processes?f=html",
                Text.of("ogcapi.html.processes").toString());
        page.paragraph("POST " + asked.ogc() + "/processes/" + id + "/execution");
        page.paragraph(one.example() == null ? "" : one.example().toString());
        parts(page, Text.of("ogcapi.html.inputs"), one.inputs());
        parts(page, Text.of("ogcapi.html.outputs"), one.outputs());
        return Replies.html(page.links(one.links()));
    }

    private static void parts(Html page, Text heading, @Nullable ObjectNode parts) {
        if (parts == null) return;
        page.heading(heading).table(List.of(Text.of("ogcapi.html.attribute").toString(), "", ""));
        parts.properties()
                .forEach(part -> page.row()
                        .cell(part.getKey())
                        .cell(part.getValue().path("title").asString(""))
                        .cell(part.getValue().path("description").asString(""))
                        .endRow());
        page.endTable();
    }

    private static Described described(Asked asked, Process process, boolean whole) {
        ProcessDescription of = process.description();
        String self = asked.ogc() + "/processes/" + of.id();
        List<Link> links = List.of(
                Link.of(self, whole ? "self" : "process", Link.JSON, "ogcapi.link.process"),
                Link.of(self + "?f=html", "alternate", Link.HTML, "ogcapi.link.html"),
                Link.of(
                        self + "/execution",
                        "http://www.opengis.net/def/rel/ogc/1.0/execute",
                        Link.JSON,
                        "ogcapi.link.execute"));
        return new Described(
                of.id(),
                of.version(),
                of.title(),
                of.description(),
                List.of("sync-execute", "async-execute", "dismiss"),
                List.of("value"),
                whole ? of.inputs() : null,
                whole ? of.outputs() : null,
                whole ? of.example() : null,
                links);
    }

    private Process process(String id) {
        Process process = processes.get(id);
        if (process == null)
            throw ProblemException.notFound("process.noSuchProcess", id, List.copyOf(processes.keySet()));
        return process;
    }

    @PostMapping(path = "/{id}/execution", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> execute(@PathVariable String id, HttpServletRequest request)
            throws IOException, HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request);
        Process process = process(id);
        if (wantsJob(request)) {
            Body.Execution given = body.execution(request, process.description());
            Job job = jobs.start(process, given.inputs(), given.outputs());
            return ResponseEntity.status(HttpStatus.CREATED)
                    .header("Location", asked.ogc() + "/jobs/" + job.id())
                    .header("Preference-Applied", "respond-async")
                    .header("Cache-Control", "no-store")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(JobsController.withLinks(asked, job, json));
        }
        String mediaType = asked.wanted(formats(process));
        Body.Execution given = body.execution(request, process.description());
        byte[] answer = answers.answer(process, given.inputs(), given.outputs(), mediaType);
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .header("Vary", Replies.VARY)
                .contentType(MediaType.parseMediaType(mediaType))
                .body(answer);
    }

    /** JSON first, then what else the process can write. */
    static String[] formats(Process process) {
        List<String> all = new ArrayList<>(List.of(Answers.JSON));
        all.addAll(process.otherFormats());
        return all.toArray(String[]::new);
    }

    private static boolean wantsJob(HttpServletRequest request) {
        for (String header : Collections.list(request.getHeaders("Prefer")))
            for (String wish : header.split(",|;"))
                if (wish.strip().toLowerCase(Locale.ROOT).equals("respond-async")) return true;
        return false;
    }
}
