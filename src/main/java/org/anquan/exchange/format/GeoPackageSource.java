package org.anquan.exchange.format;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.anquan.exchange.format.SourceEncoding.How;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * Feature tables of a GeoPackage. The file is opened read-only and as unchanging, so that SQLite makes no file beside it;
 * its own views and triggers are not trusted, only tables are read, in the order of their key. A table without shapes may
 * hold places in its columns, as a sheet does.
 */
final class GeoPackageSource {
    private static final int MOST_TABLES = 1000;

    private record Column(String name, ColumnType type, boolean date, boolean blob) {}

    private record Table(String name, String geometryColumn, DeclaredCrs crs, boolean heights) {}

    private GeoPackageSource() {}

    static RecordSource open(Input input, ReadOptions options) throws IOException {
        Path file = input.plainFile();
        try (Connection db = connect(file, input)) {
            List<Table> tables = tables(db);
            if (tables.isEmpty()) throw ProblemException.invalid("exchange.format.noTable", input.name());
            List<String> names = tables.stream().map(Table::name).toList();
            Table chosen = first(db, tables);
            if (options.layer() != null) {
                int at = names.indexOf(options.layer());
                if (at < 0)
                    throw ProblemException.invalid("exchange.format.noLayer", input.name(), options.layer(), names);
                chosen = tables.get(at);
            }
            List<Column> columns = columns(db, chosen, input);
            long count = count(db, chosen);
            SchemaGuess guess = new SchemaGuess(false, input.limits().maxColumns());
            for (Column column : columns) if (!column.blob) guess.declare(column.name, column.type);
            Table table = chosen;
            PlaceColumns places = PlaceColumns.NONE;
            if (table.geometryColumn.isEmpty())
                places = options.places() != null
                        ? options.places()
                        : TableSource.places(columns.stream().map(Column::name).toList());
            PlaceColumns inColumns = places;
            FormatLimits limits = input.limits();
            TablePlace probe = new TablePlace(inColumns, limits, false);
            long looked = 0;
            try (Records records = new Rows(input, file, table, columns, count, probe)) {
                SourceRecord r = records.next();
                for (; r != null && looked < input.settings().guessRecords(); r = records.next(), looked++)
                    guess.add(r);
            }
            boolean metres = probe.mostlyMetres();
            FileSource.Opener opener =
                    () -> new Rows(input, file, table, columns, count, new TablePlace(inColumns, limits, metres));
            List<Text> notes = new ArrayList<>();
            if (table.heights) notes.add(Text.of("exchange.format.note.heights"));
            for (Column column : columns) if (column.blob) notes.add(Text.of("exchange.format.note.blob", column.name));
            SourceSchema schema = new SourceSchema(
                    FileFormat.GEOPACKAGE,
                    table.name,
                    names,
                    guess.columns(),
                    new SourceEncoding("UTF-8", How.FIXED),
                    table.crs,
                    guess.geometryTypes(),
                    inColumns.equals(PlaceColumns.NONE) ? null : inColumns,
                    count,
                    notes);
            return new FileSource(input, schema, opener);
        } catch (SQLException e) {
            throw damaged(input, e);
        }
    }

    static ProblemException damaged(Input input, SQLException e) {
        return ProblemException.invalid("exchange.format.gpkgDamaged", input.name())
                .causedBy(e);
    }

    private static Connection connect(Path file, Input input) throws SQLException {
        Properties settings = new Properties();
        // SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        settings.setProperty("open_mode", "65");
        String uri = file.toAbsolutePath().toUri().getRawPath();
        Connection db = DriverManager.getConnection("jdbc:sqlite:file:" + uri + "?immutable=1&mode=ro", settings);
        try (Statement safe = db.createStatement()) {
            safe.execute("PRAGMA query_only = 1");
            safe.execute("PRAGMA trusted_schema = 0");
            safe.execute("PRAGMA cell_size_check = 1");
            safe.execute("PRAGMA mmap_size = 0");
            db.unwrap(SQLiteConnection.class).setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, Math.max(1_000_000, (int)
                    Math.min(1_000_000_000L, 50L * input.limits().maxVertices())));
        } catch (SQLException | RuntimeException e) {
            db.close();
            throw e;
        }
        return db;
    }

    private static List<Table> tables(Connection db) throws SQLException {
        List<Table> all = new ArrayList<>();
        // Only tables: a view may hold a query without end.
        String sql = "SELECT c.table_name, g.column_name, c.srs_id, g.z, s.organization, s.organization_coordsys_id,"
                + " s.definition, g.srs_id FROM gpkg_contents c"
                + " JOIN sqlite_master m ON lower(m.name) = lower(c.table_name) AND m.type = 'table'"
                + " AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
                + " LEFT JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name)"
                + " LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = coalesce(g.srs_id, c.srs_id)"
                + " WHERE c.data_type IN ('features', 'attributes', 'aspatial') ORDER BY c.data_type DESC, c.rowid LIMIT "
                + MOST_TABLES;
        try (Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (name == null) continue;
                String column = rows.getString(2);
                int z = rows.getInt(4);
                all.add(new Table(name, column == null ? "" : column, crs(rows), z > 0));
            }
        }
        return all;
    }

    private static DeclaredCrs crs(ResultSet rows) throws SQLException {
        long id = rows.getLong(8);
        // -1 and 0 are "undefined" by the standard.
        if (rows.wasNull() || id == 0 || id == -1) return DeclaredCrs.UNDECLARED;
        String organization = rows.getString(5);
        long code = rows.getLong(6);
        if (organization != null && organization.equalsIgnoreCase("EPSG")) return DeclaredCrs.declared("EPSG:" + code);
        String definition = rows.getString(7);
        return definition == null || definition.equals("undefined")
                ? DeclaredCrs.UNDECLARED
                : DeclaredCrs.declared(definition);
    }

    /** The first table with rows: QGIS projects leave empty drafts behind. */
    private static Table first(Connection db, List<Table> tables) throws SQLException {
        for (Table table : tables) {
            try (Statement statement = db.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1 FROM " + quoted(table.name) + " LIMIT 1")) {
                if (rows.next()) return table;
            }
        }
        return tables.get(0);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static List<Column> columns(Connection db, Table table, Input input) throws SQLException {
        List<Column> all = new ArrayList<>();
        boolean found = table.geometryColumn.isEmpty();
        try (PreparedStatement statement = db.prepareStatement("SELECT name, type, pk FROM pragma_table_info(?)")) {
            statement.setString(1, table.name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    String type =
                            rows.getString(2) == null ? "" : rows.getString(2).toUpperCase(Locale.ROOT);
                    if (name.equalsIgnoreCase(table.geometryColumn)) {
                        found = true;
                        continue;
                    }
                    // The row number that every GeoPackage table has by itself.
                    boolean key =
                            rows.getInt(3) > 0 && (name.equalsIgnoreCase("fid") || name.equalsIgnoreCase("ogc_fid"));
                    if (!key) all.add(column(name, type));
                }
            }
        }
        if (!found) throw ProblemException.invalid("exchange.format.gpkgDamaged", input.name());
        if (all.size() > input.limits().maxColumns())
            throw ProblemException.invalid(
                    "exchange.format.tooManyColumns",
                    input.name(),
                    all.size(),
                    input.limits().maxColumns());
        return all;
    }

    private static Column column(String name, String type) {
        boolean blob = type.startsWith("BLOB");
        boolean date = type.equals("DATE") || type.equals("DATETIME");
        ColumnType found = switch (type.replaceFirst("\\(.*", "").strip()) {
            case "BOOLEAN" -> ColumnType.BOOLEAN;
            case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "BIGINT" -> ColumnType.INTEGER;
            case "FLOAT", "DOUBLE", "REAL", "NUMERIC", "DOUBLE PRECISION" -> ColumnType.NUMBER;
            case "DATE" -> ColumnType.DATE;
            case "DATETIME" -> ColumnType.TIME;
            default -> ColumnType.TEXT;
        };
        return new Column(name, found, date, blob);
    }

    private static long count(Connection db, Table table) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + quoted(table.name))) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static final class Rows implements Records {
        private final Input input;
        private final Table table;
        private final List<Column> columns;
        private final long count;
        private final TablePlace place;
        private final Connection db;
        private final Statement statement;
        private final ResultSet rows;
        private long number;

        Rows(Input input, Path file, Table table, List<Column> columns, long count, TablePlace place)
                throws IOException {
            this.input = input;
            this.table = table;
            this.columns = columns;
            this.count = count;
            this.place = place;
            Connection open = null;
            try {
                open = connect(file, input);
                StringBuilder sql = new StringBuilder("SELECT ");
                sql.append(table.geometryColumn.isEmpty() ? "NULL" : quoted(table.geometryColumn));
                for (Column column : columns) sql.append(", ").append(column.blob ? "NULL" : quoted(column.name));
                sql.append(" FROM ").append(quoted(table.name));
                statement = open.createStatement();
                rows = statement.executeQuery(sql.toString());
                db = open;
            } catch (SQLException e) {
                close(open);
                throw damaged(input, e);
            }
        }

        private static void close(@Nullable Connection open) throws IOException {
            try {
                if (open != null) open.close();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }

        @Override
        public @Nullable SourceRecord next() throws IOException {
            try {
                if (!rows.next()) return null;
                number++;
                if (number % 1000 == 0) input.progress((double) number / Math.max(1, count));
                List<Problem> problems = new ArrayList<>();
                Geometry geometry = null;
                byte[] blob = rows.getBytes(1);
                if (blob != null) geometry = Wkb.ofGeoPackage(blob, table.geometryColumn, input.limits(), problems);
                Map<String, Object> values = new LinkedHashMap<>();
                for (int c = 0; c < columns.size(); c++) {
                    Object raw = rows.getObject(c + 2);
                    Object value = raw == null ? null : value(columns.get(c), raw, problems);
                    if (value != null) values.put(columns.get(c).name, value);
                }
                if (table.geometryColumn.isEmpty()) geometry = place.of(values, problems);
                return new SourceRecord(number, values, geometry, problems);
            } catch (SQLException e) {
                throw damaged(input, e);
            }
        }

        private static @Nullable Object value(Column column, Object raw, List<Problem> problems) {
            if (raw instanceof byte[]) return null;
            if (raw instanceof Integer i) raw = i.longValue();
            if (column.type == ColumnType.BOOLEAN && raw instanceof Long flag) return flag != 0;
            if (column.date && raw instanceof String text) return moment(column, text, problems);
            if (raw instanceof Double d && !Double.isFinite(d)) return null;
            if (column.type == ColumnType.NUMBER && raw instanceof Long whole) return whole.doubleValue();
            return raw instanceof String || raw instanceof Long || raw instanceof Double || raw instanceof BigDecimal
                    ? raw
                    : raw.toString();
        }

        private static @Nullable Object moment(Column column, String text, List<Problem> problems) {
            try {
                if (text.isBlank()) return null;
                if (text.length() <= 10) return LocalDate.parse(text);
                String plain = text.replace(' ', 'T');
                boolean offset = plain.endsWith("Z") || plain.lastIndexOf('+') > 10 || plain.lastIndexOf('-') > 10;
                return offset ? OffsetDateTime.parse(plain) : LocalDateTime.parse(plain);
            } catch (DateTimeException e) {
                problems.add(Problem.refused(column.name, text, Text.of("exchange.format.gpkgDate", text)));
                return null;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                rows.close();
                statement.close();
            } catch (SQLException e) {
                throw new IOException(e);
            } finally {
                close(db);
            }
        }
    }
}
