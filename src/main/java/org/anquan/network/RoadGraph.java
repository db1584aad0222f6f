package org.anquan.network;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.anquan.geo.Bbox;
import org.anquan.geo.Distances;
import org.anquan.network.Sweep.Direction;
import org.jspecify.annotations.Nullable;

/**
 * The road graph in plain arrays, made once from an import and never changed. Many threads read it.
 *
 * <p>A <i>node</i> is a junction or an end. An <i>edge</i> joins two nodes and has a shape (a polyline from its base to
 * its head node, lon/lat degrees). Each edge can be driven in two directions; a direction is a <i>key</i>:
 * {@code 2·edge} from base to head, {@code 2·edge+1} back. Times are milliseconds by key; {@link #CLOSED} means not
 * allowed. Around each node stand its <i>arcs</i>, one for each edge end there (a loop has two), so one list serves both
 * "from" and "toward": leaving over arc {@code a} costs {@code keyMillis[arcKey[a]]}, coming in over it
 * {@code keyMillis[arcKey[a] ^ 1]}.
 *
 * <p>The arrays are shared, not copied: treat them as read-only.
 */
public final class RoadGraph {
    /** A direction that cannot be driven. */
    public static final int CLOSED = Integer.MAX_VALUE;

    private static final RoadClass[] CLASSES = RoadClass.values();
    private static final Structure[] STRUCTURES = Structure.values();

    private final double[] nodeLon;
    private final double[] nodeLat;
    private final int[] firstArc;
    private final int[] arcHead;
    private final int[] arcKey;
    private final int[] edgeBase;
    private final int[] edgeHead;
    private final double[] edgeMetres;
    private final int[] shapeFirst;
    private final double[] shapeLon;
    private final double[] shapeLat;
    private final long[] edgeRoad;
    private final byte[] edgeClass;
    private final byte[] edgeStructure;
    private final Map<TravelProfile, int[]> keyMillis;
    /** Edges with a limit of height, width or load, ascending, and the limits in threes; NaN is none. */
    private final int[] limitedEdge;

    private final double[] limits;
    private final Map<TravelProfile, Vehicle> usualVehicle;
    /** Times of the limited edges (two keys each) as they are for a small vehicle. */
    private final Map<TravelProfile, int[]> limitedMillis;
    /** By profile and direction; made when first asked for. */
    private final AtomicReferenceArray<OwnTimes> ownTimes =
            new AtomicReferenceArray<>(TravelProfile.values().length * Direction.values().length);

    /** Is it a graph with roads of a scenario added? */
    private final boolean overlay;

    private final AtomicReferenceArray<ArcBlocks> allArcs = new AtomicReferenceArray<>(Direction.values().length);

    private RoadGraph(Builder b) {
        overlay = false;
        nodeLon = b.nodeLon.toArray();
        nodeLat = b.nodeLat.toArray();
        edgeBase = b.edgeBase.toArray();
        edgeHead = b.edgeHead.toArray();
        edgeMetres = b.edgeMetres.toArray();
        shapeFirst = b.shapeFirst.toArray();
        shapeLon = b.shapeLon.toArray();
        shapeLat = b.shapeLat.toArray();
        edgeRoad = b.edgeRoad.toArray();
        edgeClass = b.edgeClass.toArray();
        edgeStructure = b.edgeStructure.toArray();
        keyMillis = new EnumMap<>(TravelProfile.class);
        b.keyMillis.forEach((profile, times) -> keyMillis.put(profile, times.toArray()));
        limitedEdge = b.limitedEdge.toArray();
        limits = b.limits.toArray();
        usualVehicle = Map.copyOf(b.vehicles);
        limitedMillis = new EnumMap<>(TravelProfile.class);
        keyMillis.forEach((profile, times) -> limitedMillis.put(profile, closeLimited(times, vehicle(profile))));
        firstArc = new int[nodeLon.length + 1];
        arcHead = new int[2 * edgeBase.length];
        arcKey = new int[2 * edgeBase.length];
        layArcs();
    }

    /** A graph with more nodes and edges behind those of another, which keep their numbers. */
    private RoadGraph(RoadGraph of, Builder more, int[] replaced) {
        overlay = true;
        nodeLon = joined(of.nodeLon, more.nodeLon.toArray());
        nodeLat = joined(of.nodeLat, more.nodeLat.toArray());
        edgeBase = joined(of.edgeBase, more.edgeBase.toArray());
        edgeHead = joined(of.edgeHead, more.edgeHead.toArray());
        edgeMetres = joined(of.edgeMetres, more.edgeMetres.toArray());
        int points = of.shapeLon.length;
        int[] moreShapes = more.shapeFirst.toArray();
        shapeFirst = Arrays.copyOf(of.shapeFirst, of.shapeFirst.length + moreShapes.length - 1);
        for (int i = 1; i < moreShapes.length; i++) shapeFirst[of.shapeFirst.length + i - 1] = points + moreShapes[i];
        shapeLon = joined(of.shapeLon, more.shapeLon.toArray());
        shapeLat = joined(of.shapeLat, more.shapeLat.toArray());
        edgeRoad = Arrays.copyOf(of.edgeRoad, edgeBase.length);
        System.arraycopy(more.edgeRoad.toArray(), 0, edgeRoad, of.edgeRoad.length, more.edgeRoad.size);
        edgeClass = Arrays.copyOf(of.edgeClass, edgeBase.length);
        System.arraycopy(more.edgeClass.toArray(), 0, edgeClass, of.edgeClass.length, more.edgeClass.size);
        edgeStructure = Arrays.copyOf(of.edgeStructure, edgeBase.length);
        System.arraycopy(
                more.edgeStructure.toArray(), 0, edgeStructure, of.edgeStructure.length, more.edgeStructure.size);
        limitedEdge = joined(of.limitedEdge, more.limitedEdge.toArray());
        limits = joined(of.limits, more.limits.toArray());
        usualVehicle = of.usualVehicle;
        keyMillis = new EnumMap<>(TravelProfile.class);
        limitedMillis = new EnumMap<>(TravelProfile.class);
        of.keyMillis.forEach((profile, known) -> {
            int[] times = joined(
                    known, Objects.requireNonNull(more.keyMillis.get(profile)).toArray());
            for (int edge : replaced) {
                times[2 * edge] = CLOSED;
                times[2 * edge + 1] = CLOSED;
            }
            int[] small = closeLimited(times, vehicle(profile));
            int[] before = Objects.requireNonNull(of.limitedMillis.get(profile));
            for (int i = 0; i < before.length; i++)
                if (Arrays.binarySearch(replaced, limitedEdge[i >> 1]) < 0) small[i] = before[i];
            limitedMillis.put(profile, small);
            keyMillis.put(profile, times);
        });
        firstArc = new int[nodeLon.length + 1];
        arcHead = new int[2 * edgeBase.length];
        arcKey = new int[2 * edgeBase.length];
        layArcs();
    }

    /**
     * This graph with more nodes and edges: an overlay on its arrays.
     *
     * @param more edges may name nodes of this graph by their numbers; its own nodes are counted on from
     *     {@link #nodeCount()}
     * @param replaced edges of this graph whose place those have taken, ascending: they keep their numbers and are closed
     */
    RoadGraph with(Builder more, int[] replaced) {
        return new RoadGraph(this, more, replaced);
    }

    private static int[] joined(int[] one, int[] more) {
        int[] all = Arrays.copyOf(one, one.length + more.length);
        System.arraycopy(more, 0, all, one.length, more.length);
        return all;
    }

    private static double[] joined(double[] one, double[] more) {
        double[] all = Arrays.copyOf(one, one.length + more.length);
        System.arraycopy(more, 0, all, one.length, more.length);
        return all;
    }

    /** Closes what the vehicle does not fit through, and returns the times of all limited edges as they were. */
    private int[] closeLimited(int[] times, Vehicle vehicle) {
        int[] before = new int[2 * limitedEdge.length];
        for (int i = 0; i < limitedEdge.length; i++) {
            int key = 2 * limitedEdge[i];
            before[2 * i] = times[key];
            before[2 * i + 1] = times[key + 1];
            if (fits(i, vehicle)) continue;
            times[key] = CLOSED;
            times[key + 1] = CLOSED;
        }
        return before;
    }

    private boolean fits(int limited, Vehicle vehicle) {
        return vehicle.passes(limits[3 * limited], limits[3 * limited + 1], limits[3 * limited + 2]);
    }

    private void layArcs() {
        int nodes = nodeLon.length;
        int edges = edgeBase.length;
        for (int e = 0; e < edges; e++) {
            firstArc[edgeBase[e] + 1]++;
            firstArc[edgeHead[e] + 1]++;
        }
        for (int n = 0; n < nodes; n++) firstArc[n + 1] += firstArc[n];
        int[] next = Arrays.copyOf(firstArc, nodes);
        for (int e = 0; e < edges; e++) {
            int out = next[edgeBase[e]]++;
            arcHead[out] = edgeHead[e];
            arcKey[out] = 2 * e;
            int back = next[edgeHead[e]]++;
            arcHead[back] = edgeBase[e];
            arcKey[back] = 2 * e + 1;
        }
    }

    public int nodeCount() {
        return nodeLon.length;
    }

    public int edgeCount() {
        return edgeBase.length;
    }

    public double nodeLon(int node) {
        return nodeLon[node];
    }

    public double nodeLat(int node) {
        return nodeLat[node];
    }

    /** Index of a node's first arc; the next entry is one past its last. Length {@code nodeCount + 1}. */
    public int[] firstArc() {
        return firstArc;
    }

    /** The node at the other end of each arc. */
    public int[] arcHead() {
        return arcHead;
    }

    /** The key (edge and direction) that leaves over each arc. */
    public int[] arcKey() {
        return arcKey;
    }

    public int edgeBase(int edge) {
        return edgeBase[edge];
    }

    public int edgeHead(int edge) {
        return edgeHead[edge];
    }

    public double edgeMetres(int edge) {
        return edgeMetres[edge];
    }

    /** First point of an edge's shape in {@link #shapeLon()}; {@code shapeFirst(edge+1)} is one past its last. */
    public int shapeFirst(int edge) {
        return shapeFirst[edge];
    }

    public double[] shapeLon() {
        return shapeLon;
    }

    public double[] shapeLat() {
        return shapeLat;
    }

    /** Number of the road in the source (OSM way id): feature {@code w<number>} of layer {@code road}. */
    public long edgeRoad(int edge) {
        return edgeRoad[edge];
    }

    public RoadClass edgeClass(int edge) {
        return CLASSES[edgeClass[edge]];
    }

    public Structure edgeStructure(int edge) {
        return STRUCTURES[edgeStructure[edge]];
    }

    /** Milliseconds by key for a profile in normal conditions; {@link #CLOSED} where it may not go. */
    public int[] keyMillis(TravelProfile profile) {
        int[] times = keyMillis.get(profile);
        if (times == null) throw new IllegalArgumentException("the graph was built without profile " + profile.id());
        return times;
    }

    /** The vehicle that a profile's times are for, where nobody names another. */
    public Vehicle vehicle(TravelProfile profile) {
        return usualVehicle.getOrDefault(profile, Vehicle.SMALL);
    }

    /**
     * The times for another vehicle, in an array of their own; {@link #keyMillis(TravelProfile)} itself where the
     * vehicle changes nothing.
     */
    public int[] keyMillis(TravelProfile profile, Vehicle vehicle) {
        int[] usual = keyMillis(profile);
        Vehicle known = vehicle(profile);
        int[] times = usual;
        for (int i = 0; i < limitedEdge.length; i++) {
            boolean fits = fits(i, vehicle);
            if (fits == fits(i, known)) continue;
            if (times == usual) times = usual.clone();
            int[] small = Objects.requireNonNull(limitedMillis.get(profile));
            times[2 * limitedEdge[i]] = fits ? small[2 * i] : CLOSED;
            times[2 * limitedEdge[i] + 1] = fits ? small[2 * i + 1] : CLOSED;
        }
        return times;
    }

    /**
     * What a road bears.
     *
     * @param heightMetres NaN for no limit, as the others
     */
    public record Limits(double heightMetres, double widthMetres, double loadTonnes) {}

    /** The limits of an edge, or null where it has none. */
    public @Nullable Limits limits(int edge) {
        int at = Arrays.binarySearch(limitedEdge, edge);
        return at < 0 ? null : new Limits(limits[3 * at], limits[3 * at + 1], limits[3 * at + 2]);
    }

    /** Arcs and times of one of the graph's own tables, ready to be copied. */
    record OwnTimes(ArcBlocks arcs, long[] blocks, ArcBlocks.Spread spread) {}

    /**
     * Kept, because the graph's own times never change. Null for any other table, even one that was seen before: whoever
     * made it may still write to it.
     */
    @Nullable
    OwnTimes ownTimes(int[] times, Direction direction) {
        for (Map.Entry<TravelProfile, int[]> own : keyMillis.entrySet()) {
            if (own.getValue() != times) continue;
            int slot = own.getKey().ordinal() * Direction.values().length + direction.ordinal();
            OwnTimes known = ownTimes.get(slot);
            if (known == null) {
                ArcBlocks arcs = new ArcBlocks(this, direction, times);
                long[] blocks = new long[arcs.size()];
                known = new OwnTimes(arcs, blocks, arcs.fill(times, blocks));
                ownTimes.set(slot, known);
            }
            return known;
        }
        return null;
    }

    /** All arcs, for times of others. */
    ArcBlocks allArcs(Direction direction) {
        ArcBlocks known = allArcs.get(direction.ordinal());
        if (known == null) {
            known = new ArcBlocks(this, direction, null);
            allArcs.set(direction.ordinal(), known);
        }
        return known;
    }

    /** Fewer places are searched for one by one, unless the hierarchy's times are there already. */
    private static final int HIERARCHY_FROM_PLACES = 16;
    /** A larger graph's hierarchy takes too long to make for one question. */
    private static final int HIERARCHY_UP_TO_NODES = 3_000_000;

    private @Nullable Hierarchy hierarchy;
    private final Map<TravelProfile, HierarchyTimes> hierarchyTimes = new ConcurrentHashMap<>();

    /**
     * The times on the graph's hierarchy, or null where searches are quicker. Those of its own tables are kept.
     *
     * @param places on the smaller side of the matrix
     */
    @Nullable
    HierarchyTimes hierarchyTimes(int[] times, int places) {
        if (overlay || nodeCount() > HIERARCHY_UP_TO_NODES) return null;
        TravelProfile own = null;
        for (Map.Entry<TravelProfile, int[]> each : keyMillis.entrySet())
            if (each.getValue() == times) own = each.getKey();
        HierarchyTimes known = own == null ? null : hierarchyTimes.get(own);
        if (known != null || places < HIERARCHY_FROM_PLACES) return known;
        HierarchyTimes made = new HierarchyTimes(hierarchy(), this, times);
        if (own != null) hierarchyTimes.put(own, made);
        return made;
    }

    private synchronized Hierarchy hierarchy() {
        Hierarchy known = hierarchy;
        if (known == null) {
            known = new Hierarchy(this);
            hierarchy = known;
        }
        return known;
    }

    /** The box of all shapes, degrees; an empty graph has none and throws. */
    public Bbox bbox() {
        double west = Double.POSITIVE_INFINITY;
        double south = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < shapeLon.length; i++) {
            west = Math.min(west, shapeLon[i]);
            east = Math.max(east, shapeLon[i]);
            south = Math.min(south, shapeLat[i]);
            north = Math.max(north, shapeLat[i]);
        }
        return new Bbox(west, south, east, north);
    }

    /** What carries the road. */
    public enum Structure {
        GROUND,
        BRIDGE,
        TUNNEL,
        FORD,
        FERRY
    }

    /** Builds a graph node by node and edge by edge: used by the importers and by small worlds in tests. */
    public static final class Builder {
        private final Doubles nodeLon = new Doubles();
        private final Doubles nodeLat = new Doubles();
        private final Ints edgeBase = new Ints();
        private final Ints edgeHead = new Ints();
        private final Doubles edgeMetres = new Doubles();
        private final Ints shapeFirst = new Ints();
        private final Doubles shapeLon = new Doubles();
        private final Doubles shapeLat = new Doubles();
        private final Longs edgeRoad = new Longs();
        private final Bytes edgeClass = new Bytes();
        private final Bytes edgeStructure = new Bytes();
        private final Map<TravelProfile, Ints> keyMillis = new EnumMap<>(TravelProfile.class);
        private final Ints limitedEdge = new Ints();
        private final Doubles limits = new Doubles();
        private final Map<TravelProfile, Vehicle> vehicles = new EnumMap<>(TravelProfile.class);

        public Builder() {
            for (TravelProfile profile : TravelProfile.values()) keyMillis.put(profile, new Ints());
            shapeFirst.add(0);
        }

        /** @return the node's number, counted from 0 */
        public int node(double lon, double lat) {
            nodeLon.add(lon);
            nodeLat.add(lat);
            return nodeLon.size - 1;
        }

        /**
         * @param lonLat the shape, lon, lat, lon, lat …, from base to head, both ends included
         * @return the edge's number, counted from 0; its times are CLOSED until {@link #millis} sets them
         */
        public int edge(
                int base,
                int head,
                double metres,
                double[] lonLat,
                long road,
                RoadClass roadClass,
                Structure structure) {
            edgeBase.add(base);
            edgeHead.add(head);
            edgeMetres.add(metres);
            for (int i = 0; i < lonLat.length; i += 2) {
                shapeLon.add(lonLat[i]);
                shapeLat.add(lonLat[i + 1]);
            }
            shapeFirst.add(shapeLon.size);
            edgeRoad.add(road);
            edgeClass.add((byte) roadClass.ordinal());
            edgeStructure.add((byte) structure.ordinal());
            for (Ints times : keyMillis.values()) {
                times.add(CLOSED);
                times.add(CLOSED);
            }
            return edgeBase.size - 1;
        }

        /** A straight edge whose length is the great-circle distance of its ends. */
        public int edge(int base, int head, long road, RoadClass roadClass) {
            double[] shape = {nodeLon.at[base], nodeLat.at[base], nodeLon.at[head], nodeLat.at[head]};
            return edge(
                    base,
                    head,
                    Distances.metres(shape[0], shape[1], shape[2], shape[3]),
                    shape,
                    road,
                    roadClass,
                    Structure.GROUND);
        }

        /** Times in milliseconds over the whole edge, from base to head and back; {@link #CLOSED} where forbidden. */
        public Builder millis(int edge, TravelProfile profile, int there, int back) {
            Ints times = keyMillis.get(profile);
            if (times == null) throw new IllegalStateException();
            times.at[2 * edge] = there;
            times.at[2 * edge + 1] = back;
            return this;
        }

        /** Limits of an edge, NaN for none; edges come in ascending order. */
        public Builder limits(int edge, double heightMetres, double widthMetres, double loadTonnes) {
            if (limitedEdge.size > 0 && limitedEdge.at[limitedEdge.size - 1] >= edge)
                throw new IllegalArgumentException("limits come in the order of the edges; " + edge + " comes late");
            limitedEdge.add(edge);
            limits.add(heightMetres);
            limits.add(widthMetres);
            limits.add(loadTonnes);
            return this;
        }

        /** Times are given as for a small vehicle; what this one does not fit through is closed when the graph is built. */
        public Builder vehicle(TravelProfile profile, Vehicle vehicle) {
            vehicles.put(profile, vehicle);
            return this;
        }

        int edges() {
            return edgeBase.size;
        }

        public RoadGraph build() {
            return new RoadGraph(this);
        }
    }

    private static final class Ints {
        private int[] at = new int[64];
        private int size;

        void add(int value) {
            if (size == at.length) at = Arrays.copyOf(at, size * 2);
            at[size++] = value;
        }

        int[] toArray() {
            return Arrays.copyOf(at, size);
        }
    }

    private static final class Longs {
        private long[] at = new long[64];
        private int size;

        void add(long value) {
            if (size == at.length) at = Arrays.copyOf(at, size * 2);
            at[size++] = value;
        }

        long[] toArray() {
            return Arrays.copyOf(at, size);
        }
    }

    private static final class Bytes {
        private byte[] at = new byte[64];
        private int size;

        void add(byte value) {
            if (size == at.length) at = Arrays.copyOf(at, size * 2);
            at[size++] = value;
        }

        byte[] toArray() {
            return Arrays.copyOf(at, size);
        }
    }

    private static final class Doubles {
        private double[] at = new double[64];
        private int size;

        void add(double value) {
            if (size == at.length) at = Arrays.copyOf(at, size * 2);
            at[size++] = value;
        }

        double[] toArray() {
            return Arrays.copyOf(at, size);
        }
    }
}
