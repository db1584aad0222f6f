package org.anquan.shelter.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.anquan.geo.Distances;
import org.anquan.geo.GeoJson;
import org.anquan.network.Lines;
import org.anquan.network.RoadGraph;
import org.anquan.network.RouteFinder;
import org.anquan.network.Snap;
import org.anquan.network.Steps;
import org.anquan.network.Sweep;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.anquan.network.TravelProfile;
import org.anquan.network.TravelTimes;
import org.anquan.network.Way;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.scenario.WhatIf;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;

/**
 * Ways on foot under one scenario and one hazard. Ways through an area of danger are looked for as if they took very much
 * longer, so that a safe way is found where there is one; the time told is always the real one.
 */
final class WalkWorld {
    /** Points along a way at which it is asked whether it is in danger, metres. */
    private static final double LOOK_METRES = 20;

    private final WhatIf real;
    private final WhatIf wary;
    private final @Nullable Hazard hazard;
    private final FinderSettings settings;
    private final ConcurrentMap<Position, Optional<Snap>> snaps = new ConcurrentHashMap<>();

    /** Degrees. */
    private record Position(double lon, double lat) {}

    /**
     * @param real the times as they are
     * @param wary the same with long times through danger
     */
    WalkWorld(WhatIf real, WhatIf wary, @Nullable Hazard hazard, FinderSettings settings) {
        this.real = real;
        this.wary = wary;
        this.hazard = hazard;
        this.settings = settings;
    }

    WhatIf real() {
        return real;
    }

    Optional<Snap> snap(double lon, double lat) {
        return real.network().snap(lon, lat, TravelProfile.FOOT, settings.maxRoadMetres());
    }

    Optional<Snap> snap(Site site) {
        return snaps.computeIfAbsent(new Position(site.lon(), site.lat()), at -> snap(at.lon(), at.lat()));
    }

    private int millisOff(double metres) {
        return (int)
                Math.min(Integer.MAX_VALUE / 4, 1000 * metres * settings.detour() / settings.walkMetresPerSecond());
    }

    /** From one place to everywhere within the longest walk, in wary times. */
    TravelTimes from(Snap start) {
        long limit = Math.min(Integer.MAX_VALUE / 4, settings.maxWalk().toMillis() * 4);
        return Sweep.run(
                wary.network().graph(),
                wary.keyMillis(),
                wary.cuts(),
                List.of(new Source(start, millisOff(start.metresAway()))),
                Direction.FROM,
                (int) limit);
    }

    /** Wary milliseconds to a shelter, {@link TravelTimes#UNREACHED} where no way leads there in time. */
    int waryMillis(TravelTimes times, Snap end) {
        int there = times.millisAt(end.edge(), end.fraction());
        return there == TravelTimes.UNREACHED ? there : there + millisOff(end.metresAway());
    }

    /**
     * A way on foot.
     *
     * @param geometry lon, lat
     * @param metresInDanger of the way, without the stretch at the start that leads out of the danger
     * @param straight whether it is only the straight line, because no roads are known
     */
    record Walk(
            double seconds,
            double metres,
            LineString geometry,
            List<Step> steps,
            double metresInDanger,
            boolean straight) {}

    record Step(String text, double metres, double seconds) {}

    /** The way to a shelter, or empty where there is none. */
    Optional<Walk> walk(
            RouteFinder finder,
            double lon,
            double lat,
            Snap start,
            Site site,
            Snap end,
            Dangers dangers,
            Locale language) {
        double direct = Distances.metres(lon, lat, site.lon(), site.lat());
        if (direct <= start.metresAway() + end.metresAway()) return Optional.of(straight(lon, lat, site, language));
        RoadGraph graph = wary.network().graph();
        Optional<Way> found = finder.find(wary.keyMillis(), wary.cuts(), start, end);
        if (found.isEmpty()) return Optional.empty();
        Way way = atRealTimes(found.get());
        List<Coordinate> line = new ArrayList<>();
        line.add(new Coordinate(lon, lat));
        for (Coordinate one : Lines.of(graph, way)) append(line, one);
        append(line, new Coordinate(site.lon(), site.lat()));
        if (line.size() == 1) line.add(line.get(0).copy());
        double off = (start.metresAway() + end.metresAway()) * settings.detour();
        List<Step> steps = new ArrayList<>();
        if (start.metresAway() > LOOK_METRES)
            steps.add(new Step(
                    Texts.in(language, Text.of("finder.step.toRoad", Math.round(start.metresAway()))),
                    Steps.tenth(start.metresAway() * settings.detour()),
                    Steps.tenth(millisOff(start.metresAway()) / 1000.0)));
        for (Steps.Step one :
                new Steps(wary.network(), real.keyMillis(), TravelProfile.FOOT, language).of(way, end.metresAway()))
            steps.add(new Step(one.text(), one.metres(), one.seconds()));
        LineString geometry = GeoJson.FACTORY.createLineString(line.toArray(Coordinate[]::new));
        return Optional.of(new Walk(
                Steps.tenth(way.totalMillis() / 1000.0 + off / settings.walkMetresPerSecond()),
                Steps.tenth(way.totalMetres() + off),
                geometry,
                steps,
                metresInDanger(geometry, dangers, hazard),
                false));
    }

    private static void append(List<Coordinate> line, Coordinate next) {
        if (!line.get(line.size() - 1).equals2D(next)) line.add(next);
    }

    /** The straight line, where the roads are not known or farther away than the goal. */
    private Walk straight(double lon, double lat, Site site, Locale language) {
        return straight(lon, lat, site, settings, language);
    }

    static Walk straight(double lon, double lat, Site site, FinderSettings settings, Locale language) {
        double metres = Distances.metres(lon, lat, site.lon(), site.lat());
        double seconds = Steps.tenth(metres * settings.detour() / settings.walkMetresPerSecond());
        Text direction = new Text("finder.compass." + compass(lon, lat, site.lon(), site.lat()), List.of());
        String text = Texts.in(language, Text.of("finder.step.straight", direction, Math.round(metres)));
        return new Walk(
                seconds,
                Steps.tenth(metres),
                GeoJson.FACTORY.createLineString(
                        new Coordinate[] {new Coordinate(lon, lat), new Coordinate(site.lon(), site.lat())}),
                List.of(new Step(text, Steps.tenth(metres), seconds)),
                0,
                true);
    }

    /** Eighths of the compass from north, clockwise. */
    static int compass(double lon, double lat, double toLon, double toLat) {
        double east = (toLon - lon) * Math.cos(Math.toRadians(lat));
        double degrees = Math.toDegrees(Math.atan2(east, toLat - lat));
        return (int) Math.round(((degrees + 360) % 360) / 45) % 8;
    }

    private Way atRealTimes(Way way) {
        if (wary == real) return way;
        long[] millis = way.millis().clone();
        for (int i = 0; i < millis.length; i++) {
            int key = way.keys()[i];
            int slow = wary.keyMillis()[key];
            int plain = real.keyMillis()[key];
            if (slow == RoadGraph.CLOSED || plain == RoadGraph.CLOSED || slow == plain) continue;
            double share = Math.abs(way.to()[i] - way.from()[i]);
            millis[i] = Math.max(0, millis[i] - Math.round(slow * share) + Math.round(plain * share));
        }
        return new Way(way.keys(), way.from(), way.to(), millis, way.metres());
    }

    /** Metres of a line in danger after it has first been out of it. */
    static double metresInDanger(LineString line, Dangers dangers, @Nullable Hazard hazard) {
        if (dangers.none(hazard)) return 0;
        double inside = 0;
        boolean out = false;
        Coordinate[] points = line.getCoordinates();
        for (int i = 0; i + 1 < points.length; i++) {
            Coordinate a = points[i];
            Coordinate b = points[i + 1];
            double metres = Distances.metres(a.x, a.y, b.x, b.y);
            int looks = (int) Math.ceil(metres / LOOK_METRES);
            for (int look = 0; look < looks; look++) {
                double t = (look + 0.5) / looks;
                boolean danger = dangers.at(hazard, a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)) != null;
                if (!danger) out = true;
                else if (out) inside += metres / looks;
            }
        }
        return inside;
    }
}
