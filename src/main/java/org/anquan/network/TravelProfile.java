package org.anquan.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who travels. */
public enum TravelProfile {
    /** Emergency vehicle on a mission: emergency speeds, no turn restrictions, but no barrier is passed. */
    FIRE_ENGINE("fire_engine"),
    CAR("car"),
    FOOT("foot");

    private final String id;

    TravelProfile(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public static Optional<TravelProfile> of(String id) {
        return Arrays.stream(values()).filter(p -> p.id.equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(TravelProfile::id).toList();
    }
}
