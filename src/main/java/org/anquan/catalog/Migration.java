package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the features of one layer over to a changed definition. Each feature is read, brought into the new form and
 * checked; only if all fit, columns and values are changed. Values of an attribute that is no longer defined move to
 * {@code extra}; values in {@code extra} that a new attribute answers to come back from there.
 */
final class Migration {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** More examples do not help to find the rest. */
    private static final int EXAMPLES = 5;

    private final Dialect dialect;
    private final Connection connection;
    private final LayerDefinition layer;
    private final Map<String, AttributeType> columns;
    private final @Nullable LayerDefinition before;

    private final List<AttributeDefinition> added = new ArrayList<>();
    private final List<AttributeDefinition> retyped = new ArrayList<>();
    private final List<AttributeDefinition> widened = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final List<AttributeDefinition> checked = new ArrayList<>();
    private boolean derivedAnew;

    /** Names under which an added attribute may stand in {@code extra}, worked out once for all features. */
    private final Map<String, List<String>> namesOfAdded = new HashMap<>();

    /** Plain form of the keys of {@code extra}: the same few in every feature. */
    private final Map<String, String> plainKeys = new HashMap<>();

    /** What does not fit, by attribute and reason. */
    private final Map<String, Unfit> unfit = new LinkedHashMap<>();

    private final List<Changed> changed = new ArrayList<>();

    private record Changed(
            long fid,
            Map<String, @Nullable Object> values,
            @Nullable String extra,
            boolean extraToo) {}

    private static final class Unfit {
        private final AttributeDefinition attribute;
        private final boolean missing;
        private final List<Text> examples = new ArrayList<>();
        private long count;

        Unfit(AttributeDefinition attribute, boolean missing) {
            this.attribute = attribute;
            this.missing = missing;
        }
    }

    /**
     * @param columns the present columns of attributes with their types
     * @param before the definition that the table follows now; null where it is not known
     */
    Migration(
            Dialect dialect,
            Connection connection,
            LayerDefinition layer,
            Map<String, AttributeType> columns,
            @Nullable LayerDefinition before) {
        this.dialect = dialect;
        this.connection = connection;
        this.layer = layer;
        this.columns = columns;
        this.before = before;
        columns.keySet().stream()
                .filter(column -> layer.attribute(column).isEmpty())
                .forEach(removed::add);
        for (AttributeDefinition attribute : layer.attributes()) {
            AttributeType type = columns.get(attribute.name());
            AttributeDefinition old =
                    before == null ? null : before.attribute(attribute.name()).orElse(null);
            if (type == null) {
                added.add(attribute);
                namesOfAdded.put(attribute.name(), AttributeNames.of(attribute));
            } else if (type == AttributeType.INTEGER && attribute.type() == AttributeType.NUMBER)
                widened.add(attribute);
            else if (type != attribute.type()) retyped.add(attribute);
            if (type != null && (old == null || stricter(old, attribute))) checked.add(attribute);
            derivedAnew |=
                    !Objects.equals(written(attribute.derivation()), old == null ? null : written(old.derivation()));
        }
    }

    private static @Nullable String written(@Nullable Derivation derivation) {
        return derivation == null ? null : derivation.written();
    }

    private static boolean stricter(AttributeDefinition old, AttributeDefinition now) {
        return !old.values().equals(now.values())
                || !Objects.equals(old.min(), now.min())
                || !Objects.equals(old.max(), now.max())
                || old.type() != now.type()
                || (now.required() && !old.required());
    }

    /** Looks at all features; what is wrong is told of the whole layer at once. */
    List<Mistake> look() throws SQLException {
        boolean needed =
                !removed.isEmpty() || !retyped.isEmpty() || !checked.isEmpty() || !added.isEmpty() || derivedAnew;
        if (!needed) return List.of();
        List<String> names = List.copyOf(columns.keySet());
        Sql sql = new Sql(dialect).add("SELECT t.fid, t.id, t.extra");
        for (String name : names) sql.add(", ").column(name);
        sql.add(" FROM ").name(layer.id()).add(" t ORDER BY t.fid");
        try (PreparedStatement statement = sql.prepared(connection)) {
            dialect.stream(statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        AttributeType type = Objects.requireNonNull(columns.get(names.get(i)));
                        Object value = dialect.fromColumn(row, i + 4, type);
                        if (value != null) values.put(names.get(i), value);
                    }
                    feature(row.getLong(1), row.getString(2), values, row.getString(3));
                }
            }
        }
        List<Mistake> mistakes = new ArrayList<>();
        for (Unfit one : unfit.values())
            mistakes.add(new Mistake(
                    layer.id() + "." + one.attribute.name(),
                    Text.of(
                            one.missing ? "catalog.definitionChange.missing" : "catalog.definitionChange.values",
                            one.attribute.title(),
                            one.count,
                            one.examples)));
        return mistakes;
    }

    private void feature(long fid, String id, Map<String, Object> old, @Nullable String extra) {
        ObjectNode aside =
                extra != null && JSON.readTree(extra) instanceof ObjectNode node ? node : JSON.createObjectNode();
        boolean asideChanged = false;
        Map<String, Object> now = new LinkedHashMap<>(old);
        for (String name : removed) {
            Object value = now.remove(name);
            if (value != null) asideChanged |= put(aside, name, value);
        }
        for (AttributeDefinition attribute : added)
            if (attribute.derivation() == null) asideChanged |= takeBack(aside, attribute, now);
        for (AttributeDefinition attribute : checked) {
            if (attribute.derivation() != null) continue;
            Object value = now.get(attribute.name());
            if (value == null) continue;
            Object fit = ValueConversion.of(value, attribute);
            if (fit == null) unfit(attribute, false, id, value);
            else now.put(attribute.name(), fit);
        }
        for (AttributeDefinition attribute : layer.attributes())
            if (attribute.required() && now.get(attribute.name()) == null && newlyRequired(attribute))
                unfit(attribute, true, id, "");
        Map<String, Object> whole = DerivedValues.with(layer, now);
        for (AttributeDefinition attribute : DerivedValues.of(layer)) {
            Object given = old.get(attribute.name());
            if (given == null || wasDerived(attribute.name())) continue;
            Derivation how = attribute.derivation();
            String stated = how == null ? null : how.stated();
            if (DerivedValues.same(given, whole.get(attribute.name()))) continue;
            if (stated != null && whole.get(stated) == null) whole.put(stated, given);
            else asideChanged |= put(aside, attribute.name(), given);
        }
        Map<String, @Nullable Object> set = new LinkedHashMap<>();
        for (AttributeDefinition attribute : layer.attributes()) {
            Object value = whole.get(attribute.name());
            boolean fresh = added.contains(attribute) || retyped.contains(attribute);
            // A widened column keeps its values by itself.
            Object was = fresh ? null : old.get(attribute.name());
            if (widened.contains(attribute) && value instanceof Number && was instanceof Number) continue;
            if (!Objects.equals(value, was)) set.put(attribute.name(), value);
        }
        if (set.isEmpty() && !asideChanged) return;
        changed.add(new Changed(fid, set, aside.isEmpty() ? null : aside.toString(), asideChanged));
    }

    private boolean newlyRequired(AttributeDefinition attribute) {
        if (before == null) return added.contains(attribute);
        return before.attribute(attribute.name()).map(old -> !old.required()).orElse(true);
    }

    private boolean wasDerived(String name) {
        return before != null
                && before.attribute(name).map(old -> old.derivation() != null).orElse(false);
    }

    private void unfit(AttributeDefinition attribute, boolean missing, String id, Object value) {
        Unfit one = unfit.computeIfAbsent(attribute.name() + missing, key -> new Unfit(attribute, missing));
        one.count++;
        if (one.examples.size() < EXAMPLES)
            one.examples.add(
                    missing
                            ? Text.of("catalog.definitionChange.exampleId", id)
                            : Text.of("catalog.definitionChange.example", id, AttributeValues.shown(value)));
    }

    /** @return true: a value of this name that is there already stays under another */
    private static boolean put(ObjectNode aside, String name, Object value) {
        String key = name;
        for (int again = 2; aside.has(key); again++) key = name + "-" + again;
        if (value instanceof Number || value instanceof Boolean || value instanceof List)
            aside.set(key, JSON.valueToTree(value));
        else aside.put(key, value.toString());
        return true;
    }

    private boolean takeBack(ObjectNode aside, AttributeDefinition attribute, Map<String, Object> now) {
        if (aside.isEmpty()) return false;
        List<String> names = namesOfAdded.getOrDefault(attribute.name(), List.of());
        for (Map.Entry<String, JsonNode> entry : List.copyOf(aside.properties())) {
            String key = plainKeys.computeIfAbsent(entry.getKey(), AttributeNames::plain);
            if (!names.contains(key)) continue;
            Object value = ValueConversion.of(HistoryValues.plain(entry.getValue()), attribute);
            if (value == null) continue;
            now.put(attribute.name(), value);
            aside.remove(entry.getKey());
            return true;
        }
        return false;
    }

    /** Changes columns and values, and answers how many features got other values. */
    long write() throws SQLException {
        String table = layer.id();
        for (String column : removed) {
            dialect.dropColumn(connection, table, column);
            run("DELETE FROM anquan_column WHERE layer = ? AND name = ?", table, column);
        }
        for (AttributeDefinition attribute : retyped) {
            dialect.dropColumn(connection, table, attribute.name());
            dialect.addColumn(connection, table, attribute);
        }
        for (AttributeDefinition attribute : widened) dialect.widenColumn(connection, table, attribute);
        for (AttributeDefinition attribute : added) {
            dialect.addColumn(connection, table, attribute);
            run(
                    "INSERT INTO anquan_column (layer, name, type) VALUES (?, ?, ?)",
                    table,
                    attribute.name(),
                    attribute.type().name());
        }
        for (AttributeDefinition attribute : layer.attributes())
            if (columns.containsKey(attribute.name()))
                run(
                        "UPDATE anquan_column SET type = ? WHERE layer = ? AND name = ?",
                        attribute.type().name(),
                        table,
                        attribute.name());
        Map<List<String>, PreparedStatement> statements = new LinkedHashMap<>();
        try {
            for (Changed one : changed) {
                List<String> names = new ArrayList<>(one.values().keySet());
                if (one.extraToo()) names.add("extra");
                PreparedStatement statement = statements.get(names);
                if (statement == null) {
                    statement = update(names);
                    statements.put(names, statement);
                }
                int at = 0;
                for (Object value : one.values().values())
                    if (value == null) statement.setNull(++at, Types.NULL);
                    else statement.setObject(++at, dialect.toColumn(value));
                if (one.extraToo()) statement.setString(++at, one.extra());
                statement.setLong(++at, one.fid());
                statement.executeUpdate();
            }
        } finally {
            for (PreparedStatement statement : statements.values()) statement.close();
        }
        return changed.size();
    }

    private PreparedStatement update(List<String> names) throws SQLException {
        Sql sql = new Sql(dialect).add("UPDATE ").name(layer.id()).add(" SET ");
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) sql.add(", ");
            sql.name(names.get(i)).add(" = ?");
        }
        return connection.prepareStatement(sql.add(" WHERE fid = ?").toString());
    }

    private void run(String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            statement.executeUpdate();
        }
    }

    /** What happened, in a sentence for the log; null where nothing but words changed. */
    @Nullable
    Text told(long features) {
        if (added.isEmpty() && removed.isEmpty() && retyped.isEmpty() && widened.isEmpty() && features == 0)
            return null;
        List<String> more = added.stream().map(AttributeDefinition::name).toList();
        List<String> other = new ArrayList<>();
        retyped.forEach(attribute -> other.add(attribute.name()));
        widened.forEach(attribute -> other.add(attribute.name()));
        return Text.of("catalog.migrated", layer.id(), more, removed, other, features);
    }
}
