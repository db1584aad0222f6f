package org.anquan.shelter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anquan.geo.Distances;
import org.anquan.network.Lines;
import org.anquan.network.RouteFinder;
import org.anquan.network.Snap;
import org.anquan.network.Sweep;
import org.anquan.network.TravelTimes;
import org.anquan.network.Turns;
import org.anquan.network.Way;
import org.anquan.scenario.WhatIf;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * Ways from people to shelters, on foot or by bus: over the road network where there is one, from each shelter one sweep
 * that stops at the limit; else straight, a little longer, at the speed of walking. Whoever is far from any road walks
 * straight too.
 */
final class Walks {
    private final @Nullable WhatIf world;
    private final List<PreparedGeometry> impassable;
    private final List<Spot> people;
    private final List<Spot> shelters;
    private final double straightMillisPerMetre;
    private final double accessMillisPerMetre;

    /** @param snap on the road; null where none is near enough */
    record Spot(double lon, double lat, @Nullable Snap snap) {}

    /**
     * @param world null where no roads are loaded
     * @param kmh straight to the road, and straight all the way where there is no road
     * @param detour how much longer a way is than the straight line
     */
    Walks(@Nullable WhatIf world, List<Spot> people, List<Spot> shelters, double kmh, double detour) {
        this.world = world;
        impassable = world == null
                ? List.of()
                : world.impassable().stream()
                        .map(PreparedGeometryFactory::prepare)
                        .toList();
        this.people = people;
        this.shelters = shelters;
        accessMillisPerMetre = 3600 / kmh;
        straightMillisPerMetre = accessMillisPerMetre * detour;
    }

    /**
     * Seconds from each of the people to a shelter; {@link Integer#MAX_VALUE} beyond the limit.
     *
     * @return by shelter, by people
     */
    int[][] seconds(int limitSeconds) {
        return IntStream.range(0, shelters.size())
                .parallel()
                .mapToObj(s -> toShelter(shelters.get(s), limitSeconds))
                .toArray(int[][]::new);
    }

    private int[] toShelter(Spot shelter, int limitSeconds) {
        int[] seconds = new int[people.size()];
        Arrays.fill(seconds, Integer.MAX_VALUE);
        TravelTimes times = null;
        if (world != null && shelter.snap() != null) {
            int access = access(shelter.snap());
            if (access <= 1000L * limitSeconds)
                times = Sweep.run(
                        world.network().graph(),
                        world.keyMillis(),
                        world.cuts(),
                        List.of(new Sweep.Source(shelter.snap(), access)),
                        Sweep.Direction.TO,
                        (int) Math.min(Integer.MAX_VALUE - 1, 1000L * limitSeconds));
        }
        for (int p = 0; p < seconds.length; p++) {
            long millis = Long.MAX_VALUE;
            Spot one = people.get(p);
            if (one.snap() != null && times != null) {
                int road = times.millisAt(one.snap().edge(), one.snap().fraction());
                if (road != TravelTimes.UNREACHED) millis = (long) road + access(one.snap());
            } else if (one.snap() == null || shelter.snap() == null) millis = straight(one, shelter);
            if (millis <= 1000L * limitSeconds) seconds[p] = (int) Math.round(millis / 1000.0);
        }
        return seconds;
    }

    private int access(Snap snap) {
        return (int) Math.round(snap.metresAway() * accessMillisPerMetre);
    }

    private long straight(Spot from, Spot to) {
        // Straight over open ground, but not across what a scenario makes impassable.
        if (blocked(from, to)) return Long.MAX_VALUE;
        return Math.round(Distances.metres(from.lon(), from.lat(), to.lon(), to.lat()) * straightMillisPerMetre);
    }

    private boolean blocked(Spot from, Spot to) {
        if (impassable.isEmpty()) return false;
        var line = org.anquan.geo.GeoJson.FACTORY.createLineString(
                new Coordinate[] {new Coordinate(from.lon(), from.lat()), new Coordinate(to.lon(), to.lat())});
        return impassable.stream().anyMatch(area -> area.intersects(line));
    }

    /** @param roads names of the longest stretches, in the order of travel */
    record Line(Coordinate[] line, double metres, List<String> roads) {}

    /** The way of some people to a shelter; straight where it was not found on the roads. */
    Line way(int person, int shelter) {
        Spot from = people.get(person);
        Spot to = shelters.get(shelter);
        Optional<Way> way = Optional.empty();
        if (world != null && from.snap() != null && to.snap() != null)
            way = new RouteFinder(world.network().graph(), Turns.FREE)
                    .find(world.keyMillis(), world.cuts(), from.snap(), to.snap());
        if (way.isEmpty() || world == null || from.snap() == null || to.snap() == null)
            return new Line(
                    new Coordinate[] {new Coordinate(from.lon(), from.lat()), new Coordinate(to.lon(), to.lat())},
                    Distances.metres(from.lon(), from.lat(), to.lon(), to.lat()),
                    List.of());
        List<Coordinate> line = new ArrayList<>();
        line.add(new Coordinate(from.lon(), from.lat()));
        line.addAll(Arrays.asList(Lines.of(world.network().graph(), way.get())));
        line.add(new Coordinate(to.lon(), to.lat()));
        double metres =
                way.get().totalMetres() + from.snap().metresAway() + to.snap().metresAway();
        return new Line(line.toArray(Coordinate[]::new), metres, roads(way.get()));
    }

    private List<String> roads(Way way) {
        java.util.LinkedHashMap<String, Double> metres = new java.util.LinkedHashMap<>();
        if (world != null)
            for (int i = 0; i < way.pieces(); i++) {
                String name = world.network().edgeName(way.edge(i));
                if (!name.isEmpty()) metres.merge(name, way.metres()[i], Double::sum);
            }
        List<String> longest = metres.entrySet().stream()
                .sorted((a, b) -> Double.compare(b.getValue(), a.getValue()))
                .limit(3)
                .map(java.util.Map.Entry::getKey)
                .toList();
        return metres.keySet().stream().filter(longest::contains).toList();
    }
}
