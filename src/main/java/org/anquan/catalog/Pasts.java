package org.anquan.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Layers as they were, kept while they are asked for; those that were not asked for longest go first. */
final class Pasts {
    private record Key(String layer, long changeSet) {}

    private final int mostFeatures;
    private final LinkedHashMap<Key, LayerSnapshot> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long features;

    Pasts(int mostFeatures) {
        this.mostFeatures = mostFeatures;
    }

    synchronized @Nullable LayerSnapshot get(String layer, long changeSet) {
        return kept.get(new Key(layer, changeSet));
    }

    synchronized void put(String layer, long changeSet, LayerSnapshot snapshot) {
        LayerSnapshot before = kept.put(new Key(layer, changeSet), snapshot);
        if (before != null) features -= before.features().size();
        features += snapshot.features().size();
        var oldest = kept.entrySet().iterator();
        // The newest stays, however large it is.
        while (features > mostFeatures && kept.size() > 1 && oldest.hasNext()) {
            Map.Entry<Key, LayerSnapshot> gone = oldest.next();
            features -= gone.getValue().features().size();
            oldest.remove();
        }
    }
}
