package org.anquan.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reading side of the catalogue: what layers there are, and what they hold. Safe for many threads. */
public interface Layers {
    /** All layers, in the order of the layer tree. */
    List<LayerDefinition> definitions();

    /** @throws org.anquan.problem.ProblemException not found, naming the layers there are */
    LayerDefinition definition(String layer);

    LayerState state(String layer);

    /** A page, read from the database. */
    FeaturePage find(FeatureQuery query);

    /**
     * Every feature of the query, in id order, one at a time and all of one version: for exports, however long their
     * reader takes.
     */
    default void forEach(FeatureQuery query, Consumer<Feature> each) {
        find(query).features().forEach(each);
    }

    Optional<Feature> get(String layer, String id);

    /** The kind of database that holds them: GeoPackage or PostGIS. */
    default String store() {
        return "";
    }

    /** The layer in memory at its present version; shared, rebuilt when the version moves. */
    LayerSnapshot snapshot(String layer);

    /**
     * The layer as it was at a time: what was deleted since is there, what came later is not. Its version is the one of
     * then; 0 and no features before the layer's first change.
     */
    default LayerSnapshot snapshot(String layer, Instant at) {
        throw new UnsupportedOperationException("these layers keep no history");
    }

    /** A feature as it was at a time. */
    default Optional<Feature> get(String layer, String id, Instant at) {
        return snapshot(layer, at).feature(id);
    }

    /** Changed definitions that did not come into force, because features do not fit them. */
    default List<DefinitionProblem> problems() {
        return List.of();
    }
}
