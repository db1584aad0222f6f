package org.anquan.shelter.finder;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The short question that a phone asks; always of the world as it is now, live closures included. */
@RestController
final class NearestShelterController {
    private static final List<String> KNOWN = List.of("lon", "lat", "hazard", "people", "lang", "f");

    private final Telling telling;
    private final FinderSettings settings;
    private final LiveScenario live;
    private final OfflinePack pack;

    NearestShelterController(Telling telling, FinderSettings settings, LiveScenario live, OfflinePack pack) {
        this.pack = pack;
        this.telling = telling;
        this.settings = settings;
        this.live = live;
    }

    @GetMapping(path = "/api/nearest-shelter", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer> nearest(HttpServletRequest request) {
        return ResponseEntity.ok()
                // Where somebody is concerns nobody on the way.
                .header("Cache-Control", "no-store")
                .body(answer(request));
    }

    Answer answer(HttpServletRequest request) {
        FinderInputs inputs = new FinderInputs("", settings);
        for (String name : request.getParameterMap().keySet())
            if (!KNOWN.contains(name)) inputs.wrong(FinderInputs.cut(name), Text.of("process.input.unknown", KNOWN));
        double lon = inputs.degrees("lon", request.getParameter("lon"), 180);
        double lat = inputs.degrees("lat", request.getParameter("lat"), 90);
        Hazard hazard = inputs.hazard(request.getParameter("hazard"));
        long people = inputs.people(request.getParameter("people"));
        inputs.refuseMistakes();
        ObjectNode understood = JsonNodeFactory.instance.objectNode();
        understood.putArray("location").add(lon).add(lat);
        if (hazard == null) understood.putNull("hazard");
        else understood.put("hazard", hazard.id());
        understood.put("people", people).put("scenario", "now");
        Question question =
                new Question(lon, lat, hazard, people, live.scenario(), live.drill(), Texts.currentLanguage());
        return telling.answer(question, understood, List.of());
    }

    /** What a phone keeps: of all shelters, or of those around a place, which need not be exact. */
    @GetMapping(path = "/api/shelters/offline", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<OfflinePack.Pack> offline(HttpServletRequest request) {
        FinderInputs inputs = new FinderInputs("", settings);
        boolean placed = request.getParameter("lon") != null || request.getParameter("lat") != null;
        double lon = placed ? inputs.degrees("lon", request.getParameter("lon"), 180) : Double.NaN;
        double lat = placed ? inputs.degrees("lat", request.getParameter("lat"), 90) : Double.NaN;
        inputs.refuseMistakes();
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(pack.around(lon, lat, Texts.currentLanguage()));
    }
}
