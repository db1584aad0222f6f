package org.anquan.network;

import com.graphhopper.routing.ev.BooleanEncodedValue;
import com.graphhopper.routing.ev.DecimalEncodedValue;
import com.graphhopper.routing.ev.EncodedValueLookup;
import com.graphhopper.routing.ev.EnumEncodedValue;
import com.graphhopper.routing.ev.IntEncodedValue;
import com.graphhopper.routing.ev.MaxHeight;
import com.graphhopper.routing.ev.MaxSpeed;
import com.graphhopper.routing.ev.MaxWeight;
import com.graphhopper.routing.ev.MaxWidth;
import com.graphhopper.routing.ev.RoadClassLink;
import com.graphhopper.routing.ev.RoadEnvironment;
import com.graphhopper.routing.ev.VehicleAccess;
import com.graphhopper.util.EdgeIteratorState;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.anquan.network.RoadGraph.Structure;
import org.jspecify.annotations.Nullable;

/** Says of each edge of an import which class it is, what carries it and how fast each profile goes there. */
final class RoadRules {
    private static final RoadClass[] CLASSES = RoadClass.values();

    private final NetworkSettings settings;
    private final EnumEncodedValue<com.graphhopper.routing.ev.RoadClass> osmClass;
    private final BooleanEncodedValue ramp;
    private final IntEncodedValue ownClass;
    private final EnumEncodedValue<RoadEnvironment> environment;
    private final DecimalEncodedValue maxSpeed;
    private final BooleanEncodedValue fireEngine;
    private final BooleanEncodedValue car;
    private final BooleanEncodedValue foot;
    private final RoadClass[] roadClassOf = new RoadClass[com.graphhopper.routing.ev.RoadClass.values().length];
    private final RoadClass[] rampClassOf = new RoadClass[roadClassOf.length];
    private final DecimalEncodedValue maxHeight;
    private final DecimalEncodedValue maxWidth;
    private final DecimalEncodedValue maxWeight;
    private final Map<TravelProfile, Vehicle> vehicles = new EnumMap<>(TravelProfile.class);
    private final double[] fireEngineKmh;
    private final double[] carKmh;

    RoadRules(EncodedValueLookup values, NetworkSettings settings) {
        this.settings = settings;
        osmClass = values.getEnumEncodedValue(
                com.graphhopper.routing.ev.RoadClass.KEY, com.graphhopper.routing.ev.RoadClass.class);
        ramp = values.getBooleanEncodedValue(RoadClassLink.KEY);
        ownClass = values.getIntEncodedValue(OwnClassParser.KEY);
        environment = values.getEnumEncodedValue(RoadEnvironment.KEY, RoadEnvironment.class);
        maxSpeed = values.getDecimalEncodedValue(MaxSpeed.KEY);
        maxHeight = values.getDecimalEncodedValue(MaxHeight.KEY);
        maxWidth = values.getDecimalEncodedValue(MaxWidth.KEY);
        maxWeight = values.getDecimalEncodedValue(MaxWeight.KEY);
        for (TravelProfile profile : TravelProfile.values()) vehicles.put(profile, settings.vehicle(profile));
        fireEngine = values.getBooleanEncodedValue(FireEngineAccess.KEY);
        car = values.getBooleanEncodedValue(VehicleAccess.key("car"));
        foot = values.getBooleanEncodedValue(VehicleAccess.key("foot"));
        for (com.graphhopper.routing.ev.RoadClass each : com.graphhopper.routing.ev.RoadClass.values()) {
            String highway = each.name().toLowerCase(Locale.ROOT);
            roadClassOf[each.ordinal()] = settings.classOf(highway);
            rampClassOf[each.ordinal()] = settings.classOf(highway + "_link");
        }
        fireEngineKmh = byClass(settings.fireEngineKmh());
        carKmh = byClass(settings.carKmh());
    }

    private static double[] byClass(Map<RoadClass, Double> kmh) {
        double[] all = new double[CLASSES.length];
        kmh.forEach((roadClass, speed) -> all[roadClass.ordinal()] = speed);
        return all;
    }

    RoadClass roadClass(EdgeIteratorState edge) {
        int own = edge.get(ownClass);
        if (own > 0 && own <= CLASSES.length) return CLASSES[own - 1];
        return (edge.get(ramp) ? rampClassOf : roadClassOf)[edge.get(osmClass).ordinal()];
    }

    Structure structure(EdgeIteratorState edge) {
        return switch (edge.get(environment)) {
            case BRIDGE -> Structure.BRIDGE;
            case TUNNEL -> Structure.TUNNEL;
            case FORD -> Structure.FORD;
            case FERRY -> Structure.FERRY;
            case ROAD, OTHER -> Structure.GROUND;
        };
    }

    /** Limits of height, width (metres) and load (tonnes); NaN for none, and null where there is none at all. */
    double @Nullable [] limits(EdgeIteratorState edge) {
        double height = edge.get(maxHeight);
        double width = edge.get(maxWidth);
        double load = edge.get(maxWeight);
        if (Double.isInfinite(height) && Double.isInfinite(width) && Double.isInfinite(load)) return null;
        return new double[] {known(height), known(width), known(load)};
    }

    private static double known(double limit) {
        return Double.isInfinite(limit) ? Double.NaN : limit;
    }

    /** Does the usual vehicle of the profile fit? */
    boolean fits(TravelProfile profile, EdgeIteratorState edge) {
        return Objects.requireNonNull(vehicles.get(profile))
                .passes(edge.get(maxHeight), edge.get(maxWidth), edge.get(maxWeight));
    }

    /** Speed from base to adjacent node, or the other way; 0 where the profile may not go. */
    double kmh(TravelProfile profile, EdgeIteratorState edge, boolean reverse) {
        BooleanEncodedValue access = switch (profile) {
            case FIRE_ENGINE -> fireEngine;
            case CAR -> car;
            case FOOT -> foot;
        };
        if (!(reverse ? edge.getReverse(access) : edge.get(access))) return 0;
        if (edge.get(environment) == RoadEnvironment.FERRY) return settings.ferries() ? settings.ferryKmh() : 0;
        if (profile == TravelProfile.FOOT) return settings.walkKmh();
        int roadClass = roadClass(edge).ordinal();
        double kmh = profile == TravelProfile.FIRE_ENGINE ? fireEngineKmh[roadClass] : carKmh[roadClass];
        if (edge.get(ramp)) kmh = Math.min(kmh, settings.rampKmh());
        if (profile == TravelProfile.CAR) {
            // Unknown is infinite.
            double limit = reverse ? edge.getReverse(maxSpeed) : edge.get(maxSpeed);
            if (limit > 0) kmh = Math.min(kmh, limit);
        }
        return kmh;
    }

    /** The fastest that a profile goes anywhere: a lower bound of times for goal-directed searches. */
    double fastestKmh(TravelProfile profile) {
        double ferry = settings.ferries() ? settings.ferryKmh() : 0;
        if (profile == TravelProfile.FOOT) return Math.max(ferry, settings.walkKmh());
        double fastest = ferry;
        for (double kmh : profile == TravelProfile.FIRE_ENGINE ? fireEngineKmh : carKmh)
            fastest = Math.max(fastest, kmh);
        return fastest;
    }
}
