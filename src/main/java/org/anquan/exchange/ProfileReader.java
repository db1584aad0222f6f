package org.anquan.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.anquan.catalog.Title;
import org.anquan.exchange.Profile.Otherwise;
import org.anquan.exchange.Profile.Recogniser;
import org.anquan.exchange.Profile.Rule;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a profile from YAML (or JSON, which is YAML too) and says all that is wrong with it. */
final class ProfileReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");
    private static final int LARGEST_FILE = 1 << 18;
    private static final int DEEPEST = 10;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> KEYS = Set.of(
            "id",
            "title",
            "layer",
            "recognise",
            "crs",
            "encoding",
            "table",
            "only",
            "idFrom",
            "places",
            "attributes",
            "constants");
    private static final Set<String> RULE_KEYS =
            Set.of("column", "columns", "values", "otherwise", "split", "unit", "figures", "flags");
    private static final Set<String> PLACES = Set.of("lon", "lat", "lonlat", "geom");

    private final String place;
    private final List<Mistake> mistakes = new ArrayList<>();

    private ProfileReader(String place) {
        this.place = place;
    }

    /**
     * @param id that the profile must have: the name of its file
     * @throws ProblemException with all that is wrong
     */
    static Profile read(String id, String place, String yaml) {
        ProfileReader reader = new ProfileReader(place);
        Profile profile = reader.profile(id, reader.parsed(yaml));
        if (!reader.mistakes.isEmpty())
            throw ProblemException.invalid("exchange.profile.wrong", place, reader.mistakes.size())
                    .withMistakes(reader.mistakes);
        return profile;
    }

    private JsonNode parsed(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_FILE);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        try {
            Object loaded = new Yaml(new SafeConstructor(options)).load(yaml);
            JsonNode node = JSON.valueToTree(loaded);
            if (node.isObject()) return node;
        } catch (YAMLException | IllegalArgumentException | ClassCastException e) {
            throw ProblemException.invalid("exchange.profile.notYaml", place, firstLine(e));
        }
        throw ProblemException.invalid("exchange.profile.notYaml", place, "-");
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private Profile profile(String id, JsonNode node) {
        names("", node, KEYS);
        String own = node.path("id").asString(id);
        if (!ID.matcher(id).matches() || !own.equals(id)) wrong("id", "exchange.profile.id", own, id);
        JsonNode title = node.path("title");
        String zh = title.isString() ? title.asString() : title.path("zh").asString("");
        String en = title.isString() ? title.asString() : title.path("en").asString(zh);
        if (zh.isBlank()) wrong("title", "exchange.profile.missing");
        String layer = node.path("layer").asString("");
        if (layer.isBlank()) wrong("layer", "exchange.profile.missing");
        JsonNode recognise = node.path("recognise");
        Recogniser recogniser = new Recogniser(
                texts("recognise.columns", recognise.path("columns")), texts("recognise.any", recognise.path("any")));
        Map<String, Rule> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> one : node.path("attributes").properties())
            attributes.put(one.getKey(), rule("attributes." + one.getKey(), one.getValue()));
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> one : node.path("constants").properties())
            constants.put(one.getKey(), constant(one.getValue()));
        Map<String, String> places = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> one : node.path("places").properties()) {
            if (!PLACES.contains(one.getKey()))
                wrong("places." + one.getKey(), "exchange.profile.key", one.getKey(), PLACES);
            places.put(one.getValue().asString(""), one.getKey());
        }
        Map<String, List<String>> only = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> one : node.path("only").properties())
            only.put(one.getKey(), texts("only." + one.getKey(), one.getValue()));
        return new Profile(
                id,
                new Title(zh, en.isBlank() ? zh : en),
                layer,
                recogniser,
                new ImportRequest.Hints(encoding(node), text(node, "crs"), text(node, "table"), null),
                only,
                node.path("idFrom").asString(""),
                places,
                attributes,
                constants);
    }

    private static Object constant(JsonNode node) {
        if (node.isBoolean()) return node.asBoolean();
        if (node.isArray()) {
            List<String> all = new ArrayList<>();
            node.forEach(item -> all.add(item.asString("")));
            return all;
        }
        return node.asString("");
    }

    private java.nio.charset.@Nullable Charset encoding(JsonNode node) {
        String name = text(node, "encoding");
        if (name == null) return null;
        try {
            return java.nio.charset.Charset.forName(name);
        } catch (IllegalArgumentException e) {
            wrong("encoding", "exchange.profile.encoding", name);
            return null;
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        String text = node.path(name).asString("");
        return text.isBlank() ? null : text;
    }

    private Rule rule(String where, JsonNode node) {
        if (node.isString())
            return new Rule(List.of(node.asString()), Map.of(), Otherwise.KEEP, "", null, false, Map.of());
        if (!node.isObject()) {
            wrong(where, "exchange.profile.rule");
            return new Rule(List.of(), Map.of(), Otherwise.KEEP, "", null, false, Map.of());
        }
        names(where + ".", node, RULE_KEYS);
        List<String> columns = new ArrayList<>(texts(where + ".columns", node.path("columns")));
        if (node.has("column")) columns.add(0, node.path("column").asString(""));
        Map<String, String> flags = table(where + ".flags", node.path("flags"));
        if (columns.isEmpty() && flags.isEmpty()) wrong(where, "exchange.profile.rule");
        String otherwise = node.path("otherwise").asString("keep").toUpperCase(Locale.ROOT);
        if (!otherwise.equals("KEEP") && !otherwise.equals("DROP"))
            wrong(where + ".otherwise", "exchange.profile.key", otherwise, List.of("keep", "drop"));
        String figures = node.path("figures").asString("one");
        if (!figures.equals("one") && !figures.equals("largest"))
            wrong(where + ".figures", "exchange.profile.key", figures, List.of("one", "largest"));
        return new Rule(
                columns,
                table(where + ".values", node.path("values")),
                otherwise.equals("DROP") ? Otherwise.DROP : Otherwise.KEEP,
                node.path("split").asString(""),
                text(node, "unit"),
                figures.equals("largest"),
                flags);
    }

    private Map<String, String> table(String where, JsonNode node) {
        Map<String, String> table = new LinkedHashMap<>();
        if (!node.isMissingNode() && !node.isObject()) wrong(where, "exchange.profile.table");
        for (Map.Entry<String, JsonNode> one : node.properties()) {
            List<String> meant = new ArrayList<>();
            if (one.getValue().isArray()) one.getValue().forEach(item -> meant.add(item.asString("")));
            else meant.add(one.getValue().isNull() ? "" : one.getValue().asString(""));
            table.put(one.getKey(), String.join(",", meant));
        }
        return table;
    }

    private List<String> texts(String where, JsonNode node) {
        List<String> all = new ArrayList<>();
        if (node.isString()) all.add(node.asString());
        else if (node.isArray()) node.forEach(item -> all.add(item.asString("")));
        else if (!node.isMissingNode()) wrong(where, "exchange.profile.list");
        return all;
    }

    private void names(String where, JsonNode node, Set<String> known) {
        for (String name : node.propertyNames())
            if (!known.contains(name))
                wrong(
                        where + name,
                        "exchange.profile.key",
                        name,
                        known.stream().sorted().toList());
    }

    private void wrong(String where, String key, Object... values) {
        mistakes.add(new Mistake(where, new Text(key, List.of(values))));
    }
}
