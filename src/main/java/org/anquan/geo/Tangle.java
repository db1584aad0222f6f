package org.anquan.geo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.algorithm.LineIntersector;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateArrays;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryComponentFilter;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.index.chain.MonotoneChain;
import org.locationtech.jts.index.chain.MonotoneChainBuilder;
import org.locationtech.jts.index.chain.MonotoneChainOverlapAction;
import org.locationtech.jts.index.hprtree.HPRtree;

/**
 * How tangled the outlines of areas are. What areas cost does not follow from their vertices alone: whether a place lies
 * inside costs as much as a straight line crosses the outline, and mending an area as much as it crosses itself. An
 * outline of a hundred thousand vertices is cheap as a shore, and takes minutes as a zigzag over the whole district.
 */
public final class Tangle {
    /** Pairs of segments looked at for one count of crossings: about half a second. */
    private static final long MOST_LOOKS = 20_000_000;

    private Tangle() {}

    /** How often a straight line to the north or to the east crosses lines and the outlines of areas at most. */
    public static int folds(List<Geometry> drawn) {
        List<Coordinate[]> lines = new ArrayList<>();
        for (Geometry one : drawn) lines.addAll(lines(one));
        return Math.max(most(lines, true), most(lines, false));
    }

    /** Over the spans of all segments, how many lie over one another at most. */
    private static int most(List<Coordinate[]> lines, boolean eastward) {
        int segments = lines.stream().mapToInt(line -> line.length - 1).sum();
        double[] from = new double[segments];
        double[] until = new double[segments];
        int s = 0;
        for (Coordinate[] line : lines)
            for (int i = 0; i + 1 < line.length; i++, s++) {
                double a = eastward ? line[i].x : line[i].y;
                double b = eastward ? line[i + 1].x : line[i + 1].y;
                from[s] = Math.min(a, b);
                until[s] = Math.max(a, b);
            }
        Arrays.sort(from);
        Arrays.sort(until);
        int most = 0;
        for (int begun = 0, ended = 0; begun < segments; begun++) {
            while (until[ended] <= from[begun] && ended < begun) ended++;
            most = Math.max(most, begun + 1 - ended);
        }
        return most;
    }

    /**
     * How often the outline of an area crosses or touches itself, counted up to a limit.
     *
     * @return at most {@code limit + 1}; so much also where counting them would take too long
     */
    public static int crossings(Geometry area, int limit) {
        return count(lines(area), new Crossings(limit, false), limit);
    }

    /**
     * How often the outlines of areas cross one another or themselves, counted up to a limit. Neighbours that share a border
     * touch, which costs nothing and does not count.
     *
     * @return at most {@code limit + 1}; so much also where counting them would take too long
     */
    public static int crossed(List<Geometry> areas, int limit) {
        List<Coordinate[]> rings = new ArrayList<>();
        for (Geometry area : areas) rings.addAll(lines(area));
        return count(rings, new Crossings(limit, true), limit);
    }

    private static int count(List<Coordinate[]> rings, Crossings counted, int limit) {
        HPRtree tree = new HPRtree();
        List<MonotoneChain> chains = new ArrayList<>();
        for (Coordinate[] ring : rings) chains.addAll(MonotoneChainBuilder.getChains(ring, ring));
        for (int i = 0; i < chains.size(); i++) {
            chains.get(i).setId(i);
            tree.insert(chains.get(i).getEnvelope(), chains.get(i));
        }
        for (MonotoneChain chain : chains) {
            if (counted.enough()) return limit + 1;
            tree.query(chain.getEnvelope(), found -> {
                MonotoneChain other = (MonotoneChain) found;
                if (other.getId() > chain.getId() && !counted.enough()) chain.computeOverlaps(other, counted);
            });
        }
        return counted.enough() ? limit + 1 : counted.count;
    }

    /** Without segments from a vertex to itself. */
    private static List<Coordinate[]> lines(Geometry drawn) {
        List<Coordinate[]> lines = new ArrayList<>();
        drawn.apply((GeometryComponentFilter) part -> {
            if (part instanceof LineString line && !line.isEmpty())
                lines.add(CoordinateArrays.removeRepeatedPoints(line.getCoordinates()));
        });
        return lines;
    }

    private static final class Crossings extends MonotoneChainOverlapAction {
        private final LineIntersector lines = new RobustLineIntersector();
        private final int limit;
        private final boolean withoutTouches;
        private int count;
        private long looks;

        Crossings(int limit, boolean withoutTouches) {
            this.limit = limit;
            this.withoutTouches = withoutTouches;
        }

        boolean enough() {
            return count > limit || looks > MOST_LOOKS;
        }

        @Override
        public void overlap(MonotoneChain one, int i, MonotoneChain other, int j) {
            looks++;
            if (enough()) return;
            Coordinate[] a = (Coordinate[]) one.getContext();
            Coordinate[] b = (Coordinate[]) other.getContext();
            lines.computeIntersection(a[i], a[i + 1], b[j], b[j + 1]);
            if (withoutTouches ? !lines.isProper() : !lines.hasIntersection()) return;
            // Neighbours along the ring share their vertex.
            boolean neighbours = a == b
                    && lines.getIntersectionNum() == 1
                    && (Math.abs(i - j) == 1 || Math.abs(i - j) == a.length - 2);
            if (!neighbours) count++;
        }
    }
}
