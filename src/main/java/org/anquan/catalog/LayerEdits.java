package org.anquan.catalog;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.anquan.problem.ProblemException.Mistake;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Writing side of the catalogue. A change set is done altogether, with its history, or not at all; when a method returns,
 * it is on the disk. Writers come one after the other in the order in which they asked; readers never wait for them.
 */
public interface LayerEdits {
    /**
     * Changes features one by one, each with its before and after in the history.
     *
     * @throws org.anquan.problem.ProblemException invalid, with all mistakes of all changes; not found; conflict where a
     *     feature is not at the version that the editor saw, or its id is taken
     */
    default ChangeReceipt apply(ChangeContext context, List<Change> changes) {
        return apply(context, changes, present -> {});
    }

    /**
     * The same, and before a feature is changed or deleted the guard sees it as it stands, while nobody else can write.
     * What the guard throws ends the whole change set with nothing done.
     */
    ChangeReceipt apply(ChangeContext context, List<Change> changes, Consumer<Feature> guard);

    /**
     * Takes back one change set, a load too, by a new change set: everything it touched gets the content it had before.
     *
     * @throws org.anquan.problem.ProblemException not found, where the layer has no such change set; conflict, naming the
     *     features whose content is no longer what the change set left
     */
    ChangeReceipt undo(ChangeContext context, String layer, long changeSet);

    /** The newest change sets of a layer, newest first. */
    List<ChangeSet> changeSets(String layer, int limit);

    /** One change set, as far as it touched this layer. */
    Optional<ChangeSet> changeSet(String layer, long number);

    /**
     * Takes in very many features. The history has one entry for the whole load: which features it brought, and, where it
     * replaced the layer, each feature that it took out.
     *
     * @throws org.anquan.problem.ProblemException whatever {@code rows} throws; then nothing was done
     */
    LoadReceipt load(ChangeContext context, String layer, LoadMode mode, Rows rows) throws IOException;

    /**
     * Which loads brought the features that the layer has now, as far as loads brought them.
     *
     * @param each takes the number of the change set and the id of a feature
     */
    void eachLoaded(String layer, BiConsumer<Long, String> each);

    /** What happened to a feature, oldest first; deleted features too. */
    List<HistoryEntry> history(String layer, String id);

    /** The features to load, in their order. */
    interface Rows {
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes the features of a load. */
    interface Sink {
        /** How many features came with another value of a derived attribute than its formula gives, by attribute. */
        default Map<String, Long> differing() {
            return Map.of();
        }

        /** Takes one; or refuses it, and says all that is wrong with it. */
        List<Mistake> add(FeatureDraft draft);

        /**
         * Changes features by what is given of them; the rest of each stays as it is. Each change has its before and after
         * in the history. They are asked for and written together, some hundreds at a time, as each question to the
         * database costs a way there and back. For {@link LoadMode#UPDATE}.
         *
         * @param given no id twice
         * @return what became of each, in the same order
         */
        List<Outcome> change(List<Given> given);
    }

    /**
     * What a file gives of a feature.
     *
     * @param geometry null leaves it as it is
     */
    record Given(String id, @Nullable Geometry geometry, Map<String, Object> attributes) {}

    /**
     * What became of a change.
     *
     * @param found whether the layer has a feature with this id
     * @param changed whether anything is other than before
     * @param mistakes why it was refused; empty where it was not
     */
    record Outcome(boolean found, boolean changed, List<Mistake> mistakes) {
        public Outcome {
            mistakes = List.copyOf(mistakes);
        }
    }
}
