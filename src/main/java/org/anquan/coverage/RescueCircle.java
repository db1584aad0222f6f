package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import org.anquan.coverage.CircleAnswer.OfKind;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.Question.Kind;
import org.anquan.coverage.Question.World;
import org.anquan.network.RoadNetwork;
import org.anquan.population.PopulationRaster;
import org.anquan.population.Villages;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * The rescue circle: where help from a set of stations reaches in so many minutes, who lives there, and who is left out
 * and why.
 *
 * <p>One sweep over the road graph gives every junction its time and its station. From the roads a surface of travel
 * time goes on, on foot; the bands are its contours. Villages are judged by their exact time over the network and a
 * straight walk, not by the map, and the answer says by how much the two differ.
 */
final class RescueCircle {
    private final CoverageSettings settings;
    private final Ground.Cache grounds;

    RescueCircle(CoverageSettings settings, Lands lands) {
        this.settings = settings;
        grounds = new Ground.Cache(settings, lands);
    }

    /** On even ground. */
    RescueCircle(CoverageSettings settings) {
        this(settings, Lands.EVEN);
    }

    Ground.Cache grounds() {
        return grounds;
    }

    /** One kind of help, with nothing beside it. */
    CircleAnswer answer(
            RoadNetwork network, CircleRequest request, Villages villages, @Nullable PopulationRaster raster) {
        return answer(network, Question.of(request), new World(villages, raster, List.of(), null));
    }

    /**
     * @throws ProblemException invalid where no station is left, or where one given in the request is too far from any
     *     road
     */
    CircleAnswer answer(RoadNetwork network, Question question, World world) {
        List<Text> warnings = new ArrayList<>();
        List<Reach> reaches = new ArrayList<>();
        List<@Nullable Backups> backups = new ArrayList<>();
        for (int k = 0; k < question.kinds().size(); k++) {
            Kind kind = question.kinds().get(k);
            Reach reach = reach(network, kind.request(), kind.usualMillis(), world, warnings);
            Reach byAir = question.byAir() != null && question.byAirFor() == k
                    ? reach(network, question.byAir(), null, world, warnings)
                    : null;
            backups.add(question.backup() ? new Backups(kind.request(), reach, byAir, world.villages()) : null);
            reaches.add(byAir == null ? reach : reach.or(byAir));
        }
        if (reaches.size() == 1) {
            CircleRequest only = question.kinds().get(0).request();
            return new Answering(reaches.get(0), only.minutes(), only.rings(), world, warnings, backups.get(0), most())
                    .answer();
        }
        return together(question, reaches, backups, world, warnings);
    }

    /** Heights or land cover that do not reach everywhere; the rest counts as even or open. */
    private void tell(Relief relief, List<Text> warnings) {
        List<Text> told = new ArrayList<>();
        long heights = Math.round(100 * relief.heightShare);
        long covers = Math.round(100 * relief.coverShare);
        if (relief.heightShare > 0 && heights < 100) told.add(Text.of("coverage.land.heightsPart", heights));
        if (relief.heightShare == 0 && relief.heightsLoaded) told.add(Text.of("coverage.land.heightsElsewhere"));
        if (relief.coverShare > 0 && covers < 100) told.add(Text.of("coverage.land.coverPart", covers));
        if (relief.coverShare == 0 && relief.coverLoaded) told.add(Text.of("coverage.land.coverElsewhere"));
        for (Text one : told) if (!warnings.contains(one)) warnings.add(one);
    }

    private int most() {
        return settings.listed().most();
    }

    private CircleAnswer together(
            Question question, List<Reach> reaches, List<@Nullable Backups> backups, World world, List<Text> warnings) {
        List<OfKind> kinds = new ArrayList<>();
        List<Station> names = new ArrayList<>();
        int[] limits = new int[reaches.size()];
        int widest = 1;
        for (int k = 0; k < limits.length; k++) {
            Kind kind = question.kinds().get(k);
            limits[k] = kind.request().widestMillis();
            widest = Math.max(widest, limits[k] / 60_000);
            names.add(new Station(kind.id(), kind.title(), 0, 0, 0, null));
            kinds.add(new OfKind(
                    kind.id(),
                    kind.title(),
                    new Answering(
                                    reaches.get(k),
                                    kind.request().minutes(),
                                    false,
                                    world,
                                    new ArrayList<>(),
                                    backups.get(k),
                                    Integer.MAX_VALUE)
                            .answer()));
        }
        Reach all = Reach.together(reaches, limits, question.every(), names);
        return new Answering(all, List.of(widest), false, world, warnings, null, most()).answerOf(kinds);
    }

    private Reach reach(
            RoadNetwork network,
            CircleRequest request,
            int @Nullable [] usualMillis,
            World world,
            List<Text> warnings) {
        if (request.stations().isEmpty()) throw ProblemException.invalid("coverage.noStations");
        Ground ground = grounds.of(network, request.profile(), request.offRoad());
        if (ground.coarse) {
            Text coarse = Text.of("coverage.coarseGrid", ground.grid.cellMetres);
            if (!warnings.contains(coarse)) warnings.add(coarse);
        }
        if (ground.relief != null) tell(ground.relief, warnings);
        Located located = Located.of(network, request, ground, settings.station(), warnings);
        List<Points> places = new ArrayList<>(List.of(ground.villages(world.villages()), ground.samples()));
        for (ListedPlaces list : world.listed()) places.add(ground.listed(list));
        int latestMillis =
                (int) Math.min(Integer.MAX_VALUE / 2, settings.latest().toMillis());
        return Reach.of(ground, request, located, places, latestMillis, usualMillis);
    }
}
