package org.anquan.exchange.format;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.WKBWriter;

/** A GeoPackage 1.3 with one feature table. It has no R-tree: QGIS and GDAL make theirs when asked. */
final class GeoPackageSink extends SinkFile {
    private static final int APPLICATION_ID = 0x47504B47;
    private static final int VERSION = 10_300;
    private static final int COMMIT_EVERY = 10_000;

    private final Connection db;
    private final PreparedStatement insert;
    private final int srsId;
    private final Set<String> kinds = new TreeSet<>();
    private final Envelope box = new Envelope();
    private final WKBWriter wkb = new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN);
    private long rows;

    GeoPackageSink(Path target, SinkSchema schema, SinkOptions options, FormatSettings settings, Path tempFolder)
            throws IOException {
        super(target, schema, options, settings, tempFolder);
        srsId = crs().wkt().isEmpty() ? 0 : crs().epsg().orElse(100_001);
        Connection open = null;
        try {
            open = DriverManager.getConnection("jdbc:sqlite:" + working);
            db = open;
            try (Statement s = db.createStatement()) {
                s.execute("PRAGMA journal_mode = OFF");
                s.execute("PRAGMA synchronous = OFF");
                s.execute("PRAGMA application_id = " + APPLICATION_ID);
                s.execute("PRAGMA user_version = " + VERSION);
            }
            db.setAutoCommit(false);
            insert = db.prepareStatement(tables());
        } catch (SQLException e) {
            try {
                if (open != null) open.close();
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            Files.deleteIfExists(working);
            throw new IOException(e);
        }
    }

    /** Makes the tables; returns the statement that adds a row. */
    private String tables() throws SQLException {
        Set<String> used = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (SinkColumn column : schema.columns()) {
            String free = column.name();
            for (int n = 2; !used.add(free.toLowerCase(Locale.ROOT)); n++) free = column.name() + "_" + n;
            names.add(free);
        }
        String key = free("fid", used);
        String geometry = free("geom", used);
        StringBuilder create = new StringBuilder("CREATE TABLE " + quoted(schema.name()) + " (" + quoted(key)
                + " INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, " + quoted(geometry) + " GEOMETRY");
        StringBuilder add = new StringBuilder("INSERT INTO " + quoted(schema.name()) + " (" + quoted(geometry));
        StringBuilder marks = new StringBuilder("?");
        for (int i = 0; i < names.size(); i++) {
            create.append(", ")
                    .append(quoted(names.get(i)))
                    .append(' ')
                    .append(type(schema.columns().get(i).type()));
            add.append(", ").append(quoted(names.get(i)));
            marks.append(", ?");
        }
        try (Statement s = db.createStatement()) {
            s.execute("CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,"
                    + " organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,"
                    + " description TEXT)");
            s.execute("CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,"
                    + " identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL"
                    + " DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,"
                    + " max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES"
                    + " gpkg_spatial_ref_sys(srs_id))");
            s.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
                    + " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,"
                    + " CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE"
                    + " (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),"
                    + " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))");
            s.execute(create.append(')').toString());
        }
        systems();
        try (PreparedStatement s = db.prepareStatement(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'features', ?, ?)")) {
            s.setString(1, schema.name());
            s.setString(2, schema.title());
            s.setInt(3, srsId);
            s.executeUpdate();
        }
        try (PreparedStatement s =
                db.prepareStatement("INSERT INTO gpkg_geometry_columns VALUES (?, ?, 'GEOMETRY', ?, 0, 0)")) {
            s.setString(1, schema.name());
            s.setString(2, geometry);
            s.setInt(3, srsId);
            s.executeUpdate();
        }
        return add.append(") VALUES (").append(marks).append(')').toString();
    }

    private static String free(String wanted, Set<String> used) {
        String free = wanted;
        while (!used.add(free)) free = "_" + free;
        return free;
    }

    private void systems() throws SQLException {
        try (PreparedStatement s =
                db.prepareStatement("INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)")) {
            system(s, "Undefined Cartesian SRS", -1, "NONE", -1, "undefined");
            system(s, "Undefined geographic SRS", 0, "NONE", 0, "undefined");
            system(s, "WGS 84", 4326, "EPSG", 4326, org.anquan.geo.SourceCrs.WGS84.wkt());
            if (srsId != 0)
                system(s, crs().id(), srsId, crs().epsg().isPresent() ? "EPSG" : "NONE", srsId, crs().wkt());
        }
        if (srsId == 0) note(Text.of("exchange.format.note.noCrs", crs().id()));
    }

    private static void system(PreparedStatement s, String name, int id, String organization, int code, String wkt)
            throws SQLException {
        s.setString(1, name);
        s.setInt(2, id);
        s.setString(3, organization);
        s.setInt(4, code);
        s.setString(5, wkt);
        s.setString(6, "");
        s.executeUpdate();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String type(ColumnType type) {
        return switch (type) {
            case INTEGER -> "INTEGER";
            case NUMBER -> "REAL";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIME -> "DATETIME";
            case TEXT, LIST, OBJECT -> "TEXT";
        };
    }

    @Override
    void writeRecord(Map<String, Object> values, @Nullable Geometry lonLat) throws IOException {
        try {
            if (lonLat == null) insert.setNull(1, Types.BLOB);
            else insert.setBytes(1, blob(inCrs(lonLat)));
            int at = 2;
            for (SinkColumn column : schema.columns()) set(at++, column.type(), values.get(column.name()));
            insert.executeUpdate();
            if (++rows % COMMIT_EVERY == 0) db.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private void set(int at, ColumnType type, @Nullable Object value) throws SQLException {
        if (value == null) insert.setNull(at, Types.NULL);
        else if (value instanceof Long || value instanceof Integer) insert.setLong(at, ((Number) value).longValue());
        else if (value instanceof Double number) insert.setDouble(at, number);
        else if (value instanceof BigDecimal exact && type == ColumnType.NUMBER)
            insert.setDouble(at, exact.doubleValue());
        else if (value instanceof Boolean truth) insert.setInt(at, truth ? 1 : 0);
        else if (type == ColumnType.TIME && !(value instanceof String)) {
            String utc = SinkValues.utc(value, settings.zone());
            insert.setString(at, utc == null ? SinkValues.text(value) : utc);
        } else if (value instanceof LocalDate || value instanceof Instant) insert.setString(at, value.toString());
        else insert.setString(at, SinkValues.text(value));
    }

    private byte[] blob(Geometry geometry) {
        kinds.add(geometry.getGeometryType().toUpperCase(Locale.ROOT));
        Envelope own = geometry.getEnvelopeInternal();
        box.expandToInclude(own);
        byte[] body = wkb.write(geometry);
        boolean empty = geometry.isEmpty();
        ByteBuffer out = ByteBuffer.allocate(8 + (empty ? 0 : 32) + body.length).order(ByteOrder.LITTLE_ENDIAN);
        // Little endian, envelope of x and y, or none and the mark of an empty geometry.
        out.put((byte) 'G')
                .put((byte) 'P')
                .put((byte) 0)
                .put((byte) (empty ? 0x11 : 0x03))
                .putInt(srsId);
        if (!empty)
            out.putDouble(own.getMinX())
                    .putDouble(own.getMaxX())
                    .putDouble(own.getMinY())
                    .putDouble(own.getMaxY());
        return out.put(body).array();
    }

    @Override
    void writeEnd() throws IOException {
        try {
            if (kinds.size() == 1)
                try (PreparedStatement s =
                        db.prepareStatement("UPDATE gpkg_geometry_columns SET geometry_type_name = ?")) {
                    s.setString(1, kinds.iterator().next());
                    s.executeUpdate();
                }
            if (!box.isNull())
                try (PreparedStatement s =
                        db.prepareStatement("UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?")) {
                    s.setDouble(1, box.getMinX());
                    s.setDouble(2, box.getMinY());
                    s.setDouble(3, box.getMaxX());
                    s.setDouble(4, box.getMaxY());
                    s.executeUpdate();
                }
            db.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    void release() throws IOException {
        try {
            insert.close();
            db.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
