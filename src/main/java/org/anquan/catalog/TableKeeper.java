package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables in step with the definitions, each layer in a transaction of its own: makes missing tables and columns
 * and takes the features over to a changed definition. Where some of them do not fit, it says which, and changes nothing of
 * the layer.
 */
final class TableKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TableKeeper.class);
    /**
     * The form of the store's own tables: a version of the software that changes them so that this one would misread them
     * counts it up. A store that bears none was made before it was noted, in form 1.
     */
    static final int FORMAT = 1;

    private static final String FORMAT_TABLE = "anquan_format";

    private final Dialect dialect;
    private final Connection connection;

    TableKeeper(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    /** The store's own tables; and a word on layers that have data and no definition. */
    void system(List<LayerDefinition> layers) throws SQLException {
        refuseNewer();
        dialect.createSystemTables(connection);
        List<String> known = layers.stream().map(LayerDefinition::id).toList();
        for (String layer :
                pairs("SELECT layer, geometry FROM anquan_layer", List.of()).keySet())
            if (!known.contains(layer))
                LOG.warn("Layer {} has no definition any more; its data stay in the store, unseen.", layer);
    }

    /** A newer version's tables are not ours to read or to change. */
    private void refuseNewer() throws SQLException {
        if (!dialect.hasTable(connection, FORMAT_TABLE)) return;
        long format = number("SELECT max(number) FROM " + FORMAT_TABLE);
        if (format > FORMAT) throw ProblemException.unavailable("catalog.store.newer", dialect.kind(), format, FORMAT);
    }

    /** @throws ProblemException where features do not fit the definition; then nothing is changed */
    void keep(LayerDefinition layer) throws SQLException {
        String geometry = pairs("SELECT layer, geometry FROM anquan_layer WHERE layer = ?", List.of(layer.id()))
                .get(layer.id());
        String text = DefinitionText.of(layer);
        String stored = stored(layer.id());
        if (geometry == null) create(layer);
        else if (text.equals(stored)) return;
        else if (geometry.equals(layer.geometry().name())) change(layer, stored);
        else changeGeometry(layer, GeometryKind.valueOf(geometry));
        run("DELETE FROM anquan_definition WHERE layer = ?", layer.id());
        run("INSERT INTO anquan_definition (layer, definition) VALUES (?, ?)", layer.id(), text);
    }

    /** The definition that the layer's table follows; one made of its columns alone where an older version kept none. */
    LayerDefinition kept(LayerDefinition wanted) throws SQLException {
        String stored = stored(wanted.id());
        Optional<LayerDefinition> read = stored == null ? Optional.empty() : DefinitionText.read(wanted.id(), stored);
        return read.isPresent() ? read.get() : bare(wanted);
    }

    private LayerDefinition bare(LayerDefinition wanted) throws SQLException {
        String geometry = pairs("SELECT layer, geometry FROM anquan_layer WHERE layer = ?", List.of(wanted.id()))
                .get(wanted.id());
        if (geometry == null) throw new IllegalStateException("no table for layer " + wanted.id());
        List<AttributeDefinition> attributes = new ArrayList<>();
        columns(wanted.id()).forEach((name, type) -> {
            Optional<AttributeDefinition> now = wanted.attribute(name).filter(a -> a.type() == type);
            // Who may see what is not known: the fewest.
            attributes.add(
                    now.isPresent() && CommonAttributes.isCommon(now.get())
                            ? now.get()
                            : new AttributeDefinition(
                                    name,
                                    now.map(AttributeDefinition::title).orElse(new Title(name, name)),
                                    type,
                                    null,
                                    List.of(),
                                    null,
                                    null,
                                    false,
                                    Sensitivity.RESTRICTED,
                                    null,
                                    List.of()));
        });
        return new LayerDefinition(
                wanted.id(),
                wanted.title(),
                wanted.group(),
                wanted.order(),
                GeometryKind.valueOf(geometry),
                wanted.sensitivity(),
                attributes);
    }

    private @Nullable String stored(String layer) throws SQLException {
        return pairs("SELECT layer, definition FROM anquan_definition WHERE layer = ?", List.of(layer))
                .get(layer);
    }

    private Map<String, AttributeType> columns(String layer) throws SQLException {
        Map<String, AttributeType> columns = new LinkedHashMap<>();
        pairs("SELECT name, type FROM anquan_column WHERE layer = ?", List.of(layer))
                .forEach((name, type) -> columns.put(name, AttributeType.valueOf(type)));
        return columns;
    }

    private void create(LayerDefinition layer) throws SQLException {
        dialect.createLayer(connection, layer);
        run(
                "INSERT INTO anquan_layer (layer, geometry) VALUES (?, ?)",
                layer.id(),
                layer.geometry().name());
        for (AttributeDefinition attribute : layer.attributes())
            run(
                    "INSERT INTO anquan_column (layer, name, type) VALUES (?, ?, ?)",
                    layer.id(),
                    attribute.name(),
                    attribute.type().name());
    }

    private void changeGeometry(LayerDefinition layer, GeometryKind geometry) throws SQLException {
        long features = number("SELECT count(*) FROM " + dialect.quoted(layer.id()));
        if (features > 0)
            throw refused(
                    layer,
                    List.of(new Mistake(
                            layer.id() + ".geometry",
                            Text.of(
                                    "catalog.definitionChange.geometry",
                                    TypeNames.name(geometry),
                                    TypeNames.name(layer.geometry()),
                                    features))));
        dialect.dropLayer(connection, layer.id());
        run("DELETE FROM anquan_layer WHERE layer = ?", layer.id());
        run("DELETE FROM anquan_column WHERE layer = ?", layer.id());
        create(layer);
    }

    private static ProblemException refused(LayerDefinition layer, List<Mistake> mistakes) {
        return ProblemException.invalid("catalog.definitionChange", layer.title(), layer.id())
                .withMistakes(mistakes);
    }

    private void change(LayerDefinition layer, @Nullable String stored) throws SQLException {
        LayerDefinition before =
                stored == null ? null : DefinitionText.read(layer.id(), stored).orElse(null);
        Migration migration = new Migration(dialect, connection, layer, columns(layer.id()), before);
        List<Mistake> mistakes = migration.look();
        if (!mistakes.isEmpty()) throw refused(layer, mistakes);
        long features = migration.write();
        if (features > 0) run("UPDATE anquan_layer SET version = version + 1 WHERE layer = ?", layer.id());
        dialect.describe(connection, layer);
        Text told = migration.told(features);
        if (told != null) LOG.info("{}", told);
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
