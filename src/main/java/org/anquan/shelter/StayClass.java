package org.anquan.shelter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long people can stay, the shortest first: attribute {@code type} of layer {@code shelter}. */
public enum StayClass {
    EMERGENCY,
    SHORT,
    MID,
    LONG;

    /** As the layer and the API write it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a shelter of this class can take people for so long. */
    public boolean takesFor(StayClass stay) {
        return compareTo(stay) >= 0;
    }

    /** Empty where the class is unknown. */
    public static Optional<StayClass> of(@Nullable Object id) {
        return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(StayClass::id).toList();
    }
}
