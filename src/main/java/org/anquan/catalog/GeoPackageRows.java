package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Rows into a table of the embedded store. */
final class GeoPackageRows implements Dialect.Rows {
    private final Dialect dialect;
    private final Connection connection;
    private final StoreTable table;
    private final @Nullable RtreeFill rtree;
    private final PreparedStatement statement;

    GeoPackageRows(Dialect dialect, Connection connection, StoreTable table, @Nullable RtreeFill rtree)
            throws SQLException {
        this.dialect = dialect;
        this.connection = connection;
        this.table = table;
        this.rtree = rtree;
        String names = String.join(
                ", ",
                table.columns().stream().map(c -> dialect.quoted(c.name())).toList());
        String marks = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
        statement = connection.prepareStatement(
                "INSERT INTO " + dialect.quoted(table.name()) + " (" + names + ") VALUES (" + marks + ")");
    }

    @Override
    public void add(@Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Geometry geometry) {
                statement.setObject(i + 1, dialect.geometryToColumn(geometry));
                if (rtree != null && values[0] instanceof Long fid) rtree.added(fid, geometry);
            } else statement.setObject(i + 1, value == null ? null : dialect.toColumn(value));
        }
        statement.executeUpdate();
    }

    @Override
    public void finish(long last) throws SQLException {
        if (rtree != null) rtree.finish();
        if (table.layer()) dialect.keepLastFid(connection, table.name(), last);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
