package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.coverage.CircleInputs.ListInput;
import org.anquan.coverage.ListedPlaces.Listed;
import org.anquan.coverage.Question.World;
import org.anquan.population.Population;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What circles are asked of beside the roads: villages, townships, listed places, as the asker may see them. */
@Component
final class Worlds {
    private static final String TOWNSHIPS = "township";

    private final CoverageSettings.Listed settings;
    private final Layers layers;
    private final Population population;
    private final Lately<List<Object>, ListedPlaces> lists = new Lately<>(40);
    private final Lately<Long, Townships> townships = new Lately<>(1);

    Worlds(CoverageSettings settings, Layers layers, Population population) {
        this.settings = settings.listed();
        this.layers = layers;
        this.population = population;
    }

    World of(List<ListInput> wanted, List<Text> warnings) {
        List<ListedPlaces> listed = new ArrayList<>();
        for (ListInput one : wanted) listed(one, warnings).ifPresent(listed::add);
        return new World(population.villages(), population.raster().orElse(null), listed, townships());
    }

    private @Nullable Townships townships() {
        Optional<LayerDefinition> layer = Visibility.current().layers(layers).stream()
                .filter(l -> l.id().equals(TOWNSHIPS))
                .findFirst();
        if (layer.isEmpty() || layers.state(TOWNSHIPS).count() == 0) return null;
        LayerSnapshot snapshot = layers.snapshot(TOWNSHIPS);
        return townships.get(snapshot.state().version(), () -> new Townships(snapshot));
    }

    private Optional<ListedPlaces> listed(ListInput wanted, List<Text> warnings) {
        LayerDefinition layer = wanted.layer();
        long count = layers.state(layer.id()).count();
        if (count == 0 && !wanted.chosen()) return Optional.empty();
        if (count > settings.places()) {
            if (wanted.chosen()) warnings.add(Text.of("coverage.listTooLong", layer.title(), count, settings.places()));
            return Optional.empty();
        }
        LayerSnapshot snapshot = layers.snapshot(layer.id());
        // Two askers may see different attributes of one layer.
        Set<String> seen =
                layer.attributes().stream().map(AttributeDefinition::name).collect(Collectors.toSet());
        List<String> people = settings.crews().contains(layer.id())
                ? List.of()
                : settings.people().stream().filter(seen::contains).toList();
        List<Object> key = List.of(layer.id(), snapshot.state().version(), people);
        if (wanted.filter() != null) return Optional.of(read(layer, snapshot, wanted, people));
        return Optional.of(lists.get(key, () -> read(layer, snapshot, wanted, people)));
    }

    private ListedPlaces read(LayerDefinition layer, LayerSnapshot snapshot, ListInput wanted, List<String> people) {
        List<Listed> all = new ArrayList<>();
        for (Feature feature : snapshot.features()) {
            if (feature.geometry().isEmpty()) continue;
            if (wanted.filter() != null && !wanted.filter().matches(feature)) continue;
            Place place = PlaceSets.placeOf(feature);
            all.add(new Listed(place.id(), place.name(), place.lon(), place.lat(), people(feature, people)));
        }
        return new ListedPlaces(
                layer.id(),
                layer.title(),
                settings.groupOf(layer.id()),
                snapshot.state().version(),
                all);
    }

    private static @Nullable Long people(Feature feature, List<String> attributes) {
        for (String attribute : attributes) {
            Double people = feature.number(attribute);
            if (people != null && people >= 0) return Math.round(people);
        }
        return null;
    }
}
