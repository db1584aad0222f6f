package org.anquan.network;

import com.graphhopper.routing.weighting.TurnCostProvider;
import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.util.EdgeIteratorState;

/**
 * GraphHopper's view of {@link RoadRules}: the weight of an edge is the seconds that it takes.
 *
 * <p>Written in Java rather than as one of GraphHopper's custom models, because those are part of the stored graph's
 * check sum: with them every change of a speed would need a new import, and each start a compilation.
 */
final class RoadWeighting implements Weighting {
    private static final double MILLIS_AT_ONE_KMH = 3_600;

    private final RoadRules rules;
    private final TravelProfile profile;
    private final TurnCostProvider turns;
    private final boolean withLimits;

    /** @param withLimits whether roads are closed that the profile's usual vehicle does not fit through */
    RoadWeighting(RoadRules rules, TravelProfile profile, TurnCostProvider turns, boolean withLimits) {
        this.withLimits = withLimits;
        this.rules = rules;
        this.profile = profile;
        this.turns = turns;
    }

    @Override
    public double calcMinWeightPerDistance() {
        return 3.6 / rules.fastestKmh(profile);
    }

    @Override
    public double calcEdgeWeight(EdgeIteratorState edge, boolean reverse) {
        return millis(edge, reverse) / 1_000;
    }

    @Override
    public long calcEdgeMillis(EdgeIteratorState edge, boolean reverse) {
        double millis = millis(edge, reverse);
        return millis == Double.POSITIVE_INFINITY ? Long.MAX_VALUE : Math.round(millis);
    }

    private double millis(EdgeIteratorState edge, boolean reverse) {
        double kmh = withLimits && !rules.fits(profile, edge) ? 0 : rules.kmh(profile, edge, reverse);
        return kmh > 0 ? edge.getDistance() / kmh * MILLIS_AT_ONE_KMH : Double.POSITIVE_INFINITY;
    }

    @Override
    public double calcTurnWeight(int inEdge, int viaNode, int outEdge) {
        return turns.calcTurnWeight(inEdge, viaNode, outEdge);
    }

    @Override
    public long calcTurnMillis(int inEdge, int viaNode, int outEdge) {
        double seconds = turns.calcTurnWeight(inEdge, viaNode, outEdge);
        return Double.isInfinite(seconds) ? 0 : Math.round(seconds * 1_000);
    }

    @Override
    public boolean hasTurnCosts() {
        return turns != TurnCostProvider.NO_TURN_COST_PROVIDER;
    }

    @Override
    public String getName() {
        return "anquan";
    }
}
