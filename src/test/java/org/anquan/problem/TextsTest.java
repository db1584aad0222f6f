package org.anquan.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void bothLanguagesSayTheSameThingsWithTheSamePlaces() {
        Map<String, String> zh = Texts.all(Texts.CHINESE);
        Map<String, String> en = Texts.all(Texts.ENGLISH);
        assertThat(zh.keySet()).isEqualTo(en.keySet());
        zh.forEach((key, pattern) -> assertThat(places(pattern)).as(key).isEqualTo(places(en.get(key))));
    }

    @Test
    void everyKeyThatTheCodeNamesExists() throws IOException {
        Pattern text = Pattern.compile("Text\\.of\\(\\s*\"([a-zA-Z0-9._-]+)\"\\s*[,)]");
        Pattern problem = Pattern.compile(
                "(?:ProblemException\\s*\\.\\s*(?:invalid|notFound|unavailable)\\(\\s*|Kind\\.[A-Z_]+,\\s*)\"([a-zA-Z0-9.-]+)\"");
        List<String> missing = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String code = Files.readString(file);
                for (Matcher m = text.matcher(code); m.find(); seen++)
                    if (!Texts.has(m.group(1))) missing.add(file.getFileName() + ": " + m.group(1));
                for (Matcher m = problem.matcher(code); m.find(); seen++)
                    for (String part : List.of(".title", ".detail", ".help"))
                        if (!Texts.has(m.group(1) + part)) missing.add(file.getFileName() + ": " + m.group(1) + part);
            }
        }
        assertThat(seen).isPositive();
        assertThat(missing).isEmpty();
    }

    @Test
    void valuesAreFilledInAndTextsInsideTextsAreTranslated() {
        Text text = Text.of("home.notWritable.detail", "/data");
        assertThat(Texts.in(Texts.ENGLISH, text)).isEqualTo("Anquan cannot write to /data.");
        assertThat(Texts.in(Texts.CHINESE, text)).isEqualTo("无法写入 /data。");
    }

    @Test
    void aPathIsSaidAsItIs() {
        // A path is a list of paths to Java: taken apart it never ends.
        Text text = Text.of("home.notWritable.detail", Path.of("/data/home"));
        assertThat(Texts.in(Texts.ENGLISH, text)).isEqualTo("Anquan cannot write to /data/home.");
    }

    private static TreeSet<String> places(String pattern) {
        TreeSet<String> found = new TreeSet<>();
        Matcher m = Pattern.compile("\\{\\d+}").matcher(pattern);
        while (m.find()) found.add(m.group());
        return found;
    }
}
