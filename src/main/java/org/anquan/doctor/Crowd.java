package org.anquan.doctor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.doctor.DoctorSettings.FarOff;
import org.anquan.geo.Distances;
import org.jspecify.annotations.Nullable;

/**
 * Where the bulk of a layer lies, where no boundary says it: the places fall into groups with an empty gap between them,
 * found on a grid whose cell is that gap (single linkage, in one pass). Groups with few members are far off.
 */
final class Crowd {
    private static final double METRES_A_DEGREE = Math.toRadians(1) * Distances.EARTH_RADIUS_METRES;

    private final double cellMetres;
    private final Map<Long, Integer> groupOfCell = new HashMap<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final int largestFarOff;

    private Crowd(double cellMetres, int largestFarOff) {
        this.cellMetres = cellMetres;
        this.largestFarOff = largestFarOff;
    }

    /** Null where there are too few places to call any of them a crowd. */
    static @Nullable Crowd of(Subject subject, FarOff settings) {
        int count = 0;
        for (int i = 0; i < subject.size(); i++) if (subject.hasPlace(i)) count++;
        if (count < settings.leastFeatures()) return null;
        Crowd crowd = new Crowd(settings.leastMetres(), (int) Math.max(1, Math.floor(count * settings.largestShare())));
        Map<Long, Integer> members = new HashMap<>();
        for (int i = 0; i < subject.size(); i++)
            if (subject.hasPlace(i)) members.merge(crowd.cell(subject.lon(i), subject.lat(i)), 1, Integer::sum);
        for (Long start : members.keySet()) {
            if (crowd.groupOfCell.containsKey(start)) continue;
            int group = crowd.sizes.size();
            int size = 0;
            Deque<Long> open = new ArrayDeque<>(List.of(start));
            crowd.groupOfCell.put(start, group);
            while (!open.isEmpty()) {
                long cell = open.pop();
                size += members.getOrDefault(cell, 0);
                for (long near : crowd.around(cell))
                    if (members.containsKey(near) && crowd.groupOfCell.putIfAbsent(near, group) == null)
                        open.push(near);
            }
            crowd.sizes.add(size);
        }
        int largest = crowd.sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
        return largest > crowd.largestFarOff ? crowd : null;
    }

    /** Rows of equal height; within a row cells of equal width in metres. */
    private long cell(double lon, double lat) {
        long row = (long) Math.floor(lat * METRES_A_DEGREE / cellMetres);
        return row * 10_000_019L + column(lon, row);
    }

    private long column(double lon, long row) {
        double cos = Math.max(0.01, Math.cos((row + 0.5) * cellMetres / Distances.EARTH_RADIUS_METRES));
        return (long) Math.floor(lon * METRES_A_DEGREE * cos / cellMetres);
    }

    private long[] around(long cell) {
        long row = Math.floorDiv(cell + 5_000_000L, 10_000_019L);
        long column = cell - row * 10_000_019L;
        double cos = Math.max(0.01, Math.cos((row + 0.5) * cellMetres / Distances.EARTH_RADIUS_METRES));
        double lon = (column + 0.5) * cellMetres / METRES_A_DEGREE / cos;
        long[] near = new long[9];
        int at = 0;
        for (long r = row - 1; r <= row + 1; r++) {
            long middle = column(lon, r);
            for (long c = middle - 1; c <= middle + 1; c++) near[at++] = r * 10_000_019L + c;
        }
        return near;
    }

    /** How many features lie together with this one, however many cells away. */
    boolean isFarOff(double lon, double lat) {
        Integer group = groupOfCell.get(cell(lon, lat));
        return group == null || sizes.get(group) <= largestFarOff;
    }

    /** Whether a place that is not of the layer would lie with the crowd. */
    boolean hasRoomFor(double lon, double lat) {
        for (long near : around(cell(lon, lat))) {
            Integer group = groupOfCell.get(near);
            if (group != null && sizes.get(group) > largestFarOff) return true;
        }
        return false;
    }
}
