package org.anquan.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.Feature;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Title;
import org.anquan.geo.GeoJson;
import org.anquan.tile.TileReader.ReadFeature;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.springframework.util.unit.DataSize;

class TileEncoderTest {
    private static final TileSettings SETTINGS = new TileSettings(22, 100, 128, 16, 2, DataSize.ofMegabytes(1));
    private static final LayerDefinition LAYER = new LayerDefinition(
            "probe",
            new Title("探", "probe"),
            "event",
            1,
            GeometryKind.POLYGON,
            Sensitivity.PUBLIC,
            CommonAttributes.ALL);

    private static Geometry wkt(String text) {
        try {
            return new WKTReader(GeoJson.FACTORY).read(text);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Feature feature(String id, Geometry geometry) {
        return new Feature("probe", id, geometry, Map.of("name", "名" + id), 1);
    }

    private static TileEncoder.Made made(int z, int x, int y, Feature... features) {
        LayerSnapshot snapshot = new LayerSnapshot(
                LAYER, new LayerState("probe", 1, features.length, null, null, null, false), List.of(features));
        return new TileEncoder(new TileSource(snapshot), LAYER, SETTINGS).encode(z, x, y);
    }

    private static List<ReadFeature> read(int z, int x, int y, Feature... features) {
        byte[] bytes = made(z, x, y, features).bytes();
        return bytes.length == 0 ? List.of() : TileReader.read(bytes).get(0).features();
    }

    @Test
    void theMiddleOfTheWorldIsTheMiddleOfTheOneTile() {
        ReadFeature point = read(0, 0, 0, feature("1", wkt("POINT(0 0)"))).get(0);
        assertThat(point.type()).isEqualTo(1);
        assertThat(point.parts().get(0)[0]).containsExactly(2048, 2048);
        // 90° east and, at the edge of the square, 85.0511…° north.
        assertThat(read(0, 0, 0, feature("1", wkt("POINT(90 85.05112877980659)")))
                        .get(0)
                        .parts()
                        .get(0)[0])
                .containsExactly(3072, 0);
    }

    @Test
    void theTileOfLizhouHoldsItsHospitalAndTheNextOneDoesNot() {
        // 105.829° E, 32.439° N at level 12: x = (105.829+180)/360·4096 = 3252.099, y by Mercator 1657.6.
        Feature hospital = feature("h", wkt("POINT(105.829 32.439)"));
        double y = TileSource.worldY(32.439) * 4096;
        assertThat(read(12, 3252, (int) y, hospital)).hasSize(1);
        assertThat(read(12, 3252, (int) y, hospital).get(0).parts().get(0)[0][0])
                .as("0.099 of a tile's 4096, to half a unit")
                .isCloseTo(
                        (int) Math.round(((105.829 + 180) / 360 * 4096 - 3252) * 4096),
                        org.assertj.core.data.Offset.offset(1));
        assertThat(read(12, 3254, (int) y, hospital)).isEmpty();
    }

    @Test
    void ringsRunAsTheSpecificationWantsWhicheverWayTheyCame() {
        String clockwise = "(0 0, 0 40, 40 40, 40 0, 0 0)";
        String counter = "(0 0, 40 0, 40 40, 0 40, 0 0)";
        String hole = "(10 10, 20 10, 20 20, 10 20, 10 10)";
        String holeBack = "(10 10, 10 20, 20 20, 20 10, 10 10)";
        for (String outer : List.of(clockwise, counter))
            for (String inner : List.of(hole, holeBack)) {
                ReadFeature polygon = read(0, 0, 0, feature("1", wkt("POLYGON(" + outer + "," + inner + ")")))
                        .get(0);
                assertThat(polygon.type()).isEqualTo(3);
                assertThat(polygon.closed()).containsExactly(true, true);
                assertThat(polygon.doubleArea(0)).isPositive();
                assertThat(polygon.doubleArea(1)).isNegative();
            }
    }

    @Test
    void whatLiesOutsideIsCutAwayAndTheBufferStays() {
        // Over the whole world, seen from one tile of level 2: a square a buffer wider than the tile.
        ReadFeature all = read(2, 1, 1, feature("1", wkt("POLYGON((-179 -80, 179 -80, 179 80, -179 80, -179 -80))")))
                .get(0);
        assertThat(all.parts().get(0)).hasDimensions(4, 2);
        assertThat(all.doubleArea(0)).isEqualTo(2L * (4096 + 256) * (4096 + 256));
        // A line that leaves and comes back is two parts.
        ReadFeature line = read(2, 2, 1, feature("1", wkt("LINESTRING(10 10, 10 75, 20 75, 20 10)")))
                .get(0);
        assertThat(line.type()).isEqualTo(2);
        assertThat(line.parts()).hasSize(2);
        // A line through the tile without a vertex in it.
        assertThat(read(2, 2, 1, feature("1", wkt("LINESTRING(-40 30, 140 31)"))))
                .hasSize(1);
        assertThat(read(2, 2, 1, feature("1", wkt("LINESTRING(-40 -30, 140 -31)"))))
                .isEmpty();
    }

    @Test
    void whatIsTooSmallToSeeIsLeftOut() {
        Feature house = feature("1", wkt("POLYGON((10 10, 10.0001 10, 10.0001 10.0001, 10 10.0001, 10 10))"));
        assertThat(read(0, 0, 0, house)).isEmpty();
        // At level 15 the tile is 0.011° wide, the house 37 units of it.
        int x = (int) (TileSource.worldX(10) * 32768);
        int y = (int) (TileSource.worldY(10.00005) * 32768);
        assertThat(read(15, x, y, house)).hasSize(1);
    }

    @Test
    void tooManyFeaturesAreThinnedAlikeEveryTimeAndAcrossThePlace() {
        List<Feature> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++)
            many.add(feature("s" + i, GeoJson.FACTORY.createPoint(new Coordinate(i % 40, i / 40))));
        TileEncoder.Made made = made(0, 0, 0, many.toArray(Feature[]::new));
        assertThat(made.found()).isEqualTo(1000);
        assertThat(made.kept()).isEqualTo(100);
        List<ReadFeature> kept = TileReader.read(made.bytes()).get(0).features();
        assertThat(kept).hasSize(100);
        assertThat(made(0, 0, 0, many.toArray(Feature[]::new)).bytes()).isEqualTo(made.bytes());
        // Each quarter had 250 of the 1000; an even share is 25 of the 100, give or take four standard deviations (17).
        int[] quarters = new int[4];
        for (ReadFeature one : kept) {
            int number = Integer.parseInt(one.attributes().get("id").toString().substring(1));
            quarters[(number % 40 < 20 ? 0 : 1) + (number / 40 < 12.5 ? 0 : 2)]++;
        }
        for (int share : quarters) assertThat(share).isBetween(8, 42);
    }

    @Test
    void attributesKeepTheirTypesAndIdsAreNumbers() {
        Feature feature = new Feature(
                "probe",
                "42",
                wkt("POINT(1 1)"),
                Map.of("name", "水", "illustrative", Boolean.TRUE, "observedAt", java.time.Instant.EPOCH),
                1);
        ReadFeature read = read(0, 0, 0, feature).get(0);
        assertThat(read.id()).isEqualTo(42);
        assertThat(read.attributes())
                .containsEntry("id", "42")
                .containsEntry("name", "水")
                .containsEntry("illustrative", true)
                .containsEntry("observedAt", "1970-01-01T00:00:00Z");
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) ids.add(TileEncoder.numericId("s" + i));
        assertThat(ids).hasSize(10_000).allMatch(id -> id >= 0 && id <= 9_007_199_254_740_991L);
    }

    @Property(tries = 300)
    void everyTileIsWellFormedAndStaysWithinItsBuffer(
            @ForAll @IntRange(min = 0, max = 14) int z,
            @ForAll @DoubleRange(min = -170, max = 170) double lon,
            @ForAll @DoubleRange(min = -80, max = 80) double lat,
            @ForAll @Scale(4) @DoubleRange(min = 0.0001, max = 20) double size,
            @ForAll @IntRange(min = 3, max = 40) int corners) {
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double radius = size * (i % 2 == 0 ? 1 : 0.4);
            ring[i] = new Coordinate(
                    Math.max(-180, Math.min(180, lon + radius * Math.cos(angle))),
                    Math.max(-85, Math.min(85, lat + radius * Math.sin(angle))));
        }
        ring[corners] = ring[0].copy();
        Feature area = feature("a", GeoJson.FACTORY.createPolygon(ring));
        Feature line = feature("l", GeoJson.FACTORY.createLineString(ring));
        int x = Math.min((1 << z) - 1, (int) (TileSource.worldX(lon) * (1 << z)));
        int y = Math.min((1 << z) - 1, (int) (TileSource.worldY(lat) * (1 << z)));
        for (ReadFeature read : read(z, x, y, area, line)) {
            assertThat(read.parts()).isNotEmpty();
            for (int part = 0; part < read.parts().size(); part++) {
                for (int[] at : read.parts().get(part))
                    for (int value : at) assertThat(value).isBetween(-129, 4225);
                if (read.type() == 3) assertThat(read.doubleArea(part)).isPositive();
                else assertThat(read.parts().get(part).length).isGreaterThanOrEqualTo(2);
            }
        }
    }
}
