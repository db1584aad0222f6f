package org.anquan.exchange.format;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.MultiLineString;
import org.locationtech.jts.geom.MultiPoint;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * A zip of shapefiles, one set for each kind of geometry, because the format takes only one kind a file; parts of a
 * collection go to their kinds. Field names have at most ten bytes; a table {@code …_fields.csv} says what they were. The
 * widths of fields are known only at the end, so the rows wait in a temporary file.
 */
final class ShapefileSink extends SinkFile {
    private static final int MOST_WAITING = 10_000;

    enum Kind {
        POINT(1, "point"),
        MULTIPOINT(8, "multipoint"),
        LINE(3, "line"),
        POLYGON(5, "polygon");

        final int shapeType;
        final String suffix;

        Kind(int shapeType, String suffix) {
            this.shapeType = shapeType;
            this.suffix = suffix;
        }
    }

    private final Path tempFolder;
    private final DbfColumns columns;
    private final Map<Kind, ShapeSet> sets = new EnumMap<>(Kind.class);
    private final List<Map<String, Object>> waiting = new ArrayList<>();
    private @Nullable Kind first;

    ShapefileSink(Path target, SinkSchema schema, SinkOptions options, FormatSettings settings, Path tempFolder)
            throws IOException {
        super(target, schema, options, settings, tempFolder);
        this.tempFolder = tempFolder;
        Charset charset =
                options.charset().equals(StandardCharsets.UTF_8) ? StandardCharsets.UTF_8 : Charset.forName("GBK");
        columns = new DbfColumns(schema, options, charset);
    }

    @Override
    void writeRecord(Map<String, Object> values, @Nullable Geometry lonLat) throws IOException {
        if (lonLat == null || lonLat.isEmpty()) {
            withoutGeometry(values);
            return;
        }
        Geometry geometry = inCrs(lonLat);
        Kind kind = kind(geometry);
        if (kind != null) {
            set(kind).add(values, geometry, columns);
            return;
        }
        note(Text.of("exchange.format.note.collection"));
        Map<Kind, List<Geometry>> parts = new EnumMap<>(Kind.class);
        split(geometry, parts);
        for (Map.Entry<Kind, List<Geometry>> one : parts.entrySet())
            set(one.getKey()).add(values, Shapes.FACTORY.buildGeometry(one.getValue()), columns);
    }

    /** Null shapes go with the first kind that turns up. */
    private void withoutGeometry(Map<String, Object> values) throws IOException {
        if (first != null) set(first).add(values, null, columns);
        else if (waiting.size() < MOST_WAITING) waiting.add(values);
        else set(Kind.POINT).add(values, null, columns);
    }

    private ShapeSet set(Kind kind) throws IOException {
        ShapeSet known = sets.get(kind);
        if (known != null) return known;
        ShapeSet made = new ShapeSet(kind, tempFolder);
        sets.put(kind, made);
        if (first == null) {
            first = kind;
            for (Map<String, Object> values : waiting) made.add(values, null, columns);
            waiting.clear();
        }
        return made;
    }

    private static @Nullable Kind kind(Geometry geometry) {
        if (geometry instanceof Point) return Kind.POINT;
        if (geometry instanceof MultiPoint) return Kind.MULTIPOINT;
        if (geometry instanceof LineString || geometry instanceof MultiLineString) return Kind.LINE;
        return geometry instanceof Polygon || geometry instanceof MultiPolygon ? Kind.POLYGON : null;
    }

    private static void split(Geometry geometry, Map<Kind, List<Geometry>> parts) {
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Geometry part = geometry.getGeometryN(i);
            Kind kind = kind(part);
            if (kind == null || part instanceof GeometryCollection) split(part, parts);
            else if (!part.isEmpty())
                parts.computeIfAbsent(kind, k -> new ArrayList<>()).add(part);
        }
    }

    @Override
    void writeEnd() throws IOException {
        if (sets.isEmpty()) set(Kind.POINT);
        try (ZipOutputStream zip =
                new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(working), 1 << 16))) {
            for (ShapeSet set : sets.values()) {
                String name = sets.size() == 1 ? schema.name() : schema.name() + "_" + set.kind.suffix;
                set.finish();
                copy(zip, name + ".shp", set.shp);
                copy(zip, name + ".shx", set.shx);
                zip.putNextEntry(new ZipEntry(name + ".dbf"));
                columns.write(zip, set.rows, set.count);
                zip.closeEntry();
                text(zip, name + ".cpg", columns.charset().equals(StandardCharsets.UTF_8) ? "UTF-8" : "GBK");
                if (!crs().esriWkt().isEmpty()) text(zip, name + ".prj", crs().esriWkt());
            }
            if (columns.isRenamed()) {
                text(zip, schema.name() + "_fields.csv", columns.mapping());
                note(Text.of("exchange.format.note.fieldNames", schema.name() + "_fields.csv"));
            }
        }
        if (sets.size() > 1) note(Text.of("exchange.format.note.kinds", sets.size()));
        if (crs().esriWkt().isEmpty()) note(Text.of("exchange.format.note.noCrs", crs().id()));
        for (Text one : columns.notes()) note(one);
    }

    private static void copy(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    private static void text(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Override
    void release() throws IOException {
        for (ShapeSet set : sets.values()) set.close();
    }

    /** One set: shapes as they will be, rows as cells in bytes. */
    static final class ShapeSet {
        private final Kind kind;
        private final Path shp;
        private final Path shx;
        private final Path rows;
        private final ShpWriter shapes;
        private final DataOutputStream cells;
        private int count;

        ShapeSet(Kind kind, Path tempFolder) throws IOException {
            this.kind = kind;
            shp = Files.createTempFile(tempFolder, "export-", ".part");
            shx = Files.createTempFile(tempFolder, "export-", ".part");
            rows = Files.createTempFile(tempFolder, "export-", ".part");
            shapes = new ShpWriter(kind.shapeType, shp, shx);
            cells = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(rows), 1 << 16));
        }

        void add(Map<String, Object> values, @Nullable Geometry geometry, DbfColumns columns) throws IOException {
            shapes.write(geometry);
            columns.stage(values, cells);
            count++;
        }

        void finish() throws IOException {
            shapes.close();
            cells.close();
        }

        void close() throws IOException {
            finish();
            Files.deleteIfExists(shp);
            Files.deleteIfExists(shx);
            Files.deleteIfExists(rows);
        }
    }

    /** The cells of staged rows, one after the other. */
    static final class StagedRows implements AutoCloseable {
        private final DataInputStream in;

        StagedRows(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        }

        /** Null for an empty cell. */
        byte @Nullable [] cell() throws IOException {
            int length = in.readShort();
            return length < 0 ? null : in.readNBytes(length);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    static void put(OutputStream out, ByteBuffer buffer) throws IOException {
        out.write(buffer.array(), 0, buffer.position());
    }
}
