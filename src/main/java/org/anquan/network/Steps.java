package org.anquan.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.locationtech.jts.geom.Coordinate;

/**
 * Tells a way in sentences: where to turn, into which road, which exit of a roundabout. A bend of the road itself is no
 * step; a turn where there is nothing to choose is none either.
 */
public final class Steps {
    /** Below this a junction is passed straight on. */
    private static final double STRAIGHT_DEGREES = 30;

    private static final double SLIGHT_DEGREES = 50;
    private static final double SHARP_DEGREES = 125;
    private static final double TURN_ROUND_DEGREES = 170;
    /** Bearings are taken over the first and last metres of a piece, not over its smallest kink. */
    private static final double BEARING_METRES = 15;
    /** Shorter bridges are not told. */
    private static final double TOLD_BRIDGE_METRES = 60;
    /** Nearer than this to the goal the road is where one wanted to be. */
    private static final double AT_GOAL_METRES = 30;

    private final RoadNetwork network;
    private final RoadGraph graph;
    private final int[] keyMillis;
    private final TravelProfile profile;
    private final Locale language;

    /**
     * @param lon where the step begins, degrees
     * @param lat degrees
     * @param road its name, empty where it has none
     */
    public record Step(String text, double metres, double seconds, String road, double lon, double lat) {}

    private static final class Leg {
        final Text what;
        final String road;
        final Coordinate at;
        double metres;
        long millis;
        double bridgeMetres;
        double tunnelMetres;

        Leg(Text what, String road, Coordinate at) {
            this.what = what;
            this.road = road;
            this.at = at;
        }
    }

    public Steps(RoadNetwork network, int[] keyMillis, TravelProfile profile, Locale language) {
        this.network = network;
        graph = network.graph();
        this.keyMillis = keyMillis;
        this.profile = profile;
        this.language = language;
    }

    /** @param metresFromRoad from the end of the way to the place itself */
    public List<Step> of(Way way, double metresFromRoad) {
        List<Leg> legs = new ArrayList<>();
        for (int i = 0; i < way.pieces(); i++) {
            Text turn = i == 0 ? start(way) : turn(way, i);
            if (turn != null) legs.add(new Leg(turn, name(way, i), point(way, i)));
            Leg leg = legs.get(legs.size() - 1);
            leg.metres += way.metres()[i];
            leg.millis += way.millis()[i];
            Structure structure = graph.edgeStructure(way.edge(i));
            if (structure == Structure.BRIDGE) leg.bridgeMetres += way.metres()[i];
            if (structure == Structure.TUNNEL) leg.tunnelMetres += way.metres()[i];
        }
        List<Step> steps = new ArrayList<>();
        for (Leg leg : legs)
            steps.add(new Step(
                    Texts.in(language, told(leg)),
                    tenth(leg.metres),
                    tenth(leg.millis / 1_000.0),
                    leg.road,
                    leg.at.x,
                    leg.at.y));
        Coordinate[] line = Lines.of(graph, way);
        Coordinate end = line[line.length - 1];
        Text arrive = metresFromRoad > AT_GOAL_METRES
                ? Text.of("travel.step.arriveNear", Math.round(metresFromRoad))
                : Text.of("travel.step.arrive");
        steps.add(new Step(Texts.in(language, arrive), 0, 0, "", end.x, end.y));
        return steps;
    }

    private static Text told(Leg leg) {
        Text text = leg.what;
        if (leg.bridgeMetres >= TOLD_BRIDGE_METRES)
            text = Text.of("travel.step.overBridge", text, Math.round(leg.bridgeMetres));
        if (leg.tunnelMetres >= TOLD_BRIDGE_METRES)
            text = Text.of("travel.step.throughTunnel", text, Math.round(leg.tunnelMetres));
        return text;
    }

    public static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private String name(Way way, int piece) {
        String name = network.edgeName(way.edge(piece));
        // The name after a roundabout is the road's that one leaves by.
        for (int i = piece; name.isBlank() && i < way.pieces() && network.roundabout(way.edge(i)); i++)
            name = network.edgeName(way.edge(i));
        return name;
    }

    private Coordinate point(Way way, int piece) {
        return Lines.of(graph, way, piece)[0];
    }

    private Text start(Way way) {
        Text direction = Text.of("travel.compass." + (int) Math.round(bearing(way, 0, true) / 45) % 8);
        String road = name(way, 0);
        String key = profile == TravelProfile.FOOT ? "travel.step.walk" : "travel.step.start";
        return road.isBlank() ? Text.of(key + "Nameless", direction) : Text.of(key, direction, road);
    }

    /** What to do at the beginning of a piece, or null where one simply goes on. */
    @org.jspecify.annotations.Nullable
    private Text turn(Way way, int i) {
        boolean inside = network.roundabout(way.edge(i));
        boolean before = network.roundabout(way.edge(i - 1));
        if (inside && !before) return roundabout(way, i);
        if (inside) return null;
        String road = network.edgeName(way.edge(i));
        if (before) return null;
        String from = network.edgeName(way.edge(i - 1));
        boolean renamed = !road.isBlank() && !road.equals(from);
        double angle = angle(way, i);
        double size = Math.abs(angle);
        boolean back = way.edge(i) == way.edge(i - 1) && way.towardHead(i) != way.towardHead(i - 1);
        if (!back && choices(way, i) == 0) return renamed ? told("onto", road) : null;
        if (back || size >= TURN_ROUND_DEGREES) return told("uTurn", road);
        if (size < STRAIGHT_DEGREES) return renamed ? told("onto", road) : null;
        // A road that bends at a side road keeps its name and needs no word.
        if (!renamed && !road.isBlank() && size < SLIGHT_DEGREES) return null;
        String side = angle > 0 ? "right" : "left";
        String how = size < SLIGHT_DEGREES ? "slight" : size > SHARP_DEGREES ? "sharp" : "";
        return told(how + side, road);
    }

    private static Text told(String how, String road) {
        return road.isBlank() ? Text.of("travel.step." + how + ".nameless") : Text.of("travel.step." + how, road);
    }

    private Text roundabout(Way way, int i) {
        int exit = 0;
        int last = i;
        for (int p = i; p < way.pieces() && network.roundabout(way.edge(p)); p++) {
            last = p;
            if (exits(node(way, p, false))) exit++;
        }
        if (last + 1 >= way.pieces()) return Text.of("travel.step.roundaboutStay");
        String road = network.edgeName(way.edge(last + 1));
        return road.isBlank()
                ? Text.of("travel.step.roundabout.nameless", exit)
                : Text.of("travel.step.roundabout", exit, road);
    }

    /** Does a road lead out of the roundabout at this node? */
    private boolean exits(int node) {
        for (int arc = graph.firstArc()[node]; arc < graph.firstArc()[node + 1]; arc++) {
            int key = graph.arcKey()[arc];
            if (graph.keyMillis(profile)[key] != RoadGraph.CLOSED && !network.roundabout(key >> 1)) return true;
        }
        return false;
    }

    private int node(Way way, int piece, boolean start) {
        int edge = way.edge(piece);
        return way.towardHead(piece) == start ? graph.edgeBase(edge) : graph.edgeHead(edge);
    }

    /** Other roads that one could have taken at the beginning of a piece. */
    private int choices(Way way, int i) {
        int node = node(way, i, true);
        int count = 0;
        for (int arc = graph.firstArc()[node]; arc < graph.firstArc()[node + 1]; arc++) {
            int key = graph.arcKey()[arc];
            if (keyMillis[key] == RoadGraph.CLOSED && graph.keyMillis(profile)[key] == RoadGraph.CLOSED) continue;
            if (key >> 1 != way.edge(i) && key >> 1 != way.edge(i - 1)) count++;
        }
        return count;
    }

    /** Degrees to turn, right positive, −180 to 180. */
    private double angle(Way way, int i) {
        double turn = bearing(way, i, true) - bearing(way, i - 1, false);
        return ((turn + 540) % 360 + 360) % 360 - 180;
    }

    /** Degrees from north, clockwise, over the first or last metres of a piece. */
    private double bearing(Way way, int piece, boolean start) {
        Coordinate[] line = Lines.of(graph, way, piece);
        int at = start ? 0 : line.length - 1;
        int step = start ? 1 : -1;
        Coordinate here = line[at];
        Coordinate there = here;
        for (int i = at + step; i >= 0 && i < line.length; i += step) {
            there = line[i];
            if (org.anquan.geo.Distances.metres(here.x, here.y, there.x, there.y) >= BEARING_METRES) break;
        }
        double east = (there.x - here.x) * Math.cos(Math.toRadians(here.y));
        double north = there.y - here.y;
        if (!start) {
            east = -east;
            north = -north;
        }
        double degrees = Math.toDegrees(Math.atan2(east, north));
        return degrees < 0 ? degrees + 360 : degrees;
    }
}
