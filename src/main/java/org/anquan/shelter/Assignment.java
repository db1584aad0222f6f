package org.anquan.shelter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anquan.shelter.Question.Room;
import org.jspecify.annotations.Nullable;

/**
 * Who goes where. Each place sends the elderly and everybody else as two groups: the elderly walk more slowly and their
 * seconds count more, so they come nearer. Within the limit people walk; beyond it buses go, and count the wait too.
 * Another township and a shelter whose fitness for the hazard is unknown count as if they were some minutes farther.
 */
final class Assignment {
    /** How one goes. */
    enum Mode {
        WALK,
        BUS
    }

    /**
     * @param walkLimitSeconds farther nobody walks
     * @param busLimitSeconds 0 for no buses
     * @param busWaitSeconds until the bus is there and all are in
     * @param elderlyFactor how much slower the elderly walk, at least 1
     * @param elderlyWeight how much more their seconds count
     */
    record Rules(
            int walkLimitSeconds,
            int busLimitSeconds,
            int busWaitSeconds,
            double elderlyFactor,
            int elderlyWeight,
            int otherTownshipSeconds,
            int unknownFitSeconds,
            boolean wholeVillages,
            long mostSteps) {}

    /** Some people of one village who go to one shelter in one way. */
    record Move(int village, int room, Mode mode, int seconds, long people, long elderly) {}

    private final List<Demand.One> villages;
    private final List<Room> rooms;
    private final long[] places;
    private final Rules rules;

    /** Groups: village and whether they are the elderly. */
    private int[] groupVillage = new int[64];

    private boolean[] groupElderly = new boolean[64];
    private long[] groupPeople = new long[64];
    private int groups;

    private int[] first = new int[65];
    private int[] room = new int[256];
    private long[] cost = new long[256];
    private int[] seconds = new int[256];
    private boolean[] byBus = new boolean[256];
    private int arcs;

    final List<Move> moves = new ArrayList<>();
    /** People of each village who found no place. */
    final long[] left;
    /** Whether any shelter could be reached at all, and one large enough for the whole village. */
    final boolean[] reachesAny;

    final boolean[] fitsAny;
    final long[] assigned;
    final long[] price;
    final long totalCost;
    /** No answer of any kind costs less. */
    final long bound;

    final boolean optimal;
    final String method;

    /**
     * @param places free in each room
     * @param walk by room, by village, for who walks at the usual speed; {@link Integer#MAX_VALUE} beyond the limit
     * @param bus likewise, the ride alone; null for no buses
     * @param unknownFit of each room
     */
    Assignment(
            List<Demand.One> villages,
            List<Room> rooms,
            long[] places,
            int[][] walk,
            int @Nullable [][] bus,
            boolean[] unknownFit,
            Rules rules) {
        this.villages = villages;
        this.rooms = rooms;
        this.places = places;
        this.rules = rules;
        left = new long[villages.size()];
        reachesAny = new boolean[villages.size()];
        fitsAny = new boolean[villages.size()];
        assigned = new long[rooms.size()];
        for (int v = 0; v < villages.size(); v++) groupsOf(v, walk, bus, unknownFit);
        first[groups] = arcs;
        long[] people = Arrays.copyOf(groupPeople, groups);
        int[] firstArc = Arrays.copyOf(first, groups + 1);
        int[] to = Arrays.copyOf(room, arcs);
        long[] costs = Arrays.copyOf(cost, arcs);
        Transport flow = new Transport(people, places, firstArc, to, costs);
        bound = flow.bound(places);
        price = new long[rooms.size()];
        for (int r = 0; r < price.length; r++) price[r] = flow.price(r);
        if (rules.wholeVillages()) {
            WholeVillages whole =
                    new WholeVillages(people, places, firstArc, to, costs, flow.behind(), rules.mostSteps());
            totalCost = whole.cost();
            optimal = whole.exact() || totalCost == bound;
            method = optimal ? "exactWhole" : "heuristicWhole";
            for (int g = 0; g < groups; g++)
                if (whole.arc(g) != WholeVillages.NOWHERE) take(g, whole.arc(g), people[g]);
                else left[groupVillage[g]] += people[g];
        } else {
            totalCost = flow.cost();
            optimal = totalCost == bound;
            method = "minCostFlow";
            for (int g = 0; g < groups; g++) {
                for (int a = firstArc[g]; a < firstArc[g + 1]; a++) if (flow.flow(a) > 0) take(g, a, flow.flow(a));
                left[groupVillage[g]] += flow.left(g);
            }
        }
    }

    private void groupsOf(int v, int[][] walk, int @Nullable [][] bus, boolean[] unknownFit) {
        Demand.One one = villages.get(v);
        if (one.need() == 0) return;
        if (rules.wholeVillages()) {
            // Together they go as slowly as their elderly.
            group(v, one.need(), one.elderly() > 0, walk, bus, unknownFit);
            return;
        }
        if (one.need() > one.elderly()) group(v, one.need() - one.elderly(), false, walk, bus, unknownFit);
        if (one.elderly() > 0) group(v, one.elderly(), true, walk, bus, unknownFit);
    }

    private void group(
            int v, long people, boolean elderly, int[][] walk, int @Nullable [][] bus, boolean[] unknownFit) {
        if (groups == groupVillage.length) {
            groupVillage = Arrays.copyOf(groupVillage, 2 * groups);
            groupElderly = Arrays.copyOf(groupElderly, 2 * groups);
            groupPeople = Arrays.copyOf(groupPeople, 2 * groups);
            first = Arrays.copyOf(first, 2 * groups + 1);
        }
        groupVillage[groups] = v;
        groupElderly[groups] = elderly;
        groupPeople[groups] = people;
        first[groups++] = arcs;
        for (int r = 0; r < rooms.size(); r++) {
            long onFoot = walk[r][v];
            if (onFoot != Integer.MAX_VALUE && elderly) onFoot = Math.round(onFoot * rules.elderlyFactor());
            boolean walks = onFoot <= rules.walkLimitSeconds();
            long ride = bus == null || bus[r][v] == Integer.MAX_VALUE
                    ? Long.MAX_VALUE
                    : (long) bus[r][v] + rules.busWaitSeconds();
            if (!walks && (ride == Long.MAX_VALUE || rules.busLimitSeconds() == 0)) continue;
            reachesAny[v] = true;
            fitsAny[v] |= places[r] >= people;
            arc(v, r, (int) (walks ? onFoot : ride), !walks, elderly, unknownFit[r]);
        }
    }

    private void arc(int v, int r, int takes, boolean bus, boolean elderly, boolean unknownFit) {
        if (arcs == room.length) {
            room = Arrays.copyOf(room, 2 * arcs);
            cost = Arrays.copyOf(cost, 2 * arcs);
            seconds = Arrays.copyOf(seconds, 2 * arcs);
            byBus = Arrays.copyOf(byBus, 2 * arcs);
        }
        long counts = takes;
        String own = villages.get(v).township();
        String theirs = rooms.get(r).shelter().township();
        if (own != null && theirs != null && !own.equals(theirs)) counts += rules.otherTownshipSeconds();
        if (unknownFit) counts += rules.unknownFitSeconds();
        if (elderly && !rules.wholeVillages()) counts *= rules.elderlyWeight();
        room[arcs] = r;
        cost[arcs] = counts;
        seconds[arcs] = takes;
        byBus[arcs++] = bus;
    }

    private void take(int group, int arc, long people) {
        int v = groupVillage[group];
        int r = room[arc];
        assigned[r] += people;
        Mode mode = byBus[arc] ? Mode.BUS : Mode.WALK;
        long elderly = rules.wholeVillages() ? villages.get(v).elderly() : groupElderly[group] ? people : 0;
        // The elderly and the others of a village who go the same way stand in one line of the table.
        for (int i = moves.size() - 1; i >= 0 && moves.get(i).village() == v; i--) {
            Move other = moves.get(i);
            if (other.room() != r || other.mode() != mode) continue;
            moves.set(
                    i,
                    new Move(
                            v,
                            r,
                            mode,
                            Math.max(other.seconds(), seconds[arc]),
                            other.people() + people,
                            other.elderly() + elderly));
            return;
        }
        moves.add(new Move(v, r, mode, seconds[arc], people, elderly));
    }

    /** The nearest shelter of each village, whatever its places; -1 where it reaches none. */
    int[] nearest() {
        int[] nearest = new int[villages.size()];
        int[] best = new int[villages.size()];
        Arrays.fill(nearest, -1);
        for (int g = 0; g < groups; g++)
            for (int a = first[g]; a < (g + 1 < groups ? first[g + 1] : arcs); a++) {
                int v = groupVillage[g];
                if (nearest[v] >= 0 && seconds[a] >= best[v]) continue;
                nearest[v] = room[a];
                best[v] = seconds[a];
            }
        return nearest;
    }
}
