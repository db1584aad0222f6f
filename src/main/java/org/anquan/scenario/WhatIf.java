package org.anquan.scenario;

import java.util.List;
import java.util.function.IntPredicate;
import org.anquan.network.Cuts;
import org.anquan.network.RoadNetwork;
import org.anquan.problem.Text;
import org.locationtech.jts.geom.Geometry;

/**
 * A scenario put on a road network.
 *
 * @param network the network that the times are of: the one asked for, or that one with roads added
 * @param keyMillis times by key for the profile, closures and factors in; not to be changed
 * @param usualMillis times by key without the scenario, for the profile's usual vehicle
 * @param cuts sections that are closed in {@code keyMillis}, but passable from their ends up to where they are cut
 * @param closedEdges how many road sections are closed or cut
 * @param impassable areas that cannot be walked through either (lon, lat)
 * @param reasons by what each section is closed
 * @param lost sections that nobody passes, on foot neither; limits of load and height stop vehicles only
 */
public record WhatIf(
        RoadNetwork network,
        int[] keyMillis,
        int[] usualMillis,
        Cuts cuts,
        int closedEdges,
        List<Geometry> impassable,
        List<Text> warnings,
        Reasons reasons,
        IntPredicate lost) {
    public WhatIf {
        impassable = List.copyOf(impassable);
        warnings = List.copyOf(warnings);
    }

    /** Does the scenario close a section or cut it, or is it closed anyway? */
    public boolean closes(int edge) {
        return lost.test(edge);
    }

    /** By what sections are closed. */
    public interface Reasons {
        /** In words, or null for a section that the scenario leaves open. */
        @org.jspecify.annotations.Nullable
        Text of(int edge);
    }
}
