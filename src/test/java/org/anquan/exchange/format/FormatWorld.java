package org.anquan.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anquan.geo.GeoJson;
import org.anquan.geo.SourceCrs;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** The small data set that every format must carry, and what compares it. */
final class FormatWorld {
    static final FormatSettings SETTINGS = settings();
    static final RecordFormats FORMATS = new RecordFormats(SETTINGS);
    static final ZoneId ZONE = SETTINGS.zone();

    static final SinkSchema SCHEMA = new SinkSchema(
            "shelter",
            "避难场所",
            List.of(
                    new SinkColumn("id", "编号", ColumnType.TEXT, ""),
                    new SinkColumn("name", "名称", ColumnType.TEXT, ""),
                    new SinkColumn("remark", "备注", ColumnType.TEXT, ""),
                    new SinkColumn("people", "可容纳人数", ColumnType.INTEGER, "人"),
                    new SinkColumn("serial", "序列号", ColumnType.INTEGER, ""),
                    new SinkColumn("areaSquareMetres", "面积", ColumnType.NUMBER, "m²"),
                    new SinkColumn("open", "启用", ColumnType.BOOLEAN, ""),
                    new SinkColumn("checked", "检查日期", ColumnType.DATE, ""),
                    new SinkColumn("observedAt", "观测时间", ColumnType.TIME, "")));

    /** A record as the sinks want it: values, and a geometry in lon, lat. */
    record Entry(Map<String, Object> values, @Nullable Geometry geometry) {}

    private FormatWorld() {}

    /** The very defaults of application.yml. */
    private static FormatSettings settings() {
        try {
            List<PropertySource<?>> sources =
                    new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yml"));
            return new Binder(
                            ConfigurationPropertySources.from(sources),
                            null,
                            ApplicationConversionService.getSharedInstance())
                    .bind("anquan.formats", FormatSettings.class)
                    .get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FormatSettings withLimits(FormatLimits limits) {
        return new FormatSettings(limits, SETTINGS.guessRecords(), SETTINGS.headerWithin(), SETTINGS.zone());
    }

    static Geometry wkt(String wkt) {
        try {
            return new WKTReader(GeoJson.FACTORY).read(wkt);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static List<Entry> points() {
        return entries(
                "POINT (105.845 32.434)",
                "POINT (105.123456789 32.987654321)",
                "POINT (106.07 32.62)",
                null,
                "POINT (105.5 32.4)");
    }

    static List<Entry> lines() {
        return entries(
                "LINESTRING (105.8 32.4, 105.81 32.41, 105.82 32.4)",
                "MULTILINESTRING ((105.1 32.1, 105.2 32.2), (105.3 32.3, 105.4 32.3, 105.5 32.4))",
                "LINESTRING (105.8 32.4, 105.9 32.4)",
                null,
                "LINESTRING (105 32, 106 32)");
    }

    /** With a hole, with an island in a hole, with two islands, with rings that touch in a point. */
    static List<Entry> polygons() {
        return entries(
                "POLYGON ((105 32, 106 32, 106 33, 105 33, 105 32), (105.4 32.4, 105.6 32.4, 105.6 32.6, 105.4 32.6, 105.4 32.4))",
                "MULTIPOLYGON (((105 32, 106 32, 106 33, 105 33, 105 32), (105.2 32.2, 105.8 32.2, 105.8 32.8, 105.2 32.8, 105.2 32.2)),"
                        + " ((105.4 32.4, 105.6 32.4, 105.6 32.6, 105.4 32.6, 105.4 32.4)))",
                "MULTIPOLYGON (((105 32, 105.1 32, 105.1 32.1, 105 32)), ((105.5 32.5, 105.6 32.5, 105.6 32.6, 105.5 32.5)))",
                null,
                "POLYGON ((105 32, 106 32, 106 33, 105 33, 105 32), (105 32.5, 105.3 32.4, 105.3 32.6, 105 32.5))");
    }

    static List<Entry> multipoints() {
        return entries(
                "MULTIPOINT ((105.1 32.1), (105.2 32.2))",
                "MULTIPOINT ((105.8 32.1), (105.2 32.25), (105.3 32.3))",
                "MULTIPOINT ((105.1 32.1), (105.4 32.2))",
                null,
                "MULTIPOINT ((105.1 32.1), (105.9 32.9))");
    }

    private static List<Entry> entries(@Nullable String... wkts) {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(row(
                "s1",
                "凤凰山公园",
                "null",
                60_000L,
                123_456_789_012_345_678L,
                60_000.5,
                true,
                "2026-03-05",
                "2026-03-05T14:20:00+08:00"));
        rows.add(row(
                "s2",
                "南河湿地, \"东区\"",
                "长".repeat(80),
                0L,
                9_007_199_254_740_993L,
                -0.000123,
                false,
                "1976-07-28",
                "1976-07-28T03:42:56+08:00"));
        rows.add(row("s3", "  三堆中学", "第一行\n第二行；<b>&amp;</b>", -7L, 42L, 12_345_678.875, true, null, null));
        rows.add(row("s4", "无位置", null, null, null, null, null, null, null));
        rows.add(row("05", "𠮷野家広場", "é ü ñ 'quote'", 1L, 1L, 1.0, false, "2000-02-29", "2000-02-29T00:00:00Z"));
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) all.add(new Entry(rows.get(i), wkts[i] == null ? null : wkt(wkts[i])));
        return all;
    }

    private static Map<String, Object> row(
            String id,
            String name,
            @Nullable String remark,
            @Nullable Long people,
            @Nullable Long serial,
            @Nullable Double area,
            @Nullable Boolean open,
            @Nullable String checked,
            @Nullable String at) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("name", name.strip());
        if (remark != null) values.put("remark", remark);
        if (people != null) values.put("people", people);
        if (serial != null) values.put("serial", serial);
        if (area != null) values.put("areaSquareMetres", area);
        if (open != null) values.put("open", open);
        if (checked != null) values.put("checked", LocalDate.parse(checked));
        if (at != null) values.put("observedAt", OffsetDateTime.parse(at));
        return values;
    }

    static void write(FileFormat format, Path target, SinkOptions options, List<Entry> entries, Path temp) {
        try (RecordSink sink = FORMATS.create(format, target, SCHEMA, options, temp)) {
            for (Entry entry : entries) sink.write(entry.values(), entry.geometry());
            sink.finish();
        }
    }

    static List<SourceRecord> read(Path file, ReadOptions options, Path temp) {
        try (RecordSource source = FORMATS.open(file, file.getFileName().toString(), options, temp);
                Stream<SourceRecord> records = source.records()) {
            return records.toList();
        }
    }

    static SourceSchema schema(Path file, ReadOptions options, Path temp) {
        try (RecordSource source = FORMATS.open(file, file.getFileName().toString(), options, temp)) {
            return source.schema();
        }
    }

    /** Whether what was read says the same as what was written, column by column. */
    static void assertSame(List<SourceRecord> read, List<Entry> written, SourceCrs crs, double toleranceDegrees) {
        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < written.size(); i++) {
            SourceRecord record = read.get(i);
            Entry entry = written.get(i);
            assertThat(record.problems()).as("row %s", record.row()).isEmpty();
            for (SinkColumn column : SCHEMA.columns()) {
                Object expected = entry.values().get(column.name());
                Object found = find(record.values(), column);
                if (found instanceof String text && text.isEmpty()) found = null;
                assertThat(found == null ? null : plain(column.type(), found))
                        .as("%s of %s", column.name(), entry.values().get("id"))
                        .isEqualTo(expected == null ? null : plain(column.type(), expected));
            }
            Geometry expected = entry.geometry();
            Geometry found = record.geometry();
            if (expected == null) assertThat(found).isNull();
            else {
                assertThat(found).as("geometry of %s", entry.values().get("id")).isNotNull();
                assertSameShape(crs.toLonLat(found), expected, toleranceDegrees);
            }
        }
    }

    static void assertSameShape(Geometry found, Geometry expected, double toleranceDegrees) {
        Geometry a = rounded(single(found)).norm();
        Geometry b = rounded(single(expected)).norm();
        assertThat(a.getGeometryType()).isEqualTo(b.getGeometryType());
        assertThat(a.equalsExact(b, toleranceDegrees)).as("%s is %s", a, b).isTrue();
    }

    /** To millimetres, so that the order of rings and points does not hang on noise. */
    private static Geometry rounded(Geometry geometry) {
        Geometry copy = geometry.copy();
        copy.apply((org.locationtech.jts.geom.CoordinateFilter) c -> {
            c.x = Math.round(c.x * 1e8) / 1e8;
            c.y = Math.round(c.y * 1e8) / 1e8;
        });
        copy.geometryChanged();
        return copy;
    }

    private static Geometry single(Geometry geometry) {
        return geometry.getNumGeometries() == 1 ? geometry.getGeometryN(0) : geometry;
    }

    private static @Nullable Object find(Map<String, Object> values, SinkColumn column) {
        for (Map.Entry<String, Object> one : values.entrySet())
            if (one.getKey().equalsIgnoreCase(column.name())
                    || one.getKey().equals(column.title())
                    || (one.getKey().length() >= 3 && column.title().startsWith(one.getKey()))
                    || (one.getKey().length() == 10 && column.name().startsWith(one.getKey()))
                    || one.getKey().equals(column.title() + "（" + column.unit() + "）")) return one.getValue();
        return null;
    }

    static Object plain(ColumnType type, Object value) {
        String text = value.toString();
        return switch (type) {
            case INTEGER -> new BigDecimal(text).longValueExact();
            case NUMBER -> Double.parseDouble(text);
            case BOOLEAN -> text.equals("true") || text.equals("1") || text.equals("T");
            case DATE -> LocalDate.parse(text.substring(0, 10).replace('/', '-'));
            case TIME -> instant(value);
            default -> text;
        };
    }

    private static Instant instant(Object value) {
        if (value instanceof OffsetDateTime moment) return moment.toInstant();
        if (value instanceof LocalDateTime local) return local.atZone(ZONE).toInstant();
        if (value instanceof LocalDate date) return date.atStartOfDay(ZONE).toInstant();
        String text = value.toString().replace(' ', 'T').replace('/', '-').replaceFirst("([+-]\\d{2})$", "$1:00");
        return text.length() > 19
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(ZONE).toInstant();
    }

    static Path file(Path folder, String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
