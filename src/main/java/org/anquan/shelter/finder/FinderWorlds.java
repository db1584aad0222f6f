package org.anquan.shelter.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerChanged;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Visibility;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.scenario.Scenario;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the world of the finder up to date: it is made anew at the first question after a change. While a large layer
 * (more than {@link #LARGE} shelters) is read anew, questions are answered from the world before, at most for as long as
 * that takes: a question never waits for a count at a door.
 */
@Component
class FinderWorlds {
    static final String LAYER = "shelter";
    private static final int LARGE = 5_000;
    private static final Visibility EVERYBODY = new Visibility(Sensitivity.PUBLIC);

    private final Layers layers;
    private final FinderSettings settings;
    private final Set<String> read;
    private volatile @Nullable FinderWorld current;
    /** Moves with each change to a layer that is read. */
    private volatile long changes = 1;

    private volatile long seen;

    FinderWorlds(Layers layers, FinderSettings settings) {
        this.layers = layers;
        this.settings = settings;
        read = settings.dangers().stream().map(FinderSettings.Danger::layer).collect(Collectors.toSet());
    }

    @EventListener
    void changed(LayerChanged event) {
        if (!event.layer().equals(LAYER) && !read.contains(event.layer())) return;
        synchronized (read) {
            changes++;
        }
    }

    FinderWorld current() {
        FinderWorld known = current;
        if (known != null && seen == changes) return known;
        if (known != null && known.count() > LARGE) {
            startReading();
            return known;
        }
        return readAgain();
    }

    private boolean reading;

    private synchronized void startReading() {
        if (reading) return;
        reading = true;
        Thread thread = new Thread(
                () -> {
                    try {
                        readAgain();
                    } finally {
                        synchronized (FinderWorlds.this) {
                            reading = false;
                        }
                    }
                },
                "finder-world");
        thread.setDaemon(true);
        thread.start();
    }

    private final Object making = new Object();

    private FinderWorld readAgain() {
        synchronized (making) {
            FinderWorld known = current;
            long now = changes;
            if (known != null && seen == now) return known;
            Dangers dangers = known != null && upToDate(known.dangers())
                    ? known.dangers()
                    : new Dangers(layers, settings.dangers());
            LayerSnapshot snapshot = snapshot();
            FinderWorld fresh = snapshot == null
                    ? new FinderWorld(new LayerState(LAYER, 0, 0, null, null, null, false), List.of(), dangers)
                    : new FinderWorld(snapshot.state(), sites(snapshot), dangers);
            // The next question of a hazard that people ask about shall not wait for its tree.
            if (known != null) fresh.readyAs(known);
            current = fresh;
            seen = now;
            return fresh;
        }
    }

    private boolean upToDate(Dangers dangers) {
        return dangers.states().entrySet().stream()
                .allMatch(one ->
                        layers.state(one.getKey()).version() == one.getValue().version());
    }

    private @Nullable LayerSnapshot snapshot() {
        boolean there =
                layers.definitions().stream().anyMatch(layer -> layer.id().equals(LAYER) && EVERYBODY.sees(layer));
        return there ? layers.snapshot(LAYER) : null;
    }

    private static List<Site> sites(LayerSnapshot snapshot) {
        Set<String> names = publicNames(snapshot.definition());
        List<Site> sites = new ArrayList<>(snapshot.features().size());
        for (Feature feature : snapshot.features()) {
            Place at = PlaceSets.placeOf(feature);
            sites.add(Site.of(feature.id(), feature.name(), at.lon(), at.lat(), seen(feature.attributes(), names)));
        }
        return sites;
    }

    private static Set<String> publicNames(LayerDefinition layer) {
        return EVERYBODY.attributes(layer).stream()
                .map(AttributeDefinition::name)
                .collect(Collectors.toSet());
    }

    private static Map<String, Object> seen(Map<String, Object> attributes, Set<String> names) {
        return attributes.entrySet().stream()
                .filter(one -> names.contains(one.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The world with the shelters as a scenario has them: some switched on or off, some moved, some added. */
    static FinderWorld under(Scenario scenario, FinderWorld world) {
        Scenario.Facilities change = scenario.facilities();
        if (change.equals(Scenario.Facilities.AS_THEY_ARE)) return world;
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < world.count(); i++) {
            Site site = world.site(i);
            Scenario.Position to = change.moved().get(site.id());
            Status status = change.off().contains(site.id())
                    ? Status.CLOSED
                    : change.on().contains(site.id()) && !site.status().active() ? Status.OPEN : site.status();
            sites.add(new Site(
                    site.id(),
                    site.name(),
                    to == null ? site.lon() : to.lon(),
                    to == null ? site.lat() : to.lat(),
                    status,
                    site.capacity(),
                    site.occupancy(),
                    site.hazards(),
                    site.space(),
                    site.facilities(),
                    site.asOf(),
                    site.illustrative()));
        }
        for (Place place : change.added())
            sites.add(Site.of(place.id(), place.name(), place.lon(), place.lat(), place.attributes()));
        return new FinderWorld(world.state(), sites, world.dangers());
    }
}
