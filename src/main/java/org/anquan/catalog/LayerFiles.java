package org.anquan.catalog;

import java.util.List;
import java.util.stream.Stream;

/** The files that define the layers, read again while the service runs. */
public interface LayerFiles {
    /**
     * Reads all files again, and takes the features of each changed layer over to its new definition, each layer as a whole
     * or not at all. Where features do not fit, the layer goes on with the definition that it had, and the answer says why.
     *
     * @throws org.anquan.problem.ProblemException invalid, with all mistakes of all files; then nothing was changed
     */
    Reloaded reload();

    /**
     * @param added ids of layers that are new
     * @param changed ids of layers with another definition than before
     * @param removed ids of layers whose file is gone; their data stay in the store
     * @param problems definitions that did not come into force
     */
    record Reloaded(List<String> added, List<String> changed, List<String> removed, List<DefinitionProblem> problems) {
        public Reloaded {
            added = List.copyOf(added);
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
            problems = List.copyOf(problems);
        }

        List<String> touched() {
            return Stream.of(added, changed, removed).flatMap(List::stream).toList();
        }
    }
}
