package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.anquan.catalog.Dialect.InBox;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;

/**
 * Reads features of one layer over one connection. Conditions that SQL can say are left to the database; the others
 * (S_INTERSECTS, CASEI) are tested here on the rows that remain.
 *
 * <p>A page by box is read in one of two ways, whichever is quicker: through the index of boxes and sorted after, or in
 * the order of ids with a look into the index for each. Of 82 000 points, a page of 1 000 out of 72 000 took 50 ms by the
 * first way and 9 ms by the second; one out of 6 000 took 5 ms by the first and 27 ms by the second.
 */
final class FeatureReads {
    /** Time of one step in the order of ids, in steps through the index of boxes: measured, 2 to 4 µs against 0.65. */
    private static final double STEP_OF_WALK = 4;

    private final Dialect dialect;
    private final Connection connection;
    private final LayerDefinition layer;

    FeatureReads(Dialect dialect, Connection connection, LayerDefinition layer) {
        this.dialect = dialect;
        this.connection = connection;
        this.layer = layer;
    }

    LayerState state() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT version, features, west, south, east, north, as_of, changed_at, illustrative"
                        + " FROM anquan_layer WHERE layer = ?")) {
            statement.setString(1, layer.id());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) throw new IllegalStateException("no table for layer " + layer.id());
                double west = row.getDouble(3);
                Bbox box = row.wasNull() ? null : new Bbox(west, row.getDouble(4), row.getDouble(5), row.getDouble(6));
                return new LayerState(
                        layer.id(),
                        row.getLong(1),
                        row.getLong(2),
                        box,
                        (Instant) dialect.fromColumn(row, 7, AttributeType.TIME),
                        (Instant) dialect.fromColumn(row, 8, AttributeType.TIME),
                        row.getLong(9) > 0);
            }
        }
    }

    Optional<Feature> get(String id) throws SQLException {
        Sql sql = select();
        dialect.writeFrom(sql, layer.id(), null, true);
        sql.add(" AND t.id = ").value(id);
        List<Feature> found = new ArrayList<>();
        each(sql, found::add);
        return found.stream().findFirst();
    }

    /** Those of these ids that are there. */
    Map<String, Feature> get(List<String> ids) throws SQLException {
        Map<String, Feature> found = new LinkedHashMap<>();
        if (ids.isEmpty()) return found;
        Sql sql = select();
        dialect.writeFrom(sql, layer.id(), null, true);
        dialect.writeIdAmong(sql.add(" AND "), ids);
        each(sql, feature -> found.put(feature.id(), feature));
        return found;
    }

    /** The same with their fids. */
    Map<String, FeatureWrites.Stored> stored(List<String> ids) throws SQLException {
        Map<String, FeatureWrites.Stored> found = new LinkedHashMap<>();
        if (ids.isEmpty()) return found;
        Sql sql = select().add(", t.fid");
        dialect.writeFrom(sql, layer.id(), null, true);
        dialect.writeIdAmong(sql.add(" AND "), ids);
        int fid = 4 + layer.attributes().size();
        try (PreparedStatement statement = sql.prepared(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) found.put(row.getString(1), new FeatureWrites.Stored(row.getLong(fid), feature(row)));
        }
        return found;
    }

    /** The features with these fids. */
    void eachLoaded(long firstFid, long lastFid, Consumer<Feature> each) throws SQLException {
        Sql sql = select();
        dialect.writeFrom(sql, layer.id(), null, true);
        sql.add(" AND t.fid BETWEEN ").value(firstFid).add(" AND ").value(lastFid);
        each(sql, each);
    }

    /** @param places where the layers' points are */
    FeaturePage find(FeatureQuery query, PlaceIndexes places) throws SQLException {
        LayerState state = state();
        boolean byPlace = query.filter() == null
                && query.ids().isEmpty()
                && query.sort().isEmpty()
                && (query.bbox() != null || query.offset() > 0);
        PlaceIndex index = byPlace ? places.at(connection, layer, state) : null;
        return index == null ? find(query, state) : page(index.find(query.bbox(), query.offset(), query.limit()));
    }

    private FeaturePage page(PlaceIndex.Page found) throws SQLException {
        List<Feature> page = new ArrayList<>(found.fids().length);
        if (found.fids().length > 0) {
            Sql sql = select().add(" FROM ").name(layer.id()).add(" t WHERE ");
            dialect.writeAmong(sql, Arrays.stream(found.fids()).boxed().toList());
            try (PreparedStatement statement = sql.prepared(connection);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) page.add(feature(row));
            }
            page.sort(SortKey.order(List.of()));
        }
        return new FeaturePage(page, found.matched());
    }

    /** The page as the database alone finds it. */
    private FeaturePage find(FeatureQuery query, LayerState state) throws SQLException {
        InBox in = inBox(query.bbox(), state);
        Where where = where(query);
        if (where.tested() != null) return tested(query, in, where);
        long inside = in == null ? state.count() : in.count();
        long matched = where.sql() == null || inside == 0 ? inside : count(in, where);
        List<Feature> page = new ArrayList<>();
        if (matched > query.offset() && query.limit() > 0) {
            double walked = (double) Math.min(matched, query.offset() + query.limit()) * state.count() / matched;
            boolean boxFirst = !query.sort().isEmpty() || inside <= walked * STEP_OF_WALK;
            each(ordered(in, where, boxFirst, query, true), page::add);
        }
        return new FeaturePage(page, matched);
    }

    /** Every feature that matches, in the order asked for, one at a time. */
    void each(FeatureQuery query, Consumer<Feature> each) throws SQLException {
        Where where = where(query);
        Condition tested = where.tested();
        long[] seen = {0};
        long end = query.offset() + query.limit();
        each(ordered(inBox(query.bbox(), state()), where, true, query, false), feature -> {
            if (tested != null && !tested.matches(feature)) return;
            long place = seen[0]++;
            if (place >= query.offset() && place < end) each.accept(feature);
        });
    }

    private FeaturePage tested(FeatureQuery query, @Nullable InBox in, Where where) throws SQLException {
        List<Feature> page = new ArrayList<>();
        long[] matched = {0};
        Condition condition = where.tested();
        each(ordered(in, where, true, query, false), feature -> {
            if (condition != null && !condition.matches(feature)) return;
            if (matched[0]++ >= query.offset() && page.size() < query.limit()) page.add(feature);
        });
        return new FeaturePage(page, matched[0]);
    }

    /** Null where the box holds the whole layer and so narrows nothing. */
    private @Nullable InBox inBox(@Nullable Bbox box, LayerState state) throws SQLException {
        if (box == null) return null;
        Bbox all = state.bbox();
        if (all != null && box.envelope().contains(all.envelope())) return null;
        return dialect.inBox(connection, layer.id(), box);
    }

    private long count(@Nullable InBox in, Where where) throws SQLException {
        Sql sql = new Sql(dialect).add("SELECT count(*)");
        dialect.writeFrom(sql, layer.id(), in, true);
        where.addTo(sql);
        try (PreparedStatement statement = sql.prepared(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private Sql select() {
        Sql sql = new Sql(dialect).add("SELECT t.id, t.geom, t.version");
        for (AttributeDefinition attribute : layer.attributes()) sql.add(", ").column(attribute.name());
        return sql;
    }

    private Sql ordered(@Nullable InBox in, Where where, boolean boxFirst, FeatureQuery query, boolean page) {
        if (page && in != null && boxFirst && !dialect.choosesWays()) return sorted(in, where, query);
        Sql sql = select();
        dialect.writeFrom(sql, layer.id(), in, boxFirst);
        where.addTo(sql);
        order(sql, query);
        if (page) limit(sql, query);
        return sql;
    }

    /** A page out of a box: sorts numbers, not whole features, and then reads those of the page. */
    private Sql sorted(InBox in, Where where, FeatureQuery page) {
        Sql sql = select().add(" FROM ").name(layer.id()).add(" t WHERE t.fid IN (SELECT t.fid");
        dialect.writeFrom(sql, layer.id(), in, true);
        where.addTo(sql);
        order(sql, page);
        limit(sql, page);
        return order(sql.add(")"), page);
    }

    private static Sql order(Sql sql, FeatureQuery query) {
        sql.add(" ORDER BY ");
        for (SortKey key : query.sort())
            sql.column(key.attribute()).add(key.descending() ? " DESC NULLS LAST, " : " NULLS LAST, ");
        return sql.add("t.id");
    }

    private static void limit(Sql sql, FeatureQuery page) {
        sql.add(" LIMIT ").value((long) page.limit()).add(" OFFSET ").value(page.offset());
    }

    private void each(Sql sql, Consumer<Feature> each) throws SQLException {
        try (PreparedStatement statement = sql.prepared(connection)) {
            dialect.stream(statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) each.accept(feature(row));
            }
        }
    }

    private Feature feature(ResultSet row) throws SQLException {
        Map<String, Object> attributes = new LinkedHashMap<>();
        int column = 3;
        for (AttributeDefinition attribute : layer.attributes()) {
            Object value = dialect.fromColumn(row, ++column, attribute.type());
            if (value != null) attributes.put(attribute.name(), value);
        }
        return new Feature(
                layer.id(), row.getString(1), dialect.geometryFromColumn(row, 2), attributes, row.getLong(3));
    }

    /**
     * @param sql conditions for the database, which may let too many through; null for none
     * @param tested the whole condition where the database cannot say all of it, else null
     */
    private record Where(@Nullable Sql sql, @Nullable Condition tested) {
        void addTo(Sql statement) {
            if (sql != null) statement.add(" AND ").add(sql);
        }
    }

    private Where where(FeatureQuery query) {
        List<Sql> parts = new ArrayList<>();
        if (!query.ids().isEmpty()) {
            Sql ids = new Sql(dialect);
            dialect.writeIdAmong(ids, query.ids());
            parts.add(ids);
        }
        Condition condition = Condition.of(query.filter());
        boolean exact = condition == null || push(condition, parts);
        Sql all = null;
        for (Sql part : parts) {
            if (all == null) all = new Sql(dialect);
            else all.add(" AND ");
            all.add("(").add(part).add(")");
        }
        return new Where(all, exact ? null : condition);
    }

    /** Adds what the database can say of it, and answers whether that is all. */
    private boolean push(Condition condition, List<Sql> parts) {
        if (condition.inSql()) {
            Sql sql = new Sql(dialect);
            condition.writeSql(sql);
            parts.add(sql);
            return true;
        }
        if (condition instanceof Condition.And and) for (Condition part : and.parts()) push(part, parts);
        else if (condition instanceof Condition.Intersects intersects
                && !intersects.with().isEmpty()) {
            // What meets the geometry meets its box.
            Sql sql = new Sql(dialect).add("t.fid IN (SELECT t.fid");
            Bbox box = Bbox.of(intersects.with().getEnvelopeInternal());
            dialect.writeFrom(sql, layer.id(), new InBox(box, 0, List.of()), true);
            parts.add(sql.add(")"));
        }
        return false;
    }
}
