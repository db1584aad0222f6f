package org.anquan.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.dispatch.DispatchSettings.Force;
import org.anquan.geo.GeoJson;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.scenario.Scenario;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.springframework.stereotype.Component;

/**
 * The forces as the layers have them, cut to what the asker may see: built once for each version of a layer, since what a
 * roster says has to be read word by word.
 */
@Component
final class Units {
    static final String DISTRICT = "district";
    static final String MISSION = "mission";
    private static final int CODE_LENGTH = 6;

    private final Layers layers;
    private final DispatchSettings settings;
    private final Skills skills;
    private final PlaceSets placeSets;
    private final Map<Key, Built> built = new ConcurrentHashMap<>();
    private volatile @Nullable Home home;

    Units(Layers layers, DispatchSettings settings, Skills skills, PlaceSets placeSets) {
        this.layers = layers;
        this.settings = settings;
        this.skills = skills;
        this.placeSets = placeSets;
    }

    private record Key(String layer, Visibility visibility) {}

    private record Built(LayerSnapshot of, @Nullable LayerSnapshot district, List<Known> units) {}

    /** The district: its outline and its codes. */
    private record Home(LayerSnapshot of, List<PreparedGeometry> areas, Set<String> codes) {}

    /** @param status as the layer has it, or empty */
    private record Known(Unit unit, String status) {}

    /** One that does not take part. */
    record LeftOut(Unit unit, String code, Text reason) {}

    /**
     * @param able those that can be sent
     * @param leftOut those that exist but are out or busy
     */
    record All(
            List<Unit> able,
            List<LeftOut> leftOut,
            List<LayerUsed> layers,
            boolean illustrative,
            List<Text> warnings) {}

    All all(Scenario scenario) {
        Visibility visibility = Visibility.current();
        Map<String, LayerDefinition> seen = new HashMap<>();
        for (LayerDefinition layer : visibility.layers(layers)) seen.put(layer.id(), layer);
        LayerSnapshot district = seen.containsKey(DISTRICT) ? layers.snapshot(DISTRICT) : null;
        Map<String, String> onMission = seen.containsKey(MISSION) ? missions() : Map.of();
        List<Unit> able = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        List<LayerUsed> used = new ArrayList<>();
        List<Text> warnings = new ArrayList<>();
        if (district == null || district.features().isEmpty()) warnings.add(Text.of("dispatch.noDistrict"));
        boolean illustrative = false;
        Scenario.Facilities change = scenario.facilities();
        for (Force force : settings.forces()) {
            LayerDefinition layer = seen.get(force.layer());
            if (layer == null) continue;
            LayerSnapshot snapshot = layers.snapshot(layer.id());
            used.add(PlaceSets.used(snapshot.state()));
            illustrative |= snapshot.state().illustrative();
            for (Known one : units(force, layer, snapshot, district, visibility))
                sort(moved(one, change, district), layer, change, onMission, able, leftOut);
        }
        for (Place place : change.added()) able.add(given(place, district));
        return new All(able, leftOut, used, illustrative, warnings);
    }

    private void sort(
            Known one,
            LayerDefinition layer,
            Scenario.Facilities change,
            Map<String, String> onMission,
            List<Unit> able,
            List<LeftOut> leftOut) {
        Unit unit = one.unit();
        String mission = onMission.get(unit.layer() + "/" + unit.id());
        String state = unit.state();
        if (change.off().contains(unit.id()))
            leftOut.add(new LeftOut(unit, "scenario", Text.of("dispatch.left.scenario")));
        else if (change.on().contains(unit.id())) able.add(unit);
        else if (!placeSets.inService(one.status()))
            leftOut.add(new LeftOut(
                    unit, "outOfService", Text.of("dispatch.left.outOfService", inWords(layer, one.status()))));
        else if (mission != null) leftOut.add(new LeftOut(unit, "mission", Text.of("dispatch.left.mission", mission)));
        else if (state != null && settings.awayStates().contains(state))
            leftOut.add(new LeftOut(unit, state, Text.of("dispatch.left." + state)));
        else able.add(unit);
    }

    /** As the layer reads its status. */
    private static Object inWords(LayerDefinition layer, String status) {
        return layer.attribute("status").stream()
                .flatMap(attribute -> attribute.values().stream())
                .filter(one -> one.value().equals(status))
                .<Object>map(AttributeDefinition.AllowedValue::title)
                .findFirst()
                .orElse(status);
    }

    private Known moved(Known one, Scenario.Facilities change, @Nullable LayerSnapshot district) {
        Scenario.Position to = change.moved().get(one.unit().id());
        if (to == null) return one;
        Unit unit = one.unit();
        return new Known(
                new Unit(
                        unit.layer(),
                        unit.id(),
                        unit.name(),
                        to.lon(),
                        to.lat(),
                        unit.units(),
                        unit.people(),
                        unit.skills(),
                        unit.equipment(),
                        unit.turnoutSeconds(),
                        unit.state(),
                        unit.outside()),
                one.status());
    }

    /** Open missions by unit: {@code layer/id} and the mission's name. */
    private Map<String, String> missions() {
        Map<String, String> out = new HashMap<>();
        for (Feature mission : layers.snapshot(MISSION).features()) {
            Map<String, Object> said = mission.attributes();
            if (!settings.openMissions().contains(text(said.get("status")))) continue;
            out.put(text(said.get("unitLayer")) + "/" + text(said.get("unitId")), mission.name());
        }
        return out;
    }

    /**
     * Who is on the way to an incident, or there.
     *
     * @param untold missions of forces that no layer has, so that nobody knows what they bring
     * @param hidden whether the asker may not see missions
     */
    record Sent(List<Unit> units, int untold, boolean hidden) {
        static final Sent NOBODY = new Sent(List.of(), 0, false);
    }

    /** As many people as the mission says, where it says so. */
    Sent sent(String incident) {
        Visibility visibility = Visibility.current();
        Map<String, LayerDefinition> seen = new HashMap<>();
        for (LayerDefinition layer : visibility.layers(layers)) seen.put(layer.id(), layer);
        if (!seen.containsKey(MISSION)) return new Sent(List.of(), 0, true);
        LayerSnapshot district = seen.containsKey(DISTRICT) ? layers.snapshot(DISTRICT) : null;
        Map<String, Unit> known = new HashMap<>();
        for (Force force : settings.forces()) {
            LayerDefinition layer = seen.get(force.layer());
            if (layer == null) continue;
            for (Known one : units(force, layer, layers.snapshot(layer.id()), district, visibility))
                known.put(one.unit().layer() + "/" + one.unit().id(), one.unit());
        }
        Map<String, Unit> sent = new LinkedHashMap<>();
        int untold = 0;
        for (Feature mission : layers.snapshot(MISSION).features()) {
            Map<String, Object> said = mission.attributes();
            if (!incident.equals(text(said.get("incidentId")))) continue;
            if (!settings.openMissions().contains(text(said.get("status")))) continue;
            String key = text(said.get("unitLayer")) + "/" + text(said.get("unitId"));
            Unit unit = known.get(key);
            if (unit == null) untold++;
            else sent.put(key, unit.withPeople(whole(said.get("people"))));
        }
        return new Sent(List.copyOf(sent.values()), untold, false);
    }

    private List<Known> units(
            Force force,
            LayerDefinition layer,
            LayerSnapshot snapshot,
            @Nullable LayerSnapshot district,
            Visibility visibility) {
        Key key = new Key(layer.id(), visibility);
        Built known = built.get(key);
        if (known != null && known.of() == snapshot && known.district() == district) return known.units();
        Set<String> seen = visibility.attributes(layer).stream()
                .map(AttributeDefinition::name)
                .collect(Collectors.toSet());
        List<Known> units = new ArrayList<>();
        for (Feature feature : snapshot.features()) {
            Place place = PlaceSets.placeOf(feature);
            Map<String, Object> said = new HashMap<>(place.attributes());
            said.keySet().retainAll(seen);
            units.add(new Known(unit(force, place, said, district), text(said.get("status"))));
        }
        List<Known> fresh = List.copyOf(units);
        built.put(key, new Built(snapshot, district, fresh));
        return fresh;
    }

    private Unit unit(Force force, Place place, Map<String, Object> said, @Nullable LayerSnapshot district) {
        List<String> equipment = list(said.get("equipment"));
        String state = text(said.get("state"));
        Integer units = force.units().isEmpty() ? null : whole(said.get(force.units()));
        return new Unit(
                force.layer(),
                place.id(),
                place.name(),
                place.lon(),
                place.lat(),
                units == null ? 1 : Math.max(1, units),
                force.people().isEmpty() ? null : whole(said.get(force.people())),
                skills.of(force.layer(), said, list(said.get("skills")), equipment),
                equipment,
                turnout(force, said),
                state.isEmpty() ? null : state,
                outside(place, said, district));
    }

    /** One that a scenario adds: it says itself what it is. */
    private Unit given(Place place, @Nullable LayerSnapshot district) {
        Map<String, Object> said = place.attributes();
        Integer turnout = whole(said.get("turnoutSeconds"));
        Integer units = whole(said.get("units"));
        List<String> equipment = list(said.get("equipment"));
        return new Unit(
                "",
                place.id(),
                place.name(),
                place.lon(),
                place.lat(),
                units == null ? 1 : Math.max(1, units),
                whole(said.get("people")),
                skills.of(text(said.get("layer")), said, list(said.get("skills")), equipment),
                equipment,
                turnout == null ? 0 : Math.max(0, turnout),
                null,
                outside(place, said, district));
    }

    private static int turnout(Force force, Map<String, Object> said) {
        Integer own = whole(said.get("turnoutSeconds"));
        if (own != null) return own;
        if (said.get(force.loadMinutes()) instanceof Number minutes)
            return (int) Math.round(minutes.doubleValue() * 60);
        Integer ofClass = force.turnoutSeconds().get(text(said.get(force.turnoutBy())));
        return ofClass == null ? force.turnoutUsual() : ofClass;
    }

    private @Nullable Boolean outside(Place place, Map<String, Object> said, @Nullable LayerSnapshot district) {
        if (district == null || district.features().isEmpty()) return null;
        Home known = home;
        if (known == null || known.of() != district) home = known = home(district);
        String code = text(said.get("adminCode"));
        if (code.length() >= CODE_LENGTH && !known.codes().isEmpty())
            return !known.codes().contains(code.substring(0, CODE_LENGTH));
        var at = GeoJson.FACTORY.createPoint(new Coordinate(place.lon(), place.lat()));
        return known.areas().stream().noneMatch(area -> area.covers(at));
    }

    private static Home home(LayerSnapshot district) {
        List<PreparedGeometry> areas = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        for (Feature one : district.features()) {
            areas.add(PreparedGeometryFactory.prepare(one.geometry()));
            String code = text(one.attributes().get("adminCode"));
            if (code.length() >= CODE_LENGTH) codes.add(code.substring(0, CODE_LENGTH));
        }
        return new Home(district, areas, codes);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static @Nullable Integer whole(@Nullable Object value) {
        return value instanceof Number number && number.doubleValue() >= 0 ? (Integer) number.intValue() : null;
    }

    private static List<String> list(@Nullable Object value) {
        if (value instanceof Iterable<?> many) {
            List<String> words = new ArrayList<>();
            many.forEach(one -> words.add(String.valueOf(one)));
            return words;
        }
        return Optional.of(text(value)).map(words -> List.of(words.split("[,，、;；]"))).orElseThrow().stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
