package org.anquan.risk;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anquan.catalog.Documents;
import org.anquan.catalog.Documents.Document;
import org.anquan.catalog.Layers;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The recipes there are: the shipped ones ({@code recipes/*.yaml} of the class path), those of the home folder's
 * {@code recipes/}, and those stored in the database; the later replaces the earlier of the same name.
 */
@Component
public final class Recipes {
    private static final String KIND = "risk-recipe";
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}");
    /** The order in which they are offered. */
    private static final List<String> ORDER = List.of(
            "comprehensive", "earthquake", "geological", "flash_flood", "forest_fire", "hazardous_facility", "weather");

    private static final int LARGEST = 1 << 20;

    private final AnquanHome home;
    private final Documents documents;
    private final Layers layers;
    private final RiskSettings settings;
    private final JsonMapper json;
    private final Map<String, JsonNode> shipped = new LinkedHashMap<>();

    Recipes(AnquanHome home, Documents documents, Layers layers, RiskSettings settings, JsonMapper json) {
        this.home = home;
        this.documents = documents;
        this.layers = layers;
        this.settings = settings;
        this.json = json;
        List<Mistake> mistakes = new ArrayList<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:recipes/*.yaml")) {
                StringWriter text = new StringWriter();
                try (Reader in = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    in.transferTo(text);
                }
                JsonNode read = yaml(text.toString(), "recipes/" + file.getFilename(), mistakes);
                shipped.put(read.path("id").asString(""), read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String name : shipped.keySet())
            if (!name.equals("common")) read(shipped.get(name), name, shipped, mistakes);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("risk.recipe.files", mistakes.size()).withMistakes(mistakes);
    }

    JsonNode yaml(String text, String where, List<Mistake> mistakes) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(LARGEST);
        options.setMaxAliasesForCollections(50);
        try {
            Object read = new Yaml(new SafeConstructor(options)).load(new StringReader(text));
            if (read instanceof Map) return json.valueToTree(read);
            mistakes.add(new Mistake(where, Text.of("risk.recipe.shape")));
        } catch (YAMLException e) {
            mistakes.add(new Mistake(where, Text.of("risk.recipe.yaml", String.valueOf(e.getMessage()))));
        }
        return json.createObjectNode();
    }

    private Map<String, JsonNode> all(List<Mistake> mistakes) {
        Map<String, JsonNode> all = new LinkedHashMap<>(shipped);
        Path folder = home.folder().resolve("recipes");
        if (Files.isDirectory(folder))
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(one -> one.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
                    if (Files.size(file) > LARGEST)
                        mistakes.add(new Mistake(file.toString(), Text.of("risk.recipe.large")));
                    else all.put(name, yaml(Files.readString(file), file.toString(), mistakes));
                }
            } catch (IOException e) {
                throw ProblemException.unavailable("risk.recipe.unreadable", folder)
                        .causedBy(e);
            }
        for (Document one : documents.list(KIND)) all.put(one.name(), json.readTree(one.body()));
        return all;
    }

    /** Names, the shipped ones first. */
    List<String> names() {
        List<String> names = new ArrayList<>(ORDER);
        for (String name : all(new ArrayList<>()).keySet())
            if (!names.contains(name) && !name.equals("common")) names.add(name);
        return names;
    }

    /** A recipe and how it is written, with everything that it takes over from others in it. */
    record Found(Recipe recipe, ObjectNode written) {}

    /**
     * @param node a name, or the recipe itself
     * @param mistakes what is wrong is added here
     */
    Optional<Found> find(JsonNode node, String where, List<Mistake> mistakes) {
        if (node.isObject()) return found(node, where, all(new ArrayList<>()), mistakes);
        String name = node.asString("");
        List<Mistake> ofFiles = new ArrayList<>();
        Map<String, JsonNode> all = all(ofFiles);
        JsonNode written = all.get(name);
        if (written == null || name.equals("common") || !node.isString()) {
            mistakes.add(new Mistake(
                    where, Text.of("risk.recipe.unknown", node.isString() ? name : node.toString(), names())));
            return Optional.empty();
        }
        for (Mistake one : ofFiles) if (one.where().endsWith(name + ".yaml")) mistakes.add(one);
        return found(written, where, all, mistakes);
    }

    private static Optional<Recipe> read(
            JsonNode node, String where, Map<String, JsonNode> all, List<Mistake> mistakes) {
        return new RecipeReader(new Lookup(node.path(USES), all, new LinkedHashMap<>()), mistakes).read(node, where);
    }

    /** Part of a kept recipe: the others that it took over from, as they were. */
    static final String USES = "uses";

    private record Lookup(JsonNode uses, Map<String, JsonNode> all, Map<String, JsonNode> taken)
            implements RecipeReader.Others {
        @Override
        public @Nullable JsonNode find(String name) {
            JsonNode found = uses.has(name) ? uses.path(name) : all.get(name);
            if (found != null) taken.put(name, found);
            return found;
        }

        @Override
        public List<String> names() {
            return all.keySet().stream().filter(one -> !one.equals("common")).toList();
        }
    }

    private Optional<Found> found(JsonNode node, String where, Map<String, JsonNode> all, List<Mistake> mistakes) {
        Lookup lookup = new Lookup(node.path(USES), all, new LinkedHashMap<>());
        Optional<Recipe> recipe = new RecipeReader(lookup, mistakes).read(node, where);
        if (recipe.isEmpty()) return Optional.empty();
        ObjectNode written = ((ObjectNode) node).deepCopy();
        ObjectNode uses = written.putObject(USES);
        lookup.taken().forEach(uses::set);
        return Optional.of(new Found(recipe.get(), written));
    }

    // Stored ones

    /** A recipe kept under a name. */
    public record Stored(String name, JsonNode body, String author, java.time.Instant changedAt, long version) {}

    public List<Stored> stored() {
        return documents.list(KIND).stream().map(this::stored).toList();
    }

    public Optional<Stored> stored(String name) {
        return documents.get(KIND, name).map(this::stored);
    }

    private Stored stored(Document one) {
        return new Stored(one.name(), json.readTree(one.body()), one.author(), one.changedAt(), one.version());
    }

    /**
     * Keeps a recipe under a name.
     *
     * @throws ProblemException invalid, with all that is wrong
     */
    public Stored put(String name, JsonNode body, String author, Consumer<Optional<Stored>> guard) {
        List<Mistake> mistakes = new ArrayList<>();
        if (!NAME.matcher(name).matches() || name.equals("common"))
            mistakes.add(new Mistake("name", Text.of("risk.recipe.name", name)));
        read(body, "recipe", all(new ArrayList<>()), mistakes)
                .ifPresent(recipe -> Evaluation.check(recipe, layers, mistakes));
        if (documents.get(KIND, name).isEmpty() && documents.list(KIND).size() >= settings.maxRecipes())
            mistakes.add(new Mistake("name", Text.of("risk.recipe.tooMany", settings.maxRecipes())));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("risk.recipe.wrong", mistakes.size()).withMistakes(mistakes);
        return stored(
                documents.put(KIND, name, body.toString(), author, present -> guard.accept(present.map(this::stored))));
    }

    public Optional<Stored> delete(String name, Consumer<Optional<Stored>> guard) {
        return documents
                .delete(KIND, name, present -> guard.accept(present.map(this::stored)))
                .map(this::stored);
    }
}
