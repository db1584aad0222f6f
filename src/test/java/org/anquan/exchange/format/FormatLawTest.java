package org.anquan.exchange.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.exchange.format.FormatWorld.Entry;
import org.anquan.geo.GeoJson;
import org.anquan.geo.SourceCrs;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/** The law of every format: what was written is read again, whatever the records. */
class FormatLawTest {
    private static final String[] CRS = {"EPSG:4326", "EPSG:4490", "EPSG:4544", "EPSG:4523", "EPSG:4546", "EPSG:32648"};
    private static final String SIGNS = "甲乙丙丁abc 09-_,;\"'<>&|\\/()（）。\n𠮷éß";

    @Property(tries = 40)
    void readingGivesWhatWasWritten(@ForAll FileFormat format, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        SourceCrs crs = SourceCrs.resolve(format == FileFormat.KML ? "EPSG:4326" : CRS[random.nextInt(CRS.length)]);
        int kind = random.nextInt(3);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(20); i++)
            entries.add(new Entry(values(random, i), geometry(random, kind)));
        Path own = Files.createTempDirectory("law");
        Path file = own.resolve("law" + format.extension());
        FormatWorld.write(format, file, SinkOptions.DEFAULT.withCrs(crs), entries, own);
        List<SourceRecord> read =
                FormatWorld.read(file, ReadOptions.NONE.withHeaderRow(1).withSeparator(','), own);
        FormatWorld.assertSame(read, entries, crs, 2e-8);
        Files.delete(file);
        Files.delete(own);
    }

    private static Map<String, Object> values(Random random, int i) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", "s" + i);
        if (random.nextInt(4) > 0) values.put("name", text(random, 8));
        if (random.nextInt(4) > 0) values.put("remark", text(random, 60));
        if (random.nextInt(4) > 0) values.put("people", (long) random.nextInt());
        if (random.nextInt(4) > 0) values.put("serial", random.nextLong() / 100);
        if (random.nextInt(4) > 0) values.put("areaSquareMetres", Math.round(random.nextGaussian() * 1e9) / 1e4);
        if (random.nextInt(4) > 0) values.put("open", random.nextBoolean());
        if (random.nextInt(4) > 0)
            values.put("checked", LocalDate.of(1950, 1, 1).plusDays(random.nextInt(40_000)));
        if (random.nextInt(4) > 0)
            values.put(
                    "observedAt",
                    OffsetDateTime.of(1950, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(8))
                            .plusSeconds(random.nextInt()));
        return values;
    }

    /** No blanks at its ends, which several formats do not keep, and at most 240 bytes. */
    private static String text(Random random, int longest) {
        int[] signs = SIGNS.codePoints().toArray();
        StringBuilder out = new StringBuilder("x");
        for (int i = random.nextInt(longest); i > 0; i--) out.appendCodePoint(signs[random.nextInt(signs.length)]);
        return out.append("y").toString();
    }

    private static @Nullable Geometry geometry(Random random, int kind) {
        if (random.nextInt(6) == 0) return null;
        double x = 104.5 + random.nextInt(1000) / 1000.0;
        double y = 31.5 + random.nextInt(1000) / 1000.0;
        if (kind == 0) return GeoJson.FACTORY.createPoint(new Coordinate(x, y));
        int parts = 1 + random.nextInt(3);
        if (kind == 1) {
            LineString[] lines = new LineString[parts];
            for (int p = 0; p < parts; p++)
                lines[p] = GeoJson.FACTORY.createLineString(new Coordinate[] {
                    new Coordinate(x + p, y), new Coordinate(x + p + 0.25, y + 0.5), new Coordinate(x + p, y + 1)
                });
            return parts == 1 ? lines[0] : GeoJson.FACTORY.createMultiLineString(lines);
        }
        Polygon[] polygons = new Polygon[parts];
        for (int p = 0; p < parts; p++) {
            LinearRing[] holes = new LinearRing[random.nextInt(3)];
            for (int h = 0; h < holes.length; h++) holes[h] = square(x + p * 0.5 + 0.05 + 0.1 * h, y + 0.05, 0.05);
            polygons[p] = GeoJson.FACTORY.createPolygon(square(x + p * 0.5, y, 0.4), holes);
        }
        return parts == 1 ? polygons[0] : GeoJson.FACTORY.createMultiPolygon(polygons);
    }

    private static LinearRing square(double x, double y, double size) {
        return GeoJson.FACTORY.createLinearRing(new Coordinate[] {
            new Coordinate(x, y),
            new Coordinate(x + size, y),
            new Coordinate(x + size, y + size),
            new Coordinate(x, y + size),
            new Coordinate(x, y)
        });
    }
}
