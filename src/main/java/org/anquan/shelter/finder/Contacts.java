package org.anquan.shelter.finder;

import java.util.List;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerChanged;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Visibility;
import org.anquan.geo.GeoJson;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Point;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Whom to call at a place: the duty telephone of the township, else of the district ({@code dutyPhone}, public). */
@Component
class Contacts {
    static final String PHONE = "dutyPhone";
    private static final List<String> LAYERS = List.of("township", "district");
    private static final Visibility EVERYBODY = new Visibility(Sensitivity.PUBLIC);

    private final Layers layers;
    private volatile @Nullable List<LayerSnapshot> known;

    Contacts(Layers layers) {
        this.layers = layers;
    }

    @EventListener
    void changed(LayerChanged event) {
        if (LAYERS.contains(event.layer())) known = null;
    }

    private List<LayerSnapshot> snapshots() {
        List<LayerSnapshot> now = known;
        if (now != null) return now;
        now = LAYERS.stream()
                .filter(id -> layers.definitions().stream()
                        .anyMatch(layer -> layer.id().equals(id) && tells(layer)))
                .map(layers::snapshot)
                .toList();
        known = now;
        return now;
    }

    private static boolean tells(LayerDefinition layer) {
        return EVERYBODY.sees(layer)
                && EVERYBODY.attributes(layer).stream()
                        .anyMatch(attribute -> attribute.name().equals(PHONE));
    }

    /** The district's, where only one is known. */
    Answer.@Nullable Contact any() {
        Answer.Contact found = null;
        for (LayerSnapshot layer : snapshots())
            if (layer.definition().id().equals("district"))
                for (Feature unit : layer.features()) {
                    String phone = unit.text(PHONE);
                    if (phone == null) continue;
                    if (found != null) return null;
                    found = new Answer.Contact(unit.name(), phone);
                }
        return found;
    }

    Answer.@Nullable Contact at(double lon, double lat) {
        Point at = GeoJson.FACTORY.createPoint(new Coordinate(lon, lat));
        for (LayerSnapshot layer : snapshots())
            for (Feature unit : layer.near(new Envelope(lon, lon, lat, lat))) {
                String phone = unit.text(PHONE);
                if (phone != null && unit.geometry().covers(at)) return new Answer.Contact(unit.name(), phone);
            }
        return null;
    }
}
