package org.anquan.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.anquan.catalog.Documents;
import org.anquan.catalog.Documents.Document;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Visibility;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSets;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Scenarios under a name, in the database of the features: every instance sees the same. What an asker may not see (by the
 * scenario's sensitivity) does not exist for them; a closure by a layer that they may not see still closes roads, but its
 * layer is not told.
 */
@Component
public final class ScenarioStore {
    static final String KIND = "scenario";
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._ -]{0,63}");
    private static final int LONGEST_TEXT = 500;
    private static final Set<String> SENSITIVITIES = Set.of("public", "internal", "restricted");

    private final Documents documents;
    private final PlaceSets placeSets;
    private final ScenarioSettings settings;
    private final JsonMapper json;

    ScenarioStore(Documents documents, PlaceSets placeSets, ScenarioSettings settings, JsonMapper json) {
        this.documents = documents;
        this.placeSets = placeSets;
        this.settings = settings;
        this.json = json;
    }

    /** All that the asker may see: {@code now} first, then by name. */
    public List<StoredScenario> list() {
        List<StoredScenario> all = new ArrayList<>();
        all.add(now());
        Visibility visibility = Visibility.current();
        for (Document one : documents.list(KIND)) {
            StoredScenario stored = read(one);
            if (stored.name().equals(StoredScenario.NOW)) all.set(0, stored);
            else if (visibility.sees(stored.sensitivity())) all.add(stored);
        }
        return all;
    }

    List<String> names() {
        return list().stream().map(StoredScenario::name).toList();
    }

    /** The one of this name that the asker may see; {@code now} is always there. */
    public Optional<StoredScenario> find(String name) {
        Optional<StoredScenario> found = documents
                .get(KIND, name)
                .map(this::read)
                .filter(one ->
                        name.equals(StoredScenario.NOW) || Visibility.current().sees(one.sensitivity()));
        return found.isEmpty() && name.equals(StoredScenario.NOW) ? Optional.of(now()) : found;
    }

    /** Who may see the scenario of this name, whoever asks. */
    Optional<Sensitivity> sensitivity(String name) {
        return documents.get(KIND, name).map(this::read).map(StoredScenario::sensitivity);
    }

    /** Who may see which scenario, whoever asks. */
    Map<String, Sensitivity> sensitivities() {
        Map<String, Sensitivity> all = new HashMap<>();
        for (Document one : documents.list(KIND)) all.put(one.name(), read(one).sensitivity());
        return all;
    }

    private StoredScenario now() {
        return new StoredScenario(StoredScenario.NOW, json.createObjectNode(), "", null, 0);
    }

    private StoredScenario read(Document one) {
        return new StoredScenario(
                one.name(), (ObjectNode) json.readTree(one.body()), one.author(), one.changedAt(), one.version());
    }

    /**
     * Keeps a scenario under a name.
     *
     * @param guard sees the present one, in the same transaction, and throws where it must not be replaced
     * @throws ProblemException invalid, with all that is wrong
     */
    public StoredScenario put(String name, JsonNode body, String author, Consumer<Optional<StoredScenario>> guard) {
        List<Mistake> mistakes = new ArrayList<>();
        if (!NAME.matcher(name).matches()) mistakes.add(new Mistake("name", Text.of("scenario.name", name)));
        if (!body.isObject()) mistakes.add(new Mistake("body", Text.of("scenario.shape")));
        else {
            for (String label : List.of("title", "reason")) {
                String text = body.path(label).asString("");
                if (text.length() > LONGEST_TEXT)
                    mistakes.add(new Mistake(label, Text.of("scenario.textTooLong", text.length(), LONGEST_TEXT)));
            }
            String sensitivity = body.path("sensitivity").asString("public");
            if (name.equals(StoredScenario.NOW) && !sensitivity.equalsIgnoreCase("public"))
                mistakes.add(new Mistake("sensitivity", Text.of("scenario.nowIsPublic")));
            if (!SENSITIVITIES.contains(sensitivity.toLowerCase(Locale.ROOT)))
                mistakes.add(new Mistake(
                        "sensitivity",
                        Text.of("scenario.sensitivity", sensitivity, List.of("public", "internal", "restricted"))));
            // Checked with what the author may see.
            ObjectNode bare = ((ObjectNode) body).deepCopy();
            bare.remove(List.copyOf(ScenarioReader.LABELS));
            bare.remove(List.copyOf(ScenarioReader.ADDED));
            new ScenarioReader(placeSets, settings, mistakes).read(bare, name);
        }
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("scenario.inputs", mistakes.size()).withMistakes(mistakes);
        ObjectNode kept = ((ObjectNode) body).deepCopy();
        kept.remove(List.copyOf(ScenarioReader.ADDED));
        if (documents.get(KIND, name).isEmpty() && documents.list(KIND).size() >= settings.maxStored())
            throw ProblemException.invalid("scenario.tooManyStored", settings.maxStored());
        return read(documents.put(KIND, name, kept.toString(), author, guarded(name, guard)));
    }

    /** Deleting {@code now} opens all roads again. */
    public Optional<StoredScenario> delete(String name, Consumer<Optional<StoredScenario>> guard) {
        return documents.delete(KIND, name, guarded(name, guard)).map(this::read);
    }

    private Consumer<Optional<Document>> guarded(String name, Consumer<Optional<StoredScenario>> guard) {
        return present -> {
            Optional<StoredScenario> stored = present.map(this::read);
            if (stored.isEmpty() && name.equals(StoredScenario.NOW)) guard.accept(Optional.of(now()));
            else guard.accept(stored);
        };
    }

    /** The body with the layers of closures left out that the asker may not see. */
    public ObjectNode shown(StoredScenario stored) {
        ObjectNode body = stored.body().deepCopy();
        if (!(body.path("closures") instanceof ArrayNode closures)) return body;
        Sensitivity[] all = Sensitivity.values();
        if (Visibility.current().sees(all[all.length - 1])) return body;
        for (int i = 0; i < closures.size(); i++) {
            if (!closures.get(i).has("layer")) continue;
            List<Mistake> unseen = new ArrayList<>();
            JsonNode one = closures.get(i);
            placeSets
                    .layer(one.path("layer"), "", unseen)
                    .ifPresent(layer -> placeSets.filter(one.path("filter"), layer, "", unseen));
            if (unseen.isEmpty()) continue;
            ObjectNode hidden = json.createObjectNode().put("hidden", true);
            if (one.has("why")) hidden.set("why", one.get("why"));
            closures.set(i, hidden);
        }
        return body;
    }
}
