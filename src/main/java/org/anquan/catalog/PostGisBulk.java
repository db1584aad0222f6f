package org.anquan.catalog;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A load by COPY. Whether an id is taken must be known row by row, while COPY tells only at its end and then fails
 * altogether: so the ids are remembered as 64-bit hashes, 16 bytes a feature at most, and only where a hash was seen before
 * is the database asked. Single inserts were tried: a round trip a row, five times as long.
 */
final class PostGisBulk implements Dialect.Bulk {
    private static final int FULL = 1 << 16;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {'\\', 'N'};

    private final Connection connection;
    private final LayerDefinition layer;
    private final String table;
    private final String copySql;
    private final byte[] changedAt;
    private final Hashes ids = new Hashes();
    private @Nullable CopyIn copy;
    private byte[] buffer = new byte[2 * FULL];
    private int length;

    PostGisBulk(Dialect dialect, Connection connection, LayerDefinition layer, boolean emptied, Instant now)
            throws SQLException {
        this.connection = connection;
        this.layer = layer;
        this.table = dialect.quoted(layer.id());
        List<String> columns =
                FeatureInsert.columns(layer).stream().map(dialect::quoted).toList();
        this.copySql = "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN";
        this.changedAt = now.toString().getBytes(StandardCharsets.US_ASCII);
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
        ascii(Long.toString(fid));
        tab();
        hex(GeoPackageBinary.ewkb(geometry));
        tab();
        text(id);
        tab();
        put((byte) '1');
        tab();
        put(changedAt);
        tab();
        if (extra == null) put(NOTHING);
        else text(extra);
        for (AttributeDefinition attribute : layer.attributes()) {
            tab();
            value(attributes.get(attribute.name()));
        }
        put((byte) '\n');
        if (length >= FULL) send();
        return true;
    }

    private void value(@Nullable Object value) {
        if (value == null) put(NOTHING);
        else if (value instanceof String text) text(text);
        else if (value instanceof List<?> list) list(list);
        else ascii(value.toString());
    }

    /** An array as PostgreSQL writes it, every text in quotes. */
    private void list(List<?> texts) {
        StringBuilder array = new StringBuilder("{");
        for (Object text : texts) {
            if (array.length() > 1) array.append(',');
            array.append('"')
                    .append(text.toString().replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        text(array.append('}').toString());
    }

    private boolean isTaken(String id) throws SQLException {
        endCopy();
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM " + table + " WHERE id = ?")) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    public void finish(long lastFid) throws SQLException {
        endCopy();
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE anquan_fid SET last = ? WHERE layer = ?")) {
            statement.setLong(1, lastFid);
            statement.setString(2, layer.id());
            statement.executeUpdate();
        }
        try (Statement statement = connection.createStatement()) {
            // The planner would go by how the layer was before.
            statement.execute("ANALYZE " + table);
        }
    }

    @Override
    public void close() throws SQLException {
        if (copy != null && copy.isActive()) copy.cancelCopy();
    }

    // Sending

    private void send() throws SQLException {
        if (length == 0) return;
        if (copy == null)
            copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copySql);
        copy.writeToCopy(buffer, 0, length);
        length = 0;
    }

    private void endCopy() throws SQLException {
        send();
        if (copy != null) copy.endCopy();
        copy = null;
    }

    private void tab() {
        put((byte) '\t');
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) buffer[length++] = (byte) text.charAt(i);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        room(2 * bytes.length);
        for (byte b : bytes) {
            switch (b) {
                case '\\' -> escaped('\\');
                case '\n' -> escaped('n');
                case '\r' -> escaped('r');
                case '\t' -> escaped('t');
                default -> buffer[length++] = b;
            }
        }
    }

    private void escaped(char c) {
        buffer[length++] = '\\';
        buffer[length++] = (byte) c;
    }

    private void hex(byte[] bytes) {
        room(2 * bytes.length);
        for (byte b : bytes) {
            buffer[length++] = HEX[(b >> 4) & 15];
            buffer[length++] = HEX[b & 15];
        }
    }

    private void put(byte... bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void room(int bytes) {
        if (length + bytes > buffer.length) buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + bytes));
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
