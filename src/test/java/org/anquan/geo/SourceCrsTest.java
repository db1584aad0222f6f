package org.anquan.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.anquan.problem.ProblemException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

class SourceCrsTest {
    /** Values of PROJ 9, x east and y north. */
    @ParameterizedTest
    @CsvSource({
        "EPSG:4490, 105.845, 32.434, 105.845, 32.434",
        "EPSG:4979, 105.845, 32.434, 105.845, 32.434",
        "EPSG:4480, 105.845, 32.434, 105.845, 32.434",
        "CRS84, 105.845, 32.434, 105.845, 32.434",
        "EPSG:4544, 105, 0, 500000, 0",
        "EPSG:4523, 105, 0, 35500000, 0",
        "EPSG:4509, 117, 0, 500000, 0",
        "EPSG:32648, 105, 0, 500000, 0",
        "EPSG:32748, 105, 0, 500000, 10000000",
        "EPSG:3857, 180, 0, 20037508.342789, 0",
    })
    void placesWithKnownNumbersComeOut(String crs, double lon, double lat, double x, double y) {
        SourceCrs source = SourceCrs.resolve(crs);
        assertThat(source.fromLonLat(lon, lat)[0]).isEqualTo(x, within(1e-6));
        assertThat(source.fromLonLat(lon, lat)[1]).isEqualTo(y, within(1e-6));
        assertThat(source.toLonLat(x, y)[0]).isEqualTo(lon, within(1e-9));
        assertThat(source.toLonLat(x, y)[1]).isEqualTo(lat, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                4491, 4496, 4507, 4508, 4509, 4513, 4521, 4522, 4523, 4524, 4533, 4534, 4542, 4543, 4544, 4545, 4546,
                4548, 4554, 32648, 32650, 3857
            })
    void everyZoneAgreesWithProjToAMillimetre(int epsg) throws Exception {
        KnownCrs.Grid grid = KnownCrs.ofEpsg(epsg).orElseThrow().grid();
        double meridian = grid == null ? 105 : grid.centralMeridian();
        Random random = new Random(epsg);
        double[][] points = new double[100][];
        for (int i = 0; i < points.length; i++)
            points[i] = new double[] {meridian - 4 + 8 * random.nextDouble(), 4 + 49 * random.nextDouble()};
        double[][] judged =
                Proj.transform(epsg > 5000 || epsg == 3857 ? "EPSG:4326" : "EPSG:4490", "EPSG:" + epsg, points);
        SourceCrs crs = SourceCrs.resolve("EPSG:" + epsg);
        for (int i = 0; i < points.length; i++) {
            double[] ours = crs.fromLonLat(points[i][0], points[i][1]);
            assertThat(Math.hypot(ours[0] - judged[i][0], ours[1] - judged[i][1]))
                    .as("%s %s", points[i][0], points[i][1])
                    .isLessThan(0.001);
            double[] back = crs.toLonLat(judged[i][0], judged[i][1]);
            assertThat(Distances.metres(back[0], back[1], points[i][0], points[i][1]))
                    .isLessThan(0.001);
        }
    }

    @Test
    void textOfEveryZoneIsUnderstoodAsThatZoneAgain() {
        for (int epsg = 4491; epsg <= 4554; epsg++) {
            SourceCrs crs = SourceCrs.resolve("EPSG:" + epsg);
            for (String wkt : new String[] {crs.wkt(), crs.esriWkt()}) {
                SourceCrs again = SourceCrs.resolve(wkt);
                double[] here = crs.fromLonLat(105.5, 30);
                assertThat(again.fromLonLat(105.5, 30)).isEqualTo(here);
                assertThat(again.epsg()).isPresent();
            }
        }
    }

    @Test
    void gdalUnderstandsOurWktAsTheSameSystem() throws Exception {
        double[][] point = {{105.845, 32.434}};
        for (String crs :
                new String[] {"EPSG:4544", "EPSG:4523", "EPSG:4507", "EPSG:4490", "EPSG:32648", "EPSG:3857"}) {
            SourceCrs ours = SourceCrs.resolve(crs);
            double[] here = ours.fromLonLat(point[0][0], point[0][1]);
            for (String wkt : new String[] {ours.wkt(), ours.esriWkt()}) {
                double[] judged = Proj.transform("EPSG:4490", wkt, point)[0];
                assertThat(Math.hypot(here[0] - judged[0], here[1] - judged[1]))
                        .as(wkt)
                        .isLessThan(0.001);
            }
        }
    }

    @Test
    void axesWrittenIntoTheTextAreNotObeyed() {
        SourceCrs crs =
                SourceCrs.resolve("GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
                        + "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AXIS[\"Latitude\",NORTH],"
                        + "AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]");
        assertThat(crs.id()).isEqualTo("EPSG:4326");
        assertThat(crs.toLonLat(105, 32)).containsExactly(105, 32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EPSG:4610", "EPSG:2363", "EPSG:4214", "EPSG:2415", "EPSG:21418", "EPSG:2343"})
    void oldDatumsAreRefusedWithoutTheirParameters(String crs) {
        assertThatThrownBy(() -> SourceCrs.resolve(crs))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("geo.crs.datum"));
    }

    @Test
    void oldDatumsInATextAreRefusedTooUnlessItCarriesParameters() {
        String xian = "PROJCS[\"Xian_1980_3_Degree_GK_CM_105E\",GEOGCS[\"GCS_Xian_1980\",DATUM[\"D_Xian_1980\","
                + "SPHEROID[\"Xian_1980\",6378140.0,298.257]%s],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],"
                + "PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],"
                + "PARAMETER[\"Central_Meridian\",105.0],PARAMETER[\"Scale_Factor\",1.0],"
                + "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";
        assertThatThrownBy(() -> SourceCrs.resolve(xian.formatted(""))).isInstanceOf(ProblemException.class);
        SourceCrs carried = SourceCrs.resolve(xian.formatted(",TOWGS84[10,20,30,1,2,3,4]"));
        SourceCrs given = SourceCrs.resolve("EPSG:2380", new DatumShift(10, 20, 30, 1, 2, 3, 4));
        double[] a = carried.toLonLat(579000, 3590000);
        double[] b = given.toLonLat(579000, 3590000);
        assertThat(Distances.metres(a[0], a[1], b[0], b[1])).isLessThan(1e-6);
    }

    @Test
    void datumParametersAreUsedAsProjUsesThem() throws Exception {
        String proj = "+proj=tmerc +lat_0=0 +lon_0=105 +k=1 +x_0=500000 +y_0=0 +a=6378140 +rf=298.257 "
                + "+towgs84=10,-20,30,1.5,-2.5,3.5,4.5 +units=m";
        double[][] point = {{579000, 3590000}, {420000, 3300000}};
        double[][] judged = Proj.transform(proj, "EPSG:4326", point);
        SourceCrs crs = SourceCrs.resolve("EPSG:2380", new DatumShift(10, -20, 30, 1.5, -2.5, 3.5, 4.5));
        for (int i = 0; i < point.length; i++) {
            double[] ours = crs.toLonLat(point[i][0], point[i][1]);
            assertThat(Distances.metres(ours[0], ours[1], judged[i][0], judged[i][1]))
                    .isLessThan(0.001);
            double[] back = crs.fromLonLat(ours[0], ours[1]);
            assertThat(Math.hypot(back[0] - point[i][0], back[1] - point[i][1])).isLessThan(0.001);
        }
    }

    @Test
    void otherProjectionsGoThroughTheRegistryAndAgreeWithProj() throws Exception {
        double[][] point = {{105.845, 32.434}, {110, 38}};
        String albers = "PROJCS[\"Albers_China\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\","
                + "DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],"
                + "UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Albers\"],PARAMETER[\"False_Easting\",0.0],"
                + "PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",105.0],"
                + "PARAMETER[\"Standard_Parallel_1\",25.0],PARAMETER[\"Standard_Parallel_2\",47.0],"
                + "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";
        for (String crs : new String[] {albers, "EPSG:3035", "EPSG:3826"}) {
            if (crs.equals("EPSG:3035")) point = new double[][] {{9.5, 47.1}};
            if (crs.equals("EPSG:3826")) point = new double[][] {{121.1, 23.9}};
            double[][] judged = Proj.transform("EPSG:4326", crs, point);
            for (int i = 0; i < point.length; i++) {
                double[] ours = SourceCrs.resolve(crs).fromLonLat(point[i][0], point[i][1]);
                assertThat(Math.hypot(ours[0] - judged[i][0], ours[1] - judged[i][1]))
                        .as(crs)
                        .isLessThan(0.01);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "EPSG:",
                "EPSG:99999",
                "北京",
                "PROJCS[",
                "PROJCS[\"x\"]",
                "GEOGCS[\"a\",DATUM[\"b\"]]",
                "GEOGCS[\"a\",DATUM[\"D_WGS_1984\",SPHEROID[\"x\",1,2]]]",
                "LOCAL_CS[\"x\"]",
                "EPSG:999999999999"
            })
    void nonsenseIsRefusedWithWords(String crs) {
        assertThatThrownBy(() -> SourceCrs.resolve(crs))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.getMessage()).doesNotContain("geo."));
    }

    @Test
    void aGeometryOutsideTheProjectionIsRefusedWithItsNumbers() {
        Geometry far = GeoJson.FACTORY.createPoint(new Coordinate(9e9, 9e9));
        assertThatThrownBy(() -> SourceCrs.resolve("EPSG:4544").toLonLat(far))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("geo.crs.outside"));
        Geometry nowhere = GeoJson.FACTORY.createPoint(new Coordinate(200, 95));
        assertThatThrownBy(() -> SourceCrs.WGS84.toLonLat(nowhere)).isInstanceOf(ProblemException.class);
    }

    @Test
    @Tag("real-data")
    void utmOnNad27LandsInSouthDakotaAsWithProj() throws Exception {
        Path prj = Path.of("../shared/data/raster/accessmod-demo/road.prj");
        Assumptions.assumeTrue(Files.exists(prj), "skipped: no real data");
        String wkt = Files.readString(prj);
        double[] ours = SourceCrs.resolve(wkt).toLonLat(600000, 4920000);
        // PROJ uses the NADCON grid; the mean parameters are good to about 10 m.
        double[] judged = Proj.transform(wkt, "EPSG:4326", new double[][] {{600000, 4920000}})[0];
        assertThat(Distances.metres(ours[0], ours[1], judged[0], judged[1])).isLessThan(60);
        assertThat(SourceCrs.resolve(wkt).notes()).isNotEmpty();
    }
}
