package org.anquan.exchange;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import org.anquan.catalog.LoadMode;
import org.jspecify.annotations.Nullable;

/**
 * A file to take into a layer.
 *
 * @param file GeoJSON or CSV, plain or gzipped
 * @param fileName how it is called in the report: an uploaded file has another name on the disk
 * @param allOrNothing whether one bad row keeps all of them out; else the good ones come in
 * @param encoding null to find it out
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
        @Nullable Charset encoding,
        Map<String, String> columns,
        String why) {
    public ImportRequest {
        columns = Map.copyOf(columns);
    }

    /** Adds the good rows of the file to the layer; all else found out from the file. */
    public static ImportRequest of(String layer, Path file) {
        return new ImportRequest(
                layer, file, String.valueOf(file.getFileName()), LoadMode.APPEND, false, null, Map.of(), "");
    }

    public ImportRequest named(String name) {
        return new ImportRequest(layer, file, name, mode, allOrNothing, encoding, columns, why);
    }

    public ImportRequest mode(LoadMode wanted) {
        return new ImportRequest(layer, file, fileName, wanted, allOrNothing, encoding, columns, why);
    }

    public ImportRequest allOrNothing(boolean wanted) {
        return new ImportRequest(layer, file, fileName, mode, wanted, encoding, columns, why);
    }

    public ImportRequest encoding(@Nullable Charset wanted) {
        return new ImportRequest(layer, file, fileName, mode, allOrNothing, wanted, columns, why);
    }

    public ImportRequest columns(Map<String, String> wanted) {
        return new ImportRequest(layer, file, fileName, mode, allOrNothing, encoding, wanted, why);
    }

    public ImportRequest why(String reason) {
        return new ImportRequest(layer, file, fileName, mode, allOrNothing, encoding, columns, reason);
    }
}
