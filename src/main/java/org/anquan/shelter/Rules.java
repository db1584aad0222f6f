package org.anquan.shelter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.Title;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules of the audit: those shipped, and the county's own from {@code shelter/rules.yaml} of the home folder. */
@Component
final class Rules {
    private static final String OWN = "shelter/rules.yaml";
    private static final Set<String> KEYS = Set.of(
            "id",
            "title",
            "when",
            "measure",
            "near",
            "all",
            "atLeast",
            "moreThan",
            "atMost",
            "unit",
            "source",
            "clause",
            "mark",
            "weight",
            "mend",
            "drop");

    private final AnquanHome home;
    private final ShelterSettings settings;
    private final Map<String, Rule> shipped;

    Rules(AnquanHome home, ShelterSettings settings) {
        this.home = home;
        this.settings = settings;
        try (InputStream in = Rules.class.getResourceAsStream("/shelter/rules.yaml")) {
            if (in == null) throw new IllegalStateException("shelter/rules.yaml is not in the jar");
            shipped = read(
                    "shelter/rules.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8), new LinkedHashMap<>());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws ProblemException invalid where the county's file is wrong, with all that is */
    List<Rule> all() {
        Path own = home.folder().resolve(OWN);
        if (!Files.isRegularFile(own)) return List.copyOf(shipped.values());
        try {
            return List.copyOf(read(own.toString(), Files.readString(own), new LinkedHashMap<>(shipped))
                    .values());
        } catch (IOException e) {
            throw ProblemException.invalid("shelter.rules", own, 1)
                    .withMistakes(List.of(new Mistake(OWN, Text.of("shelter.rules.unreadable"))))
                    .causedBy(e);
        }
    }

    private Map<String, Rule> read(String place, String yaml, Map<String, Rule> into) {
        List<Mistake> mistakes = new ArrayList<>();
        JsonNode list;
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            list = JsonMapper.shared().valueToTree(new Yaml(new SafeConstructor(options)).load(yaml));
        } catch (YAMLException | IllegalArgumentException e) {
            throw ProblemException.invalid("shelter.rules", place, 1)
                    .withMistakes(List.of(new Mistake(OWN, Text.of("shelter.rules.unreadable"))))
                    .causedBy(e);
        }
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.get(i);
            String id = node.path("id").asString("");
            String where = id.isEmpty() ? "[" + i + "]" : id;
            if (node.path("drop").asBoolean(false)) {
                into.remove(id);
                continue;
            }
            Rule rule = rule(node, where, mistakes);
            if (rule != null) into.put(id, rule);
        }
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("shelter.rules", place, mistakes.size())
                    .withMistakes(mistakes);
        return into;
    }

    private @Nullable Rule rule(JsonNode node, String where, List<Mistake> mistakes) {
        int before = mistakes.size();
        for (String key : node.propertyNames())
            if (!KEYS.contains(key))
                mistakes.add(new Mistake(
                        where + "." + key,
                        Text.of("process.input.unknown", KEYS.stream().sorted().toList())));
        for (String key : List.of("id", "title", "unit", "source", "mark", "weight", "mend"))
            if (node.path(key).isMissingNode())
                mistakes.add(new Mistake(where + "." + key, Text.of("shelter.rules.missing")));
        if (node.has("measure") == node.has("near"))
            mistakes.add(new Mistake(where, Text.of("shelter.rules.measureOrNear")));
        Rule.Limit limit = node.has("atMost")
                ? Rule.Limit.AT_MOST
                : node.has("moreThan") ? Rule.Limit.MORE_THAN : Rule.Limit.AT_LEAST;
        List<String> all =
                node.path("all").valueStream().map(JsonNode::asString).toList();
        JsonNode value = node.has("atMost")
                ? node.get("atMost")
                : node.has("moreThan") ? node.get("moreThan") : node.path("atLeast");
        double number = limitOf(value, all, where, mistakes);
        Norm.Mark mark = mark(node.path("mark").asString(""), where, mistakes);
        if (mistakes.size() > before) return null;
        return new Rule(
                node.path("id").asString(),
                title(node.path("title")),
                when(node.path("when")),
                node.has("measure") ? node.get("measure").asString() : null,
                node.has("near") ? near(node.get("near")) : null,
                all,
                limit,
                new Norm(
                        number,
                        node.path("unit").asString(),
                        node.path("source").asString(),
                        node.path("clause").asString(""),
                        mark),
                node.path("weight").asInt(1),
                title(node.path("mend")));
    }

    private double limitOf(JsonNode value, List<String> all, String where, List<Mistake> mistakes) {
        if (!all.isEmpty()) return all.size();
        if (value.isNumber()) return value.asDouble();
        String norm = value.path("norm").asString("");
        if (settings.norms().containsKey(norm)) return settings.norm(norm).value();
        mistakes.add(new Mistake(where, Text.of("shelter.rules.limit")));
        return Double.NaN;
    }

    private static Norm.Mark mark(String mark, String where, List<Mistake> mistakes) {
        for (Norm.Mark one : Norm.Mark.values()) if (one.name().equals(mark)) return one;
        mistakes.add(new Mistake(where + ".mark", Text.of("shelter.rules.mark", mark)));
        return Norm.Mark.D;
    }

    private static Title title(JsonNode node) {
        return new Title(node.path("zh").asString(""), node.path("en").asString(""));
    }

    private static Map<String, Rule.When> when(JsonNode node) {
        Map<String, Rule.When> all = new LinkedHashMap<>();
        node.propertyStream().forEach(one -> {
            JsonNode is = one.getValue();
            all.put(
                    one.getKey(),
                    new Rule.When(
                            values(is),
                            is.path("above").asDouble(Double.NEGATIVE_INFINITY),
                            is.path("upTo").asDouble(Double.POSITIVE_INFINITY)));
        });
        return all;
    }

    private static List<Object> values(JsonNode list) {
        List<Object> values = new ArrayList<>();
        if (list.isArray())
            list.valueStream().forEach(one -> values.add(one.isBoolean() ? one.asBoolean() : one.asString()));
        return values;
    }

    private static Rule.Near near(JsonNode node) {
        Map<String, List<Object>> where = new LinkedHashMap<>();
        node.path("where").propertyStream().forEach(one -> where.put(one.getKey(), values(one.getValue())));
        return new Rule.Near(
                node.path("layers").valueStream().map(JsonNode::asString).toList(),
                where,
                node.path("unknownToo").asBoolean(false),
                node.has("accuracy") ? node.get("accuracy").asString() : null);
    }
}
