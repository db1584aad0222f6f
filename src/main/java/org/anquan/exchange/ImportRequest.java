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
 * @param hints what the user says of the file
 * @param columns column of the file to attribute of the layer ({@code id}, {@code lon}, {@code lat} and {@code geom} too),
 *     before any guess
 * @param why for the history; empty for "import of FILE"
 */
public record ImportRequest(
        String layer,
        Path file,
        String fileName,
        LoadMode mode,
        boolean allOrNothing,
        Hints hints,
        Map<String, String> columns,
        String why) {
    /**
     * What the user says of a file; null lets it be found out.
     *
     * @param crs {@code EPSG:4544}, {@code GCJ-02}, {@code BD-09}: overrules what the file says
     * @param table layer, sheet or feature table of the file
     */
    public record Hints(
            @Nullable Charset encoding,
            @Nullable String crs,
            @Nullable String table) {
        public static final Hints NONE = new Hints(null, null, null);
    }

    public ImportRequest {
        columns = Map.copyOf(columns);
    }

    /** Adds the good rows of the file to the layer; all else found out from the file. */
    public static ImportRequest of(String layer, Path file) {
        return new ImportRequest(
                layer, file, String.valueOf(file.getFileName()), LoadMode.APPEND, false, Hints.NONE, Map.of(), "");
    }

    public ImportRequest named(String name) {
        return new ImportRequest(layer, file, name, mode, allOrNothing, hints, columns, why);
    }

    public ImportRequest mode(LoadMode wanted) {
        return new ImportRequest(layer, file, fileName, wanted, allOrNothing, hints, columns, why);
    }

    public ImportRequest allOrNothing(boolean wanted) {
        return new ImportRequest(layer, file, fileName, mode, wanted, hints, columns, why);
    }

    public ImportRequest hints(Hints wanted) {
        return new ImportRequest(layer, file, fileName, mode, allOrNothing, wanted, columns, why);
    }

    public ImportRequest encoding(@Nullable Charset wanted) {
        return hints(new Hints(wanted, hints.crs(), hints.table()));
    }

    public ImportRequest crs(@Nullable String wanted) {
        return hints(new Hints(hints.encoding(), wanted, hints.table()));
    }

    public ImportRequest table(@Nullable String wanted) {
        return hints(new Hints(hints.encoding(), hints.crs(), wanted));
    }

    public ImportRequest columns(Map<String, String> wanted) {
        return new ImportRequest(layer, file, fileName, mode, allOrNothing, hints, wanted, why);
    }

    public ImportRequest why(String reason) {
        return new ImportRequest(layer, file, fileName, mode, allOrNothing, hints, columns, reason);
    }
}
