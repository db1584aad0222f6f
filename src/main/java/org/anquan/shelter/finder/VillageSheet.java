package org.anquan.shelter.finder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.SpokenTime;
import org.anquan.catalog.Visibility;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.scenario.Scenario;
import org.anquan.shelter.finder.ShelterFinder.Choice;
import org.anquan.shelter.finder.ShelterFinder.Finding;
import org.springframework.stereotype.Component;

/**
 * The paper sheet of a village, one page each: its nearest shelters by hazard, the ways, whom to call, and a code that
 * opens the finder at the village. It says nothing of today's closures and free places: paper stays on the wall.
 */
@Component
class VillageSheet {
    private static final String LAYER = "village";
    private static final int MOST_VILLAGES = 500;
    private static final int SHELTERS = 4;
    private static final Visibility EVERYBODY = new Visibility(Sensitivity.PUBLIC);

    private final Layers layers;
    private final ShelterFinder finder;
    private final Contacts contacts;
    private final Advice advice;
    private final Events events;

    VillageSheet(Layers layers, ShelterFinder finder, Contacts contacts, Advice advice, Events events) {
        this.layers = layers;
        this.finder = finder;
        this.contacts = contacts;
        this.advice = advice;
        this.events = events;
    }

    /**
     * @param village id or name; empty for all villages of the township
     * @param root address of the service, for the code
     */
    String html(String village, String township, String root, Locale language) {
        List<Feature> wanted = villages(village, township);
        StringBuilder page = new StringBuilder();
        String title = Texts.in(
                language,
                wanted.size() == 1
                        ? Text.of("finder.sheet.titleOf", wanted.get(0).name())
                        : Text.of("finder.sheet.titleOf", township));
        boolean english = language.equals(Texts.ENGLISH);
        page.append("<!doctype html><html lang=\"")
                .append(english ? "en" : "zh-CN")
                .append(
                        "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(safe(title))
                .append("</title><link rel=\"stylesheet\" href=\"../tokens.css\">")
                .append("<link rel=\"stylesheet\" href=\"sheet.css\"></head><body")
                .append(
                        events.drillOnly()
                                ? " class=\"in-drill\" data-drill=\"" + words(language, "finder.sheet.drill") + "\""
                                : "")
                .append("><main>");
        for (Feature one : wanted) sheet(page, one, root, language);
        return page.append("</main></body></html>").toString();
    }

    private List<Feature> villages(String village, String township) {
        boolean there =
                layers.definitions().stream().anyMatch(layer -> layer.id().equals(LAYER) && EVERYBODY.sees(layer));
        if (!there || (village.isEmpty() && township.isEmpty())) throw ProblemException.invalid("finder.sheet.which");
        LayerSnapshot snapshot = layers.snapshot(LAYER);
        if (!village.isEmpty()) {
            Optional<Feature> byId = snapshot.feature(village);
            if (byId.isPresent()) return List.of(byId.get());
            List<Feature> named = snapshot.features().stream()
                    .filter(one ->
                            one.name().equals(village) && (township.isEmpty() || township.equals(one.text("township"))))
                    .toList();
            if (named.isEmpty()) throw ProblemException.notFound("finder.sheet.noVillage", FinderInputs.cut(village));
            return named;
        }
        List<Feature> all = snapshot.features().stream()
                .filter(one -> township.equals(one.text("township")))
                .limit(MOST_VILLAGES)
                .toList();
        if (all.isEmpty()) throw ProblemException.notFound("finder.sheet.noTownship", FinderInputs.cut(township));
        return all;
    }

    private void sheet(StringBuilder page, Feature village, String root, Locale language) {
        Place at = PlaceSets.placeOf(village);
        Answer.Contact contact = contacts.at(at.lon(), at.lat());
        page.append("<article class=\"sheet\"><header><div><h1>")
                .append(safe(village.name()))
                .append("</h1><p>")
                .append(words(language, "finder.sheet.title"))
                .append("</p></div>")
                .append(QrCode.svg(
                        root + "/shelter?at=" + Math.round(at.lon() * 1e5) / 1e5 + ","
                                + Math.round(at.lat() * 1e5) / 1e5,
                        Texts.in(language, Text.of("finder.sheet.code"))))
                .append("</header>");
        table(page, at, language);
        ways(page, at, language);
        page.append("<footer><p class=\"call\">");
        page.append(safe(Texts.in(
                language,
                contact == null
                        ? Text.of("finder.advice.callEmergency")
                        : Text.of("finder.advice.call", contact.name(), contact.phone()))));
        page.append("</p><p>")
                .append(safe(String.join(" ", advice.onTheWay(null, language))))
                .append("</p><p>");
        page.append(safe(Texts.in(language, Text.of("finder.sheet.madeAt", SpokenTime.of(Instant.now())))));
        page.append("</p></footer></article>");
    }

    private Finding find(Place at, @org.jspecify.annotations.Nullable Hazard hazard, Locale language) {
        return finder.find(new Question(at.lon(), at.lat(), hazard, 1, Scenario.NONE, false, language));
    }

    /** By hazard: where to go first and second. */
    private void table(StringBuilder page, Place at, Locale language) {
        page.append("<table><thead><tr><th scope=\"col\">")
                .append(words(language, "finder.sheet.hazard"))
                .append("</th><th scope=\"col\">")
                .append(words(language, "finder.sheet.first"))
                .append("</th><th scope=\"col\">")
                .append(words(language, "finder.sheet.second"))
                .append("</th></tr></thead><tbody>");
        for (Hazard hazard : Hazard.values()) {
            List<Choice> found = find(at, hazard, language).offered();
            page.append("<tr><th scope=\"row\">")
                    .append(safe(Texts.in(language, hazard.title())))
                    .append("</th>");
            for (int i = 0; i < 2; i++)
                page.append("<td>")
                        .append(
                                i < found.size()
                                        ? cell(found.get(i), language)
                                        : i == 0 ? spot(hazard, language) : words(language, "finder.sheet.none"))
                        .append("</td>");
            page.append("</tr>");
        }
        page.append("</tbody></table>");
    }

    private static String cell(Choice one, Locale language) {
        return "<strong>" + safe(one.site().name()) + "</strong> "
                + safe(Texts.in(language, Text.of("finder.sheet.minutes", minutes(one))))
                + (one.fit() ? "" : " " + words(language, "finder.sheet.unknownFit"));
    }

    private String spot(Hazard hazard, Locale language) {
        return safe(advice.onTheSpot(hazard, language).get(0));
    }

    private static long minutes(Choice one) {
        return Math.max(1, (long) Math.ceil(one.walk().seconds() / 60));
    }

    /** How to get to those that the table names most. */
    private void ways(StringBuilder page, Place at, Locale language) {
        List<Choice> all = new ArrayList<>();
        for (Hazard hazard : Hazard.values())
            for (Choice one : find(at, hazard, language).offered())
                if (all.size() < SHELTERS
                        && all.stream()
                                .noneMatch(known ->
                                        known.site().id().equals(one.site().id()))) all.add(one);
        page.append("<section class=\"ways\">");
        for (Choice one : all) {
            page.append("<div><h2>").append(safe(one.site().name())).append("</h2><p>");
            page.append(safe(Texts.in(
                    language,
                    Text.of(
                            "finder.sheet.walk",
                            minutes(one),
                            Math.round(one.walk().metres())))));
            List<String> has = Telling.has(one.site(), language);
            if (!has.isEmpty())
                page.append(" · ").append(safe(String.join(language.equals(Texts.ENGLISH) ? ", " : "、", has)));
            page.append("</p><ol>");
            for (WalkWorld.Step step : one.walk().steps()) {
                page.append("<li>").append(safe(step.text()));
                if (step.metres() >= 1)
                    page.append(' ')
                            .append(safe(
                                    Texts.in(language, Text.of("finder.sheet.metres", Math.round(step.metres())))));
                page.append("</li>");
            }
            page.append("</ol></div>");
        }
        page.append("</section>");
    }

    private static String words(Locale language, String key) {
        return safe(Texts.in(language, new Text(key, List.of())));
    }

    /** For a place in HTML, also inside an attribute. */
    static String safe(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
