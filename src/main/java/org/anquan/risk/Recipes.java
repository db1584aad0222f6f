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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.anquan.catalog.Title;
import org.anquan.catalog.Visibility;
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
import tools.jackson.databind.node.MissingNode;
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

    /** Names of those that the asker may see, the shipped ones first. */
    List<String> names() {
        return names(all(new ArrayList<>()));
    }

    private List<String> names(Map<String, JsonNode> all) {
        List<String> names = new ArrayList<>(ORDER);
        all.forEach((name, body) -> {
            if (!names.contains(name) && !name.equals("common") && seen(body, all)) names.add(name);
        });
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

    // Those of the county's own

    /** Who wrote a recipe. */
    public enum Origin {
        /** With the service; never changed. */
        SHIPPED,
        /** A file in {@code recipes/} of the data folder; changed there. */
        FILE,
        /** Kept under a name in the store. */
        STORED
    }

    /**
     * A recipe as it is written.
     *
     * @param author null unless stored
     * @param changedAt null unless stored
     * @param version 0 unless stored
     */
    public record Written(
            String name,
            Origin origin,
            Title title,
            JsonNode body,
            @Nullable String author,
            @Nullable Instant changedAt,
            long version) {
        /** Names this state; a recipe deleted and made anew is another. */
        public String tag() {
            return version + "." + (changedAt == null ? "0" : Long.toString(changedAt.toEpochMilli(), 36));
        }
    }

    /** Those that the asker may see, the shipped ones first. */
    public List<Written> written() {
        Map<String, JsonNode> all = all(new ArrayList<>());
        Map<String, Document> stored = new HashMap<>();
        for (Document one : documents.list(KIND)) stored.put(one.name(), one);
        List<Written> found = new ArrayList<>();
        for (String name : names(all))
            found.add(written(name, all.getOrDefault(name, MissingNode.getInstance()), stored.get(name)));
        return found;
    }

    /** One that the asker may see. */
    public Optional<Written> written(String name) {
        return written().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private Written written(String name, JsonNode body, @Nullable Document stored) {
        Title title =
                new RecipeReader(RiskInputs.NO_OTHERS, new ArrayList<>()).title(body.path("title"), name, "title");
        if (stored != null)
            return new Written(name, Origin.STORED, title, body, stored.author(), stored.changedAt(), stored.version());
        return new Written(name, shipped.get(name) == body ? Origin.SHIPPED : Origin.FILE, title, body, null, null, 0);
    }

    /** A recipe that names a layer which the asker may not see is as unknown as one that does not exist. */
    private boolean seen(JsonNode body, Map<String, JsonNode> all) {
        Visibility visibility = Visibility.current();
        return read(body, "recipe", all, new ArrayList<>()).stream()
                .flatMap(recipe -> Evaluation.factors(recipe).stream())
                .flatMap(factor -> Optional.ofNullable(factor.layer()).stream())
                .flatMap(layer ->
                        layers.definitions().stream().filter(one -> one.id().equals(layer)))
                .allMatch(visibility::sees);
    }

    /**
     * Keeps a recipe under a name. One that ships with the service, or stands in a file of the data folder, is not written
     * over: it is copied under another name.
     *
     * @throws ProblemException invalid, with all that is wrong
     */
    public Written put(String name, JsonNode body, String author, Consumer<Optional<Written>> guard) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, JsonNode> all = all(new ArrayList<>());
        if (!NAME.matcher(name).matches() || name.equals("common"))
            mistakes.add(new Mistake("name", Text.of("risk.recipe.name", name)));
        boolean known = documents.get(KIND, name).isPresent();
        if (!known && all.containsKey(name))
            mistakes.add(new Mistake(
                    "name", Text.of(shipped.containsKey(name) ? "risk.recipe.shipped" : "risk.recipe.ofFile", name)));
        if (!known && documents.list(KIND).size() >= settings.maxRecipes())
            mistakes.add(new Mistake("name", Text.of("risk.recipe.tooMany", settings.maxRecipes())));
        List<Mistake> ofRecipe = new ArrayList<>();
        read(body, "recipe", all, ofRecipe).ifPresent(recipe -> Evaluation.check(recipe, layers, ofRecipe));
        mistakes.addAll(ofRecipe);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("risk.recipe.wrong", mistakes.size()).withMistakes(mistakes);
        ObjectNode kept = ((ObjectNode) body).deepCopy().put("id", name);
        Document done = documents.put(
                KIND,
                name,
                kept.toString(),
                author,
                present -> guard.accept(present.map(one -> written(name, json.readTree(one.body()), one))));
        return written(name, kept, done);
    }

    /** @throws ProblemException invalid for one that is not kept in the store, not found where there is none */
    public void delete(String name, Consumer<Written> guard) {
        Written there = written(name).orElseThrow(() -> unknown(name));
        if (there.origin() != Origin.STORED) throw ProblemException.invalid("risk.recipe.notDeleted", there.title());
        documents.delete(KIND, name, present -> {
            Document one = present.orElseThrow(() -> unknown(name));
            guard.accept(written(name, json.readTree(one.body()), one));
        });
    }

    public ProblemException unknown(String name) {
        return ProblemException.notFound(
                "risk.recipe.none", name, written().stream().map(Written::name).toList());
    }
}
