package org.anquan.shelter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeType;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.DerivedValues;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.shelter.Shelter.Area;
import org.anquan.shelter.Shelter.Basis;
import org.anquan.shelter.Shelter.Capacity;
import org.anquan.shelter.Shelter.Space;
import org.anquan.shelter.Shelter.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads shelters from the layer, under a scenario: those that are off are left out, those that are added are there.
 * Capacity and effective area follow from the formulas in the layer's file, for those added in a request too; they are
 * worked out nowhere else.
 */
@Component
public final class Shelters {
    private static final int NAMED = 5;
    /** Nearer than this two shelters are on one point, degrees (about a metre). */
    private static final double SAME_PLACE = 1e-5;

    private final Layers layers;
    private final Scenarios scenarios;
    private final ShelterSettings settings;
    private final PlaceSets placeSets;
    private volatile @Nullable Townships townships;

    Shelters(Layers layers, Scenarios scenarios, ShelterSettings settings, PlaceSets placeSets) {
        this.layers = layers;
        this.scenarios = scenarios;
        this.settings = settings;
        this.placeSets = placeSets;
    }

    /** Every shelter of the layer, the planned ones too, under a scenario. */
    public ShelterSet read(Scenario scenario) {
        LayerSnapshot snapshot = layers.snapshot(settings.layer());
        List<Place> places =
                snapshot.features().stream().map(PlaceSets::placeOf).toList();
        LayerUsed used = PlaceSets.used(snapshot.state());
        return read(new PlaceSet(places, used, snapshot.state().illustrative()), scenario);
    }

    /** Those of a set of places that a request named, under a scenario. */
    public ShelterSet read(PlaceSet set, Scenario scenario) {
        List<Text> warnings = new ArrayList<>(scenarios.warnings(scenario, set));
        PlaceSet under = scenarios.facilities(scenario, set);
        LayerDefinition definition = layers.definition(settings.layer());
        Set<String> stored = new LinkedHashSet<>();
        if (set.layer() != null) set.places().forEach(place -> stored.add(place.id()));
        List<Shelter> all = new ArrayList<>();
        Map<String, Map<String, Object>> attributes = new HashMap<>();
        List<String> negative = new ArrayList<>();
        Townships in = townships();
        for (Place place : under.places()) {
            Map<String, Object> known =
                    stored.contains(place.id()) ? place.attributes() : given(definition, place, negative);
            attributes.put(place.id(), known);
            boolean on = scenario.facilities().on().contains(place.id());
            all.add(shelter(place, known, in.of(known.get("township"), place.lon(), place.lat()), on));
        }
        if (!negative.isEmpty()) warnings.add(Text.of("shelter.warn.impossible", negative));
        tellOddities(all, warnings);
        List<LayerUsed> used = new ArrayList<>();
        if (under.layer() != null) used.add(under.layer());
        return new ShelterSet(all, attributes, used, warnings);
    }

    /** The attributes of a place given in a request, impossible numbers left unknown, with those that follow from them. */
    private static Map<String, Object> given(LayerDefinition definition, Place place, List<String> negative) {
        Map<String, Object> kept = new LinkedHashMap<>(place.attributes());
        // A request says "capacity" where a roster does: it is what is stated.
        Object said = kept.remove("capacity");
        if (said != null) kept.putIfAbsent("statedCapacity", said);
        kept.remove("areaInUse");
        boolean impossible = kept.values()
                .removeIf(value -> value instanceof Number number
                        && !(number.doubleValue() >= 0 && number.doubleValue() < Double.MAX_VALUE));
        // "约300" is no number, and what it means is for whoever wrote it to say.
        for (AttributeDefinition attribute : definition.attributes())
            if (isNumber(attribute) && kept.get(attribute.name()) instanceof String words) {
                kept.remove(attribute.name());
                impossible |= !words.isBlank();
            }
        if (impossible) negative.add(place.name());
        if (kept.get("hazards") instanceof String one) kept.put("hazards", Arrays.asList(one.split("[,，、]")));
        return DerivedValues.with(definition, kept);
    }

    private static boolean isNumber(AttributeDefinition attribute) {
        return attribute.type() == AttributeType.INTEGER || attribute.type() == AttributeType.NUMBER;
    }

    /** @param on whether a scenario switches it on: it is there then, whatever its status says */
    private Shelter shelter(Place place, Map<String, Object> known, @Nullable String township, boolean on) {
        StayClass stay = StayClass.of(known.get("type")).orElse(null);
        Long derived = people(known.get("capacity"));
        Long stated = people(known.get("statedCapacity"));
        Double perPerson = number(known.get("perCapita"));
        if (perPerson == null && stay != null)
            perPerson = settings.areaPerPerson(stay).value();
        Capacity capacity = derived != null
                ? new Capacity(derived, stated, perPerson, Basis.FROM_AREA)
                : new Capacity(stated, stated, null, stated == null ? Basis.UNKNOWN : Basis.STATED);
        Space space = choice(Space.values(), known.get("space"));
        return new Shelter(
                place.id(),
                place.name(),
                place.lon(),
                place.lat(),
                township,
                stay,
                space,
                area(known, space),
                capacity,
                people(known.get("occupancy")),
                hazards(known.get("hazards")),
                on && !placeSets.inService(known.get("status"))
                        ? Status.OPEN
                        : choice(Status.values(), known.get("status")),
                known.get("stateAt") instanceof Instant at
                        ? at
                        : known.get(CommonAttributes.OBSERVED_AT) instanceof Instant seen ? seen : null,
                known.get("upgradeOf") instanceof String of && !of.isBlank() ? of : null,
                Boolean.TRUE.equals(known.get(CommonAttributes.ILLUSTRATIVE)));
    }

    private static Area area(Map<String, Object> known, @Nullable Space space) {
        Double effective = number(known.get("areaInUse"));
        Double gross = number(known.get("grossArea"));
        Double indoor = space == Space.INDOOR
                ? effective
                : space == Space.OUTDOOR ? Double.valueOf(0) : number(known.get("indoorArea"));
        if (effective != null && indoor != null) indoor = Math.min(indoor, effective);
        Basis basis = effective == null
                ? Basis.UNKNOWN
                : known.get("effectiveArea") instanceof Number ? Basis.STATED : Basis.FROM_GROSS_AREA;
        return new Area(effective, indoor, gross, basis);
    }

    /**
     * How many people a shelter holds if they stay so long: by the layer's formula with that class's area of a person. What
     * is only stated counts for the shelter's own class and shorter ones. Null where it is unknown.
     */
    public @Nullable Long capacityFor(ShelterSet set, Shelter shelter, StayClass stay) {
        if (shelter.stay() == stay && shelter.capacity().basis() != Basis.UNKNOWN)
            return shelter.capacity().people();
        if (shelter.area().squareMetres() == null) return shelter.capacity().people();
        Map<String, Object> known = new LinkedHashMap<>(set.attributes(shelter));
        known.remove("perCapita");
        known.put("type", stay.id());
        return people(
                DerivedValues.with(layers.definition(settings.layer()), known).get("capacity"));
    }

    /** A shelter as if it were of a class, its capacity following. */
    record AsIf(Shelter shelter, Map<String, Object> attributes) {}

    /** @param attribute {@code type}, or another that says a class */
    AsIf asIf(ShelterSet set, Shelter shelter, String attribute, String value) {
        Map<String, Object> known = new LinkedHashMap<>(set.attributes(shelter));
        known.put(attribute, value);
        if (attribute.equals("type")) known.remove("perCapita");
        known = DerivedValues.with(layers.definition(settings.layer()), known);
        Place place = new Place(shelter.id(), shelter.name(), shelter.lon(), shelter.lat(), Map.of());
        return new AsIf(shelter(place, known, shelter.township(), false), known);
    }

    Townships townships() {
        Townships known = townships;
        boolean there = layers.definitions().stream().anyMatch(one -> one.id().equals(settings.townships()));
        if (!there) {
            LayerSnapshot nothing =
                    new LayerSnapshot(layers.definition(settings.layer()), layers.state(settings.layer()), List.of());
            return new Townships(nothing);
        }
        if (known == null
                || known.version() != layers.state(settings.townships()).version()) {
            known = new Townships(layers.snapshot(settings.townships()));
            townships = known;
        }
        return known;
    }

    private static void tellOddities(List<Shelter> all, List<Text> warnings) {
        List<String> noClass = all.stream()
                .filter(one -> one.stay() == null && one.area().squareMetres() != null)
                .filter(one -> one.capacity().people() == null)
                .map(Shelter::name)
                .toList();
        if (!noClass.isEmpty()) warnings.add(Text.of("shelter.warn.areaWithoutClass", noClass.size(), some(noClass)));
        List<String> unknown = all.stream()
                .filter(one -> one.capacity().people() == null)
                .map(Shelter::name)
                .toList();
        if (!unknown.isEmpty()) warnings.add(Text.of("shelter.warn.capacityUnknown", unknown.size(), some(unknown)));
        List<String> together = onOnePoint(all);
        if (!together.isEmpty()) warnings.add(Text.of("shelter.warn.onePoint", together.size(), some(together)));
    }

    private static List<String> some(List<String> names) {
        return names.stream().limit(NAMED).toList();
    }

    /** Built shelters on the point of another: probably one entered twice, and then its places would be counted twice. */
    private static List<String> onOnePoint(List<Shelter> all) {
        Map<String, Shelter> first = new HashMap<>();
        List<String> together = new ArrayList<>();
        for (Shelter one : all) {
            if (one.upgradeOf() != null) continue;
            String cell = Math.round(one.lon() / SAME_PLACE) + " " + Math.round(one.lat() / SAME_PLACE);
            Shelter other = first.putIfAbsent(cell, one);
            if (other != null) together.add(other.name() + " / " + one.name());
        }
        return together;
    }

    private static @Nullable Long people(@Nullable Object value) {
        Double number = number(value);
        return number == null ? null : Long.valueOf((long) Math.floor(number));
    }

    private static @Nullable Double number(@Nullable Object value) {
        if (!(value instanceof Number number)) return null;
        double is = number.doubleValue();
        return is >= 0 && is < Long.MAX_VALUE ? Double.valueOf(is) : null;
    }

    private static @Nullable Set<String> hazards(@Nullable Object value) {
        if (!(value instanceof List<?> many)) return null;
        Set<String> all = new LinkedHashSet<>();
        many.forEach(one -> all.add(String.valueOf(one).strip()));
        return all;
    }

    private static <E extends Enum<E>> @Nullable E choice(E[] values, @Nullable Object id) {
        Optional<E> found = Arrays.stream(values)
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(id))
                .findFirst();
        return found.orElse(null);
    }
}
