package org.anquan.catalog;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.anquan.catalog.AttributeDefinition.AllowedValue;
import org.anquan.catalog.DefinitionFiles.Source;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads one layer file from its YAML nodes, not from plain maps, so that every mistake can name its line. A file with
 * mistakes gives no definition; its mistakes are added to the common list. The text of a definition that the store keeps
 * ({@link DefinitionText}) is read alike; it may name the common attributes, which a file does not.
 */
final class DefinitionReader {
    /** Groups of the layer tree, in its order. */
    static final List<String> GROUPS = List.of("admin", "resource", "shelter", "hazard", "lifeline", "risk", "event");

    /** Columns that the store keeps for itself, and words that mean a geometry in files and filters. */
    static final Set<String> RESERVED = Set.of(
            "fid", "id", "geom", "geometry", "bbox", "version", "changed_at", "changedat", "extra", "rowid", "oid");

    private static final Pattern LAYER_ID = Pattern.compile("[a-z][a-z0-9_]{1,39}");
    private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
    private static final List<String> KEPT_PREFIXES = List.of("gpkg_", "sqlite_", "rtree_", "anquan_", "pg_", "idx_");
    private static final Set<String> LAYER_KEYS =
            Set.of("id", "title", "group", "order", "geometry", "sensitivity", "attributes", "search");
    private static final Set<String> STORED_KEYS = with(LAYER_KEYS, DefinitionText.FORM);
    private static final Set<String> ATTRIBUTE_KEYS = Set.of(
            "name",
            "title",
            "type",
            "unit",
            "values",
            "min",
            "max",
            "required",
            "sensitivity",
            "source",
            "aliases",
            "note",
            "derived");
    private static final Set<String> DERIVED_KEYS = Set.of("formula", "tables", "classes", "words", "clause", "stated");
    private static final Set<String> FUNCTIONS = Set.of("min", "max", "floor", "ceil", "round", "known");
    private static final Set<String> VALUE_KEYS = Set.of("value", "zh", "en");
    private static final Set<String> TITLE_KEYS = Set.of("zh", "en");
    /** A layer file is some kilobytes; a megabyte is a mistake. */
    private static final int LARGEST_FILE = 1 << 20;

    private final Source source;
    private final List<Mistake> mistakes;
    private final int mistakesBefore;
    private final boolean stored;

    DefinitionReader(Source source, List<Mistake> mistakes) {
        this(source, mistakes, false);
    }

    private DefinitionReader(Source source, List<Mistake> mistakes, boolean stored) {
        this.source = source;
        this.mistakes = mistakes;
        this.mistakesBefore = mistakes.size();
        this.stored = stored;
    }

    /** For a text that the store keeps: nobody can mend its mistakes, so nobody is told of them. */
    static DefinitionReader stored(Source source) {
        return new DefinitionReader(source, new ArrayList<>(), true);
    }

    private static Set<String> with(Set<String> keys, String more) {
        Set<String> all = new HashSet<>(keys);
        all.add(more);
        return Set.copyOf(all);
    }

    Optional<LayerDefinition> definition() {
        Node root = parsed();
        if (root == null) return Optional.empty();
        Map<String, Node> keys = mapping(root, "", stored ? STORED_KEYS : LAYER_KEYS);
        String id = text(keys, "id", "", root, true);
        if (!id.isEmpty()) checkId(id, keys.get("id"));
        Title title = title(keys, "title", "", root);
        String group = choice(keys, "group", "", root, GROUPS, null);
        int order = (int) Math.round(number(keys.get("order"), "order", true, Integer.MAX_VALUE));
        String geometry = choice(keys, "geometry", "", root, List.of("point", "line", "polygon"), null);
        String sensitivity = choice(keys, "sensitivity", "", root, SENSITIVITIES, "public");
        List<AttributeDefinition> attributes = new ArrayList<>();
        List<Node> own = sequence(keys.get("attributes"), "attributes");
        for (int i = 0; i < own.size(); i++)
            attribute(own.get(i), "attributes[" + i + "]").ifPresent(attributes::add);
        List<AttributeDefinition> common = common(keys.get(DefinitionText.FORM), attributes);
        if (common == null) return Optional.empty();
        attributes.addAll(0, common);
        derive(attributes, own);
        // What was right when it was stored is not judged by the names of today.
        if (!stored) checkNames(attributes, own);
        List<String> search = search(keys.get("search"), attributes);
        if (mistakes.size() > mistakesBefore) return Optional.empty();
        return Optional.of(new LayerDefinition(
                id,
                title,
                group,
                order,
                GeometryKind.valueOf(geometry.toUpperCase(Locale.ROOT)),
                Sensitivity.valueOf(sensitivity.toUpperCase(Locale.ROOT)),
                attributes,
                search));
    }

    /** Those that do not stand in the text. */
    private @Nullable List<AttributeDefinition> common(@Nullable Node form, List<AttributeDefinition> own) {
        if (!stored) return CommonAttributes.beside(own);
        return DefinitionText.leftOut(form == null ? null : scalar(form, DefinitionText.FORM));
    }

    /** An attribute may follow from filled-in ones and from derived ones that stand above it. */
    private void derive(List<AttributeDefinition> attributes, List<Node> own) {
        Map<String, Node> nodes = new HashMap<>();
        Map<String, String> paths = new HashMap<>();
        for (int i = 0; i < own.size(); i++) {
            if (!(own.get(i) instanceof MappingNode mapping)) continue;
            Node name = child(mapping, "name");
            Node derived = child(mapping, "derived");
            if (derived == null || !(name instanceof ScalarNode scalar)) continue;
            nodes.put(scalar.getValue(), derived);
            paths.put(scalar.getValue(), "attributes[" + i + "].derived");
        }
        Map<String, AttributeDefinition> known = new LinkedHashMap<>();
        for (AttributeDefinition attribute : attributes)
            if (!nodes.containsKey(attribute.name())) known.put(attribute.name(), attribute);
        for (int i = 0; i < attributes.size(); i++) {
            AttributeDefinition attribute = attributes.get(i);
            Node node = nodes.get(attribute.name());
            if (node == null) continue;
            String path = paths.getOrDefault(attribute.name(), "");
            attributes.set(i, attribute.derivedBy(derivation(attribute, node, path, known)));
            known.put(attribute.name(), attribute);
        }
    }

    private static @Nullable Node child(MappingNode mapping, String key) {
        for (NodeTuple tuple : mapping.getValue())
            if (tuple.getKeyNode() instanceof ScalarNode scalar
                    && scalar.getValue().equals(key)) return tuple.getValueNode();
        return null;
    }

    private @Nullable Derivation derivation(
            AttributeDefinition attribute, Node node, String path, Map<String, AttributeDefinition> known) {
        int before = mistakes.size();
        Map<String, Node> keys = mapping(node, path, DERIVED_KEYS);
        String text = text(keys, "formula", path, node, true);
        Title words = title(keys, "words", path, node);
        String clause = text(keys, "clause", path, node, true);
        String stated = text(keys, "stated", path, node, false);
        if (!stated.isEmpty()) {
            AttributeDefinition other = known.get(stated);
            if (other == null || other.derivation() != null || other.type() != attribute.type())
                wrong(path + ".stated", keys.get("stated"), Text.of("catalog.definition.stated", stated));
        }
        if (attribute.required()) wrong(path, node, Text.of("catalog.definition.derivedRequired"));
        Map<String, Formula.Table> tables = tables(keys.get("tables"), path + ".tables", known);
        Map<Double, String> classes = classes(attribute, keys.get("classes"), path + ".classes", node);
        if (mistakes.size() > before) return null;
        try {
            Formula formula = Formula.parse(text, known, tables);
            if (attribute.type() == AttributeType.INTEGER && !formula.whole())
                wrong(path + ".formula", keys.get("formula"), Text.of("catalog.formula.notWhole"));
            return new Derivation(text, words, clause, stated.isEmpty() ? null : stated, formula, tables, classes);
        } catch (Formula.Wrong e) {
            wrong(path + ".formula", keys.get("formula"), e.what());
            return null;
        }
    }

    /** A table's keys are numbers, from each of which on its result holds, or texts. */
    private Map<String, Formula.Table> tables(
            @Nullable Node node, String path, Map<String, AttributeDefinition> known) {
        Map<String, Formula.Table> all = new LinkedHashMap<>();
        pairs(node, path).forEach((name, table) -> {
            String here = path + "." + name;
            if (!ATTRIBUTE_NAME.matcher(name).matches() || FUNCTIONS.contains(name) || known.containsKey(name))
                wrong(here, table, Text.of("catalog.definition.tableName", name));
            java.util.TreeMap<Double, Double> steps = new java.util.TreeMap<>();
            Map<String, Double> texts = new java.util.TreeMap<>();
            pairs(table, here).forEach((key, value) -> {
                double result = number(value, here + "." + key, false, 0);
                texts.put(key, result);
                try {
                    steps.put(Double.valueOf(key), result);
                } catch (NumberFormatException e) {
                    // Then it is a table of texts.
                }
            });
            if (texts.isEmpty()) wrong(here, table, Text.of("catalog.definition.noValues"));
            boolean numbers = steps.size() == texts.size();
            all.put(
                    name,
                    numbers ? new Formula.Table(steps, Map.of()) : new Formula.Table(new java.util.TreeMap<>(), texts));
        });
        return all;
    }

    private Map<Double, String> classes(AttributeDefinition attribute, @Nullable Node node, String path, Node parent) {
        Map<Double, String> all = new HashMap<>();
        boolean text =
                attribute.type() == AttributeType.TEXT && !attribute.values().isEmpty();
        boolean number = attribute.type() == AttributeType.INTEGER || attribute.type() == AttributeType.NUMBER;
        if (!text && !number || text == (node == null))
            wrong(path, node == null ? parent : node, Text.of("catalog.definition.classes"));
        pairs(node, path).forEach((key, value) -> {
            String is = scalar(value, path + "." + key);
            boolean allowed =
                    attribute.values().stream().anyMatch(one -> one.value().equals(is));
            try {
                all.put(Double.valueOf(key), is);
                if (!allowed)
                    wrong(
                            path + "." + key,
                            value,
                            Text.of(
                                    "catalog.definition.notOneOf",
                                    is,
                                    attribute.values().stream()
                                            .map(AllowedValue::value)
                                            .toList()));
            } catch (NumberFormatException e) {
                wrong(path, value, Text.of("catalog.definition.notNumber", key));
            }
        });
        return all;
    }

    private Map<String, Node> pairs(@Nullable Node node, String path) {
        Map<String, Node> all = new LinkedHashMap<>();
        if (node == null) return all;
        if (!(node instanceof MappingNode mapping)) {
            wrong(path, node, Text.of("catalog.definition.notPairs"));
            return all;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (all.put(key, tuple.getValueNode()) != null)
                wrong(path + "." + key, tuple.getKeyNode(), Text.of("catalog.definition.keyTwice", key));
        }
        return all;
    }

    /** The attributes that the search box looks through; where nothing is said, names, codes and addresses. */
    private List<String> search(@Nullable Node node, List<AttributeDefinition> attributes) {
        if (node == null) return Searched.usual(attributes);
        List<String> names = new ArrayList<>();
        List<String> texts = attributes.stream()
                .filter(Searched::mayBe)
                .map(AttributeDefinition::name)
                .toList();
        List<Node> items = sequence(node, "search");
        for (int i = 0; i < items.size(); i++) {
            String here = "search[" + i + "]";
            String name = scalar(items.get(i), here);
            if (name.isEmpty()) continue;
            if (!texts.contains(name)) wrong(here, items.get(i), Text.of("catalog.definition.search", name, texts));
            else if (names.contains(name)) wrong(here, items.get(i), Text.of("catalog.definition.valueTwice", name));
            else names.add(name);
        }
        return names;
    }

    private static final List<String> SENSITIVITIES = List.of("public", "internal", "restricted");

    private @Nullable Node parsed() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_FILE);
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(20);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(source.yaml()));
            if (root != null) return root;
            wrong("", null, Text.of("catalog.definition.empty"));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            mistakes.add(new Mistake(
                    source.place() + ":" + line,
                    Text.of("catalog.definition.notYaml", String.valueOf(e.getProblem()))));
        } catch (YAMLException e) {
            mistakes.add(
                    new Mistake(source.place(), Text.of("catalog.definition.notYaml", String.valueOf(e.getMessage()))));
        }
        return null;
    }

    private void checkId(String id, @Nullable Node at) {
        if (!LAYER_ID.matcher(id).matches() || KEPT_PREFIXES.stream().anyMatch(id::startsWith))
            wrong("id", at, Text.of("catalog.definition.badId", id));
        else if (!id.equals(source.stem()))
            wrong("id", at, Text.of("catalog.definition.idIsNotFileName", id, source.stem()));
    }

    private Optional<AttributeDefinition> attribute(Node node, String path) {
        int before = mistakes.size();
        Map<String, Node> keys = mapping(node, path, ATTRIBUTE_KEYS);
        String name = text(keys, "name", path, node, true);
        if (!name.isEmpty()) {
            if (!ATTRIBUTE_NAME.matcher(name).matches())
                wrong(path + ".name", keys.get("name"), Text.of("catalog.definition.badName", name));
            else if (RESERVED.contains(name.toLowerCase(Locale.ROOT)))
                wrong(path + ".name", keys.get("name"), Text.of("catalog.definition.reservedName", name));
        }
        Title title = title(keys, "title", path, node);
        String typeName = choice(keys, "type", path, node, TYPES, null);
        AttributeType type = typeName.isEmpty() ? null : AttributeType.valueOf(typeName.toUpperCase(Locale.ROOT));
        List<AllowedValue> values = values(keys.get("values"), path + ".values");
        if (!values.isEmpty() && type != null && type != AttributeType.TEXT && type != AttributeType.LIST)
            wrong(path + ".values", keys.get("values"), Text.of("catalog.definition.valuesNeedText", typeName));
        Double min = limit(keys, "min", path, type);
        Double max = limit(keys, "max", path, type);
        if (min != null && max != null && min > max)
            wrong(path + ".min", keys.get("min"), Text.of("catalog.definition.minOverMax", min, max));
        boolean required = flag(keys.get("required"), path + ".required");
        String sensitivity = choice(keys, "sensitivity", path, node, SENSITIVITIES, "public");
        String unit = text(keys, "unit", path, node, false);
        String norm = text(keys, "source", path, node, false);
        List<String> aliases = new ArrayList<>();
        List<Node> aliasNodes = sequence(keys.get("aliases"), path + ".aliases");
        for (int i = 0; i < aliasNodes.size(); i++) {
            String alias = scalar(aliasNodes.get(i), path + ".aliases[" + i + "]");
            if (!alias.isEmpty()) aliases.add(alias);
        }
        Title note = keys.containsKey("note") ? title(keys, "note", path, node) : null;
        if (mistakes.size() > before || type == null) return Optional.empty();
        return Optional.of(new AttributeDefinition(
                name,
                title,
                type,
                unit.isEmpty() ? null : unit,
                values,
                min,
                max,
                required,
                Sensitivity.valueOf(sensitivity.toUpperCase(Locale.ROOT)),
                norm.isEmpty() ? null : norm,
                aliases,
                note,
                null));
    }

    private static final List<String> TYPES = List.of("text", "integer", "number", "boolean", "date", "time", "list");

    private List<AllowedValue> values(@Nullable Node node, String path) {
        List<Node> items = sequence(node, path);
        if (node != null && items.isEmpty()) wrong(path, node, Text.of("catalog.definition.noValues"));
        List<AllowedValue> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String here = path + "[" + i + "]";
            Map<String, Node> keys = mapping(items.get(i), here, VALUE_KEYS);
            String value = text(keys, "value", here, items.get(i), true);
            String zh = text(keys, "zh", here, items.get(i), true);
            String en = text(keys, "en", here, items.get(i), true);
            if (!value.isEmpty() && !seen.add(value))
                wrong(here + ".value", items.get(i), Text.of("catalog.definition.valueTwice", value));
            all.add(new AllowedValue(value, new Title(zh, en)));
        }
        return all;
    }

    /** No two attributes may answer to one name: neither as columns nor in the files that people import. */
    private void checkNames(List<AttributeDefinition> attributes, List<Node> own) {
        Map<String, String> columns = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        Node at = own.isEmpty() ? null : own.get(0);
        for (AttributeDefinition attribute : attributes) {
            boolean common = CommonAttributes.isCommon(attribute);
            String other = columns.putIfAbsent(attribute.name().toLowerCase(Locale.ROOT), attribute.name());
            if (other != null) {
                boolean clash = attributes.stream()
                        .filter(CommonAttributes::isCommon)
                        .anyMatch(c -> c.name().equalsIgnoreCase(attribute.name()));
                Text what = clash
                        ? Text.of("catalog.definition.commonName", attribute.name())
                        : Text.of("catalog.definition.nameTwice", attribute.name());
                wrong("attributes." + attribute.name(), at, what);
                continue;
            }
            if (common) {
                AttributeNames.of(attribute).forEach(name -> names.put(name, attribute.name()));
                continue;
            }
            for (String name : AttributeNames.of(attribute)) {
                String owner = names.putIfAbsent(name, attribute.name());
                if (owner != null && !owner.equals(attribute.name()))
                    wrong(
                            "attributes." + attribute.name(),
                            at,
                            Text.of("catalog.definition.aliasTwice", name, attribute.name(), owner));
            }
        }
    }

    private @Nullable Double limit(Map<String, Node> keys, String key, String path, @Nullable AttributeType type) {
        Node node = keys.get(key);
        if (node == null) return null;
        String here = path + "." + key;
        if (type != null && type != AttributeType.INTEGER && type != AttributeType.NUMBER) {
            wrong(
                    here,
                    node,
                    Text.of("catalog.definition.limitNeedsNumber", type.name().toLowerCase(Locale.ROOT)));
            return null;
        }
        return number(node, here, false, 0);
    }

    private double number(@Nullable Node node, String path, boolean whole, double otherwise) {
        if (node == null) return otherwise;
        String given = scalar(node, path);
        try {
            double value = Double.parseDouble(given);
            if (Double.isFinite(value) && (!whole || (value == Math.rint(value) && Math.abs(value) < 1e9)))
                return value;
        } catch (NumberFormatException e) {
            // Said below, as for any other wrong number.
        }
        if (!given.isEmpty())
            wrong(path, node, Text.of(whole ? "catalog.definition.notWhole" : "catalog.definition.notNumber", given));
        return otherwise;
    }

    private boolean flag(@Nullable Node node, String path) {
        if (node == null) return false;
        String given = scalar(node, path);
        if (given.equals("true") || given.equals("false")) return given.equals("true");
        wrong(path, node, Text.of("catalog.definition.notFlag", given));
        return false;
    }

    private Title title(Map<String, Node> keys, String key, String path, Node parent) {
        String here = path.isEmpty() ? key : path + "." + key;
        Node node = keys.get(key);
        if (node == null) {
            wrong(here, parent, Text.of("catalog.definition.noTitle"));
            return new Title("", "");
        }
        Map<String, Node> words = mapping(node, here, TITLE_KEYS);
        return new Title(text(words, "zh", here, node, true), text(words, "en", here, node, true));
    }

    private String choice(
            Map<String, Node> keys,
            String key,
            String path,
            Node parent,
            List<String> choices,
            @Nullable String usual) {
        if (!keys.containsKey(key) && usual != null) return usual;
        String given = text(keys, key, path, parent, true);
        if (given.isEmpty() || choices.contains(given)) return given;
        String here = path.isEmpty() ? key : path + "." + key;
        wrong(here, keys.get(key), Text.of("catalog.definition.notOneOf", given, choices));
        return "";
    }

    private String text(Map<String, Node> keys, String key, String path, Node parent, boolean required) {
        String here = path.isEmpty() ? key : path + "." + key;
        Node node = keys.get(key);
        if (node != null) return scalar(node, here);
        if (required) wrong(here, parent, Text.of("catalog.definition.missing"));
        return "";
    }

    /** The text as it stands in the file: {@code no} is the text "no", whatever YAML thinks of it. */
    private String scalar(Node node, String path) {
        if (node instanceof ScalarNode scalar && !Tag.NULL.equals(scalar.getTag())) {
            String text = scalar.getValue().strip();
            if (!text.isEmpty()) return text;
        }
        wrong(
                path,
                node,
                Text.of(node instanceof ScalarNode ? "catalog.definition.blank" : "catalog.definition.notText"));
        return "";
    }

    private List<Node> sequence(@Nullable Node node, String path) {
        if (node == null) return List.of();
        if (node instanceof SequenceNode sequence) return sequence.getValue();
        wrong(path, node, Text.of("catalog.definition.notList"));
        return List.of();
    }

    private Map<String, Node> mapping(Node node, String path, Set<String> known) {
        Map<String, Node> keys = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            wrong(path, node, Text.of("catalog.definition.notMap", sorted(known)));
            return keys;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            String here = path.isEmpty() ? key : path + "." + key;
            if (!known.contains(key))
                wrong(here, tuple.getKeyNode(), Text.of("catalog.definition.unknownKey", key, sorted(known)));
            else if (keys.put(key, tuple.getValueNode()) != null)
                wrong(here, tuple.getKeyNode(), Text.of("catalog.definition.keyTwice", key));
        }
        return keys;
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    private void wrong(String path, @Nullable Node at, Text what) {
        String line = at == null || at.getStartMark() == null
                ? ""
                : ":" + (at.getStartMark().getLine() + 1);
        mistakes.add(new Mistake((source.place() + line + " " + path).strip(), what));
    }
}
