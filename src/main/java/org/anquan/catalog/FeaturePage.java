package org.anquan.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A page of features, in the order asked for.
 *
 * @param matched how many features match in all
 */
public record FeaturePage(List<Feature> features, long matched) {
    public FeaturePage {
        features = List.copyOf(features);
    }

    /** The page that a query asks for, out of all that match. */
    public static FeaturePage of(Collection<Feature> matching, FeatureQuery query) {
        List<Feature> all = new ArrayList<>(matching);
        all.sort(SortKey.order(query.sort()));
        int from = (int) Math.min(all.size(), query.offset());
        int to = (int) Math.min(all.size(), (long) from + query.limit());
        return new FeaturePage(all.subList(from, to), all.size());
    }
}
