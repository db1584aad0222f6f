package org.anquan.catalog;

import java.io.IOException;
import java.util.List;
import org.anquan.problem.ProblemException.Mistake;

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
    ChangeReceipt apply(ChangeContext context, List<Change> changes);

    /**
     * Takes in very many features. The history has one entry for the whole load: which features it brought, and, where it
     * replaced the layer, each feature that it took out.
     *
     * @throws org.anquan.problem.ProblemException whatever {@code rows} throws; then nothing was done
     */
    LoadReceipt load(ChangeContext context, String layer, LoadMode mode, Rows rows) throws IOException;

    /** What happened to a feature, oldest first; deleted features too. */
    List<HistoryEntry> history(String layer, String id);

    /** The features to load, in their order. */
    interface Rows {
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes the features of a load. */
    interface Sink {
        /** Takes one; or refuses it, and says all that is wrong with it. */
        List<Mistake> add(FeatureDraft draft);
    }
}
