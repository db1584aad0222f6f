package org.anquan.coverage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.coverage.CircleResult.Compared;
import org.anquan.coverage.CircleResult.OneFeature;
import org.anquan.coverage.CircleResult.Side;
import org.anquan.exchange.RecordFiles;
import org.anquan.exchange.RecordFiles.Column;
import org.anquan.exchange.RecordFiles.Holds;
import org.anquan.geo.GeoJson;
import org.anquan.home.AnquanHome;
import org.anquan.terrain.Raster;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.springframework.stereotype.Component;

/**
 * The circle as files for other programs: GeoJSON and GeoPackage of its bands, areas and villages outside, and the travel
 * time of every cell in seconds as GeoTIFF. Of two answers compared the one after is written, and its difference.
 */
@Component
final class CircleFiles {
    static final String GEOJSON = "application/geo+json";
    static final String GEOPACKAGE = "application/geopackage+sqlite3";
    static final String GEOTIFF = "image/tiff";

    private static final List<Column> COLUMNS = List.of(
            new Column("part", Holds.TEXT),
            new Column("id", Holds.TEXT),
            new Column("name", Holds.TEXT),
            new Column("minutes", Holds.WHOLE_NUMBER),
            new Column("people", Holds.WHOLE_NUMBER),
            new Column("villages", Holds.WHOLE_NUMBER),
            new Column("areaSquareMetres", Holds.NUMBER),
            new Column("seconds", Holds.NUMBER),
            new Column("reason", Holds.TEXT));

    private final RecordFiles records;
    private final AnquanHome home;

    CircleFiles(RecordFiles records, AnquanHome home) {
        this.records = records;
        this.home = home;
    }

    void write(Object answer, String mediaType, OutputStream out) throws IOException {
        Side side = answer instanceof CircleResult one ? one.whole() : ((Compared) answer).after();
        if (mediaType.equals(GEOTIFF)) raster(side.surface()).writeGeoTiff(out);
        else {
            String ending = mediaType.equals(GEOPACKAGE) ? ".gpkg" : ".geojson";
            Path file = Files.createTempFile(home.sub("tmp"), "circle", ending);
            try {
                records.write(file, "rescue_circle", COLUMNS, rows(answer, side));
                Files.copy(file, out);
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Seconds at the centres of the surface's cells, as far as it was worked out; NaN where nobody comes. */
    static Raster raster(TravelSurface surface) {
        SurfaceGrid grid = surface.grid;
        float[] seconds = new float[grid.size()];
        for (int r = 0; r < grid.rows; r++)
            for (int c = 0; c < grid.cols; c++) {
                int cell = r * grid.cols + c;
                boolean reached = surface.arrival[cell] != EdgeTimes.NONE;
                seconds[(grid.rows - 1 - r) * grid.cols + c] = reached ? surface.millis(cell) / 1000f : Float.NaN;
            }
        return new Raster(
                grid.cols,
                grid.rows,
                grid.west,
                grid.south + grid.rows * grid.cellMetres,
                grid.cellMetres,
                grid.cellMetres,
                grid.crs().crs(),
                seconds);
    }

    /** Part is {@code band}, {@code area}, {@code uncovered}, {@code gained} or {@code lost}. */
    private static List<RecordFiles.Row> rows(Object answer, Side side) {
        List<RecordFiles.Row> rows = new ArrayList<>();
        for (OneFeature band : side.bands().features()) rows.add(row("band", band, band.id()));
        for (OneFeature area : side.areas().features()) rows.add(row("area", area, area.id()));
        if (answer instanceof Compared two)
            for (OneFeature change : two.difference().changed().features())
                rows.add(row(change.id(), change, change.id()));
        for (Uncovered village : side.uncovered()) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("id", village.id());
            values.put("name", village.name());
            put(values, "people", village.people());
            put(values, "seconds", village.seconds());
            values.put("reason", village.reasonText().toString());
            values.put("part", "uncovered");
            rows.add(new RecordFiles.Row(
                    values, GeoJson.FACTORY.createPoint(new Coordinate(village.lon(), village.lat()))));
        }
        return rows;
    }

    private static RecordFiles.Row row(String part, OneFeature feature, String id) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        for (String name : List.of("name", "villages", "people", "areaSquareMetres"))
            put(values, name, feature.properties().get(name));
        if (feature.properties().get("minutes") instanceof Integer minutes) values.put("minutes", (long) minutes);
        if (values.get("villages") instanceof Integer villages) values.put("villages", (long) villages);
        values.put("part", part);
        return new RecordFiles.Row(values, feature.geometry());
    }

    private static void put(Map<String, Object> values, String name, @Nullable Object value) {
        if (value != null) values.put(name, value);
    }
}
