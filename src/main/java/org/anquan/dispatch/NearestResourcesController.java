package org.anquan.dispatch;

import java.util.List;
import java.util.Map;
import org.anquan.problem.Texts;
import org.anquan.process.Progress;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The same question as a short GET, and the list of skills for forms. */
@RestController
@ConditionalOnWebApplication
final class NearestResourcesController {
    private final NearestResourcesProcess process;
    private final Skills skills;
    private final DispatchSettings settings;

    NearestResourcesController(NearestResourcesProcess process, Skills skills, DispatchSettings settings) {
        this.process = process;
        this.skills = skills;
        this.settings = settings;
    }

    /** What is not a number goes on as it is, so that the process says what is wrong with it. */
    @GetMapping(path = "/api/nearest-resources", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> nearest(@RequestParam MultiValueMap<String, String> asked) {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        asked.forEach((name, values) -> {
            String value = values.get(0);
            switch (name) {
                case "lon", "lat" -> {}
                case "skill" -> {
                    var needs = inputs.putArray("need");
                    for (String given : values)
                        for (String skill : given.split(","))
                            if (!skill.isBlank()) needs.addObject().put("skill", skill.strip());
                }
                case "routes" -> {
                    if (value.equals("true") || value.equals("false")) inputs.put(name, Boolean.parseBoolean(value));
                    else number(inputs, name, value);
                }
                case "maxMinutes" -> number(inputs, name, value);
                default -> inputs.put(name, value);
            }
        });
        if (asked.containsKey("lon") || asked.containsKey("lat")) {
            var location = inputs.putArray("location");
            for (String name : List.of("lon", "lat")) {
                String value = asked.getFirst(name);
                try {
                    location.add(Double.parseDouble(value == null ? "" : value));
                } catch (NumberFormatException e) {
                    location.add(value);
                }
            }
        }
        return ResponseEntity.ok()
                .header("Cache-Control", "no-cache")
                .header("Vary", "Accept, Accept-Language, Authorization, Cookie")
                .contentType(MediaType.APPLICATION_JSON)
                .body(process.execute(inputs, Progress.none()));
    }

    private static void number(ObjectNode inputs, String name, String value) {
        try {
            inputs.put(name, Long.parseLong(value));
        } catch (NumberFormatException e) {
            inputs.put(name, value);
        }
    }

    /** One of them, in both languages. */
    record Entry(String id, Map<String, String> title) {}

    /** @param usualNeeds by kind of incident: what a form proposes */
    record Entries(List<Entry> skills, Map<String, List<DispatchSettings.UsualNeed>> usualNeeds) {}

    @GetMapping(path = "/api/skills", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> known() {
        List<Entry> all = skills.all().stream()
                .map(one -> new Entry(
                        one.id(),
                        Map.of(
                                "zh",
                                one.title().in(Texts.CHINESE),
                                "en",
                                one.title().in(Texts.ENGLISH))))
                .toList();
        return ResponseEntity.ok()
                .header("Cache-Control", "no-cache")
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Entries(all, settings.usualNeeds()));
    }
}
