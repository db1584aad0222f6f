package org.anquan.scenario;

import java.util.List;
import org.anquan.problem.Text;
import org.locationtech.jts.geom.Geometry;

/**
 * A scenario put on a road network.
 *
 * @param keyMillis times by key for the profile, closures and factors in; not to be changed
 * @param closedEdges how many road sections are closed
 * @param impassable areas that cannot be walked through either (lon, lat)
 */
public record WhatIf(int[] keyMillis, int closedEdges, List<Geometry> impassable, List<Text> warnings) {
    public WhatIf {
        impassable = List.copyOf(impassable);
        warnings = List.copyOf(warnings);
    }
}
