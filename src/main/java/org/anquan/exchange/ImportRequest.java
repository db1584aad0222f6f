package org.anquan.exchange;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import org.anquan.catalog.LoadMode;
import org.jspecify.annotations.Nullable;

/**
 * A file to take into a layer.
 *
 * @param file GeoJSON, CSV, Excel, shapefile (zip), GeoPackage, KML or KMZ; plain or gzipped where that is usual
 * @param fileName how it is called in the report: an uploaded file has another name on the disk
 * @param allOrNothing whether one bad row keeps all of them out; else the good ones come in
 * @param dryRun whether all is done as it would be, and then taken back
 * @param hints what the user says of the file
 * @param columns column of the file to attribute of the layer ({@code id}, {@code lon}, {@code lat}, {@code lonlat},
 *     {@code geom} and {@code aside} too), before any profile or guess
 * @param why for the history; empty for "import of FILE"
 */
public record ImportRequest(
        String layer,
        Path file,
        String fileName,
        LoadMode mode,
        boolean allOrNothing,
        boolean dryRun,
        Hints hints,
        Map<String, String> columns,
        String why) {
    /**
     * What the user says of a file; null lets it be found out.
     *
     * @param crs {@code EPSG:4544}, {@code GCJ-02}, {@code BD-09}: overrules what the file says
     * @param table layer, sheet or feature table of the file
     * @param profile id of a {@link Profile}; {@code none} for none, null for the one that recognises the file
     */
    public record Hints(
            @Nullable Charset encoding,
            @Nullable String crs,
            @Nullable String table,
            @Nullable String profile) {
        public static final Hints NONE = new Hints(null, null, null, null);

        /** For {@link #profile}: columns are found by their names alone. */
        public static final String NO_PROFILE = "none";
    }

    public ImportRequest {
        columns = Map.copyOf(columns);
    }

    /** Adds the good rows of the file to the layer; all else found out from the file. */
    public static ImportRequest of(String layer, Path file) {
        return new ImportRequest(
                layer,
                file,
                String.valueOf(file.getFileName()),
                LoadMode.APPEND,
                false,
                false,
                Hints.NONE,
                Map.of(),
                "");
    }

    public ImportRequest named(String name) {
        return new ImportRequest(layer, file, name, mode, allOrNothing, dryRun, hints, columns, why);
    }

    public ImportRequest mode(LoadMode wanted) {
        return new ImportRequest(layer, file, fileName, wanted, allOrNothing, dryRun, hints, columns, why);
    }

    public ImportRequest allOrNothing(boolean wanted) {
        return new ImportRequest(layer, file, fileName, mode, wanted, dryRun, hints, columns, why);
    }

    public ImportRequest dryRun(boolean wanted) {
        return new ImportRequest(layer, file, fileName, mode, allOrNothing, wanted, hints, columns, why);
    }

    public ImportRequest hints(Hints wanted) {
        return new ImportRequest(layer, file, fileName, mode, allOrNothing, dryRun, wanted, columns, why);
    }

    public ImportRequest encoding(@Nullable Charset wanted) {
        return hints(new Hints(wanted, hints.crs(), hints.table(), hints.profile()));
    }

    public ImportRequest crs(@Nullable String wanted) {
        return hints(new Hints(hints.encoding(), wanted, hints.table(), hints.profile()));
    }

    public ImportRequest table(@Nullable String wanted) {
        return hints(new Hints(hints.encoding(), hints.crs(), wanted, hints.profile()));
    }

    public ImportRequest profile(@Nullable String wanted) {
        return hints(new Hints(hints.encoding(), hints.crs(), hints.table(), wanted));
    }

    public ImportRequest columns(Map<String, String> wanted) {
        return new ImportRequest(layer, file, fileName, mode, allOrNothing, dryRun, hints, wanted, why);
    }

    public ImportRequest why(String reason) {
        return new ImportRequest(layer, file, fileName, mode, allOrNothing, dryRun, hints, columns, reason);
    }
}
