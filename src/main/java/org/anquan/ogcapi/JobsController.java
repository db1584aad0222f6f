package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.problem.ProblemException;
import org.anquan.process.Answers;
import org.anquan.process.Job;
import org.anquan.process.Job.Status;
import org.anquan.process.Jobs;
import org.anquan.process.Process;
import org.anquan.process.Processes;
import org.anquan.security.Asker;
import org.anquan.security.Role;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Questions that are worked on in the background. Who knows a job's id may look at it and end it. */
@RestController
@RequestMapping("/ogc/jobs")
final class JobsController {
    private final Jobs jobs;
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final JsonMapper json;

    JobsController(Jobs jobs, Processes processes, JsonMapper json) {
        this.jobs = jobs;
        for (Process process : processes.all())
            this.processes.put(process.description().id(), process);
        this.json = json;
    }

    record All(List<ObjectNode> jobs, List<Link> links) {}

    @GetMapping
    ResponseEntity<Object> all(HttpServletRequest request) {
        Asked asked = Asked.of(request);
        Asker asker = Asker.current();
        List<ObjectNode> all = new ArrayList<>();
        for (Job job : jobs.list(asker, asker.has(Role.ADMIN))) all.add(withLinks(asked, job, json));
        return answer(new All(all, List.of(Link.of(asked.ogc() + "/jobs", "self", Link.JSON, "ogcapi.link.self"))));
    }

    @GetMapping("/{id}")
    ResponseEntity<Object> one(@PathVariable String id, HttpServletRequest request) {
        return answer(withLinks(Asked.of(request), job(id), json));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Object> dismiss(@PathVariable String id, HttpServletRequest request) {
        Job job = jobs.dismiss(id).orElseThrow(() -> noSuchJob(id));
        return answer(withLinks(Asked.of(request), job, json));
    }

    @GetMapping("/{id}/results")
    ResponseEntity<Object> results(@PathVariable String id, HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Job job = job(id);
        if (job.status() == Status.FAILED) return failure(job);
        if (job.status() == Status.DISMISSED)
            throw ProblemException.of(ProblemException.Kind.CANCELLED, "process.cancelled");
        if (job.status() != Status.SUCCESSFUL) throw ProblemException.notFound("process.notReady", job.progress());
        Process process = processes.get(job.process());
        String[] formats = process == null ? new String[] {Answers.JSON} : ProcessesController.formats(process);
        String mediaType = Asked.of(request).wanted(formats);
        Path file = jobs.result(id, mediaType).orElseThrow(() -> noSuchJob(id));
        return ResponseEntity.ok()
                .header("Cache-Control", "no-cache")
                .header("Vary", Replies.VARY)
                .contentType(MediaType.parseMediaType(mediaType))
                .body(new FileSystemResource(file));
    }

    private ResponseEntity<Object> failure(Job job) {
        JsonNode problem = jobs.failure(job.id()).orElseThrow(() -> noSuchJob(job.id()));
        return ResponseEntity.status(problem.path("status").asInt(500))
                .header("Cache-Control", "no-store")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private Job job(String id) {
        return jobs.find(id).orElseThrow(() -> noSuchJob(id));
    }

    private static ProblemException noSuchJob(String id) {
        return ProblemException.notFound("process.noSuchJob", id);
    }

    private static ResponseEntity<Object> answer(Object body) {
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    static ObjectNode withLinks(Asked asked, Job job, JsonMapper json) {
        String self = asked.ogc() + "/jobs/" + job.id();
        List<Link> links = new ArrayList<>();
        links.add(Link.of(self, "self", Link.JSON, "ogcapi.link.job"));
        if (job.status() == Status.SUCCESSFUL)
            links.add(Link.of(
                    self + "/results",
                    "http://www.opengis.net/def/rel/ogc/1.0/results",
                    Link.JSON,
                    "ogcapi.link.results"));
        ObjectNode node = json.valueToTree(job);
        node.set("links", json.valueToTree(links));
        return node;
    }
}
