package org.anquan.coverage;

import java.util.List;
import java.util.function.IntPredicate;
import org.anquan.network.Cuts;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.TravelProfile;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * The question: how far does help from these stations reach?
 *
 * @param minutes the bands, ascending
 * @param keyMillis times by key of the network's graph, closures and factors in
 * @param cuts sections that one gets into from their ends, up to where they are cut
 * @param impassable areas that cannot be walked through (lon, lat)
 * @param rings bands without what the smaller band covers
 * @param byAir the stations are landing places: they need no road, people walk on from the very spot
 * @param lost sections that the scenario closes; where one is a bridge over water, nobody walks across there either
 */
record CircleRequest(
        List<Station> stations,
        List<Integer> minutes,
        Direction direction,
        TravelProfile profile,
        OffRoad offRoad,
        int[] keyMillis,
        Cuts cuts,
        List<Geometry> impassable,
        boolean rings,
        boolean byAir,
        IntPredicate lost) {
    CircleRequest {
        if (minutes.isEmpty()) throw new IllegalArgumentException("a circle needs at least one band");
        stations = List.copyOf(stations);
        minutes = List.copyOf(minutes);
        impassable = List.copyOf(impassable);
    }

    /** From stations beside roads. */
    CircleRequest(
            List<Station> stations,
            List<Integer> minutes,
            Direction direction,
            TravelProfile profile,
            OffRoad offRoad,
            int[] keyMillis,
            List<Geometry> impassable,
            boolean rings) {
        this(
                stations,
                minutes,
                direction,
                profile,
                offRoad,
                keyMillis,
                Cuts.NONE,
                impassable,
                rings,
                false,
                edge -> false);
    }

    int widestMillis() {
        return minutes.get(minutes.size() - 1) * 60_000;
    }

    /**
     * @param lon degrees
     * @param lat degrees
     * @param turnoutSeconds from the alarm to wheels rolling; for a landing place until the helicopter stands there
     * @param where its path in the request where it was given there, or null where it comes from a layer
     */
    record Station(
            String id,
            String name,
            double lon,
            double lat,
            int turnoutSeconds,
            @Nullable String where) {}

    /**
     * The way on foot from the road.
     *
     * @param maxMetres how far people walk from the road
     * @param cellMetres of the surface, or null for what suits the size of the network
     * @param evenGround whether slopes, land cover and water are left out of account
     */
    record OffRoad(
            double maxMetres, double speedKmh, @Nullable Double cellMetres, boolean evenGround) {
        OffRoad(double maxMetres, double speedKmh, @Nullable Double cellMetres) {
            this(maxMetres, speedKmh, cellMetres, false);
        }

        double millisPerMetre() {
            return 3600 / speedKmh;
        }
    }
}
