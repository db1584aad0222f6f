package org.anquan.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.TestCatalogue;
import org.anquan.doctor.DataDoctor.Examined;
import org.anquan.doctor.DataDoctor.Order;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.process.Progress;
import org.anquan.security.Asker;
import org.anquan.security.Role;
import org.locationtech.jts.geom.Geometry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/**
 * A district of four townships far in the west, where longitudes are latitudes too, so that swapped ones can be stored:
 * 86.8 to 87.2 E, 43.8 to 44.1 N, with a net of roads each kilometre or so. All with the shipped layers and settings.
 */
final class DoctorWorld implements AutoCloseable {
    static final double WEST = 86.8;
    static final double EAST = 87.2;
    static final double SOUTH = 43.8;
    static final double NORTH = 44.1;
    static final Instant NOW = Instant.parse("2026-06-01T04:00:00Z");
    static final Instant LATELY = Instant.parse("2026-05-01T04:00:00Z");

    private static final String PART = "POLYGON((%1$s %2$s, %3$s %2$s, %3$s %4$s, %1$s %4$s, %1$s %2$s))";

    final TestCatalogue store;
    final DataDoctor doctor;
    final Mending mending;

    DoctorWorld(Path folder) {
        this(folder.toString());
    }

    /** @param place a folder, or an address of PostGIS */
    DoctorWorld(String place) {
        this(place, new NoRoads(), "district", "township", "village", "shelter", "landslide_point", "building", "road");
    }

    DoctorWorld(Path folder, Roads roads, String... layers) {
        this(folder.toString(), roads, layers);
    }

    DoctorWorld(String place, Roads roads, String... layers) {
        List<String> yaml = new ArrayList<>();
        try {
            for (String layer : layers) yaml.add(Files.readString(Path.of("layers/" + layer + ".yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store = place.startsWith("jdbc:")
                ? TestCatalogue.open(place, yaml)
                : TestCatalogue.open(Path.of(place), yaml.toArray(String[]::new));
        doctor = new DataDoctor(store.layers(), store.edits(), roads, settings(), Clock.fixed(NOW, ZoneOffset.UTC));
        mending = new Mending(doctor, store.layers(), store.edits());
    }

    record NoRoads() implements Roads {
        @Override
        public Optional<RoadNetwork> current() {
            return Optional.empty();
        }

        @Override
        public RoadNetwork require() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ImportSummary importOsm(Path file, ImportProgress progress) {
            throw new UnsupportedOperationException();
        }
    }

    static DoctorSettings settings() {
        try {
            var sources = new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yml"));
            return new Binder(
                            ConfigurationPropertySources.from(sources),
                            null,
                            ApplicationConversionService.getSharedInstance())
                    .bind("anquan.doctor", DoctorSettings.class)
                    .get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The ground

    DoctorWorld units() {
        double midLon = (WEST + EAST) / 2;
        double midLat = (SOUTH + NORTH) / 2;
        load("district", draft("d", area(WEST, SOUTH, EAST, NORTH), "试县", Map.of("adminCode", "650199")));
        load(
                "township",
                draft("t1", area(WEST, SOUTH, midLon, midLat), "南一镇", Map.of("adminCode", "650199101")),
                draft("t2", area(midLon, SOUTH, EAST, midLat), "南二镇", Map.of("adminCode", "650199102")),
                draft("t3", area(WEST, midLat, midLon, NORTH), "北三乡", Map.of("adminCode", "650199203")),
                draft("t4", area(midLon, midLat, EAST, NORTH), "北四乡", Map.of("adminCode", "650199204")));
        return this;
    }

    static Geometry area(double west, double south, double east, double north) {
        return TestCatalogue.wkt(PART.formatted(west, south, east, north));
    }

    static String townshipAt(double lon, double lat) {
        boolean south = lat < (SOUTH + NORTH) / 2;
        boolean west = lon < (WEST + EAST) / 2;
        return south ? (west ? "650199101" : "650199102") : (west ? "650199203" : "650199204");
    }

    /** Roads at irregular distances, some 1 200 m, each with a bend in every piece. */
    DoctorWorld roads(long seed) {
        Random random = new Random(seed);
        List<FeatureDraft> roads = new ArrayList<>();
        for (double lat = SOUTH + 0.004; lat < NORTH; lat += 0.006 + random.nextDouble() * 0.01)
            roads.add(road("ew" + roads.size(), lat, true, random));
        for (double lon = WEST + 0.004; lon < EAST; lon += 0.009 + random.nextDouble() * 0.013)
            roads.add(road("ns" + roads.size(), lon, false, random));
        load("road", roads.toArray(FeatureDraft[]::new));
        return this;
    }

    private static FeatureDraft road(String id, double at, boolean eastWest, Random random) {
        StringBuilder wkt = new StringBuilder("LINESTRING(");
        double from = eastWest ? WEST : SOUTH;
        double to = eastWest ? EAST : NORTH;
        for (double along = from; along <= to; along += 0.005) {
            double across = at + (random.nextDouble() - 0.5) * 0.002;
            wkt.append(wkt.length() > 11 ? ", " : "")
                    .append(eastWest ? along : across)
                    .append(' ');
            wkt.append(eastWest ? across : along);
        }
        return draft(id, TestCatalogue.wkt(wkt + ")"), "试" + id + "路", Map.of());
    }

    // Features

    static FeatureDraft draft(String id, Geometry geometry, String name, Map<String, Object> more) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("name", name);
        attributes.put("observedAt", LATELY);
        attributes.putAll(more);
        return new FeatureDraft(id, geometry, attributes, null);
    }

    /** A sound shelter. */
    static FeatureDraft shelter(String id, double lon, double lat, String name) {
        return draft(
                id,
                TestCatalogue.point(lon, lat),
                name,
                Map.of(
                        "adminCode",
                        townshipAt(lon, lat),
                        "type",
                        "short",
                        "grossArea",
                        10_000.0,
                        "effectiveArea",
                        6_000.0,
                        "perCapita",
                        2.0));
    }

    void load(String layer, FeatureDraft... drafts) {
        try {
            store.edits().load(TestCatalogue.me("test"), layer, LoadMode.APPEND, sink -> {
                for (FeatureDraft draft : drafts) {
                    var mistakes = sink.add(draft);
                    if (!mistakes.isEmpty()) throw new IllegalArgumentException(mistakes.toString());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Asking

    static final Asker PLANNER = new Asker("tester", Set.of(Role.EDITOR));

    Examined examine(String layer) {
        return examine(layer, null);
    }

    Examined examine(String layer, @org.jspecify.annotations.Nullable String filter) {
        Examined[] examined = new Examined[1];
        PLANNER.run(() -> examined[0] =
                doctor.examine(new Order(layer, filter, DataDoctor.allChecks(), 100_000), Progress.none()));
        return examined[0];
    }

    List<Finding> findings(String layer) {
        return examine(layer).findings().listed().stream()
                .map(Findings.Found::finding)
                .toList();
    }

    Mending.Mended mend(Mending.Wanted wanted) {
        Mending.Mended[] mended = new Mending.Mended[1];
        PLANNER.run(() -> mended[0] = mending.mend(wanted, "tester", "", Progress.none()));
        return mended[0];
    }

    List<Feature> features(String layer) {
        return store.layers().find(FeatureQuery.all(layer)).features();
    }

    long version(String layer) {
        return store.layers().state(layer).version();
    }

    /** Content alone: what undo gives back. */
    static List<String> content(List<Feature> features) {
        return features.stream()
                .map(f -> f.id() + " " + f.geometry().toText() + " " + new java.util.TreeMap<>(f.attributes()))
                .toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
