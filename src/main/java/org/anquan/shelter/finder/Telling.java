package org.anquan.shelter.finder;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anquan.geo.Bd09;
import org.anquan.geo.Gcj02;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Steps;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.PlaceSets;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.process.Provenance.RoadsUsed;
import org.anquan.shelter.finder.ShelterFinder.Choice;
import org.anquan.shelter.finder.ShelterFinder.Finding;
import org.anquan.shelter.finder.ShelterFinder.No;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Puts what was found into words for the public: public attributes only. */
@Component
class Telling {
    private final ShelterFinder finder;
    private final FinderSettings settings;
    private final Advice advice;
    private final Contacts contacts;
    private final Events events;

    Telling(ShelterFinder finder, FinderSettings settings, Advice advice, Contacts contacts, Events events) {
        this.finder = finder;
        this.settings = settings;
        this.advice = advice;
        this.contacts = contacts;
        this.events = events;
    }

    /**
     * @param understood the question with its defaults filled in
     * @param more warnings of whoever read the question
     */
    Answer answer(Question question, ObjectNode understood, List<Text> more) {
        long started = System.nanoTime();
        Finding found = finder.find(question);
        Locale language = question.language();
        List<Text> warnings = new ArrayList<>(more);
        warn(question, found, warnings);
        Answer.Contact contact = contacts.at(question.lon(), question.lat());
        Dangers.Area danger = found.inDanger();
        No why = found.whyLeastBad();
        Choice least = found.leastBad();
        boolean illustrative =
                found.offered().stream().anyMatch(one -> one.site().illustrative())
                        || (least != null && least.site().illustrative());
        return new Answer(
                found.offered().stream().map(one -> offered(one, language)).toList(),
                found.refused().stream().map(one -> refused(one, language)).toList(),
                advice(question, found, contact),
                least == null || why == null
                        ? null
                        : new Answer.LeastBad(
                                offered(least, language), why.reason().code(), Texts.in(language, why.text())),
                contact,
                found.walkWorld() == null ? "straight" : "roads",
                danger == null ? null : inWords(danger, language),
                question.drill() || events.drillOnly(),
                new Provenance(understood, data(found, illustrative), warnings, (System.nanoTime() - started) / 1e6));
    }

    private static String inWords(Dangers.Area area, Locale language) {
        return (language.equals(Texts.ENGLISH)
                        ? area.layer().en()
                        : area.layer().zh()) + " " + area.name();
    }

    private void warn(Question question, Finding found, List<Text> warnings) {
        if (found.walkWorld() == null)
            warnings.add(
                    found.farFromRoad()
                            ? Text.of("finder.warning.farFromRoad", settings.maxRoadMetres(), settings.detour())
                            : Text.of("finder.warning.noRoads", settings.detour()));
        else warnings.addAll(found.walkWorld().real().warnings());
        if (found.offered().stream().anyMatch(one -> !one.fit()))
            warnings.add(Text.of("finder.warning.unknownFit", hazard(question.hazard())));
        if (!found.offered().isEmpty() && found.offered().get(0).stale()) warnings.add(Text.of("finder.warning.stale"));
        if (found.offered().stream().anyMatch(one -> one.site().illustrative()))
            warnings.add(Text.of("finder.warning.illustrative"));
    }

    private static Text hazard(@Nullable Hazard hazard) {
        return hazard == null ? Text.of("finder.hazard.any") : hazard.title();
    }

    private List<String> advice(Question question, Finding found, Answer.@Nullable Contact contact) {
        Locale language = question.language();
        List<String> all = new ArrayList<>();
        Dangers.Area danger = found.inDanger();
        if (danger != null)
            all.add(Texts.in(
                    language, Text.of("finder.advice.inDanger", hazard(question.hazard()), inWords(danger, language))));
        if (!found.offered().isEmpty()) {
            all.addAll(advice.onTheWay(question.hazard(), language));
            return all;
        }
        if (found.world().count() == 0) all.add(Texts.in(language, Text.of("finder.advice.noData")));
        else if (found.nearestMetres() > settings.farMetres())
            all.add(Texts.in(language, Text.of("finder.advice.farAway", Math.round(found.nearestMetres() / 1000))));
        else {
            all.add(Texts.in(language, Text.of("finder.advice.none", hazard(question.hazard()))));
            Choice least = found.leastBad();
            No why = found.whyLeastBad();
            if (least != null && why != null)
                all.add(Texts.in(
                        language,
                        Text.of(
                                "finder.advice.leastBad",
                                least.site().name(),
                                Math.max(1, Math.round(least.walk().seconds() / 60)),
                                why.text())));
        }
        all.addAll(advice.onTheSpot(question.hazard(), language));
        all.add(Texts.in(
                language,
                contact == null
                        ? Text.of("finder.advice.callEmergency")
                        : Text.of("finder.advice.call", contact.name(), contact.phone())));
        return all;
    }

    private Answer.Offered offered(Choice one, Locale language) {
        Site site = one.site();
        return new Answer.Offered(
                site.id(),
                site.name(),
                site.lon(),
                site.lat(),
                one.walk().seconds(),
                one.walk().metres(),
                site.freePlaces(),
                site.capacity(),
                site.asOf(),
                one.stale(),
                site.status().id(),
                Texts.in(language, site.status().title()),
                one.fit() ? "fit" : "unknown",
                site.space().isEmpty() ? "" : Texts.in(language, new Text("finder.space." + site.space(), List.of())),
                has(site, language),
                navigation(site, language),
                site.illustrative(),
                events.drill(site.id()),
                Answer.Route.of(one.walk()));
    }

    static List<String> has(Site site, Locale language) {
        List<String> words = new ArrayList<>();
        for (String one : site.facilities()) {
            String key = "finder.has." + one;
            words.add(Texts.has(key) ? Texts.in(language, new Text(key, List.of())) : one);
        }
        return words;
    }

    /** Links to programs on the phone; nothing is called from here. */
    List<Answer.Navigation> navigation(Site site, Locale language) {
        List<Answer.Navigation> all = new ArrayList<>();
        for (FinderSettings.Navigation one : settings.navigation()) {
            double[] at = {site.lon(), site.lat()};
            if (one.datum().equals("gcj02")) Gcj02.fromWgs84(at);
            if (one.datum().equals("bd09")) Bd09.fromWgs84(at);
            all.add(new Answer.Navigation(
                    language.equals(Texts.ENGLISH) ? one.en() : one.zh(),
                    one.href()
                            .replace("{lon}", sixDigits(at[0]))
                            .replace("{lat}", sixDigits(at[1]))
                            .replace(
                                    "{name}",
                                    URLEncoder.encode(site.name(), StandardCharsets.UTF_8)
                                            .replace("+", "%20"))));
        }
        return all;
    }

    private static String sixDigits(double degrees) {
        return Double.toString(Math.round(degrees * 1e6) / 1e6);
    }

    private static Answer.Refused refused(No one, Locale language) {
        return new Answer.Refused(
                one.site().id(),
                one.site().name(),
                one.reason().code(),
                Texts.in(language, one.text()),
                Steps.tenth(one.metres()),
                one.site().lon(),
                one.site().lat());
    }

    private static DataUsed data(Finding found, boolean illustrative) {
        List<LayerUsed> layers = new ArrayList<>();
        layers.add(PlaceSets.used(found.world().state()));
        found.world().dangers().states().values().forEach(state -> layers.add(PlaceSets.used(state)));
        WalkWorld walks = found.walkWorld();
        RoadsUsed roads = null;
        if (walks != null) {
            RoadNetwork network = walks.real().network();
            roads = new RoadsUsed(
                    network.version(),
                    network.source(),
                    network.asOf(),
                    network.graph().nodeCount(),
                    network.graph().edgeCount());
        }
        return new DataUsed(layers, roads, illustrative);
    }
}
