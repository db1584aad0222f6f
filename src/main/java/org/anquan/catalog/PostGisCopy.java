package org.anquan.catalog;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows by {@code COPY … FROM STDIN} in its text format, from kept values. */
final class PostGisCopy implements AutoCloseable {
    private static final int FULL = 1 << 16;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {'\\', 'N'};

    private final Connection connection;
    private final String sql;
    private @Nullable CopyIn copy;
    private byte[] buffer = new byte[2 * FULL];
    private int length;
    private boolean rowBegun;

    PostGisCopy(Dialect dialect, Connection connection, String table, List<String> columns) {
        this.connection = connection;
        this.sql = "COPY " + dialect.quoted(table) + " ("
                + String.join(", ", columns.stream().map(dialect::quoted).toList()) + ") FROM STDIN";
    }

    /** The next value of the row. */
    void value(@Nullable Object value) {
        if (rowBegun) put((byte) '\t');
        rowBegun = true;
        if (value == null) put(NOTHING);
        else if (value instanceof Geometry geometry) hex(GeoPackageBinary.ewkb(geometry));
        else if (value instanceof String text) text(text);
        else if (value instanceof List<?> list) list(list);
        else ascii(value.toString());
    }

    void endRow() throws SQLException {
        put((byte) '\n');
        rowBegun = false;
        if (length >= FULL) send();
    }

    /** All rows are in the table once this returns; further ones begin a new COPY. */
    void flush() throws SQLException {
        send();
        if (copy != null) copy.endCopy();
        copy = null;
    }

    @Override
    public void close() throws SQLException {
        if (copy != null && copy.isActive()) copy.cancelCopy();
    }

    private void send() throws SQLException {
        if (length == 0) return;
        if (copy == null)
            copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        copy.writeToCopy(buffer, 0, length);
        length = 0;
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
}
