package org.anquan.travel;

import java.util.ArrayList;
import java.util.List;
import org.anquan.network.RoadNetwork;
import org.anquan.process.PlaceSet;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.process.Provenance.RoadsUsed;

/** Says of which data an answer is. */
final class Origins {
    private Origins() {}

    static DataUsed of(RoadNetwork network, PlaceSet... sets) {
        List<LayerUsed> layers = new ArrayList<>();
        boolean illustrative = false;
        for (PlaceSet set : sets) {
            if (set.layer() != null && !layers.contains(set.layer())) layers.add(set.layer());
            illustrative |= set.illustrative();
        }
        return new DataUsed(
                layers,
                new RoadsUsed(
                        network.version(),
                        network.source(),
                        network.asOf(),
                        network.graph().nodeCount(),
                        network.graph().edgeCount()),
                illustrative);
    }
}
