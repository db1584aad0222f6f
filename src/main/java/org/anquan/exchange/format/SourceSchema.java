package org.anquan.exchange.format;

import java.util.List;
import java.util.Set;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds, from its declarations and its first records (see {@code guess-records}; a column that first
 * appears later is not listed, its values are delivered all the same).
 *
 * @param layer the layer, sheet or feature table that is read; empty where the format has none
 * @param layers all of them, to choose from
 * @param geometryTypes kinds seen: Point, MultiPolygon …
 * @param places where a table's places come from; null for formats with geometries of their own
 * @param records how many there are, or -1 where that is not known before reading
 * @param notes what else a user should know, for example that title rows were passed over
 */
public record SourceSchema(
        FileFormat format,
        String layer,
        List<String> layers,
        List<SourceColumn> columns,
        SourceEncoding encoding,
        DeclaredCrs crs,
        Set<String> geometryTypes,
        @Nullable PlaceColumns places,
        long records,
        List<Text> notes) {
    public SourceSchema {
        layers = List.copyOf(layers);
        columns = List.copyOf(columns);
        geometryTypes = Set.copyOf(geometryTypes);
        notes = List.copyOf(notes);
    }
}
