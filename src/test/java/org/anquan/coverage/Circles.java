package org.anquan.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.geo.GeoJson;
import org.anquan.network.Cuts;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.TravelProfile;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.anquan.town.Town;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** Asks circles of small worlds, with the settings that are shipped. */
final class Circles {
    private static final CoverageSettings SETTINGS = read();

    private RescueCircle circle = new RescueCircle(SETTINGS);
    private final RoadNetwork network;
    private final List<Station> stations = new ArrayList<>();
    private final List<Village> villages = new ArrayList<>();
    private List<Integer> minutes = List.of(60);
    private Direction direction = Direction.FROM;
    private double maxMetres = 2000;
    private double kmh = 4.5;
    private @Nullable Double cellMetres = 50.0;
    private boolean rings;
    private final List<Relief.Crossing> crossings = new ArrayList<>();

    private Circles(RoadNetwork network) {
        this.network = network;
    }

    static CoverageSettings settings() {
        return SETTINGS;
    }

    static Circles in(RoadNetwork network) {
        return new Circles(network);
    }

    private static CoverageSettings read() {
        try {
            List<PropertySource<?>> yaml =
                    new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yml"));
            return new Binder(ConfigurationPropertySources.from(yaml))
                    .bind("anquan.coverage", CoverageSettings.class)
                    .get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A station in metres from the town's origin. */
    Circles station(String id, double x, double y, int turnoutSeconds) {
        double[] at = Town.lonLat(x, y);
        stations.add(new Station(id, id, at[0], at[1], turnoutSeconds, "inputs.facilities[" + stations.size() + "]"));
        return this;
    }

    Circles layerStation(String id, double x, double y) {
        double[] at = Town.lonLat(x, y);
        stations.add(new Station(id, id, at[0], at[1], 0, null));
        return this;
    }

    Circles village(String id, double x, double y, @Nullable Long people) {
        double[] at = Town.lonLat(x, y);
        villages.add(new Village(id, id, at[0], at[1], people));
        return this;
    }

    Circles minutes(Integer... bands) {
        minutes = List.of(bands);
        return this;
    }

    Circles to() {
        direction = Direction.TO;
        return this;
    }

    Circles walk(double metres, double speedKmh) {
        maxMetres = metres;
        kmh = speedKmh;
        return this;
    }

    Circles cell(double metres) {
        cellMetres = metres;
        return this;
    }

    /** Heights and water of the land, by metres from the town's origin. */
    Circles on(DoubleBinaryOperator height, Geometry... waterLonLat) {
        circle = new RescueCircle(SETTINGS, new Lands() {
            @Override
            String version() {
                return "of a test";
            }

            @Override
            Relief relief(RoadAccess access) {
                SurfaceGrid grid = access.grid;
                float[] heights = new float[grid.size()];
                float[] cover = new float[grid.size()];
                for (int cell = 0; cell < heights.length; cell++) {
                    double[] lonLat = grid.crs().toLonLat(grid.x(cell % grid.cols), grid.y(cell / grid.cols));
                    double[] at = Town.metres(lonLat[0], lonLat[1]);
                    heights[cell] = (float) height.applyAsDouble(at[0], at[1]);
                    cover[cell] = Float.NaN;
                }
                return Relief.of(access, heights, cover, Map.of(), List.of(waterLonLat), crossings, SETTINGS.land());
            }
        });
        return this;
    }

    /** A bridge of the roster, in metres from the town's origin; before {@link #on}. */
    Circles rosterBridge(double x, double y, double lengthMetres) {
        double[] at = Town.lonLat(x, y);
        crossings.add(new Relief.Crossing(GeoJson.FACTORY.createPoint(new Coordinate(at[0], at[1])), lengthMetres));
        return this;
    }

    /** A scenario closes these sections. */
    CircleAnswer askWithout(int... edges) {
        CircleRequest open = request();
        int[] closed = open.keyMillis().clone();
        for (int e : edges) {
            closed[2 * e] = RoadGraph.CLOSED;
            closed[2 * e + 1] = RoadGraph.CLOSED;
        }
        CircleRequest without = new CircleRequest(
                open.stations(),
                open.minutes(),
                open.direction(),
                open.profile(),
                open.offRoad(),
                closed,
                Cuts.NONE,
                List.of(),
                rings,
                false,
                edge -> Arrays.stream(edges).anyMatch(e -> e == edge));
        return circle.answer(network, without, villages(), null);
    }

    Circles rings() {
        rings = true;
        return this;
    }

    CircleRequest request() {
        return new CircleRequest(
                stations,
                minutes,
                direction,
                TravelProfile.FIRE_ENGINE,
                new OffRoad(maxMetres, kmh, cellMetres),
                network.graph().keyMillis(TravelProfile.FIRE_ENGINE),
                List.of(),
                rings);
    }

    Villages villages() {
        return new Villages("village", 1, null, false, villages);
    }

    Ground ground() {
        CircleRequest request = request();
        return circle.grounds().of(network, request.profile(), request.offRoad());
    }

    CircleAnswer ask() {
        return circle.answer(network, request(), villages(), null);
    }
}
