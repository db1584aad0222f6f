package org.anquan.doctor;

import java.util.List;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * One thing that is wrong with a layer.
 *
 * @param id names it together with the versions of the features it is about: once one of them changes, the finding is
 *     another one
 * @param feature the feature it is about; null where it is about many (a whole file)
 * @param name of that feature, or of the layer
 * @param text what is wrong, the limit and the given value
 * @param lon of the place to look at, degrees; null where there is none
 * @param bbox west, south, east, north of all that it is about; null where there is none
 * @param geometry what to draw beside the feature: where a ring crosses itself, where a swapped place belongs
 * @param mend null where nothing can be done by itself
 * @param others more features that it is about; of a whole file the first ones
 * @param features how many features it is about
 */
public record Finding(
        String id,
        Check check,
        Severity severity,
        @Nullable String feature,
        String name,
        Text text,
        @Nullable Double lon,
        @Nullable Double lat,
        @Nullable List<Double> bbox,
        @Nullable Geometry geometry,
        @Nullable Mend mend,
        List<String> others,
        int features) {
    public Finding {
        others = List.copyOf(others);
    }

    /**
     * What would mend it.
     *
     * @param safe whether it may be done without asking; an unsafe one is only told
     */
    public record Mend(Text title, boolean safe) {}

    boolean mendable() {
        return mend != null && mend.safe();
    }
}
