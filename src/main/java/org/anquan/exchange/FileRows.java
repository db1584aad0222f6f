package org.anquan.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.anquan.catalog.AttributeNames;
import org.anquan.exchange.format.DeclaredCrs;
import org.anquan.exchange.format.FileFormat;
import org.anquan.exchange.format.PlaceColumns;
import org.anquan.exchange.format.ReadOptions;
import org.anquan.exchange.format.RecordFormats;
import org.anquan.exchange.format.RecordSource;
import org.anquan.exchange.format.SourceColumn;
import org.anquan.exchange.format.SourceRecord;
import org.anquan.exchange.format.SourceSchema;
import org.anquan.geo.SourceCrs;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/** The rows of a file of any format, as an import takes them, and how the file was understood. */
final class FileRows implements AutoCloseable {
    private static final String DEGREES = "CRS84";
    /** What is above is no slip in degrees, but metres. */
    private static final double MOST_DEGREES = 1000;

    private final RecordSource source;
    private final SourceSchema schema;
    private final SourceCrs crs;
    private final boolean crsKnown;
    private final List<Text> notes = new ArrayList<>();

    private FileRows(RecordSource source, @Nullable String asked) {
        this.source = source;
        this.schema = source.schema();
        DeclaredCrs declared = schema.crs();
        this.crsKnown = asked != null || declared.how() != DeclaredCrs.How.UNDECLARED;
        this.crs = SourceCrs.resolve(asked != null ? asked : crsKnown ? declared.definition() : DEGREES);
        notes.addAll(schema.notes());
        notes.addAll(crs.notes());
        if (!crs.isLonLat()) notes.add(Text.of("exchange.note.crs", crs.id()));
        if (schema.layers().size() > 1) {
            // The reader of workbooks says it too, in fewer words.
            notes.removeIf(note -> note.key().equals("exchange.format.note.sheet"));
            notes.add(Text.of("exchange.note.table", schema.layer(), schema.layers()));
        }
    }

    SourceSchema schema() {
        return schema;
    }

    SourceCrs crs() {
        return crs;
    }

    /** Whether the file or the user says which coordinate system it is. */
    boolean isCrsKnown() {
        return crsKnown;
    }

    /** The coordinate system that the places came in; null where they are degrees of WGS84, as the store has them. */
    @Nullable
    String otherCrs() {
        return crs.id().equals(SourceCrs.WGS84.id()) ? null : crs.id();
    }

    List<String> columns() {
        return schema.columns().stream().map(SourceColumn::name).toList();
    }

    /** The columns that make the geometry; none for formats with geometries of their own. */
    Set<String> placeColumns() {
        Set<String> all = new LinkedHashSet<>();
        PlaceColumns places = schema.places();
        if (places == null) return all;
        for (String column : new String[] {places.wkt(), places.both(), places.x(), places.y()})
            if (column != null) all.add(column);
        return all;
    }

    /** Whether rows can have a place at all; an empty file may. */
    boolean hasPlaces() {
        FileFormat format = schema.format();
        if (format == FileFormat.CSV || format == FileFormat.EXCEL) return schema.places() != null;
        boolean fixed = format == FileFormat.SHAPEFILE || format == FileFormat.GEOPACKAGE;
        return !fixed || schema.records() == 0 || !schema.geometryTypes().isEmpty();
    }

    /** Whether all columns are known before reading. */
    boolean hasFixedColumns() {
        return schema.format() != FileFormat.GEOJSON && schema.format() != FileFormat.KML;
    }

    void each(RawRow.Taker taker) {
        try (Stream<SourceRecord> records = source.records()) {
            records.forEach(record -> taker.take(row(record)));
        }
    }

    /** The first rows. */
    List<RawRow> first(int count) {
        try (Stream<SourceRecord> records = source.records()) {
            return records.limit(count).map(this::row).toList();
        }
    }

    /** Surveyors call the northing X: numbers of a table that can only be meant that way are put right, and it is said. */
    private RawRow row(SourceRecord record) {
        RawRow row = RawRow.of(record);
        PlaceColumns places = schema.places();
        if (places == null || places.x() == null || !(row.geometry() instanceof Point point) || point.isEmpty())
            return row;
        return crs.isNorthingFirst(point.getX(), point.getY()) ? row.turned(places.x()) : row;
    }

    /**
     * @throws ProblemException where the coordinates lie outside the system's reach or off the globe, or where nobody
     *     said which system it is and they are no degrees
     */
    Geometry toLonLat(Geometry given) {
        if (given instanceof Point point && !point.isEmpty() && crs.isDegreesForMetres(point.getX(), point.getY()))
            throw ProblemException.invalid("exchange.degreesForMetres", point.getX(), point.getY(), crs.id());
        if (crsKnown) return crs.toLonLat(given);
        Coordinate first = given.getCoordinate();
        if (first != null && (Math.abs(first.x) > MOST_DEGREES || Math.abs(first.y) > MOST_DEGREES))
            throw ProblemException.invalid("exchange.noCrs", first.x, first.y);
        return crs.toLonLat(given);
    }

    /** How much of the file was read, 0 to 1. */
    double share() {
        return source.progress();
    }

    /** What a user should know of how the file was understood. */
    List<Text> notes() {
        return notes;
    }

    @Override
    public void close() {
        source.close();
    }

    /** Opens files with what the user says of them. */
    static final class Opener {
        private final RecordFormats formats;
        private final Supplier<Path> tempFolder;

        Opener(RecordFormats formats, Supplier<Path> tempFolder) {
            this.formats = formats;
            this.tempFolder = tempFolder;
        }

        FileRows open(Path file, String name, ImportRequest.Hints hints, Map<String, String> mapping)
                throws IOException {
            if (!Files.isRegularFile(file)) throw ProblemException.notFound("exchange.noFile", name);
            if (!Files.isReadable(file)) throw ProblemException.unavailable("exchange.unreadable", name);
            if (Files.size(file) == 0) throw ProblemException.invalid("exchange.empty", name);
            ReadOptions options = ReadOptions.NONE;
            if (hints.encoding() != null) options = options.withCharset(hints.encoding());
            if (hints.table() != null) options = options.withLayer(hints.table());
            RecordSource source = formats.open(file, name, options, tempFolder.get());
            try {
                PlaceColumns wanted = places(source.schema(), mapping);
                if (wanted != null && !wanted.equals(source.schema().places())) {
                    source.close();
                    source = formats.open(file, name, options.withPlaces(wanted), tempFolder.get());
                }
                return new FileRows(source, hints.crs());
            } catch (RuntimeException e) {
                source.close();
                throw e;
            }
        }

        /** Where the mapping says that the place stands; null where it says nothing. */
        private static @Nullable PlaceColumns places(SourceSchema schema, Map<String, String> mapping) {
            boolean columnsOnly = schema.format() == FileFormat.GEOPACKAGE
                    && (schema.places() != null || schema.geometryTypes().isEmpty());
            if (schema.format() != FileFormat.CSV && schema.format() != FileFormat.EXCEL && !columnsOnly) return null;
            String wkt = column(schema, mapping, "geom", "geometry");
            String both = column(schema, mapping, "lonlat");
            String x = column(schema, mapping, "lon");
            String y = column(schema, mapping, "lat");
            PlaceColumns found = schema.places() == null ? PlaceColumns.NONE : schema.places();
            if (wkt != null) return PlaceColumns.wkt(wkt);
            if (both != null) return PlaceColumns.both(both);
            if (x == null && y == null) return null;
            String east = x == null ? found.x() : x;
            String north = y == null ? found.y() : y;
            return east == null || north == null ? null : PlaceColumns.xy(east, north);
        }

        private static @Nullable String column(SourceSchema schema, Map<String, String> mapping, String... targets) {
            for (Map.Entry<String, String> pair : mapping.entrySet()) {
                if (!List.of(targets).contains(pair.getValue())) continue;
                for (SourceColumn column : schema.columns())
                    if (AttributeNames.plain(column.name()).equals(AttributeNames.plain(pair.getKey())))
                        return column.name();
            }
            return null;
        }
    }
}
