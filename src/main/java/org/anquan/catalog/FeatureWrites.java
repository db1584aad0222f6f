package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** One change set on the writing connection, inside its transaction. */
final class FeatureWrites {
    private final Dialect dialect;
    private final Connection connection;
    private final Instant now;
    private final Object nowColumn;
    private final long changeSet;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private Consumer<Feature> guard = present -> {};

    FeatureWrites(Dialect dialect, Connection connection, ChangeContext context, Instant now) throws SQLException {
        this.dialect = dialect;
        this.connection = connection;
        this.now = now;
        this.nowColumn = dialect.toColumn(now);
        this.changeSet = returned(
                "INSERT INTO anquan_change_set (at, who, why) VALUES (?, ?, ?) RETURNING number",
                nowColumn,
                context.who(),
                context.why());
    }

    long changeSet() {
        return changeSet;
    }

    Connection connection() {
        return connection;
    }

    /** Sees each feature before it is changed. */
    void guard(Consumer<Feature> newGuard) {
        guard = newGuard;
    }

    private Tally tally(LayerDefinition layer) throws SQLException {
        Tally known = tallies.get(layer.id());
        if (known != null) return known;
        Tally tally = new Tally(dialect, connection, layer);
        tallies.put(layer.id(), tally);
        return tally;
    }

    /** Writes where the layers stand now. */
    List<LayerState> finish() throws SQLException {
        List<LayerState> states = new ArrayList<>();
        for (Tally tally : tallies.values()) states.add(tally.write(now));
        return states;
    }

    // One by one

    /** The feature as it is now; null where it was deleted, or where a mistake was noted. */
    @Nullable
    Feature apply(LayerDefinition layer, Change change, String where) throws SQLException {
        if (change instanceof Change.Create create) return create(layer, create, where);
        if (change instanceof Change.Replace replace) {
            Stored before = present(layer, replace.id(), replace.expectedVersion());
            return update(layer, before, replace.geometry(), replace.attributes(), where);
        }
        if (change instanceof Change.Patch patch) {
            Stored before = present(layer, patch.id(), patch.expectedVersion());
            Map<String, @Nullable Object> attributes =
                    new LinkedHashMap<>(before.feature().attributes());
            attributes.putAll(patch.attributes());
            Geometry geometry = patch.geometry() == null ? before.feature().geometry() : patch.geometry();
            return update(layer, before, geometry, attributes, where);
        }
        if (change instanceof Change.Delete delete) {
            delete(layer, present(layer, delete.id(), delete.expectedVersion()));
            return null;
        }
        throw new IllegalStateException("a new kind of change: " + change);
    }

    void refuseMistakes() {
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("catalog.change", mistakes.size()).withMistakes(mistakes);
    }

    record Stored(long fid, Feature feature) {}

    Stored present(LayerDefinition layer, String id, @Nullable Long expectedVersion) throws SQLException {
        Optional<Feature> found = new FeatureReads(dialect, connection, layer).get(id);
        Feature feature = found.orElseThrow(() -> ProblemException.notFound("catalog.noFeature", id, layer.title()));
        guard.accept(feature);
        if (expectedVersion != null && expectedVersion != feature.version())
            throw ProblemException.of(
                    Kind.CONFLICT, "catalog.stale", feature.name(), layer.title(), expectedVersion, feature.version());
        long fid = returned("SELECT fid FROM " + dialect.quoted(layer.id()) + " WHERE id = ?", id);
        return new Stored(fid, feature);
    }

    private @Nullable Feature create(LayerDefinition layer, Change.Create create, String where) throws SQLException {
        FeatureRules.Checked checked = FeatureRules.check(layer, where, create.geometry(), create.attributes());
        mistakes.addAll(checked.mistakes());
        String given = create.id();
        if (given != null && !FeatureIds.fit(given))
            mistakes.add(new Mistake(where + "id", Text.of("catalog.value.badId", AttributeValues.shown(given))));
        if (!mistakes.isEmpty()) return null;
        long fid = dialect.nextFid(connection, layer.id());
        try (FeatureInsert insert = new FeatureInsert(dialect, connection, layer, now)) {
            String id = given == null ? layer.id() + "-" + fid : given;
            for (int again = 2; !insert.run(fid, id, 1, checked.geometry(), checked.attributes(), null); again++) {
                if (given != null) throw ProblemException.of(Kind.CONFLICT, "catalog.idTaken", id, layer.title());
                id = layer.id() + "-" + fid + "-" + again;
            }
            Feature feature = new Feature(layer.id(), id, checked.geometry(), checked.attributes(), 1);
            created(layer, feature, fid);
            return feature;
        }
    }

    @Nullable
    Feature update(
            LayerDefinition layer,
            Stored before,
            Geometry geometry,
            Map<String, ? extends @Nullable Object> attributes,
            String where)
            throws SQLException {
        FeatureRules.Checked checked = FeatureRules.check(layer, where, geometry, attributes, before.feature());
        mistakes.addAll(checked.mistakes());
        if (!mistakes.isEmpty()) return null;
        Tally tally = tally(layer);
        long seq = historyBefore(layer, before.fid(), "update", tally.version());
        Sql sql = new Sql(dialect).add("UPDATE ").name(layer.id()).add(" SET geom = ?, version = version + 1,");
        sql.add(" changed_at = ?");
        for (AttributeDefinition attribute : layer.attributes())
            sql.add(", ").name(attribute.name()).add(" = ?");
        sql.add(" WHERE fid = ?");
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int at = 0;
            statement.setObject(++at, dialect.geometryToColumn(checked.geometry()));
            statement.setObject(++at, nowColumn);
            for (AttributeDefinition attribute : layer.attributes())
                statement.setObject(++at, column(checked.attributes().get(attribute.name())));
            statement.setLong(++at, before.fid());
            statement.executeUpdate();
        }
        historyAfter(layer, seq, before.fid());
        Feature old = before.feature();
        Feature feature =
                new Feature(layer.id(), old.id(), checked.geometry(), checked.attributes(), old.version() + 1);
        tally.removed(old);
        tally.added(feature);
        return feature;
    }

    void delete(LayerDefinition layer, Stored before) throws SQLException {
        Tally tally = tally(layer);
        historyBefore(layer, before.fid(), "delete", tally.version());
        run("DELETE FROM " + dialect.quoted(layer.id()) + " WHERE fid = ?", before.fid());
        tally.removed(before.feature());
    }

    /** Takes out all features with these fids. */
    void deleteLoaded(LayerDefinition layer, long firstFid, long lastFid) throws SQLException {
        Tally tally = tally(layer);
        run(
                historyOf(layer, "delete") + " WHERE t.fid BETWEEN ? AND ?",
                changeSet,
                layer.id(),
                tally.version(),
                firstFid,
                lastFid);
        new FeatureReads(dialect, connection, layer).eachLoaded(firstFid, lastFid, tally::removed);
        run("DELETE FROM " + dialect.quoted(layer.id()) + " WHERE fid BETWEEN ? AND ?", firstFid, lastFid);
    }

    /**
     * Brings back a feature that was deleted, under its id.
     *
     * @param version one more than it ever had, so that nobody takes it for a state seen before
     * @return null where the id is taken, or a mistake was noted
     */
    @Nullable
    Feature restore(
            LayerDefinition layer,
            String id,
            long version,
            Geometry geometry,
            Map<String, Object> attributes,
            @Nullable String extra)
            throws SQLException {
        FeatureRules.Checked checked = FeatureRules.check(layer, id + ".", geometry, attributes);
        mistakes.addAll(checked.mistakes());
        if (!mistakes.isEmpty()) return null;
        long fid = dialect.nextFid(connection, layer.id());
        try (FeatureInsert insert = new FeatureInsert(dialect, connection, layer, now)) {
            if (!insert.run(fid, id, version, checked.geometry(), checked.attributes(), extra)) return null;
        }
        Feature feature = new Feature(layer.id(), id, checked.geometry(), checked.attributes(), version);
        created(layer, feature, fid);
        return feature;
    }

    private void created(LayerDefinition layer, Feature feature, long fid) throws SQLException {
        Tally tally = tally(layer);
        tally.added(feature);
        long seq = returned(
                "INSERT INTO anquan_history (change_set, layer, layer_version, fid, id, operation)"
                        + " VALUES (?, ?, ?, ?, ?, 'create') RETURNING seq",
                changeSet,
                layer.id(),
                tally.version(),
                fid,
                feature.id());
        historyAfter(layer, seq, fid);
    }

    private @Nullable Object column(@Nullable Object value) {
        return value == null ? null : dialect.toColumn(value);
    }

    // History

    private long historyBefore(LayerDefinition layer, long fid, String operation, long version) throws SQLException {
        return returned(
                historyOf(layer, operation) + " WHERE t.fid = ? RETURNING seq", changeSet, layer.id(), version, fid);
    }

    private String historyOf(LayerDefinition layer, String operation) {
        return "INSERT INTO anquan_history (change_set, layer, layer_version, fid, id, operation, before_version,"
                + " before, before_geom) SELECT ?, ?, ?, t.fid, t.id, '" + operation + "', t.version, "
                + dialect.rowAsJson(layer) + ", t.geom FROM " + dialect.quoted(layer.id()) + " t";
    }

    private void historyAfter(LayerDefinition layer, long seq, long fid) throws SQLException {
        String row = " FROM " + dialect.quoted(layer.id()) + " t WHERE t.fid = ?)";
        run(
                "UPDATE anquan_history SET after = (SELECT " + dialect.rowAsJson(layer) + row
                        + ", after_geom = (SELECT t.geom" + row + " WHERE seq = ?",
                fid,
                fid,
                seq);
    }

    // Many at once

    /** A load under way. */
    final class Load implements LayerEdits.Sink, AutoCloseable {
        private final LayerDefinition layer;
        private final LoadMode mode;
        private final Tally tally;
        private final Dialect.Bulk bulk;
        private final long removed;
        private final long firstFid;
        private final GivenDerived aside;
        private @Nullable ManyUpdates updates;
        private long nextFid;

        Load(LayerDefinition layer, LoadMode mode) throws SQLException {
            this.layer = layer;
            this.mode = mode;
            this.aside = new GivenDerived(layer);
            this.tally = tally(layer);
            this.removed = mode == LoadMode.REPLACE ? tally.count() : 0;
            if (removed > 0) run(historyOf(layer, "delete") + " WHERE 1 = 1", changeSet, layer.id(), tally.version());
            // A change moves single entries of the index, which a bulk would leave behind.
            this.bulk = mode == LoadMode.UPDATE
                    ? new OneByOne(layer)
                    : dialect.bulk(connection, layer, mode == LoadMode.REPLACE, now);
            if (mode == LoadMode.REPLACE) tally.emptied();
            this.firstFid = dialect.nextFid(connection, layer.id());
            this.nextFid = firstFid;
        }

        @Override
        public List<Mistake> add(FeatureDraft brought) {
            FeatureDraft draft = aside.settled(brought);
            FeatureRules.Checked checked = FeatureRules.check(layer, "", draft.geometry(), draft.attributes());
            String given = draft.id();
            if (given != null && !FeatureIds.fit(given))
                checked.mistakes().add(new Mistake("id", Text.of("catalog.value.badId", AttributeValues.shown(given))));
            if (!checked.mistakes().isEmpty()) return checked.mistakes();
            try {
                String id = given == null ? layer.id() + "-" + nextFid : given;
                for (int again = 2;
                        !bulk.add(nextFid, id, checked.geometry(), checked.attributes(), draft.extra());
                        again++) {
                    if (given != null) return List.of(new Mistake("id", Text.of("catalog.value.idTaken", id)));
                    id = layer.id() + "-" + nextFid + "-" + again;
                }
                nextFid++;
                aside.taken();
                tally.added(new Feature(layer.id(), id, checked.geometry(), checked.attributes(), 1));
                return List.of();
            } catch (SQLException e) {
                throw new StoreFailure(e);
            }
        }

        @Override
        public Map<String, Long> differing() {
            return aside.differing();
        }

        @Override
        public List<LayerEdits.Outcome> change(List<LayerEdits.Given> given) {
            try {
                Map<String, Stored> present = new FeatureReads(dialect, connection, layer)
                        .stored(given.stream().map(LayerEdits.Given::id).toList());
                List<LayerEdits.Outcome> outcomes = new ArrayList<>(given.size());
                List<Merged> changed = new ArrayList<>();
                for (LayerEdits.Given one : given) {
                    Stored before = present.get(one.id());
                    Merged merged = before == null ? null : merged(one, before);
                    List<Mistake> mistakes =
                            merged == null ? List.of() : merged.now().mistakes();
                    boolean differs = merged != null && mistakes.isEmpty() && merged.differs();
                    if (differs) changed.add(merged);
                    outcomes.add(new LayerEdits.Outcome(merged != null, differs, mistakes));
                }
                if (!changed.isEmpty()) updates().run(changed);
                return outcomes;
            } catch (SQLException e) {
                throw new StoreFailure(e);
            }
        }

        private Merged merged(LayerEdits.Given given, Stored before) {
            Map<String, Object> old = before.feature().attributes();
            Map<String, @Nullable Object> whole = new LinkedHashMap<>(DerivedValues.without(layer, old));
            whole.putAll(aside.settled(given.attributes(), old));
            Geometry shape = given.geometry() == null ? before.feature().geometry() : given.geometry();
            FeatureRules.Checked now = FeatureRules.check(layer, "", shape, whole);
            if (now.mistakes().isEmpty()) aside.taken();
            return new Merged(before, now);
        }

        private ManyUpdates updates() throws SQLException {
            ManyUpdates known = updates;
            if (known == null) {
                known = new ManyUpdates(layer, tally);
                updates = known;
            }
            return known;
        }

        LoadReceipt finish() throws SQLException {
            bulk.finish(nextFid - 1);
            long added = nextFid - firstFid;
            run(
                    "INSERT INTO anquan_load VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    changeSet,
                    layer.id(),
                    tally.version(),
                    mode.name(),
                    firstFid,
                    nextFid - 1,
                    added,
                    removed);
            return new LoadReceipt(changeSet, tally.version(), added, removed, tally.count());
        }

        @Override
        public void close() throws SQLException {
            if (updates != null) updates.close();
            bulk.close();
        }
    }

    /** A feature as it is, and what it becomes. */
    private record Merged(Stored before, FeatureRules.Checked now) {
        boolean differs() {
            return moves() || !now.attributes().equals(before.feature().attributes());
        }

        boolean moves() {
            return !now.geometry().equalsExact(before.feature().geometry());
        }
    }

    /**
     * Changes some hundreds of features of one layer at a time, again and again by the same statements. A place that stays is
     * not written, so that the index of places is left alone.
     */
    private final class ManyUpdates implements AutoCloseable {
        private final LayerDefinition layer;
        private final Tally tally;
        private final PreparedStatement moving;
        private final PreparedStatement staying;

        ManyUpdates(LayerDefinition layer, Tally tally) throws SQLException {
            this.layer = layer;
            this.tally = tally;
            this.moving = connection.prepareStatement(sql(true));
            this.staying = connection.prepareStatement(sql(false));
        }

        private String sql(boolean moves) {
            Sql sql =
                    new Sql(dialect).add("UPDATE ").name(layer.id()).add(" SET version = version + 1, changed_at = ?");
            for (AttributeDefinition attribute : layer.attributes())
                sql.add(", ").name(attribute.name()).add(" = ?");
            return sql.add(moves ? ", geom = ?" : "").add(" WHERE fid = ?").toString();
        }

        void run(List<Merged> changes) throws SQLException {
            List<Long> fids = changes.stream().map(one -> one.before().fid()).toList();
            long seq = returned("SELECT coalesce(max(seq), 0) FROM anquan_history");
            Sql before = new Sql(dialect).add(historyOf(layer, "update")).add(" WHERE ");
            dialect.writeAmong(before, fids);
            try (PreparedStatement statement =
                    before.add(" ORDER BY t.fid").prepared(connection, changeSet, layer.id(), tally.version())) {
                statement.executeUpdate();
            }
            for (Merged one : changes) add(one.moves() ? moving : staying, one);
            moving.executeBatch();
            staying.executeBatch();
            String row = " FROM " + dialect.quoted(layer.id()) + " t WHERE t.fid = anquan_history.fid)";
            FeatureWrites.this.run(
                    "UPDATE anquan_history SET after = (SELECT " + dialect.rowAsJson(layer) + row
                            + ", after_geom = (SELECT t.geom" + row + " WHERE seq > ?",
                    seq);
        }

        private void add(PreparedStatement statement, Merged one) throws SQLException {
            Feature old = one.before().feature();
            FeatureRules.Checked now = one.now();
            int at = 0;
            statement.setObject(++at, nowColumn);
            for (AttributeDefinition attribute : layer.attributes())
                statement.setObject(++at, column(now.attributes().get(attribute.name())));
            if (statement == moving) statement.setObject(++at, dialect.geometryToColumn(now.geometry()));
            statement.setLong(++at, one.before().fid());
            statement.addBatch();
            tally.removed(old);
            tally.added(new Feature(layer.id(), old.id(), now.geometry(), now.attributes(), old.version() + 1));
        }

        @Override
        public void close() throws SQLException {
            moving.close();
            staying.close();
        }
    }

    /** Leaves the index of places to the database's own means. */
    private final class OneByOne implements Dialect.Bulk {
        private final LayerDefinition layer;
        private final FeatureInsert insert;

        OneByOne(LayerDefinition layer) throws SQLException {
            this.layer = layer;
            this.insert = new FeatureInsert(dialect, connection, layer, now);
        }

        @Override
        public boolean add(
                long fid, String id, Geometry geometry, Map<String, Object> attributes, @Nullable String extra)
                throws SQLException {
            return insert.run(fid, id, 1, geometry, attributes, extra);
        }

        @Override
        public void finish(long lastFid) throws SQLException {
            dialect.keepLastFid(connection, layer.id(), lastFid);
        }

        @Override
        public void close() throws SQLException {
            insert.close();
        }
    }

    /** Carries an SQLException through an interface that knows nothing of databases. */
    static final class StoreFailure extends RuntimeException {
        private final SQLException reason;

        StoreFailure(SQLException reason) {
            super(reason);
            this.reason = reason;
        }

        SQLException reason() {
            return reason;
        }
    }

    // SQL

    private long returned(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) throw new IllegalStateException("no row came back: " + sql);
                return row.getLong(1);
            }
        }
    }

    private void run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            statement.executeUpdate();
        }
    }
}
