package org.anquan.network;

import com.graphhopper.reader.ReaderNode;
import com.graphhopper.reader.ReaderWay;
import com.graphhopper.routing.ev.EncodedValueLookup;
import com.graphhopper.routing.ev.Roundabout;
import com.graphhopper.routing.util.WayAccess;
import com.graphhopper.routing.util.parsers.CarAccessParser;
import com.graphhopper.util.PMap;
import java.util.List;
import java.util.Set;

/**
 * Where a fire engine on a mission may drive: everywhere a car fits, also on private, destination, delivery, farm and
 * forest roads, bus lanes, and on what is open to {@code emergency} vehicles; not through a barrier that a car does not
 * pass, not on a closed road ({@code access=no}), not against a one-way.
 *
 * <p>A private gate counts as open, as the private road behind it does: a guard or the owner opens. One that says
 * {@code locked=yes} or {@code access=no} counts as closed.
 */
final class FireEngineAccess extends CarAccessParser {
    static final String KEY = "fire_engine_access";

    private static final Set<String> FOR_EMERGENCY =
            Set.of("yes", "designated", "official", "permissive", "destination");
    /** Ways for people on foot on which a fire engine may be let. */
    private static final Set<String> NARROW = Set.of("pedestrian", "footway", "path", "cycleway");

    FireEngineAccess(EncodedValueLookup lookup, PMap properties) {
        super(
                lookup.getBooleanEncodedValue(KEY),
                lookup.getBooleanEncodedValue(Roundabout.KEY),
                properties,
                List.of("motorcar", "motor_vehicle", "vehicle", "access"));
        for (String open : List.of("private", "permit", "agricultural", "forestry", "delivery", "emergency")) {
            restrictedValues.remove(open);
            allowedValues.add(open);
        }
        allowedValues.add("customers");
        highwayValues.add("busway");
    }

    @Override
    public WayAccess getAccess(ReaderWay way) {
        String highway = way.getTag("highway", "");
        String emergency = way.getTag("emergency", "");
        if ("no".equals(emergency) && !highway.isEmpty()) return WayAccess.CAN_SKIP;
        boolean forEmergency = FOR_EMERGENCY.contains(emergency);
        boolean drivable = highwayValues.contains(highway) || NARROW.contains(highway);
        if (forEmergency && drivable && !"track".equals(highway)) return WayAccess.WAY;
        if ("service".equals(highway) && "emergency_access".equals(way.getTag("service")) && !closed(way))
            return WayAccess.WAY;
        // People on foot have it for themselves unless motor traffic is let in by name.
        if ("pedestrian".equals(highway) && "".equals(firstOf(way, "motorcar", "motor_vehicle", "vehicle")))
            return WayAccess.CAN_SKIP;
        return super.getAccess(way);
    }

    @Override
    public boolean isBarrier(ReaderNode node) {
        if (FOR_EMERGENCY.contains(node.getTag("emergency", ""))) return false;
        boolean motor = node.hasTag("motor_vehicle") || node.hasTag("motorcar") || node.hasTag("vehicle");
        if (node.hasTag("locked", "yes")) return true;
        // access=private on a bollard says whose it is, not that it can be passed.
        if (!motor && node.hasTag("barrier", barriers)) return true;
        return super.isBarrier(node);
    }

    private static boolean closed(ReaderWay way) {
        return "no".equals(firstOf(way, "motorcar", "motor_vehicle", "vehicle", "access"));
    }

    private static String firstOf(ReaderWay way, String... keys) {
        for (String key : keys) {
            String value = way.getTag(key, "");
            if (!value.isEmpty()) return value;
        }
        return "";
    }
}
