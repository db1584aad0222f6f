package org.anquan.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.GeometryKind;
import org.anquan.doctor.DoctorSettings.Twins;
import org.anquan.doctor.Names.Name;
import org.anquan.geo.Distances;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * What is there twice: copies, one thing under two names, and different things piled on one place. Neighbours are found on
 * a grid; in a cell with very many, only equal names are compared.
 */
final class TwinChecks {
    private static final double METRES_A_DEGREE = Math.toRadians(1) * Distances.EARTH_RADIUS_METRES;
    /** So many in a cell and its neighbours are compared each with each. */
    private static final int CROWDED = 400;

    private final Subject subject;
    private final Findings findings;
    private final Twins settings;
    private final List<String> tellApart;
    private final Name[] names;
    private final Map<String, Integer> carriers = new HashMap<>();
    /** Removable copies; they speak no more. */
    private final boolean[] copy;

    TwinChecks(Subject subject, DoctorSettings all) {
        this.subject = subject;
        this.findings = subject.findings();
        this.settings = all.twins();
        this.tellApart = subject.layer().attributes().stream()
                .filter(attribute -> !attribute.values().isEmpty())
                .map(AttributeDefinition::name)
                .filter(settings.tellApart()::contains)
                .toList();
        this.names = new Name[subject.size()];
        this.copy = new boolean[subject.size()];
    }

    void run() {
        if (!findings.wantsAny(Check.EXACT_DUPLICATE, Check.DUPLICATE, Check.STACKED)) return;
        copies();
        if (!subject.isOf(GeometryKind.POINT)) return;
        Names reader = new Names(settings.noise());
        for (int i = 0; i < names.length; i++) {
            subject.at(i, 0.6, 0.65, Text.of("doctor.progress.twins"));
            names[i] = reader.of(subject.feature(i).name());
            if (!copy[i]) carriers.merge(names[i].key(), 1, Integer::sum);
        }
        Groups samePlace = new Groups(subject.size());
        Groups oneThing = new Groups(subject.size());
        Map<Integer, Text> why = new HashMap<>();
        double reach = Math.max(settings.nearMetres(), settings.sameNameMetres());
        compare(settings.samePlaceMetres(), CROWDED * 10, (i, j, metres) -> {
            if (metres > settings.samePlaceMetres() || takesThePlaceOf(i, j)) return;
            samePlace.join(i, j);
            alike(i, j).ifPresent(text -> join(oneThing, why, i, j, text));
        });
        compare(settings.nearMetres(), CROWDED, (i, j, metres) -> {
            if (metres <= settings.samePlaceMetres() || metres > settings.nearMetres() || isCommon(i)) return;
            if (takesThePlaceOf(i, j)) return;
            alike(i, j).ifPresent(text -> join(oneThing, why, i, j, text));
        });
        byKey(reach, (i, j, metres) -> {
            if (metres <= settings.samePlaceMetres() || metres > settings.sameNameMetres()) return;
            if (takesThePlaceOf(i, j)) return;
            alike(i, j).ifPresent(text -> join(oneThing, why, i, j, text));
        });
        tellDuplicates(oneThing, why);
        tellStacks(samePlace, oneThing);
    }

    private static void join(Groups groups, Map<Integer, Text> why, int i, int j, Text text) {
        why.putIfAbsent(i, text);
        why.putIfAbsent(j, text);
        groups.join(i, j);
    }

    /** A project that will replace another stands where that one stands, and is no second entry of it. */
    private boolean takesThePlaceOf(int i, int j) {
        for (String attribute : settings.replaces()) if (names(i, attribute, j) || names(j, attribute, i)) return true;
        return false;
    }

    private boolean names(int i, String attribute, int j) {
        return subject.feature(j).id().equals(subject.feature(i).text(attribute));
    }

    private boolean isCommon(int i) {
        return carriers.getOrDefault(names[i].key(), 0) > settings.commonName();
    }

    // Copies

    private record Content(List<Double> place, Map<String, Object> attributes) {}

    /** Equal in geometry and in all attributes; the first of them by id stays. */
    private void copies() {
        Map<Content, List<Integer>> byContent = new LinkedHashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        subject.layer().attributes().forEach(attribute -> seen.add(attribute.name()));
        // First by place alone: most features have theirs for themselves.
        Map<Long, Integer> firstAt = new HashMap<>(subject.size() * 2);
        Set<Long> shared = new LinkedHashSet<>();
        for (int i = 0; i < subject.size(); i++)
            if (firstAt.putIfAbsent(placeKey(i), i) != null) shared.add(placeKey(i));
        for (int i = 0; i < subject.size(); i++) {
            subject.at(i, 0.55, 0.6, Text.of("doctor.progress.twins"));
            if (!subject.hasPlace(i) || !shared.contains(placeKey(i))) continue;
            Map<String, Object> attributes = new HashMap<>(subject.feature(i).attributes());
            attributes.keySet().retainAll(seen);
            byContent
                    .computeIfAbsent(
                            new Content(List.of(subject.lon(i), subject.lat(i)), attributes), key -> new ArrayList<>())
                    .add(i);
        }
        for (List<Integer> same : byContent.values()) {
            while (same.size() > 1) {
                int first = same.get(0);
                List<Integer> copies = new ArrayList<>();
                for (int i : same.subList(1, same.size()))
                    if (subject.feature(i)
                            .geometry()
                            .equalsExact(subject.feature(first).geometry())) copies.add(i);
                if (!copies.isEmpty()) tellCopies(first, copies);
                same.remove(0);
                same.removeAll(copies);
            }
        }
    }

    private long placeKey(int i) {
        return Double.doubleToLongBits(subject.lon(i)) * 31 + Double.doubleToLongBits(subject.lat(i));
    }

    private void tellCopies(int first, List<Integer> copies) {
        List<Feature> gone = copies.stream().map(subject::feature).toList();
        for (int i : copies) copy[i] = true;
        findings.add(
                subject.finding(
                        Check.EXACT_DUPLICATE,
                        first,
                        "",
                        Text.of("doctor.exactDuplicate", copies.size() + 1),
                        null,
                        Subject.safe(
                                "removeCopies",
                                copies.size(),
                                subject.feature(first).id()),
                        copies),
                () -> gone.stream().map(FeatureMend::remove).toList());
    }

    // Alike

    private Optional<Text> alike(int i, int j) {
        Feature a = subject.feature(i);
        Feature b = subject.feature(j);
        for (String attribute : tellApart) {
            Object x = a.get(attribute);
            Object y = b.get(attribute);
            if (x != null && y != null && !Objects.equals(x, y)) return Optional.empty();
        }
        return Names.alike(names[i], names[j]);
    }

    private void tellDuplicates(Groups oneThing, Map<Integer, Text> why) {
        for (List<Integer> group : oneThing.ofTwoAndMore()) {
            int first = group.get(0);
            double farthest = 0;
            for (int i : group) farthest = Math.max(farthest, metres(first, i));
            Text reason = Objects.requireNonNullElse(why.get(first), Text.of("doctor.alike.same", names[first].raw()));
            findings.add(subject.finding(
                    Check.DUPLICATE,
                    first,
                    "",
                    Text.of("doctor.duplicate", group.size(), Math.round(farthest), reason),
                    null,
                    Subject.told("merge"),
                    group.subList(1, group.size())));
        }
    }

    private void tellStacks(Groups samePlace, Groups oneThing) {
        for (List<Integer> group : samePlace.ofTwoAndMore()) {
            Map<Integer, Integer> things = new LinkedHashMap<>();
            for (int i : group) things.putIfAbsent(oneThing.of(i), i);
            if (things.size() < 2) continue;
            List<Integer> each = List.copyOf(things.values());
            List<String> shown =
                    each.stream().limit(4).map(i -> subject.feature(i).name()).toList();
            findings.add(subject.finding(
                    Check.STACKED,
                    each.get(0),
                    "",
                    Text.of("doctor.stacked", each.size(), shown),
                    null,
                    null,
                    each.subList(1, each.size())));
        }
    }

    // Neighbours

    private interface Pair {
        void take(int i, int j, double metres);
    }

    private double metres(int i, int j) {
        return Distances.metres(subject.lon(i), subject.lat(i), subject.lon(j), subject.lat(j));
    }

    private boolean speaks(int i) {
        return subject.hasPlace(i) && !copy[i];
    }

    /** Each pair within about the reach, once; crowded cells only by equal names. */
    private void compare(double reachMetres, int most, Pair task) {
        Grid grid = new Grid(reachMetres, null);
        for (int i = 0; i < subject.size(); i++) {
            subject.at(i, 0.65, 0.8, Text.of("doctor.progress.twins"));
            if (!speaks(i)) continue;
            int[] near = grid.near(i);
            if (near.length > most) continue;
            for (int j : near) if (j > i) task.take(i, j, metres(i, j));
        }
    }

    /** Each pair with the same key within about the reach, unless the key is common. */
    private void byKey(double reachMetres, Pair task) {
        Grid grid = new Grid(reachMetres, names);
        for (int i = 0; i < subject.size(); i++) {
            subject.at(i, 0.8, 0.85, Text.of("doctor.progress.twins"));
            if (!speaks(i) || isCommon(i)) continue;
            for (int j : grid.near(i))
                if (j > i && names[j].key().equals(names[i].key())) task.take(i, j, metres(i, j));
        }
    }

    /** Rows of equal height, in each row cells of equal width; a cell and the eight around it hold what is in reach. */
    private final class Grid {
        private final double cellMetres;
        private final Name @Nullable [] keys;
        private final Map<Long, int[]> cells = new HashMap<>();

        Grid(double cellMetres, Name @Nullable [] keys) {
            this.cellMetres = cellMetres;
            this.keys = keys;
            for (int i = 0; i < subject.size(); i++) {
                if (!speaks(i)) continue;
                long row = row(subject.lat(i));
                int one = i;
                cells.merge(key(row, column(subject.lon(i), row), i), new int[] {1, one}, Grid::added);
            }
        }

        /** The first number counts. */
        private static int[] added(int[] have, int[] one) {
            int[] room = have[0] + 1 < have.length ? have : java.util.Arrays.copyOf(have, have.length * 2);
            room[++room[0]] = one[1];
            return room;
        }

        private long row(double lat) {
            return (long) Math.floor(lat * METRES_A_DEGREE / cellMetres);
        }

        private long column(double lon, long row) {
            double cos = Math.max(0.01, Math.cos((row + 0.5) * cellMetres / Distances.EARTH_RADIUS_METRES));
            return (long) Math.floor(lon * METRES_A_DEGREE * cos / cellMetres);
        }

        private long key(long row, long column, int i) {
            long cell = row * 200_000_003L + column;
            return keys == null ? cell : cell * 31 + keys[i].key().hashCode();
        }

        int[] near(int i) {
            long row = row(subject.lat(i));
            int[] all = new int[8];
            int size = 0;
            for (long r = row - 1; r <= row + 1; r++) {
                long middle = column(subject.lon(i), r);
                for (long c = middle - 1; c <= middle + 1; c++) {
                    int[] in = cells.get(key(r, c, i));
                    if (in == null) continue;
                    if (size + in[0] > all.length)
                        all = java.util.Arrays.copyOf(all, Math.max(2 * all.length, size + in[0]));
                    System.arraycopy(in, 1, all, size, in[0]);
                    size += in[0];
                }
            }
            return java.util.Arrays.copyOf(all, size);
        }
    }

    /** Sets that grow together. */
    static final class Groups {
        private final int[] parent;

        Groups(int size) {
            parent = new int[size];
            for (int i = 0; i < size; i++) parent[i] = i;
        }

        /** The smallest member of the group that holds it. */
        int of(int i) {
            while (parent[i] != i) {
                parent[i] = parent[parent[i]];
                i = parent[i];
            }
            return i;
        }

        void join(int i, int j) {
            int a = of(i);
            int b = of(j);
            parent[Math.max(a, b)] = Math.min(a, b);
        }

        List<List<Integer>> ofTwoAndMore() {
            Map<Integer, List<Integer>> all = new LinkedHashMap<>();
            for (int i = 0; i < parent.length; i++)
                if (of(i) != i)
                    all.computeIfAbsent(of(i), root -> new ArrayList<>(List.of(root)))
                            .add(i);
            return List.copyOf(all.values());
        }
    }
}
