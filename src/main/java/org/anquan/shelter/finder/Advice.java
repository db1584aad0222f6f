package org.anquan.shelter.finder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anquan.problem.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What to do for each hazard, from {@code finder/advice.yaml}: on the way, and on the spot where no safe way leads
 * anywhere. Each sentence stands there in both languages.
 */
@Component
final class Advice {
    private static final String FILE = "finder/advice.yaml";
    private static final String ANY = "any";

    /** @param zh sentences; @param en the same in the same order */
    private record Sentences(List<String> zh, List<String> en) {}

    private final Map<String, Sentences> all = new HashMap<>();

    Advice() {
        try (InputStream in = new ClassPathResource(FILE).getInputStream()) {
            Map<String, Map<String, List<Map<String, String>>>> read =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            read.forEach((hazard, parts) -> parts.forEach((part, sentences) -> {
                List<String> zh = new ArrayList<>();
                List<String> en = new ArrayList<>();
                for (Map<String, String> one : sentences) {
                    zh.add(one.get("zh"));
                    en.add(one.get("en"));
                }
                all.put(hazard + "." + part, new Sentences(List.copyOf(zh), List.copyOf(en)));
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> onTheWay(@Nullable Hazard hazard, Locale language) {
        return of(hazard, "onTheWay", language);
    }

    List<String> onTheSpot(@Nullable Hazard hazard, Locale language) {
        return of(hazard, "onTheSpot", language);
    }

    private List<String> of(@Nullable Hazard hazard, String part, Locale language) {
        Sentences found = all.get((hazard == null ? ANY : hazard.id()) + "." + part);
        if (found == null) throw new IllegalStateException(FILE + " has no " + part + " for " + hazard);
        return language.equals(Texts.ENGLISH) ? found.en() : found.zh();
    }
}
