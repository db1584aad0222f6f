package org.anquan.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The places of the layers whose pages are asked for, each at the version that its last reader saw. */
final class PlaceIndexes {
    private final Dialect dialect;
    private final int mostFeatures;
    private final Map<String, PlaceIndex> kept = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> making = new ConcurrentHashMap<>();

    /** @param mostFeatures layers that hold more are left to the database */
    PlaceIndexes(Dialect dialect, int mostFeatures) {
        this.dialect = dialect;
        this.mostFeatures = mostFeatures;
    }

    /**
     * The places of a layer as the present transaction sees it.
     *
     * @param state read in the same transaction
     * @return null where the database must be asked: lines and polygons, a very large layer, another who makes the index at
     *     this moment, or a transaction that began before a change that the index already holds
     */
    @Nullable
    PlaceIndex at(Connection connection, LayerDefinition layer, LayerState state) throws SQLException {
        if (layer.geometry() != GeometryKind.POINT || state.count() > mostFeatures) return null;
        PlaceIndex known = kept.get(layer.id());
        if (known != null && known.version() == state.version()) return known;
        ReentrantLock lock = making.computeIfAbsent(layer.id(), id -> new ReentrantLock());
        if (!lock.tryLock()) return null;
        try {
            PlaceIndex before = kept.get(layer.id());
            if (before != null && before.version() == state.version()) return before;
            if (before != null && before.version() > state.version()) return null;
            long changeSet = ChangedSince.last(connection);
            PlaceIndex fresh = before == null
                    ? PlaceIndex.read(dialect, connection, layer, state, changeSet)
                    : before.movedOn(dialect, connection, layer, state, changeSet);
            // A count that differs would mean that the history does not tell all: then the database is right.
            if (fresh.size() != state.count()) return null;
            kept.put(layer.id(), fresh);
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    void forget(String layer) {
        kept.remove(layer);
    }
}
