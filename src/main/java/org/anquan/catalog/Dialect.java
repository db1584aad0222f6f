package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * All that differs between databases. Everything else of the store is SQL that they share: it calls the layer's table
 * {@code t}, and leaves quoting, types, geometries, the index of boxes and JSON to the dialect.
 *
 * <p>Every layer table has, beside its attributes, {@code fid} (grows, never used twice), {@code geom}, {@code id},
 * {@code version}, {@code changed_at} and {@code extra} (JSON of what a file brought that the layer does not have).
 */
interface Dialect {
    Connection open(boolean readOnly) throws SQLException;

    /**
     * Begins a transaction. A writing one holds the right to write from its first moment.
     *
     * @return what the database calls a writing one, for {@link #wasCommitted}; null where no commit can be in doubt
     */
    @Nullable
    String begin(Connection connection, boolean writing) throws SQLException;

    void commit(Connection connection) throws SQLException;

    void rollback(Connection connection) throws SQLException;

    /** Whether a transaction, whose connection broke, was committed; null if that is not decided yet. */
    default @Nullable Boolean wasCommitted(Connection connection, String transaction) throws SQLException {
        throw new IllegalStateException("commits are never in doubt here");
    }

    /** Whether a connection that rested still works. */
    default boolean isAlive(Connection connection) {
        return true;
    }

    /** What is the matter with the database; null where it is our statement that was wrong. */
    @Nullable
    StoreTrouble trouble(SQLException e);

    /** What database this is: GeoPackage or PostGIS. */
    String kind();

    /** Which one it is, for administrators: where it is, without account and password. */
    String shown();

    // Changes by others

    /** A connection, outside of transactions, that hears of changes by other processes. */
    Connection openWatch() throws SQLException;

    /** Waits until another process may have changed something, and no longer than this. */
    void awaitNews(Connection watch, long millis) throws SQLException, InterruptedException;

    /** Lets other processes know, once the present transaction is committed. */
    default void announce(Connection connection) throws SQLException {}

    String quoted(String name);

    // Tables

    boolean hasTable(Connection connection, String name) throws SQLException;

    /** Makes what the database needs before any layer, and the store's own tables; leaves what is there. */
    void createSystemTables(Connection connection) throws SQLException;

    void createLayer(Connection connection, LayerDefinition layer) throws SQLException;

    void dropLayer(Connection connection, String layer) throws SQLException;

    void addColumn(Connection connection, String layer, AttributeDefinition attribute) throws SQLException;

    void dropColumn(Connection connection, String layer, String column) throws SQLException;

    /** Lets a column of whole numbers hold others too, keeping its values. */
    void widenColumn(Connection connection, String layer, AttributeDefinition attribute) throws SQLException;

    /** Says what a layer is called, for other programs that open the database. */
    void describe(Connection connection, LayerDefinition layer) throws SQLException;

    // Values

    /** A kept value (see {@link Feature}) as JDBC takes it. */
    Object toColumn(Object value);

    @Nullable
    Object fromColumn(ResultSet row, int column, AttributeType type) throws SQLException;

    Object geometryToColumn(Geometry geometry);

    Geometry geometryFromColumn(ResultSet row, int column) throws SQLException;

    /** What stands for a value in the text of a statement. */
    default String mark(Object value) {
        return "?";
    }

    /** Readies a statement whose rows may be more than fit into memory. */
    default void stream(PreparedStatement statement) throws SQLException {}

    // Conditions

    /** {@code left sign right}, for numbers exactly, even a whole number beside a fraction. */
    default void writeComparison(Sql out, Operand left, String sign, Operand right) {
        left.writeSql(out);
        out.add(" ").add(sign).add(" ");
        right.writeSql(out);
    }

    /** True where the text, written by {@code operand}, is like the pattern; case matters. */
    void writeLike(Sql out, Runnable operand, LikePattern pattern);

    void writeListHolds(Sql out, String column, List<String> texts, boolean all);

    /** Looks a box up in the index of boxes. */
    InBox inBox(Connection connection, String layer, Bbox box) throws SQLException;

    /**
     * The features whose own box meets this one, exactly.
     *
     * @param count how many
     * @param beside fids that the index gives although they do not meet it: it may round
     */
    record InBox(Bbox box, long count, List<Long> beside) {
        public InBox {
            beside = List.copyOf(beside);
        }
    }

    /**
     * {@code FROM} and {@code WHERE} that give the features of a layer, as {@code t}, in this box or, where it is null,
     * everywhere; further conditions may follow after {@code AND}.
     *
     * @param boxFirst whether to go through the index of boxes, and not through the features in the order of their ids
     */
    void writeFrom(Sql out, String layer, @Nullable InBox box, boolean boxFirst);

    /** A condition: the feature's fid is among these. */
    void writeAmong(Sql out, Collection<Long> fids);

    /** A condition: the feature's id is among these. */
    void writeIdAmong(Sql out, Collection<String> ids);

    /** Whether the database itself finds the quickest way to a page out of a box. */
    default boolean choosesWays() {
        return false;
    }

    // Writing

    /** A JSON object of the present row of {@code t}: its attributes that are known, and {@code extra}. */
    String rowAsJson(LayerDefinition layer);

    long nextFid(Connection connection, String layer) throws SQLException;

    /** {@code insert into layer (columns) values (?…)} that adds nothing where the id is taken. */
    String insertUnlessTaken(String layer, List<String> columns);

    /**
     * Prepares the adding of very many features; the index of boxes is filled at the end.
     *
     * @param emptied whether to take all present features out first
     */
    Bulk bulk(Connection connection, LayerDefinition layer, boolean emptied, Instant now) throws SQLException;

    /** The exact box of all features. */
    Optional<Bbox> extent(Connection connection, String layer) throws SQLException;

    /** Keeps what other programs read about a layer in step with it. */
    void keepContents(Connection connection, LayerState state) throws SQLException;

    // Whole stores

    /** The last fid that a layer ever gave. */
    long lastFid(Connection connection, String layer) throws SQLException;

    /** Later fids come after this one. */
    void keepLastFid(Connection connection, String layer, long lastFid) throws SQLException;

    /** Takes rows into an empty table as they are, with their keys. */
    Rows rows(Connection connection, StoreTable table) throws SQLException;

    /** Rows on their way into a table. */
    interface Rows extends AutoCloseable {
        /** @param values kept values and geometries, in the order of the columns */
        void add(@Nullable Object[] values) throws SQLException;

        /** @param last the last key that was ever given; later ones come after it */
        void finish(long last) throws SQLException;

        @Override
        void close() throws SQLException;
    }

    /** A load under way; closed without having been finished, it leaves the rest to the rollback. */
    interface Bulk extends AutoCloseable {
        /** Whether it was added, at version 1; false where the id is taken. */
        boolean add(long fid, String id, Geometry geometry, Map<String, Object> attributes, @Nullable String extra)
                throws SQLException;

        /** @param lastFid the last that the load used, or the one before its first */
        void finish(long lastFid) throws SQLException;

        @Override
        void close() throws SQLException;
    }
}
