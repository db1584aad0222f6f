package org.anquan.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.anquan.geo.Bbox;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.postgresql.PGConnection;

/**
 * The store in PostGIS: one typed table a layer with {@code geometry(…, 4326)} and GiST. Every text column has the
 * collation "C", so that order and comparison are those of UTF-8 bytes, as in the embedded store. Whoever writes holds an
 * advisory lock of the database and schema from the first moment of the transaction: change sets come one after the other
 * over all instances, and readers (REPEATABLE READ) wait for nobody.
 *
 * <p>GiST keeps boxes in single precision, rounded outward; features that are only in the rounded box are found out in the
 * same pass in which the box is counted, by an exact look at those along the edges.
 */
final class PostGisDialect implements Dialect {
    /** More than twice the rounding of any longitude to single precision: 180 · 2⁻²³ degrees. */
    private static final double ROUNDING = 5e-5;

    /** A channel for each schema; its name may be no longer than 63 bytes. */
    private static final String CHANNEL = "SELECT 'anquan_' || left(md5(current_schema()), 16)";

    /** The first that can say whether a transaction was committed by its 64-bit number. */
    private static final int OLDEST = 130_000;

    private static final int ANSWER_SECONDS = 5;
    private static final int ROWS_AT_A_TIME = 500;
    /** "Anqu": one half of the key of the lock; the other is the schema's. */
    private static final int LOCK = 0x416E7175;

    private final StoreAddress address;
    private final StoreSettings settings;

    PostGisDialect(StoreAddress address, StoreSettings settings) {
        this.address = address;
        this.settings = settings;
    }

    // Connections and transactions

    @Override
    public Connection open(boolean readOnly) throws SQLException {
        Properties properties = new Properties();
        if (address.user() != null) properties.setProperty("user", address.user());
        if (address.password() != null) properties.setProperty("password", address.password());
        properties.setProperty("ApplicationName", "anquan");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "10");
        Connection connection = DriverManager.getConnection(address.url(), properties);
        boolean ready = false;
        try {
            prepare(connection, readOnly);
            ready = true;
            return connection;
        } finally {
            if (!ready) connection.close();
        }
    }

    private void prepare(Connection connection, boolean readOnly) throws SQLException {
        if (!readOnly) makeSchema(connection);
        seeExtension(connection);
        // Plans that know the box and the values; a plan for any box takes them all to be small. Compiling them takes
        // longer than they run. A jump costs what the next page costs, as layers lie in memory: with the default of 4 a
        // thousand rows were found by reading all 140 000.
        run(
                connection,
                "SET plan_cache_mode = force_custom_plan",
                "SET jit = off",
                "SET random_page_cost = 1.1",
                "SET lock_timeout = " + settings.patience().toMillis());
        if (readOnly) {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        } else {
            // An acknowledged change must be on the disk, whatever the server's default is.
            run(
                    connection,
                    "SELECT set_config('synchronous_commit', 'on', false)"
                            + " WHERE current_setting('synchronous_commit') = 'off'");
        }
        connection.setAutoCommit(false);
    }

    /** The address may name a schema that is not there yet. */
    private void makeSchema(Connection connection) throws SQLException {
        if (text(connection, "SELECT current_schema()") != null) return;
        String first = text(connection, "SELECT split_part(current_setting('search_path'), ',', 1)");
        if (first == null || first.isBlank()) return;
        String name = first.strip().replace("\"", "");
        String schema = name.equals("$user") ? "AUTHORIZATION CURRENT_USER" : quoted(name);
        run(connection, "CREATE SCHEMA IF NOT EXISTS " + schema);
    }

    /** PostGIS may live in a schema that the search path of the address leaves out. */
    private void seeExtension(Connection connection) throws SQLException {
        String schema = text(
                connection,
                "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
                        + " WHERE e.extname = 'postgis' AND n.nspname <> ALL (current_schemas(false))");
        if (schema != null)
            run(
                    connection,
                    "SELECT set_config('search_path', current_setting('search_path') || ', " + quoted(schema)
                            + "', false)");
    }

    @Override
    public @Nullable String begin(Connection connection, boolean writing) throws SQLException {
        // The driver begins by itself with the first statement.
        if (!writing) return null;
        return text(
                connection,
                "SELECT pg_current_xact_id()::text, pg_advisory_xact_lock(" + LOCK + ", hashtext(current_schema()))");
    }

    @Override
    public @Nullable Boolean wasCommitted(Connection connection, String transaction) throws SQLException {
        String status = text(connection, "SELECT pg_xact_status(" + literal(transaction) + "::xid8)");
        return status == null || status.equals("in progress") ? null : Boolean.valueOf(status.equals("committed"));
    }

    @Override
    public boolean isAlive(Connection connection) {
        try {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        connection.rollback();
    }

    /** By SQLSTATE, appendix A of the PostgreSQL manual. */
    @Override
    public @Nullable StoreTrouble trouble(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        switch (state) {
            case "53100":
                return StoreTrouble.FULL;
            case "25006":
                return StoreTrouble.READ_ONLY;
            case "55P03", "57014":
                return StoreTrouble.BUSY;
            case "42501":
                return StoreTrouble.REFUSED;
            // No such column, no such table; below, a prepared statement whose columns have other types now.
            case "42703", "42P01":
                return StoreTrouble.OTHER_TABLES;
            case "0A000":
                return String.valueOf(e.getMessage()).contains("cached plan") ? StoreTrouble.OTHER_TABLES : null;
            default:
                break;
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08", "57" -> StoreTrouble.AWAY;
            case "53" -> StoreTrouble.CROWDED;
            case "28", "3D" -> StoreTrouble.REFUSED;
            case "40" -> StoreTrouble.BUSY;
            case "58", "F0", "XX" -> StoreTrouble.BROKEN;
            default -> null;
        };
    }

    @Override
    public String kind() {
        return "PostGIS";
    }

    @Override
    public String shown() {
        return "PostGIS " + address.shown();
    }

    // Changes by others

    @Override
    public Connection openWatch() throws SQLException {
        Connection connection = open(true);
        boolean ready = false;
        try {
            connection.setAutoCommit(true);
            run(connection, "LISTEN " + quoted(String.valueOf(text(connection, CHANNEL))));
            ready = true;
            return connection;
        } finally {
            if (!ready) connection.close();
        }
    }

    @Override
    public void awaitNews(Connection watch, long millis) throws SQLException {
        watch.unwrap(PGConnection.class).getNotifications((int) millis);
    }

    @Override
    public void announce(Connection connection) throws SQLException {
        run(connection, "SELECT pg_notify((" + CHANNEL + "), '')");
    }

    @Override
    public String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        }
    }

    private static @Nullable String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    // Tables

    @Override
    public boolean hasTable(Connection connection, String name) throws SQLException {
        return isHere(connection, name);
    }

    @Override
    public void createSystemTables(Connection connection) throws SQLException {
        refuseWhatDoesNotFit(connection);
        if (text(connection, "SELECT 1 FROM pg_extension WHERE extname = 'postgis'") == null) {
            makeExtension(connection);
            seeExtension(connection);
        }
        // Under the lock: two services that start at one time come one after the other.
        // Looked up first: a standby, or an account that may only look, can open what is complete.
        for (String name : PostGisTables.NAMES)
            if (!isHere(connection, name)) {
                run(connection, PostGisTables.ALL.toArray(String[]::new));
                return;
            }
    }

    private static void refuseWhatDoesNotFit(Connection connection) throws SQLException {
        String version = text(connection, "SHOW server_version_num");
        if (version != null && Integer.parseInt(version) < OLDEST)
            throw ProblemException.invalid(
                    "catalog.store.old", String.valueOf(text(connection, "SHOW server_version")), OLDEST / 10_000);
        String encoding = text(connection, "SHOW server_encoding");
        if (!"UTF8".equals(encoding))
            throw ProblemException.invalid("catalog.store.encoding", String.valueOf(encoding));
    }

    private static void makeExtension(Connection connection) throws SQLException {
        try {
            run(connection, "CREATE EXTENSION postgis");
        } catch (SQLException e) {
            throw ProblemException.unavailable("catalog.store.noPostGis").causedBy(e);
        }
    }

    /** In our own schema: the search path may lead to another store's. */
    private static boolean isHere(Connection connection, String table) throws SQLException {
        return text(
                        connection,
                        "SELECT 1 FROM pg_class WHERE relname = " + literal(table)
                                + " AND relnamespace = current_schema()::regnamespace")
                != null;
    }

    @Override
    public void createLayer(Connection connection, LayerDefinition layer) throws SQLException {
        String table = quoted(layer.id());
        if (isHere(connection, layer.id()))
            throw ProblemException.invalid(
                    "catalog.store.tableTaken",
                    layer.id(),
                    String.valueOf(text(connection, "SELECT current_schema()")));
        StringBuilder sql = new StringBuilder("CREATE TABLE ").append(table);
        sql.append(" (fid bigint PRIMARY KEY, geom geometry(")
                .append(geometryType(layer.geometry()))
                .append(", 4326)");
        sql.append(", id text COLLATE \"C\" NOT NULL UNIQUE");
        for (AttributeDefinition attribute : layer.attributes())
            sql.append(", ").append(quoted(attribute.name())).append(' ').append(columnType(attribute.type()));
        sql.append(", version bigint NOT NULL DEFAULT 1, changed_at timestamptz, extra text)");
        run(
                connection,
                sql.toString(),
                "CREATE INDEX " + quoted(layer.id() + "_geom") + " ON " + table + " USING gist (geom)",
                "COMMENT ON TABLE " + table + " IS " + literal(titles(layer)),
                "INSERT INTO anquan_fid (layer, last) VALUES (" + literal(layer.id()) + ", 0)");
    }

    @Override
    public void dropLayer(Connection connection, String layer) throws SQLException {
        run(connection, "DROP TABLE " + quoted(layer), "DELETE FROM anquan_fid WHERE layer = " + literal(layer));
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

    @Override
    public void widenColumn(Connection connection, String layer, AttributeDefinition attribute) throws SQLException {
        run(
                connection,
                "ALTER TABLE " + quoted(layer) + " ALTER COLUMN " + quoted(attribute.name()) + " TYPE "
                        + columnType(attribute.type()));
    }

    @Override
    public void describe(Connection connection, LayerDefinition layer) throws SQLException {
        String known =
                text(connection, "SELECT obj_description(" + literal(quoted(layer.id())) + "::regclass, 'pg_class')");
        if (!titles(layer).equals(known))
            run(connection, "COMMENT ON TABLE " + quoted(layer.id()) + " IS " + literal(titles(layer)));
    }

    private static String titles(LayerDefinition layer) {
        return layer.title().zh() + " / " + layer.title().en();
    }

    private static String geometryType(GeometryKind kind) {
        return switch (kind) {
            case POINT -> "Point";
            case LINE -> "MultiLineString";
            case POLYGON -> "MultiPolygon";
        };
    }

    private static String columnType(AttributeType type) {
        return switch (type) {
            case TEXT -> "text COLLATE \"C\"";
            case LIST -> "text[] COLLATE \"C\"";
            case INTEGER -> "bigint";
            case NUMBER -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "timestamptz";
        };
    }

    // Values

    @Override
    public Object toColumn(Object value) {
        if (value instanceof Instant time) return time.atOffset(ZoneOffset.UTC);
        if (value instanceof List<?> list)
            return list.stream().map(String::valueOf).toArray(String[]::new);
        return value;
    }

    @Override
    public @Nullable Object fromColumn(ResultSet row, int column, AttributeType type) throws SQLException {
        switch (type) {
            case TEXT:
                return row.getString(column);
            case INTEGER: {
                long value = row.getLong(column);
                return row.wasNull() ? null : value;
            }
            case NUMBER: {
                double value = row.getDouble(column);
                return row.wasNull() ? null : value;
            }
            case BOOLEAN: {
                boolean value = row.getBoolean(column);
                return row.wasNull() ? null : value;
            }
            case DATE:
                return row.getObject(column, LocalDate.class);
            case TIME: {
                OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
                return time == null ? null : time.toInstant();
            }
            case LIST: {
                java.sql.Array array = row.getArray(column);
                return array == null ? null : List.of((String[]) array.getArray());
            }
            default:
                throw new IllegalStateException("a new type: " + type);
        }
    }

    @Override
    public Object geometryToColumn(Geometry geometry) {
        return GeoPackageBinary.ewkb(geometry);
    }

    /** The driver gives a geometry as PostgreSQL writes it: EWKB in hexadecimal digits. */
    @Override
    public Geometry geometryFromColumn(ResultSet row, int column) throws SQLException {
        byte[] hex = row.getBytes(column);
        byte[] ewkb = new byte[hex.length / 2];
        for (int i = 0; i < ewkb.length; i++) ewkb[i] = (byte) (digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
        return GeoPackageBinary.readEwkb(ewkb);
    }

    private static int digit(byte hex) {
        return hex <= '9' ? hex - '0' : (hex & ~0x20) - 'A' + 10;
    }

    @Override
    public String mark(Object value) {
        if (value instanceof String) return "?::text COLLATE \"C\"";
        return value instanceof List ? "?::text[]" : "?";
    }

    @Override
    public void stream(PreparedStatement statement) throws SQLException {
        statement.setFetchSize(ROWS_AT_A_TIME);
    }

    // Conditions

    @Override
    public void writeComparison(Sql out, Operand left, String sign, Operand right) {
        if (!Operand.mixed(left, right)) {
            Dialect.super.writeComparison(out, left, sign, right);
            return;
        }
        boolean wholeFirst = Operand.whole(left);
        out.add(wholeFirst ? "anquan_order(" : "-anquan_order(");
        (wholeFirst ? left : right).writeSql(out);
        out.add("::bigint, ");
        (wholeFirst ? right : left).writeSql(out);
        out.add("::double precision) ").add(sign).add(" 0");
    }

    @Override
    public void writeLike(Sql out, Runnable operand, LikePattern pattern) {
        StringBuilder like = new StringBuilder();
        for (int part : pattern.parts()) {
            if (part == LikePattern.ANY_TEXT) like.append('%');
            else if (part == LikePattern.ANY_CHARACTER) like.append('_');
            else if (part == '%' || part == '_' || part == '\\')
                like.append('\\').appendCodePoint(part);
            else like.appendCodePoint(part);
        }
        operand.run();
        out.add(" LIKE ").value(like.toString());
    }

    @Override
    public void writeListHolds(Sql out, String column, List<String> texts, boolean all) {
        out.column(column).add(all ? " @> " : " && ").value(texts);
    }

    /**
     * Counts by the rounded boxes alone, which several workers can do, and looks exactly only at what lies in thin strips
     * along the edges.
     */
    @Override
    public InBox inBox(Connection connection, String layer, Bbox box) throws SQLException {
        Sql count = new Sql(this).add("SELECT count(*) FROM ").name(layer).add(" t WHERE t.geom && ");
        envelope(count, box.west(), box.south(), box.east(), box.north());
        long most;
        try (PreparedStatement statement = count.prepared(connection);
                ResultSet row = statement.executeQuery()) {
            most = row.next() ? row.getLong(1) : 0;
        }
        List<Long> beside = most == 0 ? List.of() : beside(connection, layer, box);
        return new InBox(box, most - beside.size(), beside);
    }

    private List<Long> beside(Connection connection, String layer, Bbox box) throws SQLException {
        double west = box.west() - ROUNDING;
        double south = box.south() - ROUNDING;
        double east = box.east() + ROUNDING;
        double north = box.north() + ROUNDING;
        Sql sql = new Sql(this).add("SELECT t.fid FROM ").name(layer).add(" t WHERE (t.geom && ");
        envelope(sql, west, south, box.west(), north);
        envelope(sql.add(" OR t.geom && "), box.east(), south, east, north);
        envelope(sql.add(" OR t.geom && "), west, south, east, box.south());
        envelope(sql.add(" OR t.geom && "), west, box.north(), east, north);
        envelope(sql.add(") AND t.geom && "), box.west(), box.south(), box.east(), box.north());
        sql.add(" AND (ST_XMin(t.geom) > ")
                .value(box.east())
                .add(" OR ST_XMax(t.geom) < ")
                .value(box.west());
        sql.add(" OR ST_YMin(t.geom) > ")
                .value(box.north())
                .add(" OR ST_YMax(t.geom) < ")
                .value(box.south());
        List<Long> beside = new ArrayList<>();
        try (PreparedStatement statement = sql.add(") ORDER BY t.fid").prepared(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) beside.add(row.getLong(1));
        }
        return beside;
    }

    private static void envelope(Sql out, double west, double south, double east, double north) {
        out.add("ST_MakeEnvelope(").value(west).add(", ").value(south);
        out.add(", ").value(east).add(", ").value(north).add(", 4326)");
    }

    @Override
    public boolean choosesWays() {
        return true;
    }

    /** The planner chooses between the index of boxes and the order of ids by itself. */
    @Override
    public void writeFrom(Sql out, String layer, @Nullable InBox in, boolean boxFirst) {
        out.add(" FROM ").name(layer).add(" t WHERE ");
        if (in == null) {
            out.add("true");
            return;
        }
        out.add("t.geom && ");
        Bbox box = in.box();
        envelope(out, box.west(), box.south(), box.east(), box.north());
        if (in.beside().isEmpty()) return;
        out.add(" AND t.fid NOT IN (");
        for (int i = 0; i < in.beside().size(); i++) {
            if (i > 0) out.add(", ");
            out.add(Long.toString(in.beside().get(i)));
        }
        out.add(")");
    }

    @Override
    public void writeIdAmong(Sql out, Collection<String> ids) {
        out.add("t.id = ANY (").value(List.copyOf(ids)).add(")");
    }

    /** One text for all of them: one and the same statement, prepared once, whatever their number. */
    @Override
    public void writeAmong(Sql out, Collection<Long> fids) {
        StringBuilder list = new StringBuilder("{");
        for (Long fid : fids) list.append(list.length() == 1 ? "" : ",").append(fid.longValue());
        out.add("t.fid = ANY ((").value(list.append('}').toString()).add(")::bigint[])");
    }

    // Writing

    @Override
    public String rowAsJson(LayerDefinition layer) {
        List<String> parts = new ArrayList<>();
        for (AttributeDefinition attribute : layer.attributes()) {
            String column = "t." + quoted(attribute.name());
            String value = attribute.type() == AttributeType.TIME
                    ? "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
                    : column;
            parts.add(value + " AS " + quoted(attribute.name()));
        }
        String known = "json_strip_nulls(row_to_json(r))::text";
        // The extra as it is: taken apart, PostgreSQL would stumble over a \\u0000 in it.
        return "(SELECT CASE WHEN t.extra IS NULL THEN " + known + " ELSE left(" + known + ", -1)"
                + " || CASE WHEN " + known + " = '{}' THEN '' ELSE ',' END || '\"extra\":' || t.extra || '}' END"
                + " FROM (SELECT " + String.join(", ", parts) + ") r)";
    }

    @Override
    public long nextFid(Connection connection, String layer) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE anquan_fid SET last = last + 1 WHERE layer = ? RETURNING last")) {
            statement.setString(1, layer);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) throw new IllegalStateException("no table for layer " + layer);
                return row.getLong(1);
            }
        }
    }

    @Override
    public long lastFid(Connection connection, String layer) throws SQLException {
        String last = text(connection, "SELECT last FROM anquan_fid WHERE layer = " + literal(layer));
        return last == null ? 0 : Long.parseLong(last);
    }

    @Override
    public void keepLastFid(Connection connection, String layer, long lastFid) throws SQLException {
        run(connection, "UPDATE anquan_fid SET last = " + lastFid + " WHERE layer = " + literal(layer));
    }

    @Override
    public Rows rows(Connection connection, StoreTable table) {
        return new PostGisRows(this, connection, table);
    }

    @Override
    public String insertUnlessTaken(String layer, List<String> columns) {
        String names = String.join(", ", columns.stream().map(this::quoted).toList());
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        return "INSERT INTO " + quoted(layer) + " (" + names + ") VALUES (" + marks + ") ON CONFLICT (id) DO NOTHING";
    }

    @Override
    public Bulk bulk(Connection connection, LayerDefinition layer, boolean emptied, Instant now) throws SQLException {
        return new PostGisBulk(this, connection, layer, emptied, now);
    }

    /**
     * Each side by the index: the nearest box to a line beyond the earth is, but for the rounding, the outermost; all that
     * reach beyond it are looked at exactly.
     */
    @Override
    public Optional<Bbox> extent(Connection connection, String layer) throws SQLException {
        Double west = outermost(connection, layer, "ST_XMin", "min", "-181, -91, -181, 91");
        Double south = outermost(connection, layer, "ST_YMin", "min", "-181, -91, 181, -91");
        Double east = outermost(connection, layer, "ST_XMax", "max", "181, -91, 181, 91");
        Double north = outermost(connection, layer, "ST_YMax", "max", "-181, 91, 181, 91");
        if (west == null || south == null || east == null || north == null) return Optional.empty();
        return Optional.of(Bbox.of(new Envelope(west, east, south, north)));
    }

    private @Nullable Double outermost(Connection connection, String layer, String side, String most, String line)
            throws SQLException {
        String table = quoted(layer);
        String nearest = text(
                connection,
                "SELECT " + side + "(geom) FROM " + table + " ORDER BY geom <#> ST_SetSRID(ST_MakeLine(ST_MakePoint("
                        + line.replaceFirst("(.*?,.*?), ", "$1), ST_MakePoint(") + ")), 4326) LIMIT 1");
        if (nearest == null) return null;
        String beyond = switch (side) {
            case "ST_XMin" -> "-180, -90, " + nearest + ", 90";
            case "ST_YMin" -> "-180, -90, 180, " + nearest;
            case "ST_XMax" -> nearest + ", -90, 180, 90";
            default -> "-180, " + nearest + ", 180, 90";
        };
        String outermost = text(
                connection,
                "SELECT " + most + "(" + side + "(geom)) FROM " + table + " WHERE geom && ST_MakeEnvelope(" + beyond
                        + ", 4326)");
        return outermost == null ? null : Double.valueOf(outermost);
    }

    /** PostGIS has its own views of what there is. */
    @Override
    public void keepContents(Connection connection, LayerState state) {}
}
