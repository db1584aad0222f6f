package org.anquan.ogcapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anquan.catalog.NameHit;
import org.anquan.catalog.NameHits;
import org.anquan.catalog.NameQuery;
import org.anquan.catalog.Names;
import org.anquan.catalog.Title;
import org.anquan.catalog.Visibility;
import org.anquan.geo.Bbox;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The search box, asked at every keystroke. */
@RestController
final class FindController {
    private static final List<String> KNOWN = List.of("q", "limit", "layers", "bbox", "lang", "f");

    private final Names names;

    FindController(Names names) {
        this.names = names;
    }

    record Answer(String query, List<Hit> hits, boolean more) {}

    /** @param match where the query stands in the text: from, behind its last character */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Hit(
            String layer,
            Title layerTitle,
            String id,
            String name,
            String attribute,
            String text,
            List<Integer> match,
            double lon,
            double lat,
            List<Double> bbox,
            @Nullable String place) {}

    @GetMapping(path = "/api/find", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> find(HttpServletRequest request) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String name : request.getParameterMap().keySet())
            if (!KNOWN.contains(name))
                mistakes.add(new Mistake(name, Text.of("ogcapi.mistake.unknownParameter", KNOWN, "-")));
        String typed = request.getParameter("q");
        int limit = limit(request.getParameter("limit"), mistakes);
        Bbox near = bbox(request.getParameter("bbox"), mistakes);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("ogcapi.parameters").withMistakes(mistakes);
        String layers = request.getParameter("layers");
        List<String> only = layers == null
                ? List.of()
                : Arrays.stream(layers.split(","))
                        .map(String::strip)
                        .filter(layer -> !layer.isEmpty())
                        .toList();
        NameQuery query = new NameQuery(typed == null ? "" : typed, limit, only, near);
        NameHits found = names.find(query, Visibility.current());
        List<Hit> hits = found.hits().stream().map(FindController::hit).toList();
        return Replies.json(new Answer(query.text(), hits, found.more()), MediaType.APPLICATION_JSON_VALUE);
    }

    private static Hit hit(NameHit hit) {
        Bbox box = hit.box();
        return new Hit(
                hit.layer().id(),
                hit.layer().title(),
                hit.id(),
                hit.name(),
                hit.attribute(),
                hit.text(),
                List.of(hit.from(), hit.to()),
                hit.lon(),
                hit.lat(),
                List.of(box.west(), box.south(), box.east(), box.north()),
                hit.place());
    }

    private static int limit(@Nullable String text, List<Mistake> mistakes) {
        if (text == null || text.isEmpty()) return 0;
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= 1) return Integer.parseInt(text);
        mistakes.add(new Mistake("limit", Text.of("ogcapi.mistake.number", text, 1)));
        return 0;
    }

    private static @Nullable Bbox bbox(@Nullable String text, List<Mistake> mistakes) {
        if (text == null || text.isEmpty()) return null;
        try {
            double[] sides = Arrays.stream(text.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (sides.length == 4 && sides[0] <= sides[2] && sides[1] <= sides[3])
                return new Bbox(sides[0], sides[1], sides[2], sides[3]);
        } catch (IllegalArgumentException e) {
            // Said below, as for any other wrong box.
        }
        mistakes.add(new Mistake("bbox", Text.of("ogcapi.mistake.bbox", text)));
        return null;
    }
}
