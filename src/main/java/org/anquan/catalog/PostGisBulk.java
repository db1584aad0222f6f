package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * A load by COPY. Whether an id is taken must be known row by row, while COPY tells only at its end and then fails
 * altogether: so the ids are remembered as 64-bit hashes, 16 to 32 bytes a feature, and only where a hash was seen before
 * is the database asked. Single inserts were tried: a round trip a row, five times as long.
 */
final class PostGisBulk implements Dialect.Bulk {
    private final Dialect dialect;
    private final Connection connection;
    private final LayerDefinition layer;
    private final String table;
    private final Instant changedAt;
    private final PostGisCopy copy;
    private final Hashes ids = new Hashes();

    PostGisBulk(Dialect dialect, Connection connection, LayerDefinition layer, boolean emptied, Instant now)
            throws SQLException {
        this.dialect = dialect;
        this.connection = connection;
        this.layer = layer;
        this.table = dialect.quoted(layer.id());
        this.changedAt = now;
        this.copy = new PostGisCopy(dialect, connection, layer.id(), FeatureInsert.columns(layer));
        try (Statement statement = connection.createStatement()) {
            if (emptied) statement.execute("DELETE FROM " + table);
            else rememberIds(statement);
        }
    }

    private void rememberIds(Statement statement) throws SQLException {
        statement.setFetchSize(10_000);
        try (ResultSet row = statement.executeQuery("SELECT id FROM " + table)) {
            while (row.next()) ids.add(hash(row.getString(1)));
        }
    }

    @Override
    public boolean add(long fid, String id, Geometry geometry, Map<String, Object> attributes, @Nullable String extra)
            throws SQLException {
        if (!ids.add(hash(id)) && isTaken(id)) return false;
        copy.value(fid);
        copy.value(geometry);
        copy.value(id);
        copy.value(1);
        copy.value(changedAt);
        copy.value(extra);
        for (AttributeDefinition attribute : layer.attributes()) copy.value(attributes.get(attribute.name()));
        copy.endRow();
        return true;
    }

    private boolean isTaken(String id) throws SQLException {
        copy.flush();
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM " + table + " WHERE id = ?")) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    public void finish(long lastFid) throws SQLException {
        copy.flush();
        PostGisRows.finish(dialect, connection, StoreTable.of(layer), lastFid);
    }

    @Override
    public void close() throws SQLException {
        copy.close();
    }

    // Ids

    /** FNV-1a over the characters, stirred (the end of SplitMix64) so that its low bits are good. */
    private static long hash(String id) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) h = (h ^ id.charAt(i)) * 0x100000001b3L;
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }

    /** A set of longs, open addressing; zero stands for an empty place. */
    private static final class Hashes {
        private long[] places = new long[1024];
        private int count;

        /** Whether it was not there. */
        boolean add(long hash) {
            long key = hash == 0 ? 1 : hash;
            if (2 * count >= places.length) grow();
            int at = place(places, key);
            if (places[at] == key) return false;
            places[at] = key;
            count++;
            return true;
        }

        private static int place(long[] places, long key) {
            int at = (int) key & (places.length - 1);
            while (places[at] != 0 && places[at] != key) at = (at + 1) & (places.length - 1);
            return at;
        }

        private void grow() {
            long[] larger = new long[2 * places.length];
            for (long key : places) if (key != 0) larger[place(larger, key)] = key;
            places = larger;
        }
    }
}
