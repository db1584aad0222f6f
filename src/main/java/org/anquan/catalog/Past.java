package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/**
 * A layer as it was after a change set. The present is taken back: what was touched since is replaced by what the history
 * says it was before its first change since, and what came with a later load is left out. What was not touched since is
 * what it was.
 */
final class Past {
    private final Dialect dialect;
    private final Connection connection;
    private final LayerDefinition layer;

    Past(Dialect dialect, Connection connection, LayerDefinition layer) {
        this.dialect = dialect;
        this.connection = connection;
        this.layer = layer;
    }

    /**
     * Where the layer stood.
     *
     * @param changeSet the last one up to then that touched it, or 0
     */
    record Stand(long changeSet, long version, @Nullable Instant changedAt) {}

    /** Change sets come in the order of their numbers, whatever clocks did. */
    Stand at(Instant time) throws SQLException {
        long upTo = number("SELECT max(number) FROM anquan_change_set WHERE at <= ?", dialect.toColumn(time));
        long edited = number(
                "SELECT change_set FROM anquan_history WHERE layer = ? AND change_set <= ? ORDER BY change_set DESC LIMIT 1",
                layer.id(),
                upTo);
        long loaded =
                number("SELECT max(change_set) FROM anquan_load WHERE layer = ? AND change_set <= ?", layer.id(), upTo);
        long last = Math.max(edited, loaded);
        if (last == 0) return new Stand(0, 0, null);
        String version = "SELECT layer_version FROM %s WHERE layer = ? AND change_set = ? LIMIT 1";
        long before = Math.max(
                number(version.formatted("anquan_history"), layer.id(), last),
                number(version.formatted("anquan_load"), layer.id(), last));
        return new Stand(last, before, time(last));
    }

    private @Nullable Instant time(long changeSet) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT at FROM anquan_change_set WHERE number = ?")) {
            statement.setLong(1, changeSet);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? (Instant) dialect.fromColumn(row, 1, AttributeType.TIME) : null;
            }
        }
    }

    /** @param present the layer now, read in the same transaction */
    LayerSnapshot layer(Stand stand, LayerSnapshot present) throws SQLException {
        Set<String> notThen = new HashSet<>();
        List<long[]> later = laterLoads(stand);
        for (long[] load : later) addIds(load, notThen);
        List<Feature> then = new ArrayList<>();
        eachFirstChange(stand, null, later, notThen, then);
        List<Feature> all = new ArrayList<>(present.features().size() + then.size());
        then.sort(Comparator.comparing(Feature::id, Operand::byCodePoint));
        int next = 0;
        for (Feature feature : present.features()) {
            if (notThen.contains(feature.id())) continue;
            while (next < then.size() && Operand.byCodePoint(then.get(next).id(), feature.id()) < 0)
                all.add(then.get(next++));
            all.add(feature);
        }
        all.addAll(then.subList(next, then.size()));
        return new LayerSnapshot(layer, state(stand, all), all);
    }

    Optional<Feature> feature(Stand stand, String id) throws SQLException {
        Set<String> notThen = new HashSet<>();
        List<long[]> later = laterLoads(stand);
        List<Feature> then = new ArrayList<>();
        eachFirstChange(stand, id, later, notThen, then);
        if (!then.isEmpty()) return Optional.of(then.get(0));
        Optional<Feature> present = new FeatureReads(dialect, connection, layer).get(id);
        if (present.isEmpty() || notThen.contains(id)) return Optional.empty();
        long fid = number("SELECT fid FROM " + dialect.quoted(layer.id()) + " WHERE id = ?", id);
        return within(fid, later) ? Optional.empty() : present;
    }

    private List<long[]> laterLoads(Stand stand) throws SQLException {
        List<long[]> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT first_fid, last_fid FROM anquan_load WHERE layer = ? AND change_set > ?")) {
            statement.setString(1, layer.id());
            statement.setLong(2, stand.changeSet());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) all.add(new long[] {row.getLong(1), row.getLong(2)});
            }
        }
        return all;
    }

    private static boolean within(long fid, List<long[]> loads) {
        for (long[] load : loads) if (fid >= load[0] && fid <= load[1]) return true;
        return false;
    }

    private void addIds(long[] load, Set<String> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT id FROM " + dialect.quoted(layer.id()) + " WHERE fid BETWEEN ? AND ?")) {
            statement.setLong(1, load[0]);
            statement.setLong(2, load[1]);
            dialect.stream(statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) ids.add(row.getString(1));
            }
        }
    }

    /**
     * Goes through what was touched since.
     *
     * @param id null for all features
     * @param touched gets the ids of all of them
     * @param then gets those that were there, as they were
     */
    private void eachFirstChange(
            Stand stand, @Nullable String id, List<long[]> later, Set<String> touched, List<Feature> then)
            throws SQLException {
        Set<Long> seen = new HashSet<>();
        String sql = "SELECT fid, id, operation, before_version, before, before_geom FROM anquan_history"
                + " WHERE layer = ? AND change_set > ?" + (id == null ? "" : " AND id = ?") + " ORDER BY seq";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, layer.id());
            statement.setLong(2, stand.changeSet());
            if (id != null) statement.setString(3, id);
            dialect.stream(statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long fid = row.getLong(1);
                    touched.add(row.getString(2));
                    if (!seen.add(fid) || row.getString(3).equals("create") || within(fid, later)) continue;
                    then.add(new Feature(
                            layer.id(),
                            row.getString(2),
                            dialect.geometryFromColumn(row, 6),
                            HistoryValues.read(layer, row.getString(5)),
                            row.getLong(4)));
                }
            }
        }
    }

    private LayerState state(Stand stand, List<Feature> features) {
        Envelope box = new Envelope();
        Instant asOf = null;
        boolean illustrative = false;
        for (Feature feature : features) {
            box.expandToInclude(feature.geometry().getEnvelopeInternal());
            illustrative |= Boolean.TRUE.equals(feature.get(CommonAttributes.ILLUSTRATIVE));
            if (feature.get(CommonAttributes.OBSERVED_AT) instanceof Instant observed
                    && (asOf == null || observed.isAfter(asOf))) asOf = observed;
        }
        return new LayerState(
                layer.id(),
                stand.version(),
                features.size(),
                box.isNull() ? null : Bbox.of(box),
                asOf,
                stand.changedAt(),
                illustrative);
    }

    private long number(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
