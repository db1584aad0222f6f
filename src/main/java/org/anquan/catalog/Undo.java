package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Takes back one change set inside a new one. It compares contents, not versions: a feature stands in the way only if it
 * is no longer what the change set left, so that several change sets can be taken back one after the other, newest first.
 */
final class Undo {
    /** More would not be read. */
    private static final int MOST_LISTED = 50;

    private final Dialect dialect;
    private final FeatureWrites writes;
    private final Connection connection;
    private final long number;
    private final List<Feature> features = new ArrayList<>();
    private final List<Mistake> conflicts = new ArrayList<>();
    private int conflictCount;

    Undo(Dialect dialect, FeatureWrites writes, long number) {
        this.dialect = dialect;
        this.writes = writes;
        this.connection = writes.connection();
        this.number = number;
    }

    /** Changed or brought back features, as they are now. */
    List<Feature> features() {
        return features;
    }

    /** The layers that the change set touched. */
    List<String> layers() throws SQLException {
        return strings(
                "SELECT layer FROM anquan_history WHERE change_set = ?"
                        + " UNION SELECT layer FROM anquan_load WHERE change_set = ? ORDER BY layer",
                number,
                number);
    }

    void refuseConflicts() {
        if (conflictCount > 0)
            throw ProblemException.of(Kind.CONFLICT, "catalog.undo", number, conflictCount)
                    .withMistakes(conflicts);
    }

    void layer(LayerDefinition layer) throws SQLException {
        Map<String, Net> edits = edits(layer);
        Loaded load = load(layer);
        Set<String> apart = load == null ? Set.of() : loadedAndTouchedSince(layer, load);
        for (Map.Entry<String, Net> edit : edits.entrySet())
            // What a replacing load took out comes back whatever stands there now: its own features go first.
            if ((load == null || edit.getValue().stayed()) && !isAsLeft(layer, edit.getKey(), edit.getValue()))
                conflict(layer, edit.getKey());
        if (conflictCount > 0) return;
        if (load != null) {
            writes.deleteLoaded(layer, load.firstFid(), load.lastFid());
            for (String id : apart) if (row(layer, id) != null) writes.delete(layer, writes.present(layer, id, null));
        }
        for (Map.Entry<String, Net> edit : edits.entrySet()) takeBack(layer, edit.getKey(), edit.getValue());
    }

    // What the change set did

    /** The first and the last thing that a change set did to a feature, by their places in the history. */
    private record Net(long firstSeq, boolean wasThere, long lastSeq, boolean stayed) {}

    private record Loaded(long firstFid, long lastFid) {}

    private Map<String, Net> edits(LayerDefinition layer) throws SQLException {
        Map<String, Net> all = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT seq, id, operation FROM anquan_history WHERE change_set = ? AND layer = ? ORDER BY seq")) {
            statement.setLong(1, number);
            statement.setString(2, layer.id());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long seq = row.getLong(1);
                    boolean wasThere = !row.getString(3).equals("create");
                    boolean stayed = !row.getString(3).equals("delete");
                    all.merge(
                            row.getString(2),
                            new Net(seq, wasThere, seq, stayed),
                            (first, last) -> new Net(first.firstSeq(), first.wasThere(), seq, stayed));
                }
            }
        }
        return all;
    }

    private @Nullable Loaded load(LayerDefinition layer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT first_fid, last_fid FROM anquan_load WHERE change_set = ? AND layer = ?")) {
            statement.setLong(1, number);
            statement.setString(2, layer.id());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Loaded(row.getLong(1), row.getLong(2)) : null;
            }
        }
    }

    // Whether it still is so

    /** A feature's content; its extra too, which edits do not touch but a deletion takes along. */
    private record Content(
            long version,
            Map<String, Object> attributes,
            @Nullable Geometry geometry,
            @Nullable String extra) {
        boolean sameAs(Content other) {
            return attributes.equals(other.attributes)
                    && Objects.equals(extra, other.extra)
                    && (geometry == null || other.geometry == null
                            ? geometry == other.geometry
                            : geometry.equalsExact(other.geometry));
        }
    }

    private boolean isAsLeft(LayerDefinition layer, String id, Net net) throws SQLException {
        Content present = row(layer, id);
        if (!net.stayed()) return present == null;
        return present != null && present.sameAs(history(layer, "after", net.lastSeq()));
    }

    /** Ids that the load brought and that have a history since; those that are not as it brought them are noted. */
    private Set<String> loadedAndTouchedSince(LayerDefinition layer, Loaded load) throws SQLException {
        Map<String, Long> firstTouch = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT id, min(seq) FROM anquan_history WHERE layer = ? AND change_set > ? AND change_set < ?"
                        + " AND fid BETWEEN ? AND ? GROUP BY id ORDER BY id")) {
            statement.setString(1, layer.id());
            statement.setLong(2, number);
            statement.setLong(3, writes.changeSet());
            statement.setLong(4, load.firstFid());
            statement.setLong(5, load.lastFid());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) firstTouch.put(row.getString(1), row.getLong(2));
            }
        }
        for (Map.Entry<String, Long> touched : firstTouch.entrySet()) {
            Content present = row(layer, touched.getKey());
            if (present == null || !present.sameAs(history(layer, "before", touched.getValue())))
                conflict(layer, touched.getKey());
        }
        return new LinkedHashSet<>(firstTouch.keySet());
    }

    private void conflict(LayerDefinition layer, String id) throws SQLException {
        if (++conflictCount > MOST_LISTED) return;
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT c.who, c.at, c.number FROM anquan_history h JOIN anquan_change_set c ON c.number = h.change_set"
                        + " WHERE h.layer = ? AND h.id = ? AND c.number < ? ORDER BY h.seq DESC LIMIT 1")) {
            statement.setString(1, layer.id());
            statement.setString(2, id);
            statement.setLong(3, writes.changeSet());
            try (ResultSet row = statement.executeQuery()) {
                Text what = row.next() && row.getLong(3) > number
                        ? Text.of(
                                "catalog.undo.changedSince",
                                row.getString(1),
                                dialect.fromColumn(row, 2, AttributeType.TIME) instanceof Instant at
                                        ? SpokenTime.of(at)
                                        : "",
                                Long.toString(row.getLong(3)))
                        : Text.of("catalog.undo.idTaken");
                conflicts.add(new Mistake(id, what));
            }
        }
    }

    // Taking it back

    private void takeBack(LayerDefinition layer, String id, Net net) throws SQLException {
        Content now = row(layer, id);
        if (!net.wasThere()) {
            if (now != null) writes.delete(layer, writes.present(layer, id, null));
            return;
        }
        Content before = history(layer, "before", net.firstSeq());
        Geometry geometry = before.geometry();
        if (geometry == null) throw new IllegalStateException("no geometry in the history of " + id);
        Feature feature;
        if (now != null && net.stayed())
            feature = writes.update(layer, writes.present(layer, id, null), geometry, before.attributes(), id + ".");
        else {
            feature = now != null
                    ? null
                    : writes.restore(layer, id, before.version() + 1, geometry, before.attributes(), before.extra());
            if (now != null) conflict(layer, id);
        }
        if (feature != null) features.add(feature);
    }

    // SQL

    private @Nullable Content row(LayerDefinition layer, String id) throws SQLException {
        List<Content> found = contents(
                layer,
                "SELECT t.version, " + dialect.rowAsJson(layer) + ", t.geom FROM " + dialect.quoted(layer.id())
                        + " t WHERE t.id = ?",
                id);
        return found.isEmpty() ? null : found.get(0);
    }

    private Content history(LayerDefinition layer, String side, long seq) throws SQLException {
        return contents(
                        layer,
                        "SELECT before_version, " + side + ", " + side + "_geom FROM anquan_history WHERE seq = ?",
                        seq)
                .get(0);
    }

    private List<Content> contents(LayerDefinition layer, String sql, Object value) throws SQLException {
        List<Content> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String json = row.getString(2);
                    Geometry geometry = row.getObject(3) == null ? null : dialect.geometryFromColumn(row, 3);
                    all.add(new Content(
                            row.getLong(1),
                            DerivedValues.without(layer, HistoryValues.read(layer, json)),
                            geometry,
                            HistoryValues.extra(json)));
                }
            }
        }
        return all;
    }

    private List<String> strings(String sql, Object... values) throws SQLException {
        List<String> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) all.add(row.getString(1));
            }
        }
        return all;
    }
}
