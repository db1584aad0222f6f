package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Adds features to one layer, again and again by one prepared statement. */
final class FeatureInsert implements AutoCloseable {
    private final Dialect dialect;
    private final LayerDefinition layer;
    private final Object changedAt;
    private final PreparedStatement statement;

    FeatureInsert(Dialect dialect, Connection connection, LayerDefinition layer, Instant now) throws SQLException {
        this.dialect = dialect;
        this.layer = layer;
        this.changedAt = dialect.toColumn(now);
        statement = connection.prepareStatement(dialect.insertUnlessTaken(layer.id(), columns(layer)));
    }

    /** The columns of a layer's table, in the order in which rows are written. */
    static List<String> columns(LayerDefinition layer) {
        List<String> columns = new ArrayList<>(List.of("fid", "geom", "id", "version", "changed_at", "extra"));
        layer.attributes().forEach(a -> columns.add(a.name()));
        return columns;
    }

    /** Whether it was added; false where the id is taken. */
    boolean run(
            long fid,
            String id,
            long version,
            Geometry geometry,
            Map<String, Object> attributes,
            @Nullable String extra)
            throws SQLException {
        int at = 0;
        statement.setLong(++at, fid);
        statement.setObject(++at, dialect.geometryToColumn(geometry));
        statement.setString(++at, id);
        statement.setLong(++at, version);
        statement.setObject(++at, changedAt);
        statement.setString(++at, extra);
        for (AttributeDefinition attribute : layer.attributes()) {
            Object value = attributes.get(attribute.name());
            statement.setObject(++at, value == null ? null : dialect.toColumn(value));
        }
        return statement.executeUpdate() > 0;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
