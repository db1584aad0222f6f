package org.anquan.shelter;

import java.util.ArrayList;
import java.util.List;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.population.Residents;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.process.Provenance.RoadsUsed;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.shelter.Shelter.Status;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Component;

/** Puts together what capacity and assignment both ask: who needs a place, and which shelters there are for them. */
@Component
final class Question {
    private final Layers layers;
    private final Shelters shelters;
    private final Residents residents;
    private final Scenarios scenarios;
    private final ShelterSettings settings;

    Question(Layers layers, Shelters shelters, Residents residents, Scenarios scenarios, ShelterSettings settings) {
        this.layers = layers;
        this.shelters = shelters;
        this.residents = residents;
        this.scenarios = scenarios;
        this.settings = settings;
    }

    /**
     * @param stay null for each shelter's own class
     * @param hazard null where it does not matter
     * @param share null for the usual one
     */
    record Asked(
            PlaceSet places,
            Residents.@Nullable Source source,
            Residents.Hour hour,
            @Nullable StayClass stay,
            @Nullable String hazard,
            @Nullable Double share,
            Scenario scenario) {}

    /**
     * @param set every shelter, those that are not for this question too
     * @param rooms of those that are
     * @param threatened areas of the scenario
     */
    record Understood(
            ShelterSet set,
            List<Room> rooms,
            List<Out> out,
            Demand demand,
            Townships townships,
            List<Geometry> threatened,
            List<Text> warnings) {}

    /**
     * A shelter that people can be sent to.
     *
     * @param places how many it holds for this stay
     * @param squareMetres effective; null where unknown
     * @param indoor of the places; null where the data do not tell
     */
    record Room(
            Shelter shelter,
            long places,
            @Nullable Double squareMetres,
            @Nullable Long indoor,
            boolean planned) {}

    /** A shelter that is not for this question, and why. */
    record Out(String id, String name, double lon, double lat, String reason, Text reasonText) {}

    /**
     * @throws ProblemException unavailable where there are no shelters or nobody is counted; invalid where none of the
     *     shelters can be used
     */
    Understood understand(Asked asked) {
        ShelterSet set = shelters.read(asked.places(), asked.scenario());
        if (set.all().isEmpty()) throw ProblemException.unavailable("shelter.none");
        List<Text> warnings = new ArrayList<>(set.warnings());
        List<Geometry> threatened = scenarios.threatened(asked.scenario());
        Townships townships = shelters.townships();
        Residents.Answer people = residents.of(asked.source(), asked.hour());
        StayClass forNeed = asked.stay() == null ? StayClass.SHORT : asked.stay();
        Demand demand = Demand.of(people, townships, threatened, asked.share(), settings.needShare(forNeed));
        warnings.addAll(demand.warnings());
        List<Room> rooms = new ArrayList<>();
        List<Out> out = new ArrayList<>();
        List<Demand.Area> areas = threatened.stream().map(Demand.Area::new).toList();
        int hazardUnknown = 0;
        for (Shelter shelter : set.all()) {
            String reason = reasonAgainst(shelter, asked, areas);
            Long places = reason == null ? places(set, shelter, asked.stay()) : null;
            if (reason == null && places == null) reason = "capacityUnknown";
            if (reason != null || places == null) {
                out.add(new Out(
                        shelter.id(),
                        shelter.name(),
                        shelter.lon(),
                        shelter.lat(),
                        String.valueOf(reason),
                        new Text("shelter.out." + reason, List.of())));
                continue;
            }
            if (asked.hazard() != null && shelter.hazards() == null) hazardUnknown++;
            rooms.add(new Room(
                    shelter, places, shelter.area().squareMetres(), indoor(shelter, places), shelter.planned()));
        }
        if (hazardUnknown > 0) warnings.add(Text.of("shelter.warn.hazardUnknown", hazardUnknown));
        return new Understood(set, rooms, out, demand, townships, threatened, warnings);
    }

    private static @Nullable String reasonAgainst(Shelter shelter, Asked asked, List<Demand.Area> areas) {
        if (shelter.status() == Status.CLOSED) return "closed";
        if (areas.stream().anyMatch(area -> area.holds(shelter.lon(), shelter.lat()))) return "threatened";
        if (asked.hazard() != null && Boolean.FALSE.equals(shelter.fitFor(asked.hazard()))) return "unfit";
        if (asked.stay() != null && shelter.stay() != null && !shelter.stay().takesFor(asked.stay()))
            return "stayTooLong";
        return null;
    }

    private @Nullable Long places(ShelterSet set, Shelter shelter, @Nullable StayClass stay) {
        return stay == null ? shelter.capacity().people() : shelters.capacityFor(set, shelter, stay);
    }

    /** Places indoors, by the share of the area that is indoors. */
    private static @Nullable Long indoor(Shelter shelter, long places) {
        Double whole = shelter.area().squareMetres();
        Double indoor = shelter.area().indoorSquareMetres();
        if (shelter.space() == Shelter.Space.INDOOR) return places;
        if (shelter.space() == Shelter.Space.OUTDOOR) return 0L;
        if (whole == null || indoor == null || whole == 0) return null;
        return (long) Math.floor(places * (indoor / whole) + 1e-9);
    }

    /** Of which data an answer is. */
    DataUsed data(Understood of, @Nullable RoadsUsed roads) {
        List<LayerUsed> used = new ArrayList<>(of.set().layers());
        for (LayerState state : of.demand().people().layers()) used.add(PlaceSets.used(state));
        boolean illustrative = of.set().illustrative() || of.demand().people().illustrative();
        return new DataUsed(used.stream().distinct().toList(), roads, illustrative);
    }

    /** The layer that people are counted by, where it is one; for who is responsible. */
    @Nullable
    LayerSnapshot peopleLayer(Understood of) {
        List<LayerState> states = of.demand().people().layers();
        return states.isEmpty() ? null : layers.snapshot(states.get(0).layer());
    }
}
