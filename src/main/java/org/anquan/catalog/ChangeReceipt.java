package org.anquan.catalog;

import java.util.List;
import java.util.Map;

/**
 * What a change set did; once it is given, the changes are on the disk.
 *
 * @param changeSet its number in the history
 * @param features as they are now, in the order of the changes; deleted ones are left out
 * @param layerVersions the new version of each layer that was touched
 */
public record ChangeReceipt(long changeSet, List<Feature> features, Map<String, Long> layerVersions) {
    public ChangeReceipt {
        features = List.copyOf(features);
        layerVersions = Map.copyOf(layerVersions);
    }
}
