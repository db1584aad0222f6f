package org.anquan.exchange.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.exchange.format.TableRow.CellProblem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** What CSV and Excel share: a header somewhere near the top, rows below, places in columns. */
final class TableSource {
    /** Starts a pass over the rows. */
    interface Opener {
        TableRows open() throws IOException;
    }

    private static final Set<String> WKT_NAMES =
            Set.of("wkt", "geometry", "geom", "the_geom", "wkb_geometry", "几何", "图形", "shape_wkt", "shape", "geojson");
    private static final Set<String> BOTH_NAMES = Set.of(
            "经纬度",
            "經緯度",
            "坐标",
            "座標",
            "地理坐标",
            "经纬度坐标",
            "lonlat",
            "lon_lat",
            "lnglat",
            "coordinates",
            "coordinate",
            "location");
    private static final Set<String> X_NAMES = Set.of(
            "经度",
            "經度",
            "东经",
            "東經",
            "lon",
            "lng",
            "long",
            "longitude",
            "lon_wgs84",
            "x",
            "x坐标",
            "x座標",
            "坐标x",
            "东坐标",
            "横坐标",
            "easting",
            "east",
            "point_x",
            "xcoord",
            "经度坐标",
            "lon84",
            "地理经度",
            "中心经度",
            "経度");
    private static final Set<String> Y_NAMES = Set.of(
            "纬度",
            "緯度",
            "北纬",
            "北緯",
            "lat",
            "latitude",
            "lat_wgs84",
            "y",
            "y坐标",
            "y座標",
            "坐标y",
            "北坐标",
            "纵坐标",
            "northing",
            "north",
            "point_y",
            "ycoord",
            "纬度坐标",
            "lat84",
            "地理纬度",
            "中心纬度");

    private TableSource() {}

    static RecordSource of(
            Input input,
            FileFormat format,
            ReadOptions options,
            SourceEncoding encoding,
            String layer,
            List<String> layers,
            List<Text> notes,
            Opener opener)
            throws IOException {
        FormatSettings settings = input.settings();
        List<TableRow> top = new ArrayList<>();
        try (TableRows rows = opener.open()) {
            Integer wanted = options.headerRow();
            for (TableRow row = rows.next(); row != null; row = rows.next()) {
                if (!row.isBlank()) top.add(row);
                boolean passed = wanted == null || row.number() > wanted;
                if (passed && top.size() > settings.headerWithin()) break;
                if (top.size() > 100_000) break;
            }
        }
        if (top.isEmpty()) throw ProblemException.invalid("exchange.format.empty", input.name());
        Header header = Header.find(
                top, options.headerRow(), input.name(), settings.limits().maxColumns(), format == FileFormat.CSV);
        PlaceColumns places = options.places() == null ? places(header.names()) : options.places();
        checkPlaces(places, header.names(), input.name());

        SchemaGuess guess = new SchemaGuess(true, settings.limits().maxColumns());
        for (String name : header.names()) guess.declare(name, null);
        long count = 0;
        TablePlace probe = new TablePlace(places, settings.limits(), false);
        try (Rows rows = new Rows(opener.open(), header, probe)) {
            SourceRecord record = rows.next();
            for (; record != null && count < settings.guessRecords(); record = rows.next(), count++) guess.add(record);
            if (record != null) count = -1;
        }
        boolean metres = probe.mostlyMetres();
        List<Text> all = new ArrayList<>(notes);
        all.addAll(header.notes());
        boolean none = places.equals(PlaceColumns.NONE);
        SourceSchema schema = new SourceSchema(
                format,
                layer,
                layers,
                guess.columns(),
                encoding,
                DeclaredCrs.UNDECLARED,
                guess.geometryTypes(),
                none ? null : places,
                count,
                all);
        return new FileSource(
                input,
                schema,
                () -> new Rows(opener.open(), header, new TablePlace(places, settings.limits(), metres)));
    }

    static PlaceColumns places(List<String> names) {
        String wkt = null;
        String both = null;
        String x = null;
        String y = null;
        for (String name : names) {
            String plain = plain(name);
            if (wkt == null && WKT_NAMES.contains(plain)) wkt = name;
            if (both == null && BOTH_NAMES.contains(plain)) both = name;
            if (x == null && X_NAMES.contains(plain)) x = name;
            if (y == null && Y_NAMES.contains(plain)) y = name;
        }
        boolean pair = x != null && y != null;
        return new PlaceColumns(wkt, pair ? null : both, pair ? x : null, pair ? y : null);
    }

    /** 经度（°） and Longitude (deg) are 经度 and longitude. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[(（\\[【].*$", "").replaceAll("[\\s:：*]", "");
    }

    private static void checkPlaces(PlaceColumns places, List<String> names, String fileName) {
        for (String column : new String[] {places.wkt(), places.both(), places.x(), places.y()})
            if (column != null && !names.contains(column))
                throw ProblemException.invalid("exchange.format.noColumn", fileName, column, names);
    }

    /** Rows below the header as records. */
    private static final class Rows implements Records {
        private final TableRows rows;
        private final Header header;
        private final TablePlace place;

        Rows(TableRows rows, Header header, TablePlace place) {
            this.rows = rows;
            this.header = header;
            this.place = place;
        }

        @Override
        public @Nullable SourceRecord next() throws IOException {
            for (TableRow row = rows.next(); row != null; row = rows.next())
                if (row.number() > header.lastRow() && !row.isBlank()) return record(row);
            return null;
        }

        private SourceRecord record(TableRow row) {
            List<String> names = header.names();
            Map<String, Object> values = new LinkedHashMap<>();
            List<Problem> problems = new ArrayList<>();
            Object[] cells = row.cells();
            for (int c = 0; c < cells.length && c < names.size(); c++) {
                Object cell = cells[c];
                if (cell != null && !TableRow.isBlank(cell)) values.put(names.get(c), cell);
            }
            for (CellProblem one : row.problems()) {
                String column = one.column() < names.size() ? names.get(one.column()) : Header.letters(one.column());
                Problem p = one.problem();
                problems.add(new Problem(column, p.value(), p.reason(), p.mended()));
            }
            int beyond = 0;
            for (int c = names.size(); c < cells.length; c++) if (!TableRow.isBlank(cells[c])) beyond++;
            if (beyond > 0)
                problems.add(Problem.refused(
                        null, null, Text.of("exchange.format.tooManyCells", cells.length, names.size())));
            return new SourceRecord(row.number(), values, place.of(values, problems), problems);
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
