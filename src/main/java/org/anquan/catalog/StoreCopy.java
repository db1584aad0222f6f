package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.anquan.catalog.StoreTable.Column;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves everything from one store into another: each layer with its versions and keys, the history, the change sets. It is
 * read in one transaction and written in one, row by row: the target has all of it, or is as it was. A copy of the copy
 * equals the original.
 */
final class StoreCopy {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCopy.class);
    private static final int ROWS_BETWEEN_REPORTS = 1000;

    private final Dialect from;
    private final Dialect to;
    private final DoubleConsumer progress;
    private long total;
    private long done;

    /** @param progress gets the share that is done, 0 to 1 */
    StoreCopy(Dialect from, Dialect to, DoubleConsumer progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /**
     * @param replace whether what the target holds may go
     * @throws ProblemException where the target is not empty and may not be replaced, or either store is not available
     */
    CopyReceipt run(boolean replace, StoreSettings settings) {
        try (Connections source = new Connections(from, settings);
                Connections target = new Connections(to, settings)) {
            // What the source says goes out through its own words, what the target says through the target's.
            return source.readAtLength(in -> target.write(out -> new Run(in, out, source).copy(replace)));
        }
    }

    /** A failure of the source, on its way through the target's transaction. */
    private interface Reading<T> {
        T get() throws SQLException;
    }

    private final class Run {
        private final Connection in;
        private final Connection out;
        private final Connections source;

        Run(Connection in, Connection out, Connections source) {
            this.in = in;
            this.out = out;
            this.source = source;
        }

        /** Whatever file or database was named, it must be one of ours. */
        private List<LayerDefinition> layersOfAStore() {
            try {
                return storedLayers();
            } catch (SQLException e) {
                // No table where ours should be: it is no store of ours, rather than one whose tables another changed.
                StoreTrouble trouble = from.trouble(e);
                if (trouble != null && trouble != StoreTrouble.OTHER_TABLES) throw source.inWords(e);
                throw ProblemException.invalid("catalog.copy.notAStore", from.shown())
                        .causedBy(e);
            }
        }

        private <T> T reading(Reading<T> work) {
            try {
                return work.get();
            } catch (SQLException e) {
                throw source.inWords(e);
            }
        }

        CopyReceipt copy(boolean replace) throws SQLException {
            List<LayerDefinition> layers = layersOfAStore();
            to.createSystemTables(out);
            empty(replace);
            List<StoreTable> tables = new ArrayList<>(StoreTable.OWN);
            for (LayerDefinition layer : layers) {
                to.createLayer(out, layer);
                tables.add(StoreTable.of(layer));
            }
            Map<String, Long> counts = new LinkedHashMap<>();
            for (StoreTable table : tables) counts.put(table.name(), reading(() -> count(from, in, table)));
            total = counts.values().stream().mapToLong(Long::longValue).sum();
            for (StoreTable table : tables) {
                long copied = copy(table);
                long there = count(to, out, table);
                if (copied != there || copied != counts.getOrDefault(table.name(), -1L))
                    throw new IllegalStateException(table.name() + ": " + copied + " rows read, " + there + " written");
            }
            for (LayerDefinition layer : layers) to.keepContents(out, new FeatureReads(to, out, layer).state());
            to.announce(out);
            progress.accept(1);
            long features = layers.stream()
                    .mapToLong(l -> counts.getOrDefault(l.id(), 0L))
                    .sum();
            return new CopyReceipt(
                    layers.size(),
                    features,
                    counts.getOrDefault("anquan_history", 0L),
                    counts.getOrDefault("anquan_change_set", 0L));
        }

        /** As the store has them, whatever the definitions say now; layers without a definition too. */
        private List<LayerDefinition> storedLayers() throws SQLException {
            List<LayerDefinition> layers = new ArrayList<>();
            for (String[] row : rows("SELECT layer, geometry FROM anquan_layer ORDER BY layer", 2, null)) {
                List<AttributeDefinition> attributes = new ArrayList<>();
                for (String[] column : rows("SELECT name, type FROM anquan_column WHERE layer = ?", 2, row[0]))
                    attributes.add(attribute(column[0], AttributeType.valueOf(column[1])));
                layers.add(new LayerDefinition(
                        row[0],
                        new Title(row[0], row[0]),
                        "event",
                        0,
                        GeometryKind.valueOf(row[1]),
                        Sensitivity.RESTRICTED,
                        attributes));
            }
            return layers;
        }

        private static AttributeDefinition attribute(String name, AttributeType type) {
            return new AttributeDefinition(
                    name,
                    new Title(name, name),
                    type,
                    null,
                    List.of(),
                    null,
                    null,
                    false,
                    Sensitivity.RESTRICTED,
                    null,
                    List.of());
        }

        private List<String[]> rows(String sql, int columns, @Nullable String value) throws SQLException {
            List<String[]> all = new ArrayList<>();
            try (PreparedStatement statement = in.prepareStatement(sql)) {
                if (value != null) statement.setString(1, value);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        String[] one = new String[columns];
                        for (int i = 0; i < columns; i++) one[i] = row.getString(i + 1);
                        all.add(one);
                    }
                }
            }
            return all;
        }

        private void empty(boolean replace) throws SQLException {
            List<String> present = new ArrayList<>();
            try (PreparedStatement statement = out.prepareStatement("SELECT layer FROM anquan_layer");
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) present.add(row.getString(1));
            }
            long changeSets = count(to, out, StoreTable.CHANGE_SETS);
            if (changeSets > 0 && !replace)
                throw ProblemException.invalid("catalog.copy.notEmpty", to.shown(), changeSets);
            for (String layer : present) to.dropLayer(out, layer);
            for (StoreTable table : StoreTable.OWN)
                try (PreparedStatement statement = out.prepareStatement("DELETE FROM " + to.quoted(table.name()))) {
                    statement.executeUpdate();
                }
        }

        private long copy(StoreTable table) throws SQLException {
            List<Column> columns = table.columns();
            Sql sql = new Sql(from).add("SELECT ");
            for (int i = 0; i < columns.size(); i++) {
                if (i > 0) sql.add(", ");
                sql.name(columns.get(i).name());
            }
            sql.add(" FROM ").name(table.name()).add(" ORDER BY 1");
            long rows = 0;
            long last = 0;
            try (Dialect.Rows target = to.rows(out, table);
                    PreparedStatement statement = reading(() -> sql.prepared(in))) {
                ResultSet row = reading(() -> {
                    from.stream(statement);
                    return statement.executeQuery();
                });
                while (reading(row::next)) {
                    @Nullable Object[] values = reading(() -> values(row, columns));
                    target.add(values);
                    rows++;
                    if (values[0] instanceof Long key) last = Math.max(last, key);
                    if (++done % ROWS_BETWEEN_REPORTS == 0) progress.accept(done / (double) total);
                }
                target.finish(table.layer() ? reading(() -> from.lastFid(in, table.name())) : last);
            }
            LOG.info("{}: {} rows", table.name(), rows);
            return rows;
        }
    }

    private @Nullable Object[] values(ResultSet row, List<Column> columns) throws SQLException {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            AttributeType type = columns.get(i).type();
            if (type != null) values[i] = from.fromColumn(row, i + 1, type);
            else values[i] = row.getBytes(i + 1) == null ? null : from.geometryFromColumn(row, i + 1);
        }
        return values;
    }

    private static long count(Dialect dialect, Connection connection, StoreTable table) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT count(*) FROM " + dialect.quoted(table.name()));
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
