package org.anquan.shelter.finder;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.SpokenTime;
import org.anquan.geo.Distances;
import org.anquan.geo.GeoJson;
import org.anquan.network.Roads;
import org.anquan.network.RouteFinder;
import org.anquan.network.Snap;
import org.anquan.network.TravelProfile;
import org.anquan.network.TravelTimes;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.scenario.Scenario;
import org.anquan.shelter.finder.FinderWorld.Ranked;
import org.anquan.shelter.finder.WalkWorld.Walk;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.springframework.stereotype.Component;

/**
 * Finds where to go. Shelters that are known to be fit come before those of which nobody knows; within both, the least
 * time on foot comes first: along the roads where roads are loaded and near, else from the straight line.
 *
 * <p>On roads the shelters nearest in the straight line are looked at first, and more of them until the next one could
 * not be nearer on foot even if its way were straight.
 */
@Component
class ShelterFinder {
    /** Shelters first looked at on roads; doubled until enough. */
    private static final int FIRST_LOOK = 16;

    private static final int LAST_LOOK = 512;
    /** Ways worked out in full for each shelter wanted: those through danger are dropped. */
    private static final int TRIES = 4;

    private final FinderWorlds worlds;
    private final WalkWorlds walks;
    private final Roads roads;
    private final FinderSettings settings;
    private final Clock clock;

    @org.springframework.beans.factory.annotation.Autowired
    ShelterFinder(FinderWorlds worlds, WalkWorlds walks, Roads roads, FinderSettings settings) {
        this(worlds, walks, roads, settings, Clock.systemUTC());
    }

    ShelterFinder(FinderWorlds worlds, WalkWorlds walks, Roads roads, FinderSettings settings, Clock clock) {
        this.worlds = worlds;
        this.walks = walks;
        this.roads = roads;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param offered the best first
     * @param leastBad the best of the refused, with what is wrong; only where nothing is offered
     * @param nearestMetres straight to the nearest shelter of any kind; infinite where there is none
     * @param walkWorld null where the ways are straight lines
     */
    record Finding(
            List<Choice> offered,
            List<No> refused,
            @Nullable Choice leastBad,
            @Nullable No whyLeastBad,
            double nearestMetres,
            FinderWorld world,
            @Nullable WalkWorld walkWorld,
            boolean farFromRoad,
            Dangers.@Nullable Area inDanger) {}

    record Choice(Site site, Walk walk, boolean fit, boolean stale) {}

    record No(Site site, Reason reason, Text text, double metres) {}

    Finding find(Question question) {
        return new Search(question).find();
    }

    boolean stale(Site site, Instant now) {
        return settings.stale().has(site, now);
    }

    private boolean staleForLong(Site site, Instant now) {
        return site.status() == Status.OPEN
                && site.asOf() != null
                && site.asOf().plus(settings.stale().stateRefused()).isBefore(now);
    }

    private final class Search {
        private final Question asked;
        private final FinderWorld world;
        private final Ranked ranked;
        private final Instant now = clock.instant();
        private final List<PreparedGeometry> closedAreas = new ArrayList<>();
        private @Nullable WalkWorld walkWorld;
        private @Nullable Snap start;
        private @Nullable TravelTimes times;
        private @Nullable TravelTimes unhindered;
        private @Nullable RouteFinder router;
        private final List<No> noWay = new ArrayList<>();
        private final List<Choice> dangerous = new ArrayList<>();

        Search(Question asked) {
            this.asked = asked;
            world = FinderWorlds.under(asked.scenario(), worlds.current());
            ranked = world.ranked(asked.hazard());
            for (Scenario.Closure one : asked.scenario().closures())
                if (one instanceof Scenario.Drawn drawn && drawn.geometry().getDimension() == 2)
                    closedAreas.add(PreparedGeometryFactory.prepare(drawn.geometry()));
        }

        Finding find() {
            goOnRoads();
            List<Choice> offered = new ArrayList<>();
            nearest(ranked.fit(), true, settings.answers(), offered);
            boolean fitFound = !offered.isEmpty();
            if (!fitFound) nearest(ranked.unknown(), false, settings.answers(), offered);
            List<No> refused = refused(offered, fitFound);
            Choice least = null;
            No why = null;
            if (offered.isEmpty()) {
                why = leastBad(refused);
                if (why != null) least = asChoice(why);
            }
            return new Finding(
                    offered,
                    refused,
                    least,
                    why,
                    nearestOfAll(),
                    world,
                    walkWorld,
                    roads.current().isPresent() && walkWorld == null,
                    world.dangers().at(asked.hazard(), asked.lon(), asked.lat()));
        }

        private double nearestOfAll() {
            SiteTree.Found one =
                    world.all().nearest(asked.lon(), asked.lat(), 1, 0, Double.POSITIVE_INFINITY, any -> true);
            return one.count() == 0 ? Double.POSITIVE_INFINITY : one.metres(0);
        }

        private void goOnRoads() {
            if (roads.current().isEmpty()) return;
            WalkWorld there = walks.of(roads.current().get(), asked.scenario(), asked.hazard(), world.dangers());
            Optional<Snap> snap = there.snap(asked.lon(), asked.lat());
            if (snap.isEmpty()) return;
            walkWorld = there;
            start = snap.get();
            times = there.from(start);
        }

        private boolean takes(int site) {
            Site one = world.site(site);
            return !staleForLong(one, now) && !inClosedArea(one);
        }

        private boolean inClosedArea(Site one) {
            if (closedAreas.isEmpty()) return false;
            Point at = GeoJson.FACTORY.createPoint(new Coordinate(one.lon(), one.lat()));
            return closedAreas.stream().anyMatch(area -> area.covers(at));
        }

        private void nearest(SiteTree among, boolean fit, int wanted, List<Choice> out) {
            double longest = settings.maxWalk().toMillis() / 1000.0 * settings.walkMetresPerSecond();
            if (walkWorld == null) {
                SiteTree.Found found = among.nearest(
                        asked.lon(), asked.lat(), wanted, asked.people(), settings.farMetres(), this::takes);
                for (int i = 0; i < found.count(); i++) {
                    Site site = world.site(found.site(i));
                    Walk walk = WalkWorld.straight(asked.lon(), asked.lat(), site, settings, asked.language());
                    out.add(new Choice(site, walk, fit, stale(site, now)));
                }
                return;
            }
            for (int look = FIRST_LOOK; look <= LAST_LOOK; look *= 2) {
                SiteTree.Found found =
                        among.nearest(asked.lon(), asked.lat(), look, asked.people(), longest, this::takes);
                List<Ahead> ahead = ahead(found);
                boolean all = found.count() < look;
                // Nobody beyond the last one can be nearer than its straight line.
                double beyond = all ? Double.POSITIVE_INFINITY : found.metres(found.count() - 1);
                double beyondMillis = 1000 * beyond / settings.walkMetresPerSecond();
                boolean enough = ahead.size() >= wanted && ahead.get(wanted - 1).waryMillis() <= beyondMillis;
                if (!all && !enough && look < LAST_LOOK) continue;
                walk(ahead, fit, wanted, out);
                return;
            }
        }

        /** @param waryMillis on foot, long through danger */
        private record Ahead(int site, Snap snap, int waryMillis) {}

        private List<Ahead> ahead(SiteTree.Found found) {
            List<Ahead> ahead = new ArrayList<>();
            WalkWorld ways = java.util.Objects.requireNonNull(walkWorld);
            TravelTimes there = java.util.Objects.requireNonNull(times);
            for (int i = 0; i < found.count(); i++) {
                Optional<Snap> snap = ways.snap(world.site(found.site(i)));
                if (snap.isEmpty()) continue;
                int millis = ways.waryMillis(there, snap.get());
                if (millis != TravelTimes.UNREACHED) ahead.add(new Ahead(found.site(i), snap.get(), millis));
            }
            ahead.sort(Comparator.comparingInt(Ahead::waryMillis).thenComparingInt(Ahead::site));
            return ahead;
        }

        private void walk(List<Ahead> ahead, boolean fit, int wanted, List<Choice> out) {
            WalkWorld ways = java.util.Objects.requireNonNull(walkWorld);
            if (router == null && !ahead.isEmpty())
                router = new RouteFinder(
                        ways.real().network().graph(), ways.real().network().turns(TravelProfile.FOOT));
            int tries = TRIES * wanted;
            for (Ahead one : ahead) {
                if (out.size() >= wanted || tries-- <= 0) break;
                Site site = world.site(one.site());
                Optional<Walk> walk = ways.walk(
                        java.util.Objects.requireNonNull(router),
                        asked.lon(),
                        asked.lat(),
                        java.util.Objects.requireNonNull(start),
                        site,
                        one.snap(),
                        world.dangers(),
                        asked.language());
                if (walk.isEmpty()) continue;
                Choice choice = new Choice(site, walk.get(), fit, stale(site, now));
                if (walk.get().seconds() > settings.maxWalk().toSeconds()) continue;
                if (walk.get().metresInDanger() > settings.throughDangerMetres()) dangerous.add(choice);
                else out.add(choice);
            }
            out.sort(Comparator.comparingDouble(one -> one.walk().seconds()));
        }

        // Refused

        /** The nearest ones that are not offered, as far out as the last one offered. */
        private List<No> refused(List<Choice> offered, boolean fitFound) {
            Set<String> taken = new HashSet<>();
            double within = offered.isEmpty() ? settings.farMetres() : 0;
            for (Choice one : offered) {
                taken.add(one.site().id());
                within = Math.max(
                        within,
                        Distances.metres(
                                asked.lon(),
                                asked.lat(),
                                one.site().lon(),
                                one.site().lat()));
            }
            SiteTree.Found near = world.all()
                    .nearest(
                            asked.lon(),
                            asked.lat(),
                            settings.refused(),
                            0,
                            within,
                            site -> !taken.contains(world.site(site).id()) && why(site, fitFound) != null);
            List<No> all = new ArrayList<>();
            for (int i = 0; i < near.count(); i++) {
                int site = near.site(i);
                Reason reason = java.util.Objects.requireNonNull(why(site, fitFound));
                all.add(new No(world.site(site), reason, words(world.site(site), reason), near.metres(i)));
            }
            return all;
        }

        private @Nullable Reason why(int number, boolean fitFound) {
            Site site = world.site(number);
            if (asked.scenario().facilities().off().contains(site.id())) return Reason.OFF;
            Reason ruledOut = ranked.ruledOut()[number];
            if (ruledOut != null) return ruledOut;
            if (inClosedArea(site)) return Reason.CLOSED_AREA;
            if (site.room() == 0) return Reason.FULL;
            if (site.room() < asked.people()) return Reason.TOO_FEW_PLACES;
            if (staleForLong(site, now)) return Reason.STALE;
            for (Choice one : dangerous) if (one.site().id().equals(site.id())) return Reason.WAY_THROUGH_DANGER;
            Reason way = wayTo(site);
            if (way != null) return way;
            if (fitFound && !site.knownToBeFit(asked.hazard())) return Reason.UNKNOWN_FIT;
            return null;
        }

        private @Nullable Reason wayTo(Site site) {
            if (walkWorld == null || times == null) return null;
            Optional<Snap> snap = walkWorld.snap(site);
            if (snap.isEmpty()) return Reason.NO_WAY;
            if (walkWorld.waryMillis(times, snap.get()) != TravelTimes.UNREACHED) return null;
            if (asked.scenario().closures().isEmpty()) return Reason.NO_WAY;
            return reachedWithoutScenario(site) ? Reason.WAY_CUT : Reason.NO_WAY;
        }

        private boolean reachedWithoutScenario(Site site) {
            WalkWorld free = walks.of(roads.require(), Scenario.NONE, asked.hazard(), world.dangers());
            Optional<Snap> from = free.snap(asked.lon(), asked.lat());
            Optional<Snap> to = free.snap(site);
            if (from.isEmpty() || to.isEmpty()) return false;
            if (unhindered == null) unhindered = free.from(from.get());
            return free.waryMillis(unhindered, to.get()) != TravelTimes.UNREACHED;
        }

        private Text words(Site site, Reason reason) {
            return switch (reason) {
                case PLANNED -> Text.of("finder.refused.planned");
                case CLOSED -> Text.of("finder.refused.closed");
                case OFF -> Text.of("finder.refused.off");
                case DANGER -> danger(site);
                case CLOSED_AREA -> Text.of("finder.refused.closedArea");
                case UNFIT -> Text.of("finder.refused.unfit", hazard());
                case FULL -> Text.of("finder.refused.full");
                case TOO_FEW_PLACES -> Text.of("finder.refused.tooFewPlaces", site.room(), asked.people());
                case STALE ->
                    Text.of("finder.refused.stale", SpokenTime.of(java.util.Objects.requireNonNull(site.asOf())));
                case UNKNOWN_FIT -> Text.of("finder.refused.unknownFit", hazard());
                case WAY_CUT -> Text.of("finder.refused.wayCut");
                case NO_WAY -> Text.of("finder.refused.noWay");
                case WAY_THROUGH_DANGER -> throughDanger(site);
            };
        }

        private Text hazard() {
            return asked.hazard() == null
                    ? Text.of("finder.hazard.any")
                    : asked.hazard().title();
        }

        private Text danger(Site site) {
            Dangers.Area area = world.dangers().at(asked.hazard(), site.lon(), site.lat());
            if (area == null) return Text.of("finder.refused.closedArea");
            return Text.of("finder.refused.danger", hazard(), in(area.layer()), area.name());
        }

        private String in(org.anquan.catalog.Title title) {
            return asked.language().equals(Texts.ENGLISH) ? title.en() : title.zh();
        }

        private Text throughDanger(Site site) {
            for (Choice one : dangerous)
                if (one.site().id().equals(site.id()))
                    return Text.of(
                            "finder.refused.wayThroughDanger",
                            hazard(),
                            Math.round(one.walk().metresInDanger()));
            return Text.of("finder.refused.wayThroughDanger", hazard(), 0);
        }

        // The least bad

        /** The order in which what is wrong is put up with; what is not here never is. */
        private static final List<Reason> LEAST_BAD = List.of(
                Reason.STALE,
                Reason.TOO_FEW_PLACES,
                Reason.WAY_THROUGH_DANGER,
                Reason.FULL,
                Reason.UNFIT,
                Reason.NO_WAY,
                Reason.WAY_CUT);

        private @Nullable No leastBad(List<No> refused) {
            No best = null;
            for (No one : refused) {
                int rank = LEAST_BAD.indexOf(one.reason());
                if (rank < 0) continue;
                if (best == null || rank < LEAST_BAD.indexOf(best.reason())) best = one;
            }
            return best;
        }

        private Choice asChoice(No no) {
            for (Choice one : dangerous) if (one.site().id().equals(no.site().id())) return one;
            Walk walk = null;
            if (walkWorld != null && start != null) {
                Optional<Snap> snap = walkWorld.snap(no.site());
                if (snap.isPresent()) {
                    if (router == null)
                        router = new RouteFinder(
                                walkWorld.real().network().graph(),
                                walkWorld.real().network().turns(TravelProfile.FOOT));
                    walk = walkWorld
                            .walk(
                                    router,
                                    asked.lon(),
                                    asked.lat(),
                                    start,
                                    no.site(),
                                    snap.get(),
                                    world.dangers(),
                                    asked.language())
                            .orElse(null);
                }
            }
            if (walk == null)
                walk = WalkWorld.straight(asked.lon(), asked.lat(), no.site(), settings, asked.language());
            return new Choice(no.site(), walk, no.site().knownToBeFit(asked.hazard()), stale(no.site(), now));
        }
    }
}
