package org.anquan.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anquan.problem.ProblemException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every question that can be asked. One that takes a {@code scenario} and does not compare by itself is given the input
 * {@code compare} here, so that any two scenarios can be compared on any question.
 */
@Service
public final class Processes {
    private final List<Process> all;
    private final Map<String, Process> byId = new LinkedHashMap<>();

    Processes(List<Process> own, JsonMapper json) {
        List<Process> made = new ArrayList<>();
        for (Process process : own)
            made.add(ComparedProcess.canCompare(process) ? new ComparedProcess(process, json) : process);
        all = List.copyOf(made);
        for (Process process : all) byId.put(process.description().id(), process);
    }

    public List<Process> all() {
        return all;
    }

    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    public Optional<Process> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** @throws ProblemException not found, naming those there are */
    public Process require(String id) {
        return find(id).orElseThrow(() -> ProblemException.notFound("process.noSuchProcess", id, ids()));
    }
}
