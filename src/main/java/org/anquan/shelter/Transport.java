package org.anquan.shelter;

import java.util.Arrays;

/**
 * People from many villages into few shelters, at the least total cost and none over capacity: an exact minimum-cost flow.
 *
 * <p>Villages join one after the other by a shortest augmenting path (successive shortest paths with potentials: Edmonds
 * and Karp, JACM 19(2), 1972). As there are few shelters, the path is searched between shelters alone: from one that is
 * full, someone moves on to another, at the least extra cost of all who are there. Those least costs are kept by pair of
 * shelters and worked out again only where somebody left. A shelter's price says what one place more in it would save;
 * it is 0 where places are free. With the prices every village takes its cheapest shelter, so at the end cost and
 * {@link #bound} are equal: the proof that nothing is cheaper.
 *
 * <p>Who finds no place stays behind at a cost above any chain of moves, so that first as many as possible are placed and
 * then as cheaply as possible. Primitive arrays throughout; arcs only where a village can reach a shelter.
 */
final class Transport {
    private static final long NONE = Long.MAX_VALUE;

    private final int villages;
    private final int shelters;
    private final long[] people;
    private final long[] free;
    private final int[] first;
    private final int[] shelterOf;
    private final int[] villageOf;
    private final long[] cost;
    /** Cost of one person without a place. */
    private final long behind;

    private final long[] flow;
    private final long[] left;
    private final long[] price;

    /** Arcs with people by shelter, and where each arc stands there. */
    private final int[][] inside;

    private final int[] insideCount;
    private final int[] place;

    /** Neighbours of each shelter: those that some village reaches too. */
    private final int[] nextFirst;

    private final int[] next;
    private final long[] nextCost;
    private final int[] leaving;
    private final int[] arriving;
    private final boolean[] stale;
    /** Least cost of leaving a shelter for nowhere: the arc of who has the longest way. */
    private final int[] dearest;

    private final int[] slot;
    private final Heap heap;
    private final long[] distance;
    private final int[] cameFrom;
    private final int[] cameBy;
    private long steps;

    /**
     * @param people of each village
     * @param places of each shelter
     * @param first arcs of village v are {@code first[v]} up to {@code first[v + 1]}
     * @param shelterOf each arc's shelter; a village has one arc to a shelter at most
     * @param cost of one person on each arc, not negative
     */
    Transport(long[] people, long[] places, int[] first, int[] shelterOf, long[] cost) {
        villages = people.length;
        shelters = places.length;
        this.people = people.clone();
        free = places.clone();
        this.first = first;
        this.shelterOf = shelterOf;
        this.cost = cost;
        int arcs = first[villages];
        villageOf = new int[arcs];
        long dearestArc = 0;
        for (int v = 0; v < villages; v++)
            for (int a = first[v]; a < first[v + 1]; a++) {
                villageOf[a] = v;
                if (cost[a] < 0) throw new IllegalArgumentException("a cost is negative: " + cost[a]);
                dearestArc = Math.max(dearestArc, cost[a]);
            }
        for (long one : people) if (one < 0) throw new IllegalArgumentException("people are negative: " + one);
        for (long one : places) if (one < 0) throw new IllegalArgumentException("places are negative: " + one);
        behind = (shelters + 2L) * (dearestArc + 1);
        flow = new long[arcs];
        left = new long[villages];
        price = new long[shelters];
        inside = new int[shelters][4];
        insideCount = new int[shelters];
        place = new int[arcs];
        nextFirst = new int[shelters + 1];
        slot = new int[shelters];
        next = neighbours();
        nextCost = new long[next.length];
        leaving = new int[next.length];
        arriving = new int[next.length];
        stale = new boolean[shelters];
        dearest = new int[shelters];
        Arrays.fill(nextCost, NONE);
        Arrays.fill(dearest, -1);
        heap = new Heap(shelters);
        distance = new long[shelters];
        cameFrom = new int[shelters];
        cameBy = new int[shelters];
        for (int v = 0; v < villages; v++) join(v);
    }

    private int[] neighbours() {
        int[] count = new int[shelters];
        for (int shelter : shelterOf) count[shelter]++;
        int[][] arcsOf = new int[shelters][];
        for (int s = 0; s < shelters; s++) arcsOf[s] = new int[count[s]];
        Arrays.fill(count, 0);
        for (int a = 0; a < shelterOf.length; a++) arcsOf[shelterOf[a]][count[shelterOf[a]]++] = a;
        int[] seen = new int[shelters];
        Arrays.fill(seen, -1);
        int[] all = new int[64];
        int size = 0;
        for (int s = 0; s < shelters; s++) {
            nextFirst[s] = size;
            seen[s] = s;
            for (int arc : arcsOf[s]) {
                int v = villageOf[arc];
                for (int b = first[v]; b < first[v + 1]; b++) {
                    int t = shelterOf[b];
                    if (seen[t] == s) continue;
                    seen[t] = s;
                    if (size == all.length) all = Arrays.copyOf(all, 2 * size);
                    all[size++] = t;
                }
            }
        }
        nextFirst[shelters] = size;
        return Arrays.copyOf(all, size);
    }

    // ---- one village joins

    private void join(int village) {
        long waiting = people[village];
        while (waiting > 0) {
            int end = search(village);
            if (end == -1) {
                left[village] += waiting;
                return;
            }
            waiting -= augment(village, end, waiting);
        }
    }

    /** Where a shortest way from a village ends: a shelter, {@code -1} nowhere straight, {@code -2 - s} nowhere from s. */
    private int search(int village) {
        steps++;
        heap.clear();
        Arrays.fill(distance, NONE);
        long best = behind;
        int end = -1;
        for (int a = first[village]; a < first[village + 1]; a++) {
            int s = shelterOf[a];
            long is = cost[a] + price[s];
            if (is >= behind || is >= distance[s]) continue;
            distance[s] = is;
            cameFrom[s] = -1;
            cameBy[s] = a;
            heap.offer(s, is);
        }
        while (!heap.isEmpty()) {
            int s = heap.first();
            long here = distance[s];
            if (here >= best) break;
            heap.removeFirst();
            if (free[s] > 0) {
                best = here;
                end = s;
                break;
            }
            if (stale[s]) workOut(s);
            if (dearest[s] >= 0) {
                long out = here + behind - cost[dearest[s]] - price[s];
                if (out < best) {
                    best = out;
                    end = -2 - s;
                }
            }
            for (int i = nextFirst[s]; i < nextFirst[s + 1]; i++) {
                if (nextCost[i] == NONE) continue;
                int t = next[i];
                long there = here + nextCost[i] + price[t] - price[s];
                if (there >= distance[t] || there >= best) continue;
                distance[t] = there;
                cameFrom[t] = s;
                cameBy[t] = i;
                heap.offer(t, there);
            }
        }
        for (int s = 0; s < shelters; s++) if (distance[s] < best) price[s] += best - distance[s];
        return end;
    }

    private long augment(int village, int end, long waiting) {
        int last = end >= 0 ? end : -2 - end;
        long amount = waiting;
        if (end >= 0) amount = Math.min(amount, free[end]);
        else amount = Math.min(amount, flow[dearest[last]]);
        for (int s = last; cameFrom[s] >= 0; s = cameFrom[s]) amount = Math.min(amount, flow[leaving[cameBy[s]]]);
        if (end >= 0) free[end] -= amount;
        else {
            int arc = dearest[last];
            left[villageOf[arc]] += amount;
            take(arc, amount);
        }
        int s = last;
        while (cameFrom[s] >= 0) {
            int from = cameFrom[s];
            int by = cameBy[s];
            int out = leaving[by];
            int in = arriving[by];
            take(out, amount);
            put(in, amount);
            s = from;
        }
        put(cameBy[s], amount);
        return amount;
    }

    private void put(int arc, long amount) {
        boolean is = flow[arc] > 0;
        flow[arc] += amount;
        if (is) return;
        int s = shelterOf[arc];
        if (insideCount[s] == inside[s].length) inside[s] = Arrays.copyOf(inside[s], 2 * insideCount[s]);
        place[arc] = insideCount[s];
        inside[s][insideCount[s]++] = arc;
        if (stale[s]) return;
        for (int i = nextFirst[s]; i < nextFirst[s + 1]; i++) slot[next[i]] = i;
        offer(arc);
    }

    private void take(int arc, long amount) {
        flow[arc] -= amount;
        if (flow[arc] > 0) return;
        int s = shelterOf[arc];
        int moved = inside[s][--insideCount[s]];
        inside[s][place[arc]] = moved;
        place[moved] = place[arc];
        stale[s] = true;
    }

    private void workOut(int s) {
        stale[s] = false;
        dearest[s] = -1;
        for (int i = nextFirst[s]; i < nextFirst[s + 1]; i++) {
            nextCost[i] = NONE;
            slot[next[i]] = i;
        }
        for (int k = 0; k < insideCount[s]; k++) offer(inside[s][k]);
    }

    /** Whoever is on this arc could leave its shelter: for each other one at this cost. Needs {@code slot} of the shelter. */
    private void offer(int arc) {
        int s = shelterOf[arc];
        int v = villageOf[arc];
        if (dearest[s] < 0 || cost[arc] > cost[dearest[s]]) dearest[s] = arc;
        for (int b = first[v]; b < first[v + 1]; b++) {
            if (b == arc) continue;
            int i = slot[shelterOf[b]];
            long more = cost[b] - cost[arc];
            if (more >= nextCost[i]) continue;
            nextCost[i] = more;
            leaving[i] = arc;
            arriving[i] = b;
        }
    }

    // ---- the answer

    /** People on an arc. */
    long flow(int arc) {
        return flow[arc];
    }

    /** People of a village who found no place. */
    long left(int village) {
        return left[village];
    }

    /** Places of a shelter that are still free. */
    long free(int shelter) {
        return free[shelter];
    }

    /** What one place more in a shelter would save. */
    long price(int shelter) {
        return price[shelter];
    }

    /** Cost of one person left behind; above that of any chain of moves. */
    long behind() {
        return behind;
    }

    /** Total cost, those left behind included. */
    long cost() {
        long sum = 0;
        for (int a = 0; a < flow.length; a++) sum = Math.addExact(sum, Math.multiplyExact(flow[a], cost[a]));
        for (long one : left) sum = Math.addExact(sum, Math.multiplyExact(one, behind));
        return sum;
    }

    /**
     * No assignment whatever costs less than this (the dual's value): each village pays its cheapest shelter with its
     * price, less the prices of all places.
     *
     * @param places of each shelter, as given
     */
    long bound(long[] places) {
        long sum = 0;
        for (int v = 0; v < villages; v++) {
            long least = behind;
            for (int a = first[v]; a < first[v + 1]; a++) least = Math.min(least, cost[a] + price[shelterOf[a]]);
            sum = Math.addExact(sum, Math.multiplyExact(people[v], least));
        }
        for (int s = 0; s < shelters; s++) sum = Math.subtractExact(sum, Math.multiplyExact(places[s], price[s]));
        return sum;
    }

    /** Searches that were needed. */
    long steps() {
        return steps;
    }

    /** The shelters that wait, nearest first; one whose distance falls moves up. */
    private static final class Heap {
        private final int[] items;
        private final int[] at;
        private final long[] key;
        private int size;

        Heap(int most) {
            items = new int[most];
            at = new int[most];
            key = new long[most];
            Arrays.fill(at, -1);
        }

        void clear() {
            for (int i = 0; i < size; i++) at[items[i]] = -1;
            size = 0;
        }

        boolean isEmpty() {
            return size == 0;
        }

        int first() {
            return items[0];
        }

        void offer(int item, long is) {
            key[item] = is;
            if (at[item] < 0) {
                at[item] = size;
                items[size++] = item;
            }
            up(at[item]);
        }

        void removeFirst() {
            at[items[0]] = -1;
            int last = items[--size];
            if (size == 0) return;
            items[0] = last;
            at[last] = 0;
            down();
        }

        private void up(int i) {
            int item = items[i];
            while (i > 0) {
                int parent = (i - 1) >> 1;
                if (key[items[parent]] <= key[item]) break;
                items[i] = items[parent];
                at[items[i]] = i;
                i = parent;
            }
            items[i] = item;
            at[item] = i;
        }

        private void down() {
            int item = items[0];
            int i = 0;
            while (true) {
                int child = 2 * i + 1;
                if (child >= size) break;
                if (child + 1 < size && key[items[child + 1]] < key[items[child]]) child++;
                if (key[items[child]] >= key[item]) break;
                items[i] = items[child];
                at[items[i]] = i;
                i = child;
            }
            items[i] = item;
            at[item] = i;
        }
    }
}
