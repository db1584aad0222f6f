package org.anquan.shelter.finder;

import static org.anquan.town.Town.lat;
import static org.anquan.town.Town.lon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.Change;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.Documents;
import org.anquan.catalog.LayerChanged;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.Layers;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.GeoJson;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadNetwork;
import org.anquan.network.RoadWorks;
import org.anquan.network.Roads;
import org.anquan.process.PlaceSets;
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

/** The finder over a real store in a folder, in metres of a small town. */
final class FinderPlace implements AutoCloseable {
    final TestCatalogue store;
    final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    final JsonMapper json;

    @Nullable
    RoadNetwork roads;

    FinderPlace(Path folder) {
        try {
            List<String> layers = new ArrayList<>();
            for (String id : List.of(
                    "shelter",
                    "flash_flood_zone",
                    "landslide_point",
                    "township",
                    "district",
                    "village",
                    "explosives_store")) layers.add(Files.readString(Path.of("layers/" + id + ".yaml")));
            store = TestCatalogue.open(folder, layers.toArray(String[]::new));
            new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yml"))
                    .forEach(context.getEnvironment().getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty("anquan.finder.now-kept-for", "0s");
        context.registerBean("layers", Layers.class, () -> store.layers());
        context.registerBean("edits", LayerEdits.class, () -> store.edits());
        context.registerBean(Documents.class, () -> store.documents());
        context.registerBean(
                PlaceSets.class,
                () -> new PlaceSets(store.layers(), 20_000, Set.of("planned", "building", "closed", "full")));
        context.registerBean(RoadWorks.class, RealRoads::works);
        context.registerBean(Roads.class, TheRoads::new);
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.scan("org.anquan.shelter.finder", "org.anquan.scenario", "org.anquan.problem", "org.anquan.geo");
        context.refresh();
        json = JsonMapper.builder()
                .addModules(context.getBeansOfType(JacksonModule.class).values())
                .build();
    }

    private final class TheRoads implements Roads {
        @Override
        public Optional<RoadNetwork> current() {
            return Optional.ofNullable(roads);
        }

        @Override
        public RoadNetwork require() {
            return current().orElseThrow();
        }

        @Override
        public ImportSummary importOsm(Path file, ImportProgress progress) {
            throw new UnsupportedOperationException();
        }
    }

    static String xy(double x, double y) {
        return "[" + lon(x, y) + "," + lat(x, y) + "]";
    }

    static Geometry point(double x, double y) {
        return GeoJson.FACTORY.createPoint(new Coordinate(lon(x, y), lat(x, y)));
    }

    static Geometry box(double west, double south, double east, double north) {
        double[][] corners = {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
        Coordinate[] ring = new Coordinate[5];
        for (int i = 0; i < 5; i++)
            ring[i] = new Coordinate(lon(corners[i][0], corners[i][1]), lat(corners[i][0], corners[i][1]));
        return GeoJson.FACTORY.createPolygon(ring);
    }

    /** A ready shelter of 100 places that is fit for earthquakes and floods, with some attributes changed. */
    void shelter(String id, double x, double y, Object... attributes) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of(
                "name",
                id + "避难场所",
                "status",
                "ready",
                "effectiveArea",
                200.0,
                "perCapita",
                2.0,
                "hazards",
                List.of("seismic", "flood"),
                "manager",
                "张三丰",
                "phone",
                "0000-1234567"));
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] == NOTHING) all.remove(String.valueOf(attributes[i]));
            else all.put(String.valueOf(attributes[i]), attributes[i + 1]);
        }
        add("shelter", id, point(x, y), all);
    }

    /** The attribute is left out. */
    static final Object NOTHING = new Object();

    void add(String layer, String id, Geometry at, Map<String, Object> attributes) {
        change(new Change.Create(layer, id, at, attributes));
    }

    void patch(String id, Map<String, Object> attributes) {
        change(new Change.Patch("shelter", id, null, null, new LinkedHashMap<>(attributes)));
    }

    void change(Change change) {
        store.edits().apply(new ChangeContext("test", ""), List.of(change));
        told();
    }

    /** Spring hears what the store said. */
    void told() {
        for (LayerChanged event : store.events) context.publishEvent(event);
        store.events.clear();
    }

    JsonNode find(double x, double y, String more) {
        return ask("{\"location\":" + xy(x, y) + more + "}");
    }

    JsonNode ask(String inputs) {
        Object answer = context.getBean(NearestShelterProcess.class)
                .execute((ObjectNode) json.readTree(inputs), Progress.none());
        return json.readTree(json.writeValueAsString(answer));
    }

    static List<String> ids(JsonNode list) {
        return list.valueStream().map(one -> one.path("id").asString("")).toList();
    }

    static List<String> reasons(JsonNode answer) {
        return answer.path("refused")
                .valueStream()
                .map(one ->
                        one.path("id").asString("") + " " + one.path("reason").asString(""))
                .toList();
    }

    @Override
    public void close() {
        context.close();
        store.close();
    }
}
