package org.anquan.dispatch;

import static org.anquan.town.Town.lat;
import static org.anquan.town.Town.lon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.anquan.catalog.Change;
import org.anquan.catalog.Documents;
import org.anquan.catalog.Layers;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.GeoJson;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadNetwork;
import org.anquan.network.RoadWorks;
import org.anquan.network.Roads;
import org.anquan.process.PlaceSets;
import org.anquan.process.Progress;
import org.locationtech.jts.geom.Coordinate;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code nearest-resources} over a real store, on streets that a test gives. */
final class ResourcesWorld implements AutoCloseable {
    final TestCatalogue store;
    private final AnnotationConfigApplicationContext context;
    private final JsonMapper json;

    ResourcesWorld(Path folder, Supplier<RoadNetwork> roads) throws IOException {
        List<String> layers = new ArrayList<>();
        for (String layer : List.of("district", "rescue_station", "team", "hospital", "warehouse", "mission"))
            layers.add(Files.readString(Path.of("layers/" + layer + ".yaml")));
        store = TestCatalogue.open(folder, layers.toArray(String[]::new));
        context = new AnnotationConfigApplicationContext();
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(context.getEnvironment().getPropertySources()::addLast);
        context.registerBean(Layers.class, () -> store.layers());
        context.registerBean(Documents.class, () -> store.documents());
        context.registerBean(
                PlaceSets.class,
                () -> new PlaceSets(store.layers(), 20_000, Set.of("planned", "building", "closed", "full")));
        context.registerBean(RoadWorks.class, RealRoads::works);
        context.registerBean(Roads.class, () -> new TheRoads(roads));
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.scan("org.anquan.dispatch", "org.anquan.scenario", "org.anquan.problem", "org.anquan.geo");
        context.refresh();
        json = JsonMapper.builder()
                .addModules(context.getBeansOfType(JacksonModule.class).values())
                .build();
    }

    private record TheRoads(Supplier<RoadNetwork> roads) implements Roads {
        @Override
        public Optional<RoadNetwork> current() {
            return Optional.of(roads.get());
        }

        @Override
        public RoadNetwork require() {
            return roads.get();
        }

        @Override
        public ImportSummary importOsm(Path file, ImportProgress progress) {
            throw new UnsupportedOperationException();
        }
    }

    void add(String layer, String id, double x, double y, Object... attributes) {
        Map<String, Object> all = new HashMap<>();
        for (int i = 0; i < attributes.length; i += 2) all.put(String.valueOf(attributes[i]), attributes[i + 1]);
        all.put("name", id);
        store.edits()
                .apply(
                        TestCatalogue.me("test"),
                        List.of(new Change.Create(
                                layer, id, GeoJson.FACTORY.createPoint(new Coordinate(lon(x, y), lat(x, y))), all)));
    }

    JsonNode ask(String location, String more) {
        ObjectNode inputs = (ObjectNode) json.readTree("{\"location\":" + location + more + "}");
        Object answer = context.getBean(NearestResourcesProcess.class).execute(inputs, Progress.none());
        return json.readTree(json.writeValueAsString(answer));
    }

    @Override
    public void close() {
        context.close();
        store.close();
    }
}
