package org.anquan.shelter.flow;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The flow of least cost through a network with capacities, exact in whole numbers: the primal network simplex method
 * (Ahuja, Magnanti, Orlin: Network Flows, chapter 11) with strongly feasible trees, so that it ends, and the entering arc
 * searched block by block. The answer carries its own proof: node prices of the dual problem, whose value is a bound that
 * no flow can go below, computed from the prices alone and equal to the cost where the flow is the best there is.
 *
 * <p>Hot loops work on primitive arrays and allocate nothing. The tree is kept as lists of children, so that a pivot
 * costs the length of the cycle and the size of the part that moves.
 *
 * <p>Not for several threads; one object solves one network once.
 */
public final class MinCostFlow {
    /** A capacity that never binds. */
    public static final long UNLIMITED = Long.MAX_VALUE / 8;

    private static final byte AT_ZERO = 1;
    private static final byte IN_TREE = 0;
    private static final byte AT_CAPACITY = -1;

    /** How often somebody is asked whether to go on, in pivots. */
    private static final int ASK_EVERY = 4096;

    private final int nodes;
    private final int root;
    private final long[] supply;

    private int arcs;
    private int[] from;
    private int[] to;
    private long[] capacity;
    private long[] cost;

    private long[] flow = new long[0];
    private byte[] state = new byte[0];

    private final long[] price;
    private final int[] parent;
    /** The arc between a node and its parent … */
    private final int[] treeArc;
    /** … and whether it leads up, from the node to the parent. */
    private final boolean[] leadsUp;

    private final int[] depth;
    private final int[] firstChild;
    private final int[] nextChild;
    private final int[] previousChild;

    private int searchFrom;
    private int block;

    /**
     * @param nodes numbered from 0
     * @param arcs how many are expected; more may be added
     */
    public MinCostFlow(int nodes, int arcs) {
        if (nodes < 1) throw new IllegalArgumentException("A network without nodes");
        this.nodes = nodes;
        root = nodes;
        supply = new long[nodes];
        int room = Math.max(16, arcs) + nodes;
        from = new int[room];
        to = new int[room];
        capacity = new long[room];
        cost = new long[room];
        price = new long[nodes + 1];
        parent = new int[nodes + 1];
        treeArc = new int[nodes + 1];
        leadsUp = new boolean[nodes + 1];
        depth = new int[nodes + 1];
        firstChild = new int[nodes + 1];
        nextChild = new int[nodes + 1];
        previousChild = new int[nodes + 1];
    }

    /** How much more leaves a node than comes in; negative where it stays. All together must be zero. */
    public void supply(int node, long units) {
        supply[node] = units;
    }

    /**
     * Adds an arc.
     *
     * @param capacity at least 0, {@link #UNLIMITED} at most
     * @param cost of one unit; of either sign, but no cycle of unlimited arcs may have a negative sum
     * @return its number, counted from 0
     */
    public int arc(int from, int to, long capacity, long cost) {
        if (from < 0 || from >= nodes || to < 0 || to >= nodes)
            throw new IllegalArgumentException("Arc " + from + " to " + to + " of " + nodes + " nodes");
        if (capacity < 0 || capacity > UNLIMITED) throw new IllegalArgumentException("Capacity " + capacity);
        if (arcs + nodes >= this.from.length) grow();
        this.from[arcs] = from;
        this.to[arcs] = to;
        this.capacity[arcs] = capacity;
        this.cost[arcs] = cost;
        return arcs++;
    }

    private void grow() {
        int room = 2 * from.length;
        from = Arrays.copyOf(from, room);
        to = Arrays.copyOf(to, room);
        capacity = Arrays.copyOf(capacity, room);
        cost = Arrays.copyOf(cost, room);
    }

    /**
     * @throws IllegalArgumentException where supplies do not sum to zero
     * @throws CancellationException where somebody stopped it
     */
    public Solution solve(BooleanSupplier stopped) {
        if (Arrays.stream(supply).sum() != 0) throw new IllegalArgumentException("Supplies do not sum to zero");
        start();
        int entering;
        for (int pivots = 0; (entering = entering()) >= 0; pivots++) {
            if (pivots % ASK_EVERY == 0 && stopped.getAsBoolean()) throw new CancellationException();
            pivot(entering);
        }
        return solution();
    }

    /**
     * The best flow.
     *
     * @param flow units on each arc
     * @param cost of all units; meaningless where the flow is not possible
     * @param bound no possible flow costs less; equal to the cost, which proves it
     * @param possible whether all supplies found their way
     */
    public record Solution(long[] flow, long cost, long bound, boolean possible) {}

    /** Every node hangs on the root by an arc of its own, dearer than any way through the network. */
    private void start() {
        long dearest = 0;
        for (int a = 0; a < arcs; a++) dearest = Math.max(dearest, Math.abs(cost[a]));
        long artificial = Math.multiplyExact(dearest + 1, nodes);
        flow = new long[arcs + nodes];
        state = new byte[arcs + nodes];
        Arrays.fill(state, 0, arcs, AT_ZERO);
        Arrays.fill(firstChild, -1);
        Arrays.fill(nextChild, -1);
        Arrays.fill(previousChild, -1);
        parent[root] = -1;
        for (int node = nodes - 1; node >= 0; node--) {
            int arc = arcs + node;
            boolean up = supply[node] >= 0;
            from[arc] = up ? node : root;
            to[arc] = up ? root : node;
            capacity[arc] = UNLIMITED;
            cost[arc] = artificial;
            flow[arc] = Math.abs(supply[node]);
            price[node] = up ? -artificial : artificial;
            leadsUp[node] = up;
            treeArc[node] = arc;
            hang(node, root);
            depth[node] = 1;
        }
        block = Math.max(16, (int) Math.sqrt(arcs));
        searchFrom = 0;
    }

    private long reducedCost(int arc) {
        return cost[arc] + price[from[arc]] - price[to[arc]];
    }

    /** The arc of a block that gains most; further blocks are looked through only where one has none. */
    private int entering() {
        int best = -1;
        long most = 0;
        int arc = searchFrom;
        int left = block;
        for (int i = 0; i < arcs; i++) {
            long gain = -state[arc] * reducedCost(arc);
            if (gain > most) {
                most = gain;
                best = arc;
            }
            if (++arc == arcs) arc = 0;
            if (--left == 0) {
                if (best >= 0) break;
                left = block;
            }
        }
        searchFrom = arc;
        return best;
    }

    private void pivot(int entering) {
        boolean forward = state[entering] == AT_ZERO;
        int first = forward ? from[entering] : to[entering];
        int second = forward ? to[entering] : from[entering];
        int join = join(first, second);

        // Round the cycle from the join down to the first node, over the arc, and from the second node up again: the
        // last
        // arc that binds leaves the tree, which keeps the tree strongly feasible.
        long units = capacity[entering];
        int out = -1;
        boolean onFirst = false;
        for (int node = first; node != join; node = parent[node]) {
            long room = leadsUp[node] ? flow[treeArc[node]] : capacity[treeArc[node]] - flow[treeArc[node]];
            if (room < units) {
                units = room;
                out = node;
                onFirst = true;
            }
        }
        for (int node = second; node != join; node = parent[node]) {
            long room = leadsUp[node] ? capacity[treeArc[node]] - flow[treeArc[node]] : flow[treeArc[node]];
            if (room <= units) {
                units = room;
                out = node;
                onFirst = false;
            }
        }

        if (units > 0) {
            flow[entering] += forward ? units : -units;
            for (int node = first; node != join; node = parent[node])
                flow[treeArc[node]] += leadsUp[node] ? -units : units;
            for (int node = second; node != join; node = parent[node])
                flow[treeArc[node]] += leadsUp[node] ? units : -units;
        }
        if (out < 0) {
            state[entering] = forward ? AT_CAPACITY : AT_ZERO;
            return;
        }
        int leaving = treeArc[out];
        state[leaving] = flow[leaving] == 0 ? AT_ZERO : AT_CAPACITY;
        state[entering] = IN_TREE;
        long change = reducedCost(entering);
        int moved = onFirst ? first : second;
        turn(moved, onFirst ? second : first, entering, out);
        raise(moved, from[entering] == moved ? -change : change);
    }

    private int join(int one, int other) {
        while (one != other) {
            if (depth[one] >= depth[other]) one = parent[one];
            else other = parent[other];
        }
        return one;
    }

    /** Hangs the part of the tree below {@code out} on a new parent, by its node {@code moved}. */
    private void turn(int moved, int newParent, int arc, int out) {
        int node = moved;
        int above = newParent;
        int by = arc;
        boolean up = from[arc] == moved;
        while (true) {
            int oldParent = parent[node];
            int oldArc = treeArc[node];
            boolean oldUp = leadsUp[node];
            unhang(node);
            hang(node, above);
            treeArc[node] = by;
            leadsUp[node] = up;
            if (node == out) return;
            above = node;
            by = oldArc;
            up = !oldUp;
            node = oldParent;
        }
    }

    /** New prices and depths for a node and all below it. */
    private void raise(int top, long by) {
        int node = top;
        while (true) {
            price[node] += by;
            depth[node] = depth[parent[node]] + 1;
            if (firstChild[node] >= 0) {
                node = firstChild[node];
                continue;
            }
            while (node != top && nextChild[node] < 0) node = parent[node];
            if (node == top) return;
            node = nextChild[node];
        }
    }

    private void hang(int node, int above) {
        parent[node] = above;
        int sibling = firstChild[above];
        nextChild[node] = sibling;
        previousChild[node] = -1;
        if (sibling >= 0) previousChild[sibling] = node;
        firstChild[above] = node;
    }

    private void unhang(int node) {
        int before = previousChild[node];
        int after = nextChild[node];
        if (before >= 0) nextChild[before] = after;
        else firstChild[parent[node]] = after;
        if (after >= 0) previousChild[after] = before;
    }

    private Solution solution() {
        boolean possible = true;
        for (int a = arcs; a < arcs + nodes; a++) possible &= flow[a] == 0;
        long total = 0;
        for (int a = 0; a < arcs; a++) total += flow[a] * cost[a];
        // For any prices and any possible flow x: cost·x = Σ reduced cost·x − Σ price·supply, and the first sum is
        // least
        // where each arc with a negative reduced cost is full and each other one empty.
        long bound = 0;
        for (int node = 0; node < nodes; node++) bound -= price[node] * supply[node];
        for (int a = 0; a < arcs; a++) {
            long reduced = reducedCost(a);
            if (reduced < 0) bound += reduced * capacity[a];
        }
        return new Solution(Arrays.copyOf(flow, arcs), total, bound, possible);
    }
}
