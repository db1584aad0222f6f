package org.anquan.catalog;

import java.util.List;

/**
 * A page of features, in id order.
 *
 * @param matched how many features match in all
 */
public record FeaturePage(List<Feature> features, long matched) {
    public FeaturePage {
        features = List.copyOf(features);
    }
}
