package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.RoadAccess.Near;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Snap;
import org.anquan.network.Sweep.Source;
import org.anquan.network.TravelProfile;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;

/**
 * Stations brought to the road.
 *
 * @param stations those that help can come from
 * @param sources for the sweep, of the first stations in their order: landing places without a road have none
 * @param yards from which people walk straight on
 */
record Located(List<Station> stations, List<Source> sources, List<Yard> yards) {

    /**
     * @throws ProblemException invalid where no station is left, or where one given in the request is too far from any
     *     road
     */
    static Located of(
            RoadNetwork network,
            CircleRequest request,
            Ground ground,
            CoverageSettings.Station settings,
            List<Text> warnings) {
        return request.byAir()
                ? landing(network, request, ground, settings)
                : beside(network, request, ground, settings, warnings);
    }

    private static Located beside(
            RoadNetwork network,
            CircleRequest request,
            Ground ground,
            CoverageSettings.Station settings,
            List<Text> warnings) {
        List<Station> stations = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        List<String> farFromLayer = new ArrayList<>();
        List<String> onClosedRoad = new ArrayList<>();
        List<Mistake> mistakes = new ArrayList<>();
        double limit = settings.maxRoadMetres();
        double millisPerMetre = accessMillisPerMetre(request, settings);
        RoadAccess.Finder finder = ground.access.new Finder();
        for (Station station : request.stations()) {
            Optional<Snap> snap = snap(network, request.profile(), ground, finder, station, limit);
            if (snap.isEmpty()) {
                if (station.where() == null) farFromLayer.add(station.name());
                else mistakes.add(new Mistake(station.where(), Text.of("coverage.stationFar", station.name(), limit)));
                continue;
            }
            if (closed(request, snap.get().edge())) onClosedRoad.add(station.name());
            stations.add(station);
            double access = Math.ceil(snap.get().metresAway() * millisPerMetre);
            sources.add(new Source(snap.get(), (int) (station.turnoutSeconds() * 1000L + (long) access)));
        }
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("coverage.stationsFar", mistakes.size(), limit)
                    .withMistakes(mistakes);
        if (stations.isEmpty()) throw ProblemException.invalid("coverage.allStationsFar", farFromLayer, limit);
        if (!farFromLayer.isEmpty()) warnings.add(Text.of("coverage.stationsLeftOut", farFromLayer, limit));
        if (!onClosedRoad.isEmpty()) warnings.add(Text.of("coverage.stationsOnClosedRoad", onClosedRoad));
        return new Located(stations, sources, yards(ground.access, sources));
    }

    /** Helicopters need no road; where there is one, people walk on along it too. Pads with a road come first. */
    private static Located landing(
            RoadNetwork network, CircleRequest request, Ground ground, CoverageSettings.Station settings) {
        List<Station> pads = new ArrayList<>();
        List<Station> roadless = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        double millisPerMetre = accessMillisPerMetre(request, settings);
        RoadAccess.Finder finder = ground.access.new Finder();
        for (Station pad : request.stations()) {
            Optional<Snap> snap = snap(network, request.profile(), ground, finder, pad, settings.maxRoadMetres());
            if (snap.isEmpty()) {
                roadless.add(pad);
                continue;
            }
            pads.add(pad);
            long walk = (long) Math.ceil(snap.get().metresAway() * millisPerMetre);
            sources.add(new Source(snap.get(), (int) (pad.turnoutSeconds() * 1000L + walk)));
        }
        pads.addAll(roadless);
        List<Yard> yards = new ArrayList<>();
        for (int s = 0; s < pads.size(); s++) {
            double[] at =
                    ground.grid.crs().toMetres(pads.get(s).lon(), pads.get(s).lat());
            yards.add(new Yard(s, at[0], at[1], (int) (pads.get(s).turnoutSeconds() * 1000L)));
        }
        return new Located(pads, sources, yards);
    }

    private static double accessMillisPerMetre(CircleRequest request, CoverageSettings.Station settings) {
        double kmh = settings.accessSpeedKmh();
        if (request.profile() == TravelProfile.FOOT)
            kmh = Math.min(kmh, request.offRoad().speedKmh());
        return 3600 / kmh;
    }

    private static boolean closed(CircleRequest request, int edge) {
        return request.keyMillis()[2 * edge] == RoadGraph.CLOSED
                && request.keyMillis()[2 * edge + 1] == RoadGraph.CLOSED;
    }

    /**
     * The road that a station stands at. Where the nearest is one that a yard cannot open on (an expressway, a bridge),
     * the nearest other one that hangs together with it; where none does, the nearest other one.
     */
    private static Optional<Snap> snap(
            RoadNetwork network,
            TravelProfile profile,
            Ground ground,
            RoadAccess.Finder finder,
            Station station,
            double limit) {
        Optional<Snap> first = network.snap(station.lon(), station.lat(), profile, limit);
        RoadAccess access = ground.access;
        if (first.isEmpty() || access.open(first.get().edge())) return first;
        double[] at = ground.grid.crs().toMetres(station.lon(), station.lat());
        Near near = finder.within(at[0], at[1], limit);
        if (near.count() == 0) return Optional.empty();
        int i = Math.max(0, access.nearestConnected(near, first.get().edge()));
        double[] road = access.plane.pointAt(near.edge[i], near.fraction[i]);
        double[] lonLat = ground.grid.crs().toLonLat(road[0] + access.plane.originX, road[1] + access.plane.originY);
        return Optional.of(new Snap(near.edge[i], near.fraction[i], near.metres[i], lonLat[0], lonLat[1]));
    }

    /**
     * Where the stations stand at the road. People also set out on foot there: the closest point of the road may be a
     * long way round (one-way), out of reach (closed) or later than the straight walk (aslant, from a slow road). For
     * all stations alike, or closing a road would bring somebody there sooner.
     */
    static List<Yard> yards(RoadAccess access, List<Source> sources) {
        RoadPlane plane = access.plane;
        List<Yard> yards = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            Source source = sources.get(s);
            int edge = source.at().edge();
            if (!access.open(edge)) continue;
            double[] at = plane.pointAt(edge, source.at().fraction());
            yards.add(new Yard(s, at[0] + plane.originX, at[1] + plane.originY, source.startMillis()));
        }
        return yards;
    }
}
