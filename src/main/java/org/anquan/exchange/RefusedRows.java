package org.anquan.exchange;

import java.util.ArrayList;
import java.util.List;
import org.anquan.exchange.ImportReport.RefusedRow;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** The refused rows of an import as they stood in the file, up to a limit, for the report's workbook. */
public final class RefusedRows {
    /**
     * @param lonLat its geometry in degrees, for formats whose geometry stands in no cell; null where it has none
     */
    record Refused(RawRow row, @Nullable Geometry lonLat, List<RefusedRow> reasons) {}

    private final List<Refused> rows = new ArrayList<>();
    private List<String> columns = List.of();
    private boolean geometryInCells;
    private int most;

    void begin(List<String> header, boolean placesInCells, int mostRows) {
        columns = List.copyOf(header);
        geometryInCells = placesInCells;
        most = mostRows;
        rows.clear();
    }

    void add(RawRow row, @Nullable Geometry lonLat, List<RefusedRow> reasons) {
        if (rows.size() < most) rows.add(new Refused(row, geometryInCells ? null : lonLat, List.copyOf(reasons)));
    }

    List<Refused> rows() {
        return rows;
    }

    /** The file's columns in their order; more may stand in single rows. */
    List<String> columns() {
        return columns;
    }

    boolean geometryInCells() {
        return geometryInCells;
    }
}
