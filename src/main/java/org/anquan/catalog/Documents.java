package org.anquan.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Small named texts that live in the same store as the features: stored scenarios and what else a county writes down
 * beside its layers. Read from the database each time, so every instance sees the same.
 */
public interface Documents {
    /**
     * @param kind what it is, as {@code scenario}
     * @param version 1 for the first, one more with each change
     * @param body JSON
     */
    record Document(String kind, String name, long version, String author, Instant changedAt, String body) {}

    /** All of a kind, by name. */
    List<Document> list(String kind);

    Optional<Document> get(String kind, String name);

    /**
     * Creates or replaces one.
     *
     * @param guard sees what is there now, in the same transaction, and throws where the change must not be made
     */
    Document put(String kind, String name, String body, String author, Consumer<Optional<Document>> guard);

    /** @return what was there */
    Optional<Document> delete(String kind, String name, Consumer<Optional<Document>> guard);
}
