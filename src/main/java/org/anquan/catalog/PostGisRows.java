package org.anquan.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows into a table of PostGIS. */
final class PostGisRows implements Dialect.Rows {
    private final Dialect dialect;
    private final Connection connection;
    private final StoreTable table;
    private final PostGisCopy copy;

    PostGisRows(Dialect dialect, Connection connection, StoreTable table) {
        this.dialect = dialect;
        this.connection = connection;
        this.table = table;
        this.copy = new PostGisCopy(
                dialect,
                connection,
                table.name(),
                table.columns().stream().map(StoreTable.Column::name).toList());
    }

    @Override
    public void add(@Nullable Object[] values) throws SQLException {
        for (Object value : values) copy.value(value);
        copy.endRow();
    }

    @Override
    public void finish(long last) throws SQLException {
        copy.flush();
        finish(dialect, connection, table, last);
    }

    static void finish(Dialect dialect, Connection connection, StoreTable table, long last) throws SQLException {
        if (table.layer()) dialect.keepLastFid(connection, table.name(), last);
        else if (table.name().equals("anquan_history") && last > 0)
            run(connection, "SELECT setval(pg_get_serial_sequence('anquan_history', 'seq'), " + last + ")");
        // The planner would go by how the table was before.
        run(connection, "ANALYZE " + dialect.quoted(table.name()));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        copy.close();
    }
}
