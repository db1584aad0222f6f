package org.anquan.network;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Roads and speeds; the keys are explained in {@code application.yml}.
 *
 * @param classes OSM {@code highway} values of each class; a value that stands nowhere is {@code unlisted}
 * @param fireEngineKmh emergency speed by class; 0 means that fire engines do not go there
 * @param carKmh top speed by class for ordinary cars; a lower {@code maxspeed} wins
 * @param rampKmh top speed on ramps ({@code …_link}) for vehicles
 * @param vehicles size of the usual vehicle of each profile, for limits of height, width and load
 * @param minComponentJunctions a part of the network with fewer junctions is an error in the data, not a place to start
 */
@Validated
@ConfigurationProperties(value = "anquan.network", ignoreUnknownFields = false)
record NetworkSettings(
        @NotEmpty Map<RoadClass, List<String>> classes,
        RoadClass unlisted,
        Map<RoadClass, @PositiveOrZero Double> fireEngineKmh,
        Map<RoadClass, @PositiveOrZero Double> carKmh,
        @Positive double rampKmh,
        @DecimalMin("0.5") double walkKmh,
        boolean ferries,
        @Positive double ferryKmh,
        @Min(1) int minComponentJunctions,
        @Positive double routeSnapMetres,
        Map<TravelProfile, @Valid Size> vehicles) {
    /** Of a profile's usual vehicle; what is not given does not count. */
    record Size(
            @Nullable @Positive Double heightMetres,
            @Nullable @Positive Double widthMetres,
            @Nullable @Positive Double loadTonnes) {}

    NetworkSettings {
        List<String> wrong = new ArrayList<>();
        Set<RoadClass> all = EnumSet.allOf(RoadClass.class);
        for (RoadClass each : all) {
            if (!fireEngineKmh.containsKey(each))
                wrong.add("anquan.network.fire-engine-kmh." + each.key() + " is missing; give km/h, or 0 for never");
            if (!carKmh.containsKey(each))
                wrong.add("anquan.network.car-kmh." + each.key() + " is missing; give km/h, or 0 for never");
        }
        Map<String, RoadClass> seen = new HashMap<>();
        classes.forEach((roadClass, values) -> values.forEach(value -> {
            RoadClass other = seen.put(value, roadClass);
            if (other != null && other != roadClass)
                wrong.add("anquan.network.classes gives highway=" + value + " to both " + other.key() + " and "
                        + roadClass.key() + "; give it to one");
        }));
        if (!wrong.isEmpty()) throw new IllegalArgumentException(String.join("\n", wrong));
        classes = Map.copyOf(classes);
        vehicles = Map.copyOf(vehicles);
        fireEngineKmh = Map.copyOf(fireEngineKmh);
        carKmh = Map.copyOf(carKmh);
    }

    /** Class of an OSM {@code highway} value; a ramp counts as the road that it belongs to. */
    RoadClass classOf(String highway) {
        String road = highway.endsWith("_link") ? highway.substring(0, highway.length() - "_link".length()) : highway;
        for (Map.Entry<RoadClass, List<String>> entry : classes.entrySet())
            if (entry.getValue().contains(highway)) return entry.getKey();
        for (Map.Entry<RoadClass, List<String>> entry : classes.entrySet())
            if (entry.getValue().contains(road)) return entry.getKey();
        return unlisted;
    }

    /** The usual vehicle of a profile. */
    Vehicle vehicle(TravelProfile profile) {
        Size size = vehicles.get(profile);
        return size == null
                ? Vehicle.SMALL
                : new Vehicle(number(size.heightMetres()), number(size.widthMetres()), number(size.loadTonnes()));
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    /** Kilometres an hour of a profile on a road of a class; 0 where it does not go. */
    double kmh(TravelProfile profile, RoadClass roadClass) {
        return switch (profile) {
            case FIRE_ENGINE -> fireEngineKmh.getOrDefault(roadClass, 0.0);
            case CAR -> carKmh.getOrDefault(roadClass, 0.0);
            case FOOT -> roadClass == RoadClass.EXPRESSWAY ? 0 : walkKmh;
        };
    }

    /** Tells two sets of speeds and classes apart, whatever the order in which they are written. */
    String hash() {
        Map<String, Object> sorted = new TreeMap<>();
        classes.forEach(
                (key, values) -> sorted.put(key.key(), values.stream().sorted().toList()));
        String all = sorted + "|" + unlisted + "|" + new TreeMap<>(fireEngineKmh) + "|" + new TreeMap<>(carKmh) + "|"
                + rampKmh + "|" + walkKmh + "|" + ferries + "|" + ferryKmh + "|" + new TreeMap<>(vehicles);
        return Integer.toHexString(all.hashCode());
    }
}
