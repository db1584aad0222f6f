package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables in step with the definitions: makes missing tables and columns, and takes away what is empty. A
 * change that would lose data is refused, all of them in one message, and then nothing is changed.
 */
final class TableKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TableKeeper.class);

    private final Dialect dialect;
    private final Connection connection;
    private final List<Mistake> refused = new ArrayList<>();

    TableKeeper(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    void keep(List<LayerDefinition> layers) throws SQLException {
        dialect.createSystemTables(connection);
        Map<String, String> present = pairs("SELECT layer, geometry FROM anquan_layer", List.of());
        for (LayerDefinition layer : layers) {
            String geometry = present.remove(layer.id());
            if (geometry == null) create(layer);
            else change(layer, GeometryKind.valueOf(geometry));
        }
        if (!refused.isEmpty())
            throw ProblemException.invalid("catalog.definitionChange", refused.size())
                    .withMistakes(refused);
        present.keySet()
                .forEach(layer ->
                        LOG.warn("Layer {} has no definition any more; its data stay in the store, unseen.", layer));
    }

    private void create(LayerDefinition layer) throws SQLException {
        dialect.createLayer(connection, layer);
        run(
                "INSERT INTO anquan_layer (layer, geometry) VALUES (?, ?)",
                layer.id(),
                layer.geometry().name());
        for (AttributeDefinition attribute : layer.attributes()) remember(layer, attribute);
    }

    private void remember(LayerDefinition layer, AttributeDefinition attribute) throws SQLException {
        run(
                "INSERT INTO anquan_column (layer, name, type) VALUES (?, ?, ?)",
                layer.id(),
                attribute.name(),
                attribute.type().name());
    }

    private void change(LayerDefinition layer, GeometryKind geometry) throws SQLException {
        if (geometry != layer.geometry()) {
            changeGeometry(layer, geometry);
            return;
        }
        dialect.describe(connection, layer);
        Map<String, String> columns =
                pairs("SELECT name, type FROM anquan_column WHERE layer = ?", List.of(layer.id()));
        for (Map.Entry<String, String> column : columns.entrySet())
            if (layer.attribute(column.getKey()).isEmpty()) remove(layer, column.getKey());
        for (AttributeDefinition attribute : layer.attributes()) {
            String type = columns.get(attribute.name());
            if (type == null) add(layer, attribute);
            else if (!type.equals(attribute.type().name())) retype(layer, attribute, AttributeType.valueOf(type));
        }
    }

    private void changeGeometry(LayerDefinition layer, GeometryKind geometry) throws SQLException {
        long features = number("SELECT count(*) FROM " + dialect.quoted(layer.id()));
        if (features > 0) {
            refused.add(new Mistake(
                    layer.id() + ".geometry",
                    Text.of(
                            "catalog.definitionChange.geometry",
                            TypeNames.name(geometry),
                            TypeNames.name(layer.geometry()),
                            features)));
            return;
        }
        dialect.dropLayer(connection, layer.id());
        run("DELETE FROM anquan_layer WHERE layer = ?", layer.id());
        run("DELETE FROM anquan_column WHERE layer = ?", layer.id());
        create(layer);
    }

    private void add(LayerDefinition layer, AttributeDefinition attribute) throws SQLException {
        // A column of this name that only differs in case was refused above, and so nothing is done in the end.
        if (refused.isEmpty()) {
            dialect.addColumn(connection, layer.id(), attribute);
            remember(layer, attribute);
        }
    }

    private void remove(LayerDefinition layer, String column) throws SQLException {
        long values = values(layer, column);
        if (values > 0) {
            refused.add(new Mistake(
                    layer.id() + "." + column, Text.of("catalog.definitionChange.removed", column, values)));
            return;
        }
        dialect.dropColumn(connection, layer.id(), column);
        run("DELETE FROM anquan_column WHERE layer = ? AND name = ?", layer.id(), column);
    }

    private void retype(LayerDefinition layer, AttributeDefinition attribute, AttributeType before)
            throws SQLException {
        long values = values(layer, attribute.name());
        if (values == 0) {
            dialect.dropColumn(connection, layer.id(), attribute.name());
            dialect.addColumn(connection, layer.id(), attribute);
        } else if (before == AttributeType.INTEGER && attribute.type() == AttributeType.NUMBER) {
            dialect.widenColumn(connection, layer.id(), attribute);
        } else {
            refused.add(new Mistake(
                    layer.id() + "." + attribute.name(),
                    Text.of(
                            "catalog.definitionChange.type",
                            TypeNames.name(before),
                            TypeNames.name(attribute.type()),
                            values)));
            return;
        }
        run(
                "UPDATE anquan_column SET type = ? WHERE layer = ? AND name = ?",
                attribute.type().name(),
                layer.id(),
                attribute.name());
    }

    private long values(LayerDefinition layer, String column) throws SQLException {
        return number("SELECT count(" + dialect.quoted(column) + ") FROM " + dialect.quoted(layer.id()));
    }

    private long number(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private Map<String, String> pairs(String sql, List<String> values) throws SQLException {
        Map<String, String> found = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) statement.setString(i + 1, values.get(i));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) found.put(row.getString(1), row.getString(2));
            }
        }
        return found;
    }

    private void run(String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            statement.executeUpdate();
        }
    }
}
