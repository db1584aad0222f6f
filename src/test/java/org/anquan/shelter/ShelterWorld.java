package org.anquan.shelter;

import static org.anquan.town.Town.lonLat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.Change;
import org.anquan.catalog.Documents;
import org.anquan.catalog.Layers;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.GeoJson;
import org.anquan.home.AnquanHome;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadNetwork;
import org.anquan.network.RoadWorks;
import org.anquan.network.Roads;
import org.anquan.problem.ProblemException;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.Progress;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A small world in metres over a real store with the shipped layers. */
final class ShelterWorld implements AutoCloseable {
    static final List<String> LAYERS = List.of(
            "shelter",
            "village",
            "community",
            "township",
            "district",
            "building",
            "road",
            "fault",
            "hazardous_facility",
            "explosives_store",
            "pipeline",
            "landslide_point",
            "flash_flood_zone",
            "flood_channel");

    final TestCatalogue store;
    final AnnotationConfigApplicationContext context;
    final JsonMapper json;

    @Nullable
    RoadNetwork roads;

    ShelterWorld(Path folder, @Nullable RoadNetwork roads) {
        this.roads = roads;
        try {
            store = TestCatalogue.open(
                    folder, LAYERS.stream().map(ShelterWorld::definition).toArray(String[]::new));
            context = new AnnotationConfigApplicationContext();
            new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yml"))
                    .forEach(context.getEnvironment().getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        context.registerBean(Layers.class, () -> store.layers());
        context.registerBean(Documents.class, () -> store.documents());
        context.registerBean(RoadWorks.class, RealRoads::works);
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.registerBean(
                PlaceSets.class,
                () -> new PlaceSets(store.layers(), 20_000, Set.of("planned", "building", "closed", "full")));
        context.registerBean(AnquanHome.class, () -> new AnquanHome(folder));
        context.registerBean(Roads.class, TheRoads::new);
        context.scan("org.anquan.scenario", "org.anquan.population", "org.anquan.problem", "org.anquan.geo");
        context.register(ShelterBeans.class);
        context.refresh();
        json = JsonMapper.builder()
                .addModules(context.getBeansOfType(JacksonModule.class).values())
                .build();
    }

    private static String definition(String layer) {
        try {
            return Files.readString(Path.of("layers/" + layer + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class TheRoads implements Roads {
        @Override
        public Optional<RoadNetwork> current() {
            return Optional.ofNullable(roads);
        }

        @Override
        public RoadNetwork require() {
            return current().orElseThrow(() -> ProblemException.unavailable("network.none"));
        }

        @Override
        public ImportSummary importOsm(Path file, ImportProgress progress) {
            throw new UnsupportedOperationException();
        }
    }

    /** A point at metres east and north of the town's corner. */
    void point(String layer, String id, double x, double y, Map<String, Object> attributes) {
        double[] at = lonLat(x, y);
        put(layer, id, TestCatalogue.point(at[0], at[1]), attributes);
    }

    /** A rectangle in metres. */
    void box(String layer, String id, double west, double south, double east, double north, Map<String, Object> more) {
        put(layer, id, box(west, south, east, north), more);
    }

    void line(String layer, String id, Map<String, Object> more, double... xy) {
        Coordinate[] at = new Coordinate[xy.length / 2];
        for (int i = 0; i < at.length; i++) at[i] = at(xy[2 * i], xy[2 * i + 1]);
        put(layer, id, GeoJson.FACTORY.createLineString(at), more);
    }

    static Geometry box(double west, double south, double east, double north) {
        return GeoJson.FACTORY.createPolygon(
                new Coordinate[] {at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)});
    }

    private static Coordinate at(double x, double y) {
        double[] at = lonLat(x, y);
        return new Coordinate(at[0], at[1]);
    }

    void put(String layer, String id, Geometry geometry, Map<String, Object> attributes) {
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.putIfAbsent("name", id);
        store.edits().apply(TestCatalogue.me("test"), List.of(new Change.Create(layer, id, geometry, all)));
    }

    JsonNode ask(String process, String inputs) {
        return json.valueToTree(answer(process, inputs));
    }

    Object answer(String process, String inputs) {
        Process one = context.getBeansOfType(Process.class).values().stream()
                .filter(p -> p.description().id().equals(process))
                .findFirst()
                .orElseThrow();
        return one.execute((ObjectNode) json.readTree(inputs.replace('\'', '"')), Progress.none());
    }

    @Override
    public void close() {
        context.close();
        store.close();
    }
}
