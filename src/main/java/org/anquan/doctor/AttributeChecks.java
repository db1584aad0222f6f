package org.anquan.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeType;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureMistakes;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.SpokenTime;
import org.anquan.doctor.DoctorSettings.CapacityRule;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** What is written about the features: against the layer's definition, the norms, the calendar. */
final class AttributeChecks {
    private static final String PATH = "properties.";
    /** Clocks differ. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final Subject subject;
    private final Findings findings;
    private final DoctorSettings settings;
    private final Instant now;
    private final Instant staleBefore;
    private final Duration staleAfter;
    private final List<CapacityRule> rules;
    private final Set<String> noNames = new HashSet<>();
    private final Map<String, AttributeDefinition> attributes = new LinkedHashMap<>();

    AttributeChecks(Subject subject, DoctorSettings settings, Clock clock) {
        this.subject = subject;
        this.findings = subject.findings();
        this.settings = settings;
        this.now = clock.instant();
        this.staleAfter = settings.stale().of(subject.layer().id());
        this.staleBefore = now.minus(staleAfter);
        this.rules = settings.capacity().stream()
                .filter(rule -> rule.layer().equals(subject.layer().id()))
                .filter(rule -> subject.layer().attribute(rule.area()).isPresent())
                .toList();
        settings.noNames().forEach(name -> noNames.add(name.toLowerCase(Locale.ROOT)));
        for (AttributeDefinition attribute : subject.layer().attributes()) attributes.put(attribute.name(), attribute);
    }

    void run() {
        for (int i = 0; i < subject.size(); i++) {
            subject.at(i, 0.85, 1, Text.of("doctor.progress.attributes"));
            Feature feature = subject.feature(i);
            definition(i, feature);
            name(i, feature);
            text(i, feature);
            times(i, feature);
            validity(i, feature);
            precision(i, feature);
            for (CapacityRule rule : rules) capacity(i, feature, rule);
        }
    }

    // Against the definition

    private void definition(int i, Feature feature) {
        if (!findings.wantsAny(Check.MISSING, Check.VALUE)) return;
        Map<String, Object> seen = feature.attributes();
        if (!attributes.keySet().containsAll(seen.keySet())) {
            seen = new LinkedHashMap<>(seen);
            seen.keySet().retainAll(attributes.keySet());
        }
        for (Mistake mistake : FeatureMistakes.of(subject.layer(), "", null, seen)) {
            String name = mistake.where().startsWith(PATH) ? mistake.where().substring(PATH.length()) : mistake.where();
            AttributeDefinition attribute = attributes.get(name);
            Object title = attribute == null ? name : attribute.title();
            boolean missing = seen.get(name) == null || isBlank(seen.get(name));
            findings.add(subject.finding(
                    missing ? Check.MISSING : Check.VALUE,
                    i,
                    name,
                    missing ? Text.of("doctor.missing", title) : Text.of("doctor.value", title, mistake.what()),
                    null,
                    null,
                    List.of()));
        }
    }

    private static boolean isBlank(@Nullable Object value) {
        return value instanceof String text && text.isBlank();
    }

    // Names and texts

    private void name(int i, Feature feature) {
        String name = feature.text(CommonAttributes.NAME);
        if (name == null || !attributes.containsKey(CommonAttributes.NAME)) return;
        String plain = TextEdges.tidy(name).toLowerCase(Locale.ROOT);
        boolean none = noNames.contains(plain) || plain.codePoints().noneMatch(Character::isLetterOrDigit);
        if (none && !plain.isEmpty()) findings.add(subject.finding(Check.NAME, i, Text.of("doctor.name", name), null));
    }

    private void text(int i, Feature feature) {
        if (!findings.wants(Check.TEXT)) return;
        Map<String, Object> tidy = new LinkedHashMap<>();
        List<Object> titles = new ArrayList<>();
        for (Map.Entry<String, Object> value : feature.attributes().entrySet()) {
            AttributeDefinition attribute = attributes.get(value.getKey());
            if (attribute == null || attribute.type() != AttributeType.TEXT) continue;
            if (!(value.getValue() instanceof String text)) continue;
            String better = TextEdges.tidy(text);
            // What is nothing but blanks is missing; that is another finding.
            if (better.equals(text) || better.isEmpty()) continue;
            tidy.put(value.getKey(), better);
            titles.add(attribute.title());
        }
        if (tidy.isEmpty()) return;
        findings.add(
                subject.finding(Check.TEXT, i, Text.of("doctor.text", titles), Subject.safe("tidy")),
                () -> List.of(FeatureMend.set(feature, tidy)));
    }

    // The calendar

    private void times(int i, Feature feature) {
        if (!(feature.get(CommonAttributes.OBSERVED_AT) instanceof Instant observed)
                || !attributes.containsKey(CommonAttributes.OBSERVED_AT)) return;
        LocalDate day = LocalDate.ofInstant(observed, SpokenTime.ZONE);
        if (observed.isAfter(now.plus(AHEAD)))
            findings.add(subject.finding(
                    Check.VALUE,
                    i,
                    CommonAttributes.OBSERVED_AT,
                    Text.of("doctor.future", day.toString()),
                    null,
                    null,
                    List.of()));
        else if (observed.isBefore(staleBefore))
            findings.add(subject.finding(
                    Check.STALE,
                    i,
                    Text.of(
                            "doctor.stale",
                            day.toString(),
                            Duration.between(observed, now).toDays(),
                            staleAfter.toDays()),
                    null));
    }

    private @Nullable Instant time(Feature feature, String attribute) {
        return attributes.containsKey(attribute) && feature.get(attribute) instanceof Instant time ? time : null;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, SpokenTime.ZONE);
    }

    private void validity(int i, Feature feature) {
        Instant to = time(feature, CommonAttributes.VALID_TO);
        if (to == null) return;
        Instant from = time(feature, CommonAttributes.VALID_FROM);
        if (from != null && to.isBefore(from))
            findings.add(subject.finding(
                    Check.VALUE,
                    i,
                    CommonAttributes.VALID_TO,
                    Text.of("doctor.validity", day(to).toString(), day(from).toString()),
                    null,
                    null,
                    List.of()));
        else if (end(to).isBefore(now))
            findings.add(subject.finding(
                    Check.STALE,
                    i,
                    CommonAttributes.VALID_TO,
                    Text.of(
                            "doctor.expired",
                            day(to).toString(),
                            Duration.between(end(to), now).toDays()),
                    null,
                    null,
                    List.of()));
    }

    /** Who gives a day means the whole of it. */
    private static Instant end(Instant to) {
        LocalDate day = day(to);
        boolean dayOnly = day.atStartOfDay(SpokenTime.ZONE).toInstant().equals(to);
        return dayOnly ? day.plusDays(1).atStartOfDay(SpokenTime.ZONE).toInstant() : to;
    }

    private void precision(int i, Feature feature) {
        if (!subject.isOf(GeometryKind.POINT)) return;
        Double metres = number(feature, CommonAttributes.PRECISION);
        if (metres != null && metres > settings.coarseMetres())
            findings.add(
                    subject.finding(Check.COARSE, i, Text.of("doctor.coarse", metres, settings.coarseMetres()), null));
    }

    // Norms

    private void capacity(int i, Feature feature, CapacityRule rule) {
        if (!findings.wants(Check.CAPACITY)) return;
        contradiction(feature, rule)
                .ifPresent(text -> findings.add(subject.finding(
                        Check.CAPACITY, i, rule.area(), text, null, Subject.told("capacity"), List.of())));
    }

    private @Nullable Double number(Feature feature, String attribute) {
        return attributes.containsKey(attribute) ? feature.number(attribute) : null;
    }

    private Optional<Text> contradiction(Feature feature, CapacityRule rule) {
        Double people = null;
        for (String attribute : rule.people()) if (people == null) people = number(feature, attribute);
        Double area = number(feature, rule.area());
        Double whole = number(feature, rule.wholeArea());
        Double each = number(feature, rule.perPerson());
        if (area != null && whole != null && area > whole)
            return Optional.of(Text.of("doctor.capacity.areaLarger", area, whole));
        Double ground = area == null ? whole : area;
        if (people == null || ground == null) return Optional.empty();
        String kind = attributes.containsKey(rule.kind()) ? feature.text(rule.kind()) : null;
        Double least = kind == null ? null : rule.least().get(kind);
        if (least == null) least = rule.least().get("other");
        if (least != null && people * least > ground * (1 + rule.tolerance()))
            return Optional.of(Text.of(
                    "doctor.capacity.tooMany",
                    people,
                    ground,
                    Math.round(100 * ground / people) / 100.0,
                    least,
                    (long) Math.floor(ground / least),
                    rule.source()));
        if (area != null && each != null && each > 0) {
            double fits = Math.floor(area / each);
            if (Math.abs(people - fits) > Math.max(1, rule.tolerance() * Math.max(people, fits)))
                return Optional.of(Text.of("doctor.capacity.differs", people, area, each, fits));
        }
        if (area != null && people > 0 && area / people > rule.most())
            return Optional.of(Text.of("doctor.capacity.tooFew", people, area, Math.round(area / people), rule.most()));
        return Optional.empty();
    }
}
