package org.anquan.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChinaShiftsTest {
    private static final double MILLIMETRE = 0.001;

    @Property(tries = 2000)
    void thereAndBackIsLessThanAMillimetre(
            @ForAll @DoubleRange(min = 72.1, max = 137.7) double lon,
            @ForAll @DoubleRange(min = 0.9, max = 55.7) double lat) {
        double[] gcj = {lon, lat};
        Gcj02.fromWgs84(gcj);
        Gcj02.toWgs84(gcj);
        assertThat(Distances.metres(lon, lat, gcj[0], gcj[1])).isLessThan(MILLIMETRE);
        assertThat(gcj[0]).isEqualTo(lon, within(1e-9));
        double[] bd = {lon, lat};
        Bd09.fromWgs84(bd);
        Bd09.toWgs84(bd);
        assertThat(Distances.metres(lon, lat, bd[0], bd[1])).isLessThan(MILLIMETRE);
    }

    @Property(tries = 500)
    void theShiftIsFiftyToNineHundredMetresOnLand(
            @ForAll @DoubleRange(min = 80, max = 125) double lon, @ForAll @DoubleRange(min = 22, max = 48) double lat) {
        double[] gcj = {lon, lat};
        Gcj02.fromWgs84(gcj);
        assertThat(Distances.metres(lon, lat, gcj[0], gcj[1])).isBetween(20.0, 900.0);
    }

    @Test
    void outsideChinaNothingMoves() {
        for (double[] place : new double[][] {{9.5, 47.1}, {141.5, 43}, {-103, 44}, {0, 0}}) {
            for (SourceCrs crs : new SourceCrs[] {SourceCrs.GCJ02, SourceCrs.BD09}) {
                assertThat(crs.fromLonLat(place[0], place[1])).isEqualTo(place);
                assertThat(crs.toLonLat(place[0], place[1])).isEqualTo(place);
            }
        }
    }

    @Test
    @Tag("real-data")
    void theCountiesLandOnTheDerivedOnesWithinHalfAMetre() throws Exception {
        Path folder = Path.of("../shared/data/admin");
        if (!Files.exists(folder)) System.out.println("skipped: " + folder + " is not there");
        Assumptions.assumeTrue(Files.exists(folder));
        JsonMapper mapper = JsonMapper.builder().build();
        JsonNode shifted =
                mapper.readTree(folder.resolve("five_counties_gcj02.geojson").toFile());
        JsonNode derived = mapper.readTree(
                folder.resolve("five_counties_wgs84_derived.geojson").toFile());
        double worst = 0;
        int count = 0;
        for (int f = 0; f < 5; f++) {
            var a = GeoJson.read(shifted.path("features").get(f).path("geometry"))
                    .getCoordinates();
            var b = GeoJson.read(derived.path("features").get(f).path("geometry"))
                    .getCoordinates();
            assertThat(a).hasSameSizeAs(b);
            for (int i = 0; i < a.length; i++, count++) {
                double[] at = SourceCrs.GCJ02.toLonLat(a[i].x, a[i].y);
                worst = Math.max(worst, Distances.metres(at[0], at[1], b[i].x, b[i].y));
            }
        }
        assertThat(count).isGreaterThan(1000);
        assertThat(worst).isLessThan(0.5);
    }
}
