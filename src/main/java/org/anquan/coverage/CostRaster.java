package org.anquan.coverage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anquan.exchange.RecordFiles;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.terrain.Raster;
import org.anquan.terrain.TerrainData;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.geotools.api.parameter.GeneralParameterValue;
import org.geotools.api.parameter.ParameterValue;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.ProjectedCRS;
import org.geotools.api.referencing.datum.Ellipsoid;
import org.geotools.referencing.CRS;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.springframework.stereotype.Component;

/**
 * Travel times without a road network: from files alone, on the cells of a land-cover raster. Roads are burnt into the
 * land cover with the speed of their class, water and barriers bar what no road crosses, and a table gives the speeds.
 * All files are in one metric coordinate system, whichever it is; nothing is moved to another. How this differs from the
 * circle on a road network is told in {@code docs/cost-raster.md}.
 */
@Component
public final class CostRaster {
    private static final double FASTEST_KMH = 200;

    private final RecordFiles files;
    private final TerrainData terrain;

    CostRaster(RecordFiles files, TerrainData terrain) {
        this.files = files;
        this.terrain = terrain;
    }

    /**
     * What is asked of which files.
     *
     * @param speeds a table with the columns class, speed (km/h) and if there is one mode (WALKING counts slopes)
     * @param roads lines with a column {@code class}, or {@code speed} in km/h, or both
     * @param barriers lines and areas that only roads cross
     * @param facilities points; columns {@code name}, {@code capacity}
     * @param people a raster of people, on the cells of the land cover
     * @param zones areas for the table of people
     * @param zoneName column that names a zone
     * @param minutes bands of the table, ascending
     * @param limitMinutes cells beyond stay unreached
     * @param toward whether people travel to the facilities instead of help from them
     */
    public record Request(
            Path landCover,
            @Nullable Path dem,
            Path speeds,
            @Nullable Path roads,
            List<Path> barriers,
            Path facilities,
            @Nullable Path people,
            @Nullable Path zones,
            String zoneName,
            List<Integer> minutes,
            int limitMinutes,
            boolean toward) {
        public Request {
            barriers = List.copyOf(barriers);
            minutes = minutes.stream().sorted().distinct().toList();
        }
    }

    /**
     * What was written, and what a reader should know.
     *
     * @param files in the folder
     * @param lines the results in words
     */
    public record Report(List<Path> files, List<Text> lines, List<Text> warnings) {}

    /**
     * Works it out and writes {@code travel-time.tif} (seconds), {@code catchment.tif} (number of the facility that takes
     * a cell's people) and {@code tables.xlsx} into a folder.
     *
     * @throws ProblemException with words: files that do not fit together, speeds that make no sense
     */
    public Report run(Request request, Path folder) {
        List<Text> warnings = new ArrayList<>();
        CostCase of = prepared(request, warnings);
        CostCase.Result result = of.run(request.minutes(), request.limitMinutes(), request.toward());
        try {
            return written(of, request, result, Files.createDirectories(folder), warnings);
        } catch (IOException e) {
            throw ProblemException.unavailable("coverage.raster.notWritten", folder)
                    .causedBy(e);
        }
    }

    /** All files read and put on the cells. */
    CostCase prepared(Request request, List<Text> warnings) {
        Raster cover = Raster.read(request.landCover(), terrain.mostCells());
        if (!(cover.crs() instanceof ProjectedCRS crs))
            throw ProblemException.invalid(
                    "coverage.raster.notMetric",
                    String.valueOf(request.landCover().getFileName()));
        CostCase of = new CostCase(
                cover.cols(), cover.rows(), cover.west(), cover.north(), cover.cellX(), cover.cellY(), cover.crs());
        Map<Long, Speed> speeds = speeds(request.speeds());
        ground(of, cover, speeds, warnings);
        if (request.dem() != null) heights(of, Raster.read(request.dem(), terrain.mostCells()), warnings);
        for (Path barrier : request.barriers()) each(barrier, crs, (record, geometry) -> of.bar(geometry));
        if (request.roads() != null) roads(of, request.roads(), crs, speeds, warnings);
        facilities(of, request.facilities(), crs, warnings);
        if (request.people() != null) people(of, Raster.read(request.people(), terrain.mostCells()));
        if (request.zones() != null)
            each(
                    request.zones(),
                    crs,
                    (record, geometry) -> of.zones.add(
                            new CostCase.Zone(text(record, request.zoneName(), "#" + record.row()), geometry)));
        return of;
    }

    /** @param walked whether slopes count */
    private record Speed(double kmh, boolean walked) {}

    private Map<Long, Speed> speeds(Path file) {
        Map<Long, Speed> speeds = new TreeMap<>();
        List<ProblemException.Mistake> wrong = new ArrayList<>();
        each(file, null, (record, geometry) -> {
            String where = file.getFileName() + ":" + record.row();
            Double code = number(record, "class");
            Double kmh = number(record, "speed");
            if (code == null && kmh == null) return;
            if (code == null || code != Math.rint(code) || kmh == null || !(kmh >= 0 && kmh <= FASTEST_KMH)) {
                wrong.add(new ProblemException.Mistake(where, Text.of("coverage.raster.speedRow", FASTEST_KMH)));
                return;
            }
            String mode = text(record, "mode", "WALKING").strip();
            if (speeds.put(code.longValue(), new Speed(kmh, mode.equalsIgnoreCase("WALKING"))) != null)
                wrong.add(new ProblemException.Mistake(where, Text.of("coverage.raster.speedTwice", code.longValue())));
        });
        if (!wrong.isEmpty())
            throw ProblemException.invalid("coverage.raster.speeds", String.valueOf(file.getFileName()), wrong.size())
                    .withMistakes(wrong);
        if (speeds.isEmpty())
            throw ProblemException.invalid("coverage.raster.speeds", String.valueOf(file.getFileName()), 0);
        return speeds;
    }

    private static void ground(CostCase of, Raster cover, Map<Long, Speed> speeds, List<Text> warnings) {
        Set<Long> unknown = new TreeSet<>();
        for (int cell = 0; cell < of.pace.length; cell++) {
            float code = cover.values()[cell];
            if (Float.isNaN(code)) continue;
            Speed speed = speeds.get((long) Math.round(code));
            if (speed == null) unknown.add((long) Math.round(code));
            else of.ground(cell, speed.kmh(), speed.walked());
        }
        if (!unknown.isEmpty()) warnings.add(Text.of("coverage.raster.classesUnknown", List.copyOf(unknown)));
    }

    private static void heights(CostCase of, Raster dem, List<Text> warnings) {
        int known = 0;
        int open = 0;
        for (int cell = 0; cell < of.height.length; cell++) {
            of.height[cell] = dem.between(of.x(cell), of.y(cell));
            if (of.pace[cell] == CostGrid.BARRED) continue;
            open++;
            if (!Float.isNaN(of.height[cell])) known++;
        }
        if (known < open) warnings.add(Text.of("coverage.land.heightsPart", Math.round(100.0 * known / open)));
    }

    private void roads(CostCase of, Path file, ProjectedCRS crs, Map<Long, Speed> speeds, List<Text> warnings) {
        Set<String> unknown = new TreeSet<>();
        int[] count = new int[1];
        each(file, crs, (record, geometry) -> {
            count[0]++;
            Double code = number(record, "class");
            Double own = number(record, "speed");
            Speed speed = code == null ? null : speeds.get(Math.round(code));
            double kmh = own != null && own > 0 ? own : speed == null ? 0 : speed.kmh();
            if (kmh <= 0 || kmh > FASTEST_KMH) {
                unknown.add(code == null ? "—" : String.valueOf(Math.round(code)));
                return;
            }
            of.road(geometry, kmh, speed != null && speed.walked());
        });
        if (count[0] == 0) warnings.add(Text.of("coverage.raster.noRoads", String.valueOf(file.getFileName())));
        if (!unknown.isEmpty()) warnings.add(Text.of("coverage.raster.roadsUnknown", List.copyOf(unknown)));
    }

    private void facilities(CostCase of, Path file, ProjectedCRS crs, List<Text> warnings) {
        List<String> outside = new ArrayList<>();
        List<String> barred = new ArrayList<>();
        List<String> moved = new ArrayList<>();
        each(file, crs, (record, geometry) -> {
            Point at = geometry instanceof Point point ? point : geometry.getInteriorPoint();
            int there = of.cellAt(at.getX(), at.getY());
            int cell = of.openNear(at.getX(), at.getY());
            String name = text(record, "name", "#" + record.row());
            if (there < 0) outside.add(name);
            else if (cell < 0) barred.add(name);
            else if (cell != there) moved.add(name);
            Double capacity = number(record, "capacity");
            of.facilities.add(new CostCase.Facility(
                    text(record, "id", String.valueOf(record.row())),
                    name,
                    cell,
                    capacity == null ? null : Math.max(0, Math.round(capacity))));
        });
        if (of.facilities.stream().noneMatch(f -> f.cell() >= 0 && of.pace[f.cell()] != CostGrid.BARRED))
            throw ProblemException.invalid("coverage.raster.noFacility", String.valueOf(file.getFileName()));
        if (!outside.isEmpty()) warnings.add(Text.of("coverage.raster.outside", outside));
        if (!barred.isEmpty()) warnings.add(Text.of("coverage.raster.barred", barred));
        if (!moved.isEmpty()) warnings.add(Text.of("coverage.raster.moved", moved));
    }

    private static void people(CostCase of, Raster raster) {
        boolean same = raster.cols() == of.cols
                && raster.rows() == of.rows
                && Math.abs(raster.west() - of.west) < of.cellX / 2
                && Math.abs(raster.north() - of.north) < of.cellY / 2;
        if (!same)
            throw ProblemException.invalid(
                    "coverage.raster.peopleCells", raster.cols(), raster.rows(), of.cols, of.rows);
        long[] people = new long[raster.values().length];
        // Shares of people are carried on to the next cell, so that the sum stays.
        double carried = 0;
        for (int cell = 0; cell < people.length; cell++) {
            float here = raster.values()[cell];
            if (!(here > 0)) continue;
            carried += here;
            people[cell] = (long) Math.floor(carried + 1e-6);
            carried -= people[cell];
        }
        of.people = people;
    }

    private interface Each {
        void take(Line record, Geometry geometry);
    }

    /** @param crs that the file must be in; null for a table without places */
    private void each(Path file, @Nullable ProjectedCRS crs, Each task) {
        if (!Files.isReadable(file)) throw ProblemException.notFound("terrain.missing", file);
        Geometry none = org.anquan.geo.GeoJson.FACTORY.createPoint();
        files.read(
                file,
                declared -> {
                    if (crs != null) same(crs, declared, file);
                },
                (row, values, geometry) -> {
                    if (crs == null) task.take(new Line(row, values), none);
                    else if (geometry != null && !geometry.isEmpty()) task.take(new Line(row, values), geometry);
                });
    }

    /** A record of a file. */
    private record Line(long row, Map<String, Object> values) {}

    /** Refuses a file of another coordinate system; one that names none is taken at its word. */
    private static void same(ProjectedCRS raster, String declared, Path file) {
        if (declared.isEmpty()) return;
        try {
            CoordinateReferenceSystem other =
                    declared.contains("[") ? CRS.parseWKT(declared) : CRS.decode(declared, true);
            if (other instanceof ProjectedCRS projected && alike(raster, projected)) return;
        } catch (FactoryException e) {
            // Told below: what cannot be understood is not the same.
        }
        throw ProblemException.invalid(
                "coverage.raster.otherCrs",
                String.valueOf(file.getFileName()),
                raster.getName().getCode());
    }

    private static boolean alike(ProjectedCRS a, ProjectedCRS b) {
        Ellipsoid one = ((org.geotools.api.referencing.crs.GeographicCRS) a.getBaseCRS())
                .getDatum()
                .getEllipsoid();
        Ellipsoid two = ((org.geotools.api.referencing.crs.GeographicCRS) b.getBaseCRS())
                .getDatum()
                .getEllipsoid();
        if (Math.abs(one.getSemiMajorAxis() - two.getSemiMajorAxis()) > 1
                || Math.abs(one.getInverseFlattening() - two.getInverseFlattening()) > 0.01) return false;
        Map<String, Double> mine = parameters(a);
        Map<String, Double> theirs = parameters(b);
        for (Map.Entry<String, Double> parameter : mine.entrySet()) {
            Double other = theirs.get(parameter.getKey());
            if (other != null && Math.abs(other - parameter.getValue()) > 1e-6) return false;
        }
        return true;
    }

    private static Map<String, Double> parameters(ProjectedCRS crs) {
        Map<String, Double> all = new HashMap<>();
        for (GeneralParameterValue one :
                crs.getConversionFromBase().getParameterValues().values())
            if (one instanceof ParameterValue<?> value
                    && value.getValue() instanceof Number number
                    // The ellipsoid was compared by itself.
                    && !value.getDescriptor().getName().getCode().startsWith("semi_"))
                all.put(value.getDescriptor().getName().getCode().toLowerCase(Locale.ROOT), number.doubleValue());
        return all;
    }

    private static @Nullable Double number(Line record, String column) {
        Object value = record.values().get(column);
        if (value instanceof Number number) return number.doubleValue();
        if (value == null || value.toString().isBlank()) return null;
        try {
            return Double.valueOf(value.toString().strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String text(Line record, String column, String otherwise) {
        Object value = record.values().get(column);
        return value == null || value.toString().isBlank()
                ? otherwise
                : value.toString().strip();
    }

    private static Report written(
            CostCase of, Request request, CostCase.Result result, Path folder, List<Text> warnings) throws IOException {
        List<Path> files = new ArrayList<>();
        Path times = folder.resolve("travel-time.tif");
        try (OutputStream out = Files.newOutputStream(times)) {
            of.raster(result.travel().seconds()).writeGeoTiff(out);
        }
        files.add(times);
        Catchments.Filled filled = result.filled();
        if (filled != null) {
            Path catchments = folder.resolve("catchment.tif");
            float[] numbers = new float[filled.first().length];
            for (int cell = 0; cell < numbers.length; cell++)
                numbers[cell] = filled.first()[cell] < 0 ? Float.NaN : filled.first()[cell] + 1;
            try (OutputStream out = Files.newOutputStream(catchments)) {
                of.raster(numbers).writeGeoTiff(out);
            }
            files.add(catchments);
        }
        Path tables = folder.resolve("tables.xlsx");
        try (OutputStream out = Files.newOutputStream(tables)) {
            tables(of, request.minutes(), result, out);
        }
        files.add(tables);
        return new Report(files, lines(of, request.minutes(), result), warnings);
    }

    static void tables(CostCase of, List<Integer> minutes, CostCase.Result result, OutputStream out)
            throws IOException {
        Workbook book = new Workbook(out, "Anquan", "1.0");
        Worksheet zones = book.newWorksheet(words("zones"));
        List<String> heads = new ArrayList<>(List.of(words("zone"), words("cells"), words("people")));
        for (int band : minutes)
            heads.add(Text.of("coverage.sheet.peopleWithin", band).toString());
        heads.add(words("unreached"));
        head(zones, heads);
        for (int i = 0; i < result.zones().size(); i++) {
            CostCase.ZoneRow row = result.zones().get(i);
            zones.value(i + 1, 0, row.zone());
            zones.value(i + 1, 1, row.cells());
            zones.value(i + 1, 2, row.people());
            for (int b = 0; b < row.within().length; b++) zones.value(i + 1, 3 + b, row.within()[b]);
            zones.value(i + 1, 3 + row.within().length, row.unreached());
        }
        Worksheet facilities = book.newWorksheet(words("catchments"));
        head(
                facilities,
                List.of(words("number"), words("facility"), words("capacity"), words("taken"), words("latest")));
        Catchments.Filled filled = result.filled();
        for (int f = 0; f < of.facilities.size(); f++) {
            CostCase.Facility facility = of.facilities.get(f);
            facilities.value(f + 1, 0, f + 1);
            facilities.value(f + 1, 1, facility.name());
            if (facility.capacity() != null) facilities.value(f + 1, 2, facility.capacity());
            if (filled == null) continue;
            facilities.value(f + 1, 3, filled.people()[f]);
            if (!Float.isNaN(filled.latestSeconds()[f])) facilities.value(f + 1, 4, filled.latestSeconds()[f] / 60);
        }
        book.finish();
    }

    private static void head(Worksheet sheet, List<String> columns) {
        for (int c = 0; c < columns.size(); c++) {
            sheet.value(0, c, columns.get(c));
            sheet.style(0, c).bold().fillColor("E8EEF4").set();
            sheet.width(c, 18);
        }
        sheet.freezePane(0, 1);
    }

    private static String words(String key) {
        return new Text("coverage.raster.table." + key, List.of()).toString();
    }

    private static List<Text> lines(CostCase of, List<Integer> minutes, CostCase.Result result) {
        List<Text> lines = new ArrayList<>();
        long reached = 0;
        for (float seconds : result.travel().seconds()) if (!Float.isNaN(seconds)) reached++;
        lines.add(Text.of("coverage.raster.reached", reached, result.travel().seconds().length));
        for (CostCase.ZoneRow row : result.zones())
            for (int b = 0; b < minutes.size(); b++)
                lines.add(
                        Text.of("coverage.raster.zoneLine", row.zone(), minutes.get(b), row.within()[b], row.people()));
        Catchments.Filled filled = result.filled();
        if (filled == null) return lines;
        for (int f = 0; f < of.facilities.size(); f++) {
            CostCase.Facility facility = of.facilities.get(f);
            if (facility.capacity() != null)
                lines.add(Text.of(
                        "coverage.raster.facilityLine",
                        facility.name(),
                        filled.people()[f],
                        facility.capacity(),
                        Float.isNaN(filled.latestSeconds()[f]) ? 0 : Math.round(filled.latestSeconds()[f] / 60)));
        }
        long left = 0;
        for (long one : filled.left()) left += one;
        lines.add(Text.of("coverage.raster.left", left));
        return lines;
    }
}
