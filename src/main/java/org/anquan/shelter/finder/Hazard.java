package org.anquan.shelter.finder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anquan.problem.Text;

/** From what people flee; the ids are the values of the attribute {@code hazards} of layer {@code shelter}. */
enum Hazard {
    SEISMIC("seismic", "earthquake", "quake", "地震", "震災"),
    FLOOD("flood", "flashflood", "flash_flood", "洪涝", "洪水", "山洪", "水災"),
    GEO("geo", "landslide", "geological", "debrisflow", "地质灾害", "滑坡", "泥石流", "土石流"),
    FIRE("fire", "forestfire", "forest_fire", "火灾", "森林火灾"),
    CHEMICAL("chemical", "hazmat", "危化品泄漏", "危化品"),
    WEATHER("weather", "storm", "typhoon", "气象灾害", "台风", "暴雨");

    private static final Hazard[] ALL = values();

    private final String id;
    private final List<String> names;

    Hazard(String id, String... others) {
        this.id = id;
        List<String> all = new ArrayList<>(Arrays.asList(others));
        all.add(id);
        names = List.copyOf(all);
    }

    String id() {
        return id;
    }

    /** In a set of hazards as bits. */
    int bit() {
        return 1 << ordinal();
    }

    Text title() {
        return new Text("finder.hazard." + id, List.of());
    }

    /** By id, by an English word or by its Chinese name. */
    static Optional<Hazard> of(String given) {
        String plain = given.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(ALL).filter(one -> one.names.contains(plain)).findFirst();
    }

    static List<String> ids() {
        return Arrays.stream(ALL).map(Hazard::id).toList();
    }
}
