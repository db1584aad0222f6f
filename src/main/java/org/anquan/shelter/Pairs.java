package org.anquan.shelter;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.anquan.geo.Distances;
import org.anquan.shelter.Question.Room;

/** Which people reach which shelters in a straight line, as the arrays that {@link Transport} takes; metres are the cost. */
final class Pairs {
    private static final double METRES_A_DEGREE = Math.toRadians(1) * Distances.EARTH_RADIUS_METRES;

    int[] first;
    int[] room = new int[256];
    long[] metres = new long[256];
    int count;

    private Pairs(int villages) {
        first = new int[villages + 1];
    }

    /** @param radius of each room, metres */
    static Pairs within(List<Demand.One> villages, List<Room> rooms, double[] radius) {
        Pairs pairs = new Pairs(villages.size());
        Integer[] order = IntStream.range(0, rooms.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order, Comparator.comparingDouble(r -> rooms.get(r).shelter().lat()));
        double[] lat = new double[order.length];
        for (int i = 0; i < order.length; i++)
            lat[i] = rooms.get(order[i]).shelter().lat();
        double widest = Arrays.stream(radius).max().orElse(0) / METRES_A_DEGREE * 1.001;
        for (int v = 0; v < villages.size(); v++) {
            pairs.first[v] = pairs.count;
            Demand.One one = villages.get(v);
            if (one.need() == 0) continue;
            int from = Arrays.binarySearch(lat, one.group().lat() - widest);
            if (from < 0) from = -from - 1;
            while (from > 0 && lat[from - 1] >= one.group().lat() - widest) from--;
            for (int i = from; i < order.length && lat[i] <= one.group().lat() + widest; i++) {
                Shelter shelter = rooms.get(order[i]).shelter();
                double away = Distances.metres(one.group().lon(), one.group().lat(), shelter.lon(), shelter.lat());
                if (away <= radius[order[i]]) pairs.add(order[i], Math.round(away));
            }
        }
        pairs.first[villages.size()] = pairs.count;
        pairs.room = Arrays.copyOf(pairs.room, pairs.count);
        pairs.metres = Arrays.copyOf(pairs.metres, pairs.count);
        return pairs;
    }

    private void add(int of, long away) {
        if (count == room.length) {
            room = Arrays.copyOf(room, 2 * count);
            metres = Arrays.copyOf(metres, 2 * count);
        }
        room[count] = of;
        metres[count++] = away;
    }
}
