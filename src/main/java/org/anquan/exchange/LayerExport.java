package org.anquan.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeType;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.exchange.format.ColumnType;
import org.anquan.exchange.format.FileFormat;
import org.anquan.exchange.format.RecordFormats;
import org.anquan.exchange.format.RecordSink;
import org.anquan.exchange.format.SinkColumn;
import org.anquan.exchange.format.SinkOptions;
import org.anquan.exchange.format.SinkSchema;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/** Writes a layer, or what a query finds of it, to a file of any format; streamed, and all of one version. */
@Service
public final class LayerExport {
    /** How many features are written between two looks at whether to stop. */
    private static final int BETWEEN_LOOKS = 1000;

    private final Layers layers;
    private final RecordFormats formats;
    private final Supplier<Path> tempFolder;

    @Autowired
    LayerExport(Layers layers, RecordFormats formats, AnquanHome home) {
        this(layers, formats, () -> home.sub("tmp"));
    }

    LayerExport(Layers layers, RecordFormats formats, Supplier<Path> tempFolder) {
        this.layers = layers;
        this.formats = formats;
        this.tempFolder = tempFolder;
    }

    /**
     * One of the formats that can be written.
     *
     * @param name short, as in {@link ExportRequest#format}
     * @param extension of file names, with its dot
     */
    public record Format(String name, String extension, String mediaType) {}

    /** @param notes what a user should know of the file: texts that were cut, names that were shortened */
    public record Written(long count, List<Text> notes) {
        public Written {
            notes = List.copyOf(notes);
        }
    }

    public static List<Format> formats() {
        List<Format> all = new ArrayList<>();
        for (FileFormat format : FileFormat.values())
            all.add(new Format(name(format), format.extension(), format.mediaType()));
        return all;
    }

    /** @throws ProblemException naming the formats there are */
    public static Format format(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        for (Format format : formats()) if (format.name().equals(wanted)) return format;
        throw ProblemException.invalid(
                "exchange.exportFormat",
                name,
                formats().stream().map(Format::name).toList());
    }

    private static String name(FileFormat format) {
        return switch (format) {
            case GEOJSON -> "geojson";
            case CSV -> "csv";
            case EXCEL -> "xlsx";
            case SHAPEFILE -> "shp";
            case GEOPACKAGE -> "gpkg";
            case KML -> "kml";
        };
    }

    /**
     * @param who whose eyes it is for: attributes that may not be seen are left out
     * @param target comes into being when all is written, and is left as it was where that fails
     */
    public Written write(ExportRequest request, Visibility who, Path target, ImportProgress progress) {
        LayerDefinition layer = who.cut(layers.definition(request.query().layer()));
        FileFormat format = FileFormat.GEOJSON;
        for (FileFormat one : FileFormat.values())
            if (name(one).equals(format(request.format()).name())) format = one;
        List<SinkColumn> columns = new ArrayList<>();
        columns.add(new SinkColumn("id", "id", ColumnType.TEXT, ""));
        for (AttributeDefinition attribute : layer.attributes())
            columns.add(new SinkColumn(
                    attribute.name(), attribute.title().toString(), type(attribute.type()), unit(attribute.unit())));
        SinkSchema schema = new SinkSchema(layer.id(), layer.title().toString(), columns);
        SinkOptions options = SinkOptions.DEFAULT
                .withCrs(request.crs())
                .withCharset(request.encoding())
                .withHeadings(request.titles() ? SinkOptions.Headings.TITLES : SinkOptions.Headings.NAMES);
        long expected = Math.max(1, layers.state(layer.id()).count());
        long[] count = {0};
        try (RecordSink sink = formats.create(format, target, schema, options, tempFolder.get())) {
            layers.forEach(request.query(), feature -> {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("id", feature.id());
                for (AttributeDefinition attribute : layer.attributes()) {
                    Object value = feature.get(attribute.name());
                    if (value != null) values.put(attribute.name(), value);
                }
                sink.write(values, feature.geometry());
                if (++count[0] % BETWEEN_LOOKS != 0) return;
                if (progress.cancelled())
                    throw ProblemException.of(ProblemException.Kind.CANCELLED, "exchange.exportCancelled");
                progress.report(Math.min(1, (double) count[0] / expected), count[0]);
            });
            sink.finish();
            return new Written(count[0], sink.notes());
        }
    }

    private static String unit(@Nullable String unit) {
        return unit == null ? "" : unit;
    }

    private static ColumnType type(AttributeType type) {
        return switch (type) {
            case TEXT -> ColumnType.TEXT;
            case INTEGER -> ColumnType.INTEGER;
            case NUMBER -> ColumnType.NUMBER;
            case BOOLEAN -> ColumnType.BOOLEAN;
            case DATE -> ColumnType.DATE;
            case TIME -> ColumnType.TIME;
            case LIST -> ColumnType.LIST;
        };
    }
}
