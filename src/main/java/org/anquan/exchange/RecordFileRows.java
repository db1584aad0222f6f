package org.anquan.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anquan.exchange.format.RecordSource;
import org.anquan.exchange.format.SourceRecord;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.exchange.format.SourceSchema;
import org.anquan.geo.SourceCrs;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Excel, shapefiles, GeoPackages, KML, and any file in a coordinate system other than degrees. */
final class RecordFileRows implements FileRows {
    private static final String DEGREES = "CRS84";

    private final RecordSource source;
    private final SourceSchema schema;
    private final SourceCrs crs;
    private final List<Text> notes = new ArrayList<>();

    RecordFileRows(RecordSource source, @Nullable String crs, ImportRequest request) {
        this.source = source;
        this.schema = source.schema();
        String declared = schema.crs().definition();
        try {
            this.crs = SourceCrs.resolve(crs != null ? crs : declared.isBlank() ? DEGREES : declared);
        } catch (ProblemException e) {
            source.close();
            throw e;
        }
        if (schema.geometryTypes().isEmpty() && schema.places() == null) {
            source.close();
            throw ProblemException.invalid(
                    "exchange.noPlace",
                    request.fileName(),
                    schema.columns().stream().map(c -> c.name()).toList());
        }
        notes.addAll(schema.notes());
        notes.addAll(this.crs.notes());
        if (!this.crs.isLonLat()) notes.add(Text.of("exchange.note.crs", this.crs.id()));
        if (schema.layers().size() > 1) notes.add(Text.of("exchange.note.table", schema.layer(), schema.layers()));
    }

    @Override
    public String formatTitle() {
        return schema.format().title().toString();
    }

    @Override
    public String encoding() {
        return schema.encoding().charset();
    }

    @Override
    public boolean placesFromColumns() {
        return false;
    }

    @Override
    public void each(ImportRun run, RawRow.Taker taker) {
        try (Stream<SourceRecord> records = source.records()) {
            records.forEach(record -> taker.take(row(record)));
        }
    }

    private RawRow row(SourceRecord record) {
        if (!record.isGood()) {
            Problem first = record.problems().stream()
                    .filter(p -> !p.mended())
                    .findFirst()
                    .orElseThrow();
            String column = first.column();
            Text why = column == null
                    ? first.reason()
                    : Text.of("exchange.badValue", column, String.valueOf(first.value()), first.reason());
            return RawRow.unreadable(record.row(), why);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        record.values().forEach((column, value) -> {
            String text = text(value);
            if (!text.isBlank()) values.put(column, text);
        });
        Geometry given = record.geometry();
        Geometry geometry;
        try {
            geometry = given == null ? null : crs.toLonLat(given);
        } catch (ProblemException e) {
            return RawRow.unreadable(record.row(), e.detail());
        }
        return new RawRow(record.row(), null, null, geometry, values, null);
    }

    private static String text(Object value) {
        if (value instanceof Double number && !number.isInfinite() && !number.isNaN())
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        return value.toString();
    }

    @Override
    public double share() {
        return source.progress();
    }

    @Override
    public List<Text> notes() {
        return notes;
    }

    @Override
    public void close() {
        source.close();
    }
}
