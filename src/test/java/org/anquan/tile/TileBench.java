package org.anquan.tile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.Feature;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Title;
import org.anquan.geo.GeoJson;
import org.locationtech.jts.geom.Coordinate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.unit.DataSize;

/** A tile made anew: 18 000 houses of ten corners, all seen from level 12 and about a thousand of them at level 14. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TileBench {
    private static final TileSettings SETTINGS = new TileSettings(22, 20_000, 128, 16, 2, DataSize.ofMegabytes(1));
    private static final LayerDefinition LAYER = new LayerDefinition(
            "houses",
            new Title("房屋", "Houses"),
            "event",
            1,
            GeometryKind.POLYGON,
            Sensitivity.PUBLIC,
            CommonAttributes.ALL);

    private TileSource source;

    @Setup
    public void build() {
        Random random = new Random(7);
        List<Feature> houses = new ArrayList<>();
        for (int i = 0; i < 18_000; i++) {
            double lon = 105.83 + random.nextDouble() * 0.08;
            double lat = 32.40 + random.nextDouble() * 0.07;
            Coordinate[] ring = new Coordinate[11];
            for (int corner = 0; corner < 10; corner++) {
                double angle = 2 * Math.PI * corner / 10;
                double radius = 1e-4 * (0.7 + 0.3 * random.nextDouble());
                ring[corner] = new Coordinate(lon + radius * Math.cos(angle), lat + radius * Math.sin(angle));
            }
            ring[10] = ring[0].copy();
            houses.add(new Feature("houses", "h" + i, GeoJson.FACTORY.createPolygon(ring), Map.of("name", "房" + i), 1));
        }
        source = new TileSource(
                new LayerSnapshot(LAYER, new LayerState("houses", 1, houses.size(), null, null, null, false), houses));
    }

    @Benchmark
    public Object wholeTown() {
        return new TileEncoder(source, LAYER, SETTINGS).encode(12, 3252, 1657);
    }

    @Benchmark
    public Object quarter() {
        return new TileEncoder(source, LAYER, SETTINGS).encode(14, 13010, 6630);
    }
}
