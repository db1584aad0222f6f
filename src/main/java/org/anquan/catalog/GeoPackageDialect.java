package org.anquan.catalog;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The embedded store: one GeoPackage file (OGC 12-128r18) through SQLite, in WAL with synchronous=FULL, so that a commit
 * that was answered is on the disk. The spatial index is the standard's R-tree with the standard's triggers, which other
 * programs that edit the file need too; a load takes the triggers off inside its transaction and fills the index itself,
 * sorted along a curve.
 *
 * <p>The R-tree rounds boxes outward to single precision, so it finds a few too many; those are found
 * out by a look at the edges alone.
 */
final class GeoPackageDialect implements Dialect {
    private static final int APPLICATION_ID = 0x47504B47;
    private static final int GEOPACKAGE_VERSION = 10300;
    /** More than the R-tree's rounding of any longitude: 180 · 2⁻²² degrees, up or down. */
    private static final double ROUNDING = 5e-5;

    /** From here on, four thin strips are quicker to look at than a second count. */
    private static final int MANY = 2000;

    /** Bytes: the index of the write-ahead log grows by 32 KiB. */
    private static final long LITTLE_ROOM = 1 << 20;

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private final Path file;
    private final StoreSettings settings;

    GeoPackageDialect(Path file, StoreSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    @Override
    public Connection open(boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) settings.patience().toMillis());
        int megabytes = readOnly ? settings.readerCacheMegabytes() : settings.writerCacheMegabytes();
        config.setCacheSize(-1024 * megabytes);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setReadOnly(readOnly);
        config.setGetGeneratedKeys(false);
        if (!readOnly) {
            config.setApplicationId(APPLICATION_ID);
            config.setUserVersion(GEOPACKAGE_VERSION);
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setJournalSizeLimit(64 << 20);
        }
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        register(connection);
        return connection;
    }

    private static void register(Connection connection) throws SQLException {
        function(connection, "ST_MinX", Envelope::getMinX);
        function(connection, "ST_MaxX", Envelope::getMaxX);
        function(connection, "ST_MinY", Envelope::getMinY);
        function(connection, "ST_MaxY", Envelope::getMaxY);
        Function.create(
                connection,
                "ST_IsEmpty",
                new Function() {
                    @Override
                    protected void xFunc() throws SQLException {
                        byte[] blob = value_blob(0);
                        if (blob == null) result();
                        else result(GeoPackageBinary.isEmpty(blob) ? 1 : 0);
                    }
                },
                1,
                Function.FLAG_DETERMINISTIC);
    }

    private interface Side {
        double of(Envelope box);
    }

    private static void function(Connection connection, String name, Side side) throws SQLException {
        Function.create(
                connection,
                name,
                new Function() {
                    @Override
                    protected void xFunc() throws SQLException {
                        byte[] blob = value_blob(0);
                        if (blob == null || GeoPackageBinary.isEmpty(blob)) result();
                        else result(side.of(GeoPackageBinary.envelope(blob)));
                    }
                },
                1,
                Function.FLAG_DETERMINISTIC);
    }

    @Override
    public @Nullable String begin(Connection connection, boolean writing) throws SQLException {
        run(connection, writing ? "BEGIN IMMEDIATE" : "BEGIN");
        return null;
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        run(connection, "COMMIT");
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        run(connection, "ROLLBACK");
    }

    @Override
    public @Nullable StoreTrouble trouble(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) return null;
        SQLiteErrorCode code = sqlite.getResultCode();
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xFF)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> StoreTrouble.BUSY;
            case SQLITE_FULL -> StoreTrouble.FULL;
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> StoreTrouble.READ_ONLY;
            // A full disk shows here too, where the write-ahead log's index finds no room.
            case SQLITE_IOERR -> noRoom() ? StoreTrouble.FULL : StoreTrouble.BROKEN;
            case SQLITE_CORRUPT, SQLITE_NOTADB -> StoreTrouble.BROKEN;
            case SQLITE_ERROR -> isOtherTable(String.valueOf(e.getMessage())) ? StoreTrouble.OTHER_TABLES : null;
            default -> null;
        };
    }

    /** SQLite has no code of its own for it. */
    private static boolean isOtherTable(String message) {
        return message.contains("no such column")
                || message.contains("no such table")
                || message.contains("has no column");
    }

    private boolean noRoom() {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && folder.toFile().getUsableSpace() < LITTLE_ROOM;
    }

    @Override
    public String kind() {
        return "GeoPackage";
    }

    @Override
    public String shown() {
        return file.toString();
    }

    @Override
    public Connection openWatch() throws SQLException {
        return open(true);
    }

    /** SQLite tells nobody; a look once an interval costs less than 20 µs. */
    @Override
    public void awaitNews(Connection watch, long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    @Override
    public String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        }
    }

    private static void run(Connection connection, String sql, List<? extends @Nullable Object> values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) statement.setObject(i + 1, values.get(i));
            statement.executeUpdate();
        }
    }

    // Tables

    @Override
    public boolean hasTable(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    public void createSystemTables(Connection connection) throws SQLException {
        run(connection, GeoPackageTables.SYSTEM.toArray(String[]::new));
        run(connection, GeoPackageTables.OWN.toArray(String[]::new));
    }

    @Override
    public void createLayer(Connection connection, LayerDefinition layer) throws SQLException {
        String table = layer.id();
        StringBuilder sql = new StringBuilder("CREATE TABLE ").append(quoted(table));
        sql.append(" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom ").append(geometryType(layer.geometry()));
        sql.append(", id TEXT NOT NULL UNIQUE");
        for (AttributeDefinition attribute : layer.attributes())
            sql.append(", ").append(quoted(attribute.name())).append(' ').append(columnType(attribute.type()));
        sql.append(", version INTEGER NOT NULL DEFAULT 1, changed_at DATETIME, extra TEXT)");
        run(connection, sql.toString());
        run(
                connection,
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
                        + " VALUES (?, 'features', ?, ?, 4326)",
                List.of(table, table, titles(layer)));
        run(
                connection,
                "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)",
                List.of(table, geometryType(layer.geometry())));
        run(
                connection,
                "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index',"
                        + " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
                List.of(table));
        run(connection, "CREATE VIRTUAL TABLE " + quoted(rtree(table)) + " USING rtree(id, minx, maxx, miny, maxy)");
        run(connection, triggers(table).values().toArray(String[]::new));
    }

    private Map<String, String> triggers(String table) {
        return GeoPackageTables.triggers(table, quoted(table), quoted(rtree(table)));
    }

    @Override
    public void dropLayer(Connection connection, String layer) throws SQLException {
        run(connection, "DROP TABLE " + quoted(rtree(layer)), "DROP TABLE " + quoted(layer));
        for (String register : List.of("gpkg_extensions", "gpkg_geometry_columns", "gpkg_contents"))
            run(connection, "DELETE FROM " + register + " WHERE table_name = ?", List.of(layer));
    }

    @Override
    public void addColumn(Connection connection, String layer, AttributeDefinition attribute) throws SQLException {
        run(
                connection,
                "ALTER TABLE " + quoted(layer) + " ADD COLUMN " + quoted(attribute.name()) + " "
                        + columnType(attribute.type()));
    }

    @Override
    public void dropColumn(Connection connection, String layer, String column) throws SQLException {
        run(connection, "ALTER TABLE " + quoted(layer) + " DROP COLUMN " + quoted(column));
    }

    /** SQLite cannot change a column's type in place. */
    @Override
    public void widenColumn(Connection connection, String layer, AttributeDefinition attribute) throws SQLException {
        String table = "ALTER TABLE " + quoted(layer);
        String column = quoted(attribute.name());
        String wide = quoted(attribute.name() + "__wide");
        run(
                connection,
                table + " ADD COLUMN " + wide + " " + columnType(attribute.type()),
                "UPDATE " + quoted(layer) + " SET " + wide + " = " + column,
                table + " DROP COLUMN " + column,
                table + " RENAME COLUMN " + wide + " TO " + column);
    }

    @Override
    public void describe(Connection connection, LayerDefinition layer) throws SQLException {
        run(
                connection,
                "UPDATE gpkg_contents SET description = ? WHERE table_name = ? AND description IS NOT ?",
                List.of(titles(layer), layer.id(), titles(layer)));
    }

    private static String titles(LayerDefinition layer) {
        return layer.title().zh() + " / " + layer.title().en();
    }

    private static String rtree(String table) {
        return "rtree_" + table + "_geom";
    }

    private static String geometryType(GeometryKind kind) {
        return switch (kind) {
            case POINT -> "POINT";
            case LINE -> "MULTILINESTRING";
            case POLYGON -> "MULTIPOLYGON";
        };
    }

    private static String columnType(AttributeType type) {
        return switch (type) {
            case TEXT, LIST -> "TEXT";
            case INTEGER -> "INTEGER";
            case NUMBER -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIME -> "DATETIME";
        };
    }

    // Values

    @Override
    public Object toColumn(Object value) {
        if (value instanceof Boolean flag) return flag ? 1 : 0;
        if (value instanceof LocalDate date) return date.toString();
        if (value instanceof Instant time) return INSTANT.format(time);
        if (value instanceof List<?> list) return JSON.writeValueAsString(list);
        return value;
    }

    @Override
    public @Nullable Object fromColumn(ResultSet row, int column, AttributeType type) throws SQLException {
        switch (type) {
            case INTEGER: {
                long value = row.getLong(column);
                return row.wasNull() ? null : value;
            }
            case NUMBER: {
                double value = row.getDouble(column);
                return row.wasNull() ? null : value;
            }
            case BOOLEAN: {
                int value = row.getInt(column);
                return row.wasNull() ? null : value != 0;
            }
            default: {
                String text = row.getString(column);
                if (text == null) return null;
                return switch (type) {
                    case DATE -> LocalDate.parse(text);
                    case TIME -> Instant.parse(text);
                    case LIST -> JSON.readValue(text, TEXTS);
                    default -> text;
                };
            }
        }
    }

    @Override
    public Object geometryToColumn(Geometry geometry) {
        return GeoPackageBinary.write(geometry);
    }

    @Override
    public Geometry geometryFromColumn(ResultSet row, int column) throws SQLException {
        return GeoPackageBinary.read(row.getBytes(column));
    }

    // Conditions

    /** GLOB, because SQLite's LIKE takes A for a; its star, question mark and bracket are put into brackets. */
    @Override
    public void writeLike(Sql out, Runnable operand, LikePattern pattern) {
        StringBuilder glob = new StringBuilder();
        for (int part : pattern.parts()) {
            if (part == LikePattern.ANY_TEXT) glob.append('*');
            else if (part == LikePattern.ANY_CHARACTER) glob.append('?');
            else if (part == '*' || part == '?' || part == '[')
                glob.append('[').appendCodePoint(part).append(']');
            else glob.appendCodePoint(part);
        }
        operand.run();
        out.add(" GLOB ").value(glob.toString());
    }

    @Override
    public void writeListHolds(Sql out, String column, List<String> texts, boolean all) {
        List<String> distinct = texts.stream().distinct().toList();
        // Unknown stays unknown: a count over a missing list would be 0 and so false.
        out.add("CASE WHEN ").column(column).add(" IS NOT NULL THEN (SELECT count(*) FROM json_each(");
        out.column(column).add(") WHERE value IN (");
        for (int i = 0; i < distinct.size(); i++) {
            if (i > 0) out.add(", ");
            out.value(distinct.get(i));
        }
        out.add(")) >= ").value(all ? distinct.size() : 1).add(" END");
    }

    /**
     * Counts by the index alone: 50 ns a box, against 1 µs where each feature is looked at. Only what lies in thin strips
     * along the edges is looked at, and in a small box only where a second, slightly narrower count differs.
     */
    @Override
    public InBox inBox(Connection connection, String layer, Bbox box) throws SQLException {
        long most = number(connection, new Sql(this).add("SELECT count(*)"), layer, box, 0);
        boolean clear = most == 0
                || (most < MANY
                        && most == number(connection, new Sql(this).add("SELECT count(*)"), layer, box, ROUNDING));
        if (clear) return new InBox(box, most, List.of());
        List<Long> beside = beside(connection, layer, box);
        return new InBox(box, most - beside.size(), beside);
    }

    private long number(Connection connection, Sql sql, String layer, Bbox box, double within) throws SQLException {
        sql.add(" FROM ").name(rtree(layer)).add(" r WHERE ");
        meets(sql, box, within);
        try (PreparedStatement statement = sql.prepared(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private List<Long> beside(Connection connection, String layer, Bbox box) throws SQLException {
        Set<Long> beside = new TreeSet<>();
        Map<String, Double> strips = Map.of(
                "r.minx >= ",
                box.east() - ROUNDING,
                "r.maxx <= ",
                box.west() + ROUNDING,
                "r.miny >= ",
                box.north() - ROUNDING,
                "r.maxy <= ",
                box.south() + ROUNDING);
        Envelope exact = box.envelope();
        for (Map.Entry<String, Double> strip : strips.entrySet()) {
            Sql sql = new Sql(this)
                    .add("SELECT t.fid, t.geom FROM ")
                    .name(rtree(layer))
                    .add(" r CROSS JOIN ");
            sql.name(layer).add(" t ON t.fid = r.id WHERE ");
            meets(sql, box, 0);
            sql.add(" AND ").add(strip.getKey()).value(strip.getValue());
            try (PreparedStatement statement = sql.prepared(connection);
                    ResultSet row = statement.executeQuery()) {
                while (row.next())
                    if (!GeoPackageBinary.envelope(row.getBytes(2)).intersects(exact)) beside.add(row.getLong(1));
            }
        }
        return List.copyOf(beside);
    }

    @Override
    public void writeFrom(Sql out, String layer, @Nullable InBox in, boolean boxFirst) {
        out.add(" FROM ");
        if (in == null) {
            out.name(layer).add(" t WHERE 1 = 1");
        } else if (boxFirst) {
            // CROSS JOIN keeps SQLite to this order.
            out.name(rtree(layer)).add(" r CROSS JOIN ").name(layer).add(" t ON t.fid = r.id WHERE ");
            meets(out, in.box(), 0);
        } else {
            out.name(layer)
                    .add(" t WHERE (SELECT count(*) FROM ")
                    .name(rtree(layer))
                    .add(" r WHERE r.id = t.fid AND ");
            meets(out, in.box(), 0);
            out.add(") > 0");
        }
        if (in != null && !in.beside().isEmpty())
            out.add(" AND t.fid NOT IN (SELECT value FROM json_each(")
                    .value(in.beside())
                    .add("))");
    }

    @Override
    public void writeIdAmong(Sql out, Collection<String> ids) {
        out.add("t.id IN (SELECT value FROM json_each(").value(List.copyOf(ids)).add("))");
    }

    @Override
    public void writeAmong(Sql out, Collection<Long> fids) {
        out.add("t.fid IN (SELECT value FROM json_each(")
                .value(List.copyOf(fids))
                .add("))");
    }

    private static void meets(Sql out, Bbox box, double within) {
        out.add("r.minx <= ").value(box.east() - within);
        out.add(" AND r.maxx >= ").value(box.west() + within);
        out.add(" AND r.miny <= ").value(box.north() - within);
        out.add(" AND r.maxy >= ").value(box.south() + within);
    }

    // Writing

    @Override
    public String rowAsJson(LayerDefinition layer) {
        List<String> parts = new ArrayList<>();
        for (AttributeDefinition attribute : layer.attributes()) {
            String column = "t." + quoted(attribute.name());
            parts.add("'" + attribute.name() + "', "
                    + (attribute.type() == AttributeType.LIST ? "json(" + column + ")" : column));
        }
        parts.add("'extra', json(t.extra)");
        // A merge patch onto nothing drops the nulls.
        return "json_patch('{}', json_object(" + String.join(", ", parts) + "))";
    }

    @Override
    public long nextFid(Connection connection, String layer) throws SQLException {
        return lastFid(connection, layer) + 1;
    }

    @Override
    public long lastFid(Connection connection, String layer) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT max(seq) FROM sqlite_sequence WHERE name = ?")) {
            statement.setString(1, layer);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    @Override
    public String insertUnlessTaken(String layer, List<String> columns) {
        String names = String.join(", ", columns.stream().map(this::quoted).toList());
        String marks = String.join(", ", java.util.Collections.nCopies(columns.size(), "?"));
        return "INSERT INTO " + quoted(layer) + " (" + names + ") VALUES (" + marks + ") ON CONFLICT (id) DO NOTHING";
    }

    @Override
    public Bulk bulk(Connection connection, LayerDefinition layer, boolean emptied, Instant now) throws SQLException {
        String table = layer.id();
        RtreeFill fill = withoutTriggers(connection, table);
        if (emptied) run(connection, "DELETE FROM " + quoted(table), "DELETE FROM " + quoted(rtree(table)));
        return new GeoPackageBulk(new FeatureInsert(this, connection, layer, now), fill);
    }

    /** SQLite knows the greatest fid that it has seen; the last one given may have been deleted since. */
    @Override
    public void keepLastFid(Connection connection, String layer, long lastFid) throws SQLException {
        run(
                connection,
                "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, 0 WHERE ?2 > 0"
                        + " AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
                List.of(layer, lastFid));
        run(connection, "UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1", List.of(layer, lastFid));
    }

    private RtreeFill withoutTriggers(Connection connection, String table) throws SQLException {
        for (String trigger : triggers(table).keySet()) run(connection, "DROP TRIGGER IF EXISTS " + quoted(trigger));
        return new RtreeFill(
                connection,
                "INSERT INTO " + quoted(rtree(table)) + " VALUES (?, ?, ?, ?, ?)",
                triggers(table).values());
    }

    @Override
    public Rows rows(Connection connection, StoreTable table) throws SQLException {
        return new GeoPackageRows(
                this, connection, table, table.layer() ? withoutTriggers(connection, table.name()) : null);
    }

    @Override
    public Optional<Bbox> extent(Connection connection, String layer) throws SQLException {
        Envelope exact = new Envelope();
        for (String order : List.of("minx", "maxx DESC", "miny", "maxy DESC")) {
            // The R-tree's smallest is the true smallest but for its rounding: look at all that might be.
            String side = order.substring(0, 4);
            boolean most = order.endsWith("DESC");
            String edge = "(SELECT " + (most ? "max" : "min") + "(" + side + ") FROM " + quoted(rtree(layer)) + ")";
            String sql = "SELECT t.geom FROM " + quoted(rtree(layer)) + " r CROSS JOIN " + quoted(layer)
                    + " t ON t.fid = r.id WHERE r." + side + (most ? " >= " + edge + " - " : " <= " + edge + " + ")
                    + 2 * ROUNDING;
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) exact.expandToInclude(GeoPackageBinary.envelope(row.getBytes(1)));
            }
        }
        return exact.isNull() ? Optional.empty() : Optional.of(Bbox.of(exact));
    }

    @Override
    public void keepContents(Connection connection, LayerState state) throws SQLException {
        Bbox box = state.bbox();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(box == null ? null : box.west());
        values.add(box == null ? null : box.south());
        values.add(box == null ? null : box.east());
        values.add(box == null ? null : box.north());
        Instant changedAt = state.changedAt();
        values.add(toColumn(changedAt == null ? Instant.EPOCH : changedAt));
        values.add(state.layer());
        run(
                connection,
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?, last_change = ?"
                        + " WHERE table_name = ?",
                values);
    }
}
