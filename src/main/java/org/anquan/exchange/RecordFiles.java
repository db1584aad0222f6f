package org.anquan.exchange;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.anquan.exchange.format.ColumnType;
import org.anquan.exchange.format.FileFormat;
import org.anquan.exchange.format.ReadOptions;
import org.anquan.exchange.format.RecordFormats;
import org.anquan.exchange.format.RecordSink;
import org.anquan.exchange.format.RecordSource;
import org.anquan.exchange.format.SinkColumn;
import org.anquan.exchange.format.SinkOptions;
import org.anquan.exchange.format.SinkSchema;
import org.anquan.exchange.format.SourceRecord;
import org.anquan.home.AnquanHome;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Component;

/** Records in files that belong to no layer: what a question reads beside the layers, and answers as files. */
@Component
public final class RecordFiles {
    private final RecordFormats formats;
    private final AnquanHome home;

    public RecordFiles(RecordFormats formats, AnquanHome home) {
        this.formats = formats;
        this.home = home;
    }

    /** Takes one record: the row as a person counts it, its values by column, its geometry in the file's coordinates. */
    public interface Each {
        void take(long row, Map<String, Object> values, @Nullable Geometry geometry);
    }

    /**
     * Reads a file of any format that is known, whatever layer or sheet stands first in it.
     *
     * @param declaredCrs is told first what coordinate system the file names, empty for none
     * @throws org.anquan.problem.ProblemException with words where the file cannot be read
     */
    public void read(Path file, Consumer<String> declaredCrs, Each each) {
        try (RecordSource source =
                        formats.open(file, String.valueOf(file.getFileName()), ReadOptions.NONE, home.sub("tmp"));
                Stream<SourceRecord> records = source.records()) {
            declaredCrs.accept(source.schema().crs().definition());
            records.forEach(record -> each.take(record.row(), record.values(), record.geometry()));
        }
    }

    /** What a column of a written file holds. */
    public enum Holds {
        TEXT(ColumnType.TEXT),
        WHOLE_NUMBER(ColumnType.INTEGER),
        NUMBER(ColumnType.NUMBER);

        private final ColumnType type;

        Holds(ColumnType type) {
            this.type = type;
        }
    }

    public record Column(String name, Holds holds) {}

    /** @param lonLat degrees, longitude first */
    public record Row(Map<String, Object> values, Geometry lonLat) {}

    /**
     * Writes a GeoJSON or, where the file's name ends so, a GeoPackage.
     *
     * @param name of the layer inside, a plain identifier
     */
    public void write(Path file, String name, List<Column> columns, List<Row> rows) {
        FileFormat format = file.toString().endsWith(FileFormat.GEOPACKAGE.extension())
                ? FileFormat.GEOPACKAGE
                : FileFormat.GEOJSON;
        SinkSchema schema = new SinkSchema(
                name,
                name,
                columns.stream()
                        .map(column -> new SinkColumn(column.name(), column.holds().type))
                        .toList());
        try (RecordSink sink = formats.create(format, file, schema, SinkOptions.DEFAULT, home.sub("tmp"))) {
            for (Row row : rows) sink.write(row.values(), row.lonLat());
            sink.finish();
        }
    }
}
