package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The words of the interface stand in two files, one a language, and nowhere else. */
class WordsTest {
    private static final Path WEB = Path.of("web");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern KEY_IN_CODE = Pattern.compile("\\bt\\(\\s*'([^']+)'\\s*[,)]");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");

    @Test
    void bothLanguagesHaveTheSameKeysAndPlaceholders() {
        Map<String, String> zh = words("zh");
        Map<String, String> en = words("en");
        assertThat(en.keySet()).isEqualTo(zh.keySet());
        zh.forEach((key, words) -> assertThat(placeholders(en.get(key))).as(key).isEqualTo(placeholders(words)));
    }

    @Test
    void everyKeyThatTheCodeNamesExists() {
        Set<String> named = new TreeSet<>();
        for (Path file : scripts()) {
            Matcher matcher = KEY_IN_CODE.matcher(read(file));
            while (matcher.find()) if (!matcher.group(1).endsWith(".")) named.add(matcher.group(1));
        }
        Matcher inPage = Pattern.compile("data-words=\"([^\"]+)\"").matcher(read(WEB.resolve("index.html")));
        while (inPage.find()) named.add(inPage.group(1));
        assertThat(named).isNotEmpty();
        assertThat(words("zh").keySet()).containsAll(named);
    }

    /** A unit that is a letter to physicists only: what the layers use has a word, or is a sign that everybody reads. */
    @Test
    void unitsOfTheLayersHaveWords() throws IOException {
        Set<String> signs = Set.of("m²", "km²", "m³", "mm", "kg", "km/h", "L/s", "MPa", "g");
        Set<String> units = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("layers"))) {
            for (Path file : files.toList()) {
                Matcher unit = Pattern.compile("\\bunit: ([^\\s,}]+)").matcher(read(file));
                while (unit.find()) if (!signs.contains(unit.group(1))) units.add("unit.name." + unit.group(1));
            }
        }
        assertThat(units).contains("unit.name.persons");
        assertThat(words("zh").keySet()).containsAll(units);
    }

    @Test
    void noScriptHoldsChineseWordsOfItsOwn() {
        for (Path file : scripts()) {
            String code = COMMENT.matcher(read(file)).replaceAll("");
            List<String> lines = code.lines()
                    .filter(line -> line.codePoints()
                            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN))
                    .toList();
            assertThat(lines).as(file.toString()).isEmpty();
        }
    }

    @Test
    void onlyOneFileFetchesAndNoneWritesHtml() {
        for (Path file : scripts()) {
            String code = COMMENT.matcher(read(file)).replaceAll("");
            assertThat(code).as(file.toString()).doesNotContain("innerHTML", "insertAdjacentHTML", "document.write");
            if (!file.endsWith("api.js")) assertThat(code).as(file.toString()).doesNotContainPattern("\\bfetch\\(");
        }
    }

    private static Map<String, String> words(String language) {
        return new TreeMap<>(JsonMapper.builder()
                .build()
                .readValue(
                        read(WEB.resolve("i18n/" + language + ".json")), new TypeReference<Map<String, String>>() {}));
    }

    private static Set<String> placeholders(String words) {
        return PLACEHOLDER.matcher(words).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static List<Path> scripts() {
        try (Stream<Path> files = Files.walk(WEB)) {
            return files.filter(file -> file.toString().endsWith(".js")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
