package org.anquan.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.problem.ProblemException;

/** The words behind a command: plain ones in order, and options ({@code --crs EPSG:4544}, {@code -o out.json}). */
record Arguments(List<String> words, Map<String, String> options) {
    Arguments {
        words = List.copyOf(words);
        options = Map.copyOf(options);
    }

    /**
     * @param switches options that take no value, without their dashes
     */
    static Arguments of(List<String> given, Set<String> switches) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            if (!word.startsWith("-") || word.equals("-")) {
                words.add(word);
                continue;
            }
            String name = word.replaceFirst("^--?", "");
            int equals = name.indexOf('=');
            if (equals > 0) options.put(name.substring(0, equals), name.substring(equals + 1));
            else if (switches.contains(name)) options.put(name, "true");
            else if (i + 1 < given.size()) options.put(name, given.get(++i));
            else throw ProblemException.invalid("cli.optionValue", word);
        }
        return new Arguments(words, options);
    }

    String word(int place, String meaning) {
        if (place < words.size()) return words.get(place);
        throw ProblemException.invalid("cli.missing", meaning);
    }

    Path file(int place) {
        return Path.of(word(place, "FILE"));
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    boolean has(String name) {
        return options.containsKey(name);
    }

    /** Refuses more words than the command takes, and options that it does not know. */
    void only(int wordCount, String... optionNames) {
        Set<String> known = Set.of(optionNames);
        for (String name : options.keySet())
            if (!known.contains(name))
                throw ProblemException.invalid(
                        "cli.optionUnknown", name, known.stream().sorted().toList());
        if (words.size() > wordCount) throw ProblemException.invalid("cli.tooMany", words.get(wordCount));
    }
}
