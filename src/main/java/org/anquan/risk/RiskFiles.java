package org.anquan.risk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.exchange.RecordFiles;
import org.anquan.exchange.RecordFiles.Column;
import org.anquan.exchange.RecordFiles.Holds;
import org.anquan.geo.GeoJson;
import org.anquan.home.AnquanHome;
import org.anquan.risk.RiskAnswer.Features;
import org.anquan.risk.RiskAnswer.OneFeature;
import org.anquan.terrain.Raster;
import org.locationtech.jts.geom.Coordinate;
import org.springframework.stereotype.Component;

/**
 * A zoning as files for other programs: an Excel workbook, the zones as GeoJSON, zones and cells as GeoPackage, and the
 * risk of every cell as GeoTIFF in the metric coordinate system.
 */
@Component
final class RiskFiles {
    static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    static final String GEOJSON = "application/geo+json";
    static final String GEOPACKAGE = "application/geopackage+sqlite3";
    static final String GEOTIFF = "image/tiff";
    static final List<String> FORMATS = List.of(EXCEL, GEOJSON, GEOPACKAGE, GEOTIFF);

    private final RecordFiles records;
    private final AnquanHome home;

    RiskFiles(RecordFiles records, AnquanHome home) {
        this.records = records;
        this.home = home;
    }

    void write(RiskAnswer answer, String mediaType, OutputStream out) throws IOException {
        switch (mediaType) {
            case EXCEL -> RiskWorkbook.write(answer, out);
            case GEOTIFF -> raster(answer.made().grid(), answer.risk()).writeGeoTiff(out);
            case GEOJSON -> file(answer, ".geojson", false, out);
            case GEOPACKAGE -> file(answer, ".gpkg", answer.withCells(), out);
            default -> throw new UnsupportedOperationException(mediaType);
        }
    }

    /** Numbers of cells, north up. */
    static Raster raster(RiskGrid grid, float[] values) {
        float[] all = new float[grid.cols * grid.rows];
        for (int r = 0; r < grid.rows; r++)
            for (int c = 0; c < grid.cols; c++) {
                int number = grid.numbers[r * grid.cols + c];
                all[(grid.rows - 1 - r) * grid.cols + c] = number < 0 ? Float.NaN : values[number];
            }
        return new Raster(
                grid.cols,
                grid.rows,
                grid.west,
                grid.south + grid.rows * grid.cell,
                grid.cell,
                grid.cell,
                grid.crs.crs(),
                all);
    }

    private void file(RiskAnswer answer, String ending, boolean cells, OutputStream out) throws IOException {
        Path file = Files.createTempFile(home.sub("tmp"), "risk", ending);
        try {
            List<RecordFiles.Row> rows = new ArrayList<>();
            zones("zone", answer.zones(), rows);
            zones("unknown", answer.unknown(), rows);
            if (cells) cells(answer, rows);
            records.write(file, "risk_zoning", columns(answer.made(), cells), rows);
            Files.copy(file, out);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static List<Column> columns(RiskRun run, boolean cells) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("part", Holds.TEXT),
                new Column("level", Holds.WHOLE_NUMBER),
                new Column("levelName", Holds.TEXT),
                new Column("areaSquareMetres", Holds.NUMBER),
                new Column("people", Holds.NUMBER)));
        if (!cells) return columns;
        columns.add(new Column("risk", Holds.NUMBER));
        for (RiskRun.HazardCells one : run.hazards())
            columns.add(new Column("r_" + one.hazard().id(), Holds.NUMBER));
        return columns;
    }

    private static void zones(String part, Features features, List<RecordFiles.Row> rows) {
        for (OneFeature one : features.features()) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("part", part);
            for (String name : List.of("level", "levelName", "areaSquareMetres", "people")) {
                Object value = one.properties().get(name);
                if (value instanceof Integer whole) values.put(name, (long) whole);
                else if (value instanceof Long whole) values.put(name, (double) whole);
                else if (value != null) values.put(name, value);
            }
            rows.add(new RecordFiles.Row(values, one.geometry()));
        }
    }

    private static void cells(RiskAnswer answer, List<RecordFiles.Row> rows) {
        RiskRun run = answer.made();
        RiskGrid grid = run.grid();
        int across = grid.cols + 1;
        double[] corners = new double[2 * across * (grid.rows + 1)];
        for (int r = 0; r <= grid.rows; r++)
            for (int c = 0; c <= grid.cols; c++) {
                corners[2 * (r * across + c)] = grid.west + c * grid.cell;
                corners[2 * (r * across + c) + 1] = grid.south + r * grid.cell;
            }
        grid.crs.toLonLat(corners, 0, corners, 0, corners.length / 2);
        for (int i = 0; i < grid.size; i++) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("part", "cell");
            byte level = answer.levels()[i];
            if (level != Levels.UNKNOWN) values.put("level", (long) level);
            values.put("levelName", Levels.name(level).toString());
            values.put("areaSquareMetres", grid.areas[i]);
            if (!Double.isNaN(run.people()[i])) values.put("people", run.people()[i]);
            if (!Float.isNaN(answer.risk()[i])) values.put("risk", (double) answer.risk()[i]);
            for (RiskRun.HazardCells one : run.hazards())
                if (!Float.isNaN(one.risk()[i])) values.put("r_" + one.hazard().id(), (double) one.risk()[i]);
            int at = grid.rows0[i] * across + grid.cols0[i];
            int[] ring = {at, at + 1, at + 1 + across, at + across, at};
            Coordinate[] line = new Coordinate[5];
            for (int k = 0; k < 5; k++) line[k] = new Coordinate(corners[2 * ring[k]], corners[2 * ring[k] + 1]);
            rows.add(new RecordFiles.Row(values, GeoJson.FACTORY.createPolygon(line)));
        }
    }
}
