package org.anquan.shelter.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** What the short question and the process check alike, collecting every mistake. */
final class FinderInputs {
    private final String prefix;
    private final FinderSettings settings;
    private final List<Mistake> mistakes = new ArrayList<>();

    /** @param prefix of the names of inputs in messages */
    FinderInputs(String prefix, FinderSettings settings) {
        this.prefix = prefix;
        this.settings = settings;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }

    void wrong(String name, Text what) {
        mistakes.add(new Mistake(prefix + name, what));
    }

    void refuseMistakes() {
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("finder.inputs", mistakes.size()).withMistakes(mistakes);
    }

    @Nullable
    Hazard hazard(@Nullable String given) {
        if (given == null || given.isBlank()) return null;
        Optional<Hazard> hazard = Hazard.of(given);
        if (hazard.isEmpty()) {
            List<Object> known = new ArrayList<>();
            for (Hazard one : Hazard.values()) known.add(Text.of("finder.hazard.named", one.title(), one.id()));
            wrong("hazard", Text.of("finder.input.hazard", cut(given), known));
        }
        return hazard.orElse(null);
    }

    /** @param given null for one person */
    long people(@Nullable String given) {
        if (given == null || given.isBlank()) return 1;
        String plain = given.strip();
        if (plain.matches("[+]?\\d{1,18}(\\.0*)?")) {
            long people = Long.parseLong(plain.replaceAll("[+]|\\..*", ""));
            if (people < 1) wrong("people", Text.of("finder.input.noPeople"));
            else if (people > settings.maxPeople())
                wrong("people", Text.of("finder.input.tooManyPeople", people, settings.maxPeople()));
            return people;
        }
        wrong("people", Text.of("finder.input.people", cut(given), settings.maxPeople()));
        return 1;
    }

    double degrees(String name, @Nullable String given, double most) {
        if (given == null || given.isBlank()) {
            wrong(name, Text.of("finder.input." + name + "Missing"));
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(given.strip());
            if (Math.abs(value) <= most) return value;
        } catch (NumberFormatException e) {
            // Said below, as for any other wrong number.
        }
        wrong(name, Text.of("finder.input.degrees", cut(given), most));
        return Double.NaN;
    }

    static String cut(String given) {
        return given.length() > 60 ? given.substring(0, 60) + "…" : given;
    }
}
