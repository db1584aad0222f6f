package org.anquan.catalog;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to sort by. What is unknown comes last in both directions; what is equal stays in the order of the ids, so that
 * pages fit together.
 *
 * @param attribute an attribute's name, or {@code id}
 */
public record SortKey(String attribute, boolean descending) {
    static final String ID = "id";

    /** Whether features can be sorted by it: a list of texts has no order. */
    public static boolean sortable(AttributeDefinition attribute) {
        return attribute.type() != AttributeType.LIST;
    }

    /** The order that these give in memory; it is the one that the databases give. */
    public static Comparator<Feature> order(List<SortKey> keys) {
        return (a, b) -> {
            for (SortKey key : keys) {
                int order = key.compare(a, b);
                if (order != 0) return order;
            }
            return Operand.byCodePoint(a.id(), b.id());
        };
    }

    private int compare(Feature a, Feature b) {
        Object x = value(a);
        Object y = value(b);
        if (x == null || y == null) return x == y ? 0 : x == null ? 1 : -1;
        int order = Operand.compare(x, y);
        return descending ? -order : order;
    }

    private @Nullable Object value(Feature feature) {
        return attribute.equals(ID) ? feature.id() : feature.get(attribute);
    }
}
