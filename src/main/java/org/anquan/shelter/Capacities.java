package org.anquan.shelter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.problem.Text;
import org.anquan.process.Provenance;
import org.anquan.shelter.Question.Out;
import org.anquan.shelter.Question.Room;
import org.anquan.shelter.Question.Understood;
import org.jspecify.annotations.Nullable;

/**
 * Places and people in need by township and district, and by village who finds a place within the service radius, now, with
 * the planned shelters, and with those that are upgraded too. In a village a place counts once: those within reach are
 * shared out by the least total way ({@link Transport}).
 */
final class Capacities {
    /** How far the plan is carried out. */
    private enum Stage {
        NOW,
        WITH_NEW,
        WITH_ALL
    }

    private final Understood of;
    private final ShelterSettings settings;
    private final Map<Stage, List<Room>> rooms = new LinkedHashMap<>();

    Capacities(Understood of, ShelterSettings settings) {
        this.of = of;
        this.settings = settings;
        for (Stage stage : Stage.values()) rooms.put(stage, at(stage));
    }

    /** Those that there are now, or with all that is planned. */
    List<Room> rooms(boolean planned) {
        return rooms.getOrDefault(planned ? Stage.WITH_ALL : Stage.NOW, List.of());
    }

    private List<Room> at(Stage stage) {
        List<Room> there = new ArrayList<>();
        Set<String> replaced = new HashSet<>();
        for (Room room : of.rooms()) {
            boolean upgrade = room.shelter().upgradeOf() != null;
            if (room.planned() && stage != Stage.WITH_ALL && (stage == Stage.NOW || upgrade)) continue;
            there.add(room);
            if (upgrade) replaced.add(room.shelter().upgradeOf());
        }
        there.removeIf(room -> replaced.contains(room.shelter().id()));
        return there;
    }

    /**
     * @param needShare of the people that is taken
     * @param threatenedOnly whether only people inside the scenario's areas count
     * @param how the people are counted
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answer(
            Unit district,
            List<Unit> townships,
            List<Village> villages,
            List<Place> shelters,
            List<Out> out,
            List<UsedNorm> norms,
            double needShare,
            boolean threatenedOnly,
            String stay,
            Text how,
            @JsonUnwrapped Provenance provenance) {}

    /** A norm that went into the answer. */
    record UsedNorm(String id, @JsonUnwrapped Norm norm) {}

    /**
     * A township or the whole district.
     *
     * @param people null where unknown everywhere in it
     * @param villagesUnknown places whose people are unknown
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Unit(
            String id,
            String name,
            @Nullable Long people,
            int villagesUnknown,
            long need,
            long elderly,
            long needHelp,
            Supply now,
            Supply withNew,
            Supply withAll) {}

    /**
     * @param squareMetresPerPerson of those in need; null where nobody is, or no area is known
     * @param indoor places; what is neither known to be indoors nor outdoors is {@code undivided}
     * @param gap people in need for whom there is no place in the unit
     * @param withinReach people in need who find one within the service radius, wherever it is
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Supply(
            int shelters,
            long places,
            double squareMetres,
            int areaUnknown,
            @Nullable Double squareMetresPerPerson,
            long indoor,
            long outdoor,
            long undivided,
            long gap,
            long withinReach) {}

    /** @param gap people of the village in need who find no place within the service radius */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Village(
            String id,
            String name,
            @Nullable String township,
            double lon,
            double lat,
            @Nullable Long people,
            long need,
            long elderly,
            long gap,
            long gapWithNew,
            long gapWithAll) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Place(
            String id,
            String name,
            @Nullable String township,
            double lon,
            double lat,
            @Nullable String stay,
            @Nullable String space,
            boolean planned,
            @Nullable String upgradeOf,
            long places,
            @Nullable Long stated,
            @Nullable Long occupancy,
            @Nullable Double squareMetres,
            String areaFrom,
            String capacityFrom,
            @Nullable Double perPersonSquareMetres) {}

    Answer answer(@Nullable StayClass stay, Provenance provenance) {
        Map<Stage, long[]> gaps = new HashMap<>();
        rooms.forEach((stage, there) -> gaps.put(stage, gapsWithinReach(there)));
        List<Village> villages = villages(gaps);
        Map<String, Integer> townshipOf = new LinkedHashMap<>();
        of.townships().all().forEach(one -> townshipOf.putIfAbsent(one.name(), townshipOf.size()));
        for (Demand.One one : of.demand().all()) townshipOf.putIfAbsent(name(one.township()), townshipOf.size());
        for (Room room : of.rooms()) townshipOf.putIfAbsent(name(room.shelter().township()), townshipOf.size());
        List<Unit> townships = new ArrayList<>();
        for (String township : townshipOf.keySet()) {
            Unit unit = unit(township, township, gaps);
            if (unit.people() != null || unit.withAll().shelters() > 0 || unit.villagesUnknown() > 0)
                townships.add(unit);
        }
        return new Answer(
                unit("district", null, gaps),
                townships,
                villages,
                places(),
                of.out(),
                norms(stay),
                of.demand().share(),
                of.demand().threatenedOnly(),
                stay == null ? "own" : stay.id(),
                of.demand().people().how(),
                provenance);
    }

    private static String name(@Nullable String township) {
        return township == null ? "" : township;
    }

    private List<UsedNorm> norms(@Nullable StayClass stay) {
        List<UsedNorm> used = new ArrayList<>();
        List<StayClass> classes = stay == null ? List.of(StayClass.values()) : List.of(stay);
        for (StayClass one : classes)
            used.add(new UsedNorm("area-per-person-" + one.id(), settings.areaPerPerson(one)));
        for (StayClass one : StayClass.values())
            used.add(new UsedNorm("service-radius-" + one.id(), settings.serviceRadius(one)));
        StayClass forNeed = stay == null ? StayClass.SHORT : stay;
        used.add(new UsedNorm("need-share-" + forNeed.id(), settings.needShare(forNeed)));
        return used;
    }

    private long[] gapsWithinReach(List<Room> there) {
        List<Demand.One> villages = of.demand().all();
        long[] people = villages.stream().mapToLong(Demand.One::need).toArray();
        double[] radius = new double[there.size()];
        long[] places = new long[there.size()];
        for (int r = 0; r < radius.length; r++) {
            StayClass stay = there.get(r).shelter().stay();
            radius[r] = settings.serviceRadius(stay == null ? StayClass.SHORT : stay)
                    .value();
            places[r] = there.get(r).places();
        }
        Pairs pairs = Pairs.within(villages, there, radius);
        Transport least = new Transport(people, places, pairs.first, pairs.room, pairs.metres);
        long[] gaps = new long[people.length];
        for (int v = 0; v < gaps.length; v++) gaps[v] = least.left(v);
        return gaps;
    }

    private List<Village> villages(Map<Stage, long[]> gaps) {
        List<Village> all = new ArrayList<>();
        for (int v = 0; v < of.demand().all().size(); v++) {
            Demand.One one = of.demand().all().get(v);
            if (of.demand().threatenedOnly() && !one.inside()) continue;
            all.add(new Village(
                    one.group().id(),
                    one.group().name(),
                    one.township(),
                    one.group().lon(),
                    one.group().lat(),
                    one.people(),
                    one.need(),
                    one.elderly(),
                    gaps.getOrDefault(Stage.NOW, new long[0])[v],
                    gaps.getOrDefault(Stage.WITH_NEW, new long[0])[v],
                    gaps.getOrDefault(Stage.WITH_ALL, new long[0])[v]));
        }
        all.sort((a, b) -> Long.compare(b.gap(), a.gap()));
        return all;
    }

    /** @param township null for the whole district */
    private Unit unit(String id, @Nullable String township, Map<Stage, long[]> gaps) {
        long people = 0;
        int known = 0;
        int unknown = 0;
        long need = 0;
        long elderly = 0;
        long needHelp = 0;
        long[] reached = new long[Stage.values().length];
        for (int v = 0; v < of.demand().all().size(); v++) {
            Demand.One one = of.demand().all().get(v);
            if (township != null && !township.equals(name(one.township()))) continue;
            if (one.people() == null) unknown++;
            else {
                known++;
                people += one.people();
            }
            need += one.need();
            elderly += one.elderly();
            needHelp += one.needHelp();
            for (Stage stage : Stage.values())
                reached[stage.ordinal()] += one.need() - gaps.getOrDefault(stage, new long[0])[v];
        }
        return new Unit(
                id,
                township == null ? "" : township,
                known == 0 ? null : Long.valueOf(people),
                unknown,
                need,
                elderly,
                needHelp,
                supply(Stage.NOW, township, need, reached),
                supply(Stage.WITH_NEW, township, need, reached),
                supply(Stage.WITH_ALL, township, need, reached));
    }

    private Supply supply(Stage stage, @Nullable String township, long need, long[] reached) {
        int shelters = 0;
        long places = 0;
        double area = 0;
        int areaUnknown = 0;
        long indoor = 0;
        long undivided = 0;
        for (Room room : rooms.getOrDefault(stage, List.of())) {
            if (township != null && !township.equals(name(room.shelter().township()))) continue;
            shelters++;
            places += room.places();
            if (room.squareMetres() == null) areaUnknown++;
            else area += room.squareMetres();
            if (room.indoor() == null) undivided += room.places();
            else indoor += room.indoor();
        }
        boolean areaKnown = shelters > areaUnknown;
        return new Supply(
                shelters,
                places,
                area,
                areaUnknown,
                need == 0 || !areaKnown ? null : Double.valueOf(Math.round(100 * area / need) / 100.0),
                indoor,
                places - indoor - undivided,
                undivided,
                Math.max(0, need - places),
                reached[stage.ordinal()]);
    }

    private List<Place> places() {
        List<Place> all = new ArrayList<>();
        for (Room room : of.rooms()) {
            Shelter one = room.shelter();
            all.add(new Place(
                    one.id(),
                    one.name(),
                    one.township(),
                    one.lon(),
                    one.lat(),
                    one.stay() == null ? null : one.stay().id(),
                    one.space() == null ? null : one.space().name().toLowerCase(java.util.Locale.ROOT),
                    one.planned(),
                    one.upgradeOf(),
                    room.places(),
                    one.capacity().statedPeople(),
                    one.occupancy(),
                    one.area().squareMetres(),
                    word(one.area().basis()),
                    word(one.capacity().basis()),
                    one.capacity().perPersonSquareMetres()));
        }
        return all;
    }

    private static String word(Shelter.Basis basis) {
        return switch (basis) {
            case STATED -> "stated";
            case FROM_GROSS_AREA -> "grossArea";
            case FROM_AREA -> "area";
            case UNKNOWN -> "unknown";
        };
    }
}
