package org.anquan.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anquan.geo.KnownCrs.Datum;
import org.anquan.geo.KnownCrs.Grid;
import org.anquan.problem.Text;

/**
 * A coordinate system that would put numbers without one into the district, and why.
 *
 * @param crs for {@link SourceCrs#resolve}
 * @param swapped whether the first column is the latitude or northing (Chinese surveyors call the northing X)
 * @param shareInside share of the places that then lie in or near the district, 0–1
 */
public record CrsGuess(String crs, boolean swapped, double shareInside, Text reason) {
    private static final double LEAST_SHARE = 0.5;

    /**
     * The plausible ones, best first; empty where none puts half of the places near the district. GCJ-02 and BD-09
     * are named beside degrees: a box cannot tell them apart, roads or the boundary can.
     *
     * @param xy pairs as they stand in the file, first column first
     * @param district the box that the places should lie in; a margin is added
     */
    public static List<CrsGuess> plausible(double[] xy, Bbox district) {
        Bbox near = widened(district);
        List<CrsGuess> all = new ArrayList<>();
        for (boolean swapped : new boolean[] {false, true}) {
            for (KnownCrs known : candidates(near)) {
                double share = shareInside(SourceCrs.resolve("EPSG:" + known.epsg()), xy, swapped, near);
                if (share < LEAST_SHARE) continue;
                all.add(new CrsGuess("EPSG:" + known.epsg(), swapped, share, reason(known, swapped, share)));
                if (known.epsg() != 4490) continue;
                for (String shifted : List.of("GCJ-02", "BD-09"))
                    all.add(new CrsGuess(shifted, swapped, share, Text.of("geo.guess.shifted", shifted)));
            }
        }
        all.sort(Comparator.comparingDouble((CrsGuess guess) -> -Math.round(guess.shareInside * 20)));
        return all;
    }

    private static Bbox widened(Bbox box) {
        double lon = Math.max(0.1, (box.east() - box.west()) / 4);
        double lat = Math.max(0.1, (box.north() - box.south()) / 4);
        return new Bbox(
                Math.max(-180, box.west() - lon),
                Math.max(-90, box.south() - lat),
                Math.min(180, box.east() + lon),
                Math.min(90, box.north() + lat));
    }

    /** Degrees, the zones whose meridian lies within four degrees, Web Mercator; no two with the same parameters. */
    private static List<KnownCrs> candidates(Bbox near) {
        List<KnownCrs> all = new ArrayList<>();
        KnownCrs.ofEpsg(4490).ifPresent(all::add);
        Set<Grid> seen = new HashSet<>();
        for (int[] run : new int[][] {{4534, 4554}, {4513, 4533}, {4502, 4512}, {4491, 4501}})
            for (int epsg = run[0]; epsg <= run[1]; epsg++)
                KnownCrs.ofEpsg(epsg)
                        .filter(known -> known.grid() != null && isNear(known.grid(), near))
                        .filter(known -> seen.add(known.grid()))
                        .ifPresent(all::add);
        for (int zone = 43; zone <= 53; zone++)
            KnownCrs.ofEpsg(32_600 + zone)
                    .filter(known -> known.grid() != null && isNear(known.grid(), near))
                    .ifPresent(all::add);
        KnownCrs.ofEpsg(3857).ifPresent(all::add);
        return all;
    }

    private static boolean isNear(Grid grid, Bbox near) {
        return grid.centralMeridian() >= near.west() - 4 && grid.centralMeridian() <= near.east() + 4;
    }

    private static double shareInside(SourceCrs crs, double[] xy, boolean swapped, Bbox near) {
        int inside = 0;
        int count = 0;
        double[] pair = new double[2];
        for (int i = 0; i + 1 < xy.length; i += 2) {
            if (Double.isNaN(xy[i]) || Double.isNaN(xy[i + 1]) || (xy[i] == 0 && xy[i + 1] == 0)) continue;
            count++;
            pair[0] = swapped ? xy[i + 1] : xy[i];
            pair[1] = swapped ? xy[i] : xy[i + 1];
            crs.toLonLat(pair, 0, 1);
            if (near.contains(pair[0], pair[1])) inside++;
        }
        return count == 0 ? 0 : (double) inside / count;
    }

    private static Text reason(KnownCrs known, boolean swapped, double share) {
        long percent = Math.round(share * 100);
        Grid grid = known.grid();
        Text what;
        if (known.webMercator()) what = Text.of("geo.guess.webMercator");
        else if (grid == null) what = Text.of("geo.guess.degrees");
        else if (known.datum() == Datum.WGS84) what = Text.of("geo.guess.utm", known.epsg() % 100);
        else if (grid.falseEasting() > 1_000_000)
            what = Text.of(
                    "geo.guess.zoneWithPrefix", (int) (grid.falseEasting() / 1_000_000), (int) grid.centralMeridian());
        else what = Text.of("geo.guess.zone", (int) grid.centralMeridian());
        return Text.of(swapped ? "geo.guess.swapped" : "geo.guess.inOrder", what, percent);
    }
}
