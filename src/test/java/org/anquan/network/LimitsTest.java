package org.anquan.network;

import static org.anquan.network.OsmText.lat;
import static org.anquan.network.OsmText.lon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.anquan.network.RoadGraph.Limits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three roads side by side: a gantry of 3.2 m, a bridge for 10 t, and one without limits. The usual engine: 3.5 m, 18 t. */
class LimitsTest {
    private static final Vehicle LOW_AND_LIGHT = new Vehicle(2.0, 2.0, 3.0);

    private HopperNetwork network;

    @BeforeEach
    void load(@TempDir Path home) {
        OsmText osm = new OsmText();
        int west = osm.node(0, 0);
        int east = osm.node(1000, 0);
        osm.way(1, List.of(west, osm.node(500, 100), east), "highway", "tertiary", "maxheight", "3.2");
        osm.way(2, List.of(west, osm.node(500, 200), east), "highway", "tertiary", "maxweight", "10");
        osm.way(3, List.of(west, osm.node(500, 300), east), "highway", "tertiary");
        network = Imported.network(home, osm.xml());
    }

    private int edge(long road) {
        for (int edge = 0; edge < network.graph().edgeCount(); edge++)
            if (network.graph().edgeRoad(edge) == road) return edge;
        throw new AssertionError("no road " + road);
    }

    private boolean open(int[] times, long road) {
        return times[2 * edge(road)] != RoadGraph.CLOSED;
    }

    @Test
    void theLimitsAreThoseOfTheTags() {
        Limits gantry = Objects.requireNonNull(network.graph().limits(edge(1)));
        assertThat(gantry.heightMetres()).isEqualTo(3.2);
        assertThat(gantry.loadTonnes()).isNaN();
        assertThat(Objects.requireNonNull(network.graph().limits(edge(2))).loadTonnes())
                .isEqualTo(10);
        assertThat(network.graph().limits(edge(3))).isNull();
    }

    @Test
    void theUsualEngineGoesWhereItFitsAndAnotherVehicleWhereThatFits() {
        RoadGraph graph = network.graph();
        int[] usual = graph.keyMillis(TravelProfile.FIRE_ENGINE);
        assertThat(open(usual, 1)).isFalse();
        assertThat(open(usual, 2)).isFalse();
        assertThat(open(usual, 3)).isTrue();
        int[] small = graph.keyMillis(TravelProfile.FIRE_ENGINE, LOW_AND_LIGHT);
        assertThat(open(small, 1)).isTrue();
        assertThat(open(small, 2)).isTrue();
        // A kilometre and a bit at 25 km/h, as on the road without limits, which is longer.
        assertThat(small[2 * edge(1)]).isBetween(144_000, small[2 * edge(3)]);
        // Low but heavy: only what it says of itself counts.
        int[] low = graph.keyMillis(
                TravelProfile.FIRE_ENGINE,
                new Vehicle(2.0, Double.NaN, Double.NaN).or(graph.vehicle(TravelProfile.FIRE_ENGINE)));
        assertThat(open(low, 1)).isTrue();
        assertThat(open(low, 2)).isFalse();
        // A car of 2 m and 2.5 t passes both anyway.
        assertThat(graph.keyMillis(TravelProfile.CAR, LOW_AND_LIGHT)).isSameAs(graph.keyMillis(TravelProfile.CAR));
    }

    @Test
    void graphHoppersOwnRouteHeedsTheSameLimits() {
        assertThat(network.route(
                                lon(-50),
                                lat(0),
                                lon(1050),
                                lat(0),
                                TravelProfile.FIRE_ENGINE,
                                java.util.Locale.ENGLISH)
                        .orElseThrow()
                        .metres())
                .isGreaterThan(1150);
    }

    @Test
    void anAddedRoadTakesPiecesOfALimitedOneWithTheirLimit() {
        // Joins the gantry road at its top and the free road at its top.
        AddedRoad added = new AddedRoad(
                "n", "便道", RoadClass.VILLAGE, Double.NaN, false, new double[] {lon(500), lat(110), lon(500), lat(290)});
        RoadWorks.Extended extended = RealRoads.works().extended(network, List.of(added), 50);
        RoadGraph graph = extended.network().graph();
        assertThat(extended.loose()).isEmpty();
        assertThat(extended.network().replaced(edge(1))).isTrue();
        assertThat(graph.edgeCount()).isEqualTo(network.graph().edgeCount() + 5);
        int limited = 0;
        for (int edge = network.graph().edgeCount(); edge < graph.edgeCount(); edge++)
            if (graph.limits(edge) != null) {
                limited++;
                assertThat(graph.keyMillis(TravelProfile.FIRE_ENGINE)[2 * edge]).isEqualTo(RoadGraph.CLOSED);
                assertThat(graph.keyMillis(TravelProfile.FIRE_ENGINE, LOW_AND_LIGHT)[2 * edge])
                        .isNotEqualTo(RoadGraph.CLOSED);
            }
        assertThat(limited).isEqualTo(2);
        assertThat(extended.network().edgeName(graph.edgeCount() - 1)).isEqualTo("便道");
        // Asked again, it is the same network.
        assertThat(RealRoads.works().extended(network, List.of(), 50).network()).isSameAs(network);
    }
}
