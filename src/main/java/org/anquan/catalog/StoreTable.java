package org.anquan.catalog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of the store, in the terms of neither database: what a copy reads and writes. The first column is its key.
 *
 * @param layer whether it holds the features of a layer
 */
record StoreTable(String name, boolean layer, List<Column> columns) {
    StoreTable {
        columns = List.copyOf(columns);
    }

    /** @param type null for a geometry */
    record Column(String name, @Nullable AttributeType type) {}

    static final StoreTable CHANGE_SETS = own("anquan_change_set", "number:I at:T who why");

    /** The store's own tables. */
    static final List<StoreTable> OWN = List.of(
            own(
                    "anquan_layer",
                    "layer geometry version:I features:I west:N south:N east:N north:N as_of:T changed_at:T"
                            + " illustrative:I"),
            own("anquan_column", "layer name type"),
            own("anquan_definition", "layer definition"),
            CHANGE_SETS,
            own(
                    "anquan_history",
                    "seq:I change_set:I layer layer_version:I fid:I id operation before_version:I before before_geom:G"
                            + " after after_geom:G"),
            own("anquan_load", "change_set:I layer layer_version:I mode first_fid:I last_fid:I added:I removed:I"),
            own("anquan_document", "kind name version:I author changed_at body"));

    private static StoreTable own(String name, String columns) {
        List<Column> all = new ArrayList<>();
        for (String column : columns.split(" ")) {
            String[] parts = column.split(":");
            all.add(new Column(parts[0], parts.length == 1 ? AttributeType.TEXT : type(parts[1])));
        }
        return new StoreTable(name, false, all);
    }

    private static @Nullable AttributeType type(String letter) {
        return switch (letter) {
            case "I" -> AttributeType.INTEGER;
            case "N" -> AttributeType.NUMBER;
            case "T" -> AttributeType.TIME;
            default -> null;
        };
    }

    static StoreTable of(LayerDefinition layer) {
        List<Column> all = new ArrayList<>(List.of(
                new Column("fid", AttributeType.INTEGER),
                new Column("geom", null),
                new Column("id", AttributeType.TEXT),
                new Column("version", AttributeType.INTEGER),
                new Column("changed_at", AttributeType.TIME),
                new Column("extra", AttributeType.TEXT)));
        layer.attributes().forEach(a -> all.add(new Column(a.name(), a.type())));
        return new StoreTable(layer.id(), true, all);
    }
}
