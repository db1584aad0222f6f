package org.anquan.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.CommonAttributes;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Definitions, styles, symbols and sample hold together. The files are read plainly, without the catalogue. */
class DefinitionsTest {
    private static final Path LAYERS = Path.of("layers");
    private static final Path STYLES = Path.of("styles");

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    /** Attributes of a layer's file, each with its allowed values (none: all are allowed). */
    @SuppressWarnings("unchecked")
    private static Map<String, Set<String>> attributes(String layer) throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(LAYERS.resolve(layer + ".yaml")));
        Map<String, Set<String>> attributes = new HashMap<>();
        for (AttributeDefinition common : CommonAttributes.ALL) attributes.put(common.name(), Set.of());
        for (Map<String, Object> attribute : (List<Map<String, Object>>) file.get("attributes")) {
            Set<String> values = new HashSet<>();
            for (Map<String, Object> value : (List<Map<String, Object>>) attribute.getOrDefault("values", List.of()))
                values.add((String) value.get("value"));
            attributes.put((String) attribute.get("name"), values);
        }
        return attributes;
    }

    @Test
    void everyValueOfTheSampleIsAllowedByItsLayer() throws IOException {
        for (Path file : files(LizhouGenerator.FOLDER, ".geojson")) {
            Map<String, Set<String>> attributes = attributes(stem(file));
            for (JsonNode feature : JsonMapper.shared().readTree(file).path("features"))
                feature.path("properties").forEachEntry((name, value) -> {
                    Set<String> allowed = attributes.get(name);
                    assertThat(allowed).as("%s has no attribute %s", file, name).isNotNull();
                    if (allowed == null || allowed.isEmpty()) return;
                    for (JsonNode one : value.isArray() ? value.values() : List.of(value))
                        assertThat(allowed).as("%s %s", file, name).contains(one.asString());
                });
        }
    }

    @Test
    void everyLayerHasAStyleAndEveryStyleALayer() throws IOException {
        Set<String> layers = new HashSet<>();
        for (Path file : files(LAYERS, ".yaml")) layers.add(stem(file));
        Set<String> styles = new HashSet<>();
        for (Path file : files(STYLES, ".sld")) styles.add(stem(file));
        assertThat(styles).containsAll(layers);
        assertThat(layers).containsAll(styles);
    }

    private static final Pattern COMPARISON =
            Pattern.compile("<ogc:PropertyName>(\\w+)</ogc:PropertyName>\\s*(?:<ogc:Literal>([^<]*)</ogc:Literal>)?");
    private static final Pattern SYMBOL = Pattern.compile("xlink:href=\"([^\"]*)\"");

    @Test
    void everyAttributeAndValueInAStyleIsTheLayers() throws IOException {
        for (Path file : files(STYLES, ".sld")) {
            Map<String, Set<String>> attributes = attributes(stem(file));
            Matcher comparison = COMPARISON.matcher(Files.readString(file));
            while (comparison.find()) {
                Set<String> allowed = attributes.get(comparison.group(1));
                assertThat(allowed).as("%s: %s", file, comparison.group(1)).isNotNull();
                if (allowed != null && !allowed.isEmpty() && comparison.group(2) != null)
                    assertThat(allowed).as("%s: %s", file, comparison.group(1)).contains(comparison.group(2));
            }
        }
    }

    @Test
    void everySymbolOfAStyleIsThereAndNoneIsLeftOver() throws IOException {
        Set<String> used = new HashSet<>();
        for (Path file : files(STYLES, ".sld")) {
            Matcher symbol = SYMBOL.matcher(Files.readString(file));
            while (symbol.find()) used.add(symbol.group(1).replace("symbols/", ""));
        }
        Set<String> there = new HashSet<>();
        for (Path file : files(STYLES.resolve("symbols"), ".svg"))
            there.add(file.getFileName().toString());
        assertThat(used).isEqualTo(there);
    }
}
