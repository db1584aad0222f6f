package org.anquan.catalog;

import java.time.Instant;
import java.util.List;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;

/**
 * Which features of a layer: all conditions hold together.
 *
 * @param bbox features whose geometry's own box meets this one, or null for everywhere
 * @param filter or null for all
 * @param ids only these; empty for all
 * @param sort what to sort by; what is equal, and everything where it is empty, is in id order
 * @param limit at most so many
 * @param offset how many to pass over, in that order
 * @param at the layer as it was at this time; null for now
 */
public record FeatureQuery(
        String layer,
        @Nullable Bbox bbox,
        @Nullable Filter filter,
        List<String> ids,
        List<SortKey> sort,
        int limit,
        long offset,
        @Nullable Instant at) {
    public FeatureQuery {
        ids = List.copyOf(ids);
        sort = List.copyOf(sort);
    }

    public static FeatureQuery all(String layer) {
        return new FeatureQuery(layer, null, null, List.of(), List.of(), Integer.MAX_VALUE, 0, null);
    }

    public FeatureQuery in(Bbox box) {
        return new FeatureQuery(layer, box, filter, ids, sort, limit, offset, at);
    }

    public FeatureQuery where(@Nullable Filter condition) {
        return new FeatureQuery(layer, bbox, condition, ids, sort, limit, offset, at);
    }

    public FeatureQuery page(int atMost, long passOver) {
        return new FeatureQuery(layer, bbox, filter, ids, sort, atMost, passOver, at);
    }

    public FeatureQuery sorted(List<SortKey> by) {
        return new FeatureQuery(layer, bbox, filter, ids, by, limit, offset, at);
    }

    public FeatureQuery only(List<String> these) {
        return new FeatureQuery(layer, bbox, filter, these, sort, limit, offset, at);
    }

    public FeatureQuery at(@Nullable Instant time) {
        return new FeatureQuery(layer, bbox, filter, ids, sort, limit, offset, time);
    }
}
