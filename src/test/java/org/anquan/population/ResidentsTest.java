package org.anquan.population;

import static org.anquan.town.Town.lonLat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.anquan.catalog.Change;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.GeoJson;
import org.anquan.home.AnquanHome;
import org.anquan.population.Residents.Answer;
import org.anquan.population.Residents.Group;
import org.anquan.population.Residents.Hour;
import org.anquan.population.Residents.Source;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Texts;
import org.anquan.town.Town;
import org.geotools.api.parameter.GeneralParameterValue;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.gce.geotiff.GeoTiffWriter;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/** People at places from each of the sources, in metres. Cells are 400 m. */
class ResidentsTest {
    @TempDir
    Path folder;

    private TestCatalogue store;
    private Population population;
    private Residents residents;

    @BeforeEach
    void open() throws IOException {
        store = TestCatalogue.open(
                folder, layer("village"), layer("community"), layer("building"), layer("road"), layer("township"));
        population = new Population(
                store.layers(),
                new AnquanHome(folder),
                new PopulationSettings(List.of("village"), List.of("people"), List.of()));
        residents = new Residents(
                store.layers(),
                population,
                new ResidentsSettings(400, List.of("home"), List.of("village", "street"), 20_000));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static String layer(String id) throws IOException {
        return Files.readString(Path.of("layers/" + id + ".yaml"));
    }

    private void put(String layer, String id, Geometry at, Map<String, Object> attributes) {
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.putIfAbsent("name", id);
        store.edits().apply(TestCatalogue.me("test"), List.of(new Change.Create(layer, id, at, all)));
    }

    private static Coordinate at(double x, double y) {
        double[] at = lonLat(x, y);
        return new Coordinate(at[0], at[1]);
    }

    private static Geometry box(double west, double south, double east, double north) {
        return GeoJson.FACTORY.createPolygon(
                new Coordinate[] {at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)});
    }

    private static Geometry line(double... xy) {
        Coordinate[] all = new Coordinate[xy.length / 2];
        for (int i = 0; i < all.length; i++) all[i] = at(xy[2 * i], xy[2 * i + 1]);
        return GeoJson.FACTORY.createLineString(all);
    }

    private static double x(Group group) {
        return Town.metres(group.lon(), group.lat())[0];
    }

    private static double y(Group group) {
        return Town.metres(group.lon(), group.lat())[1];
    }

    private static long people(Answer answer, ToDoubleFunction<Group> of, double from, double to) {
        return answer.groups().stream()
                .filter(one -> of.applyAsDouble(one) >= from && of.applyAsDouble(one) < to)
                .mapToLong(one -> one.people() == null ? 0 : one.people())
                .sum();
    }

    private static String how(Answer answer) {
        return Texts.in(Texts.CHINESE, answer.how());
    }

    // ---- communities

    @Test
    void communitiesCountTheirPeopleByHourAtAPlaceInside() {
        put(
                "community",
                "c1",
                box(0, 0, 1000, 1000),
                Map.of("popNight", 900L, "popDay", 300L, "elderly", 400L, "needHelp", 20L, "township", "东坝街道"));
        put("community", "c2", box(5000, 0, 6000, 1000), Map.of("people", 50L));
        put("community", "c3", box(8000, 0, 9000, 1000), Map.of());
        Answer night = residents.of(Source.COMMUNITY, Hour.NIGHT);
        assertThat(night.groups()).extracting(Group::people).containsExactly(900L, 50L, null);
        assertThat(night.unknown()).isEqualTo(1);
        Group first = night.groups().get(0);
        assertThat(x(first)).isBetween(0.0, 1000.0);
        assertThat(y(first)).isBetween(0.0, 1000.0);
        assertThat(first.elderly()).isEqualTo(400L);
        assertThat(first.needHelp()).isEqualTo(20L);
        assertThat(first.township()).isEqualTo("东坝街道");
        assertThat(how(night)).isEqualTo("按社区与网格夜间人口，在其范围内一点上。");
        // The one of which only residents are known is told: 1 place.
        assertThat(night.warnings()).extracting(Object::toString).containsExactly("1 处没有夜间人口，用常住人口代替。");
        // By day 300 are there: of 400 elderly who live there no more than 300.
        Group byDay = residents.of(Source.COMMUNITY, Hour.DAY).groups().get(0);
        assertThat(byDay.people()).isEqualTo(300L);
        assertThat(byDay.elderly()).isEqualTo(300L);
    }

    // ---- buildings

    @Test
    void buildingsWithPeopleArePutTogetherByCellsAndTheUnknownOnesAreTold() {
        put("building", "b1", box(0, 0, 10, 10), Map.of("people", 3L));
        put("building", "b2", box(5000, 0, 5010, 10), Map.of("people", 40L));
        put("building", "b3", box(5000, 0, 5010, 10), Map.of("people", 2L));
        put("building", "b4", box(9000, 0, 9010, 10), Map.of());
        Answer answer = residents.of(Source.BUILDING, Hour.NIGHT);
        assertThat(answer.groups()).extracting(Group::people).containsExactly(3L, 42L);
        assertThat(x(answer.groups().get(1))).isCloseTo(5005, within(1.0));
        assertThat(answer.warnings()).extracting(Object::toString).containsExactly("1 栋房屋居住人数未知，没有计入。");
        assertThat(how(answer)).isEqualTo("按房屋居住人数（夜间），就近合并。");
        assertThat(residents.of(Source.BUILDING, Hour.DAY).warnings())
                .extracting(Object::toString)
                .anyMatch(one -> one.contains("没有白天人口"));
    }

    // ---- raster

    @Test
    void aRasterGivesItsPeopleWhereItsCellsAre() throws IOException {
        // Three columns and one row of 0.05°, about 4.7 km: 7, no data, 5.4 and below it 0.6 people.
        float[][] rows = {{7, -9999, 5.4f}, {0, Float.NaN, 0.6f}};
        Path file = folder.resolve("people.tif");
        GeoTiffWriter writer = new GeoTiffWriter(file.toFile());
        writer.write(
                new GridCoverageFactory()
                        .create(
                                "people",
                                rows,
                                new ReferencedEnvelope(105.8, 105.95, 32.4, 32.5, DefaultGeographicCRS.WGS84)),
                (GeneralParameterValue[]) null);
        writer.dispose();
        population.install(file);
        Answer answer = residents.of(Source.RASTER, Hour.NIGHT);
        // 13 people altogether; 5.4 and 0.6 are 5 and 1 by the largest remainder.
        assertThat(answer.groups()).extracting(Group::people).containsExactly(7L, 5L, 1L);
        assertThat(answer.groups().get(1).lon()).isCloseTo(105.925, within(1e-9));
        assertThat(answer.groups().get(1).lat()).isCloseTo(32.475, within(1e-9));
        assertThat(how(answer)).isEqualTo("按人口栅格（夜间），就近合并。");
        // Nobody is counted elsewhere: it is the one that is taken where none is asked for.
        assertThat(residents.of(null, Hour.NIGHT).source()).isEqualTo(Source.RASTER);
    }

    // ---- townships

    @Test
    void aTotalIsSpreadAlongTheRoadsThatPeopleLiveAlongByTheirLength() {
        put("township", "t", box(0, -500, 8000, 500), Map.of("name", "荣山镇", "people", 300L, "elderly", 60L));
        put("road", "west", line(0, 0, 1000, 0), Map.of("roadClass", "street"));
        put("road", "east", line(6000, 0, 8000, 0), Map.of("roadClass", "village"));
        put("road", "fast", line(0, 100, 8000, 100), Map.of("roadClass", "expressway"));
        Answer answer = residents.of(Source.TOWNSHIP, Hour.NIGHT);
        // 1 000 m and 2 000 m of 3 000 m: 100 and 200 people. Nobody lives along the expressway between them.
        assertThat(people(answer, ResidentsTest::x, 0, 1000)).isEqualTo(100);
        assertThat(people(answer, ResidentsTest::x, 1000, 6000)).isZero();
        assertThat(people(answer, ResidentsTest::x, 6000, 8000)).isEqualTo(200);
        assertThat(answer.groups()).allSatisfy(one -> assertThat(y(one)).isCloseTo(0, within(2.0)));
        assertThat(answer.groups()).extracting(Group::township).containsOnly("荣山镇");
        assertThat(answer.groups().stream().mapToLong(one -> one.elderly()).sum())
                .isEqualTo(60);
        assertThat(how(answer)).isEqualTo("按乡镇夜间总人口分摊：0 个按房屋面积，1 个按居住道路长度，0 个集中在一点。");
    }

    @Test
    void aLongStraightRoadIsManyPlacesAndEndsAtTheTownshipsEdge() {
        put("township", "t", box(0, -500, 4000, 500), Map.of("people", 4000L));
        put("road", "long", line(-4000, 0, 8000, 0), Map.of("roadClass", "village"));
        Answer answer = residents.of(Source.TOWNSHIP, Hour.NIGHT);
        assertThat(answer.people()).isEqualTo(4000);
        // One person a metre, cells of 400 m: none holds more than a cell and a piece of it (100 m).
        assertThat(answer.groups()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(one -> {
            assertThat(one.people()).isLessThanOrEqualTo(500L);
            assertThat(x(one)).isBetween(0.0, 4000.0);
        });
        assertThat(people(answer, ResidentsTest::x, 0, 2000)).isBetween(1500L, 2500L);
    }

    @Test
    void homesComeBeforeRoadsByTheirFloorAreaAndNobodyLivesInASchool() {
        put("township", "t", box(0, -500, 8000, 500), Map.of("people", 400L));
        put("road", "street", line(0, 0, 8000, 0), Map.of("roadClass", "street"));
        // 10 × 10 m of three floors: 300 m²; a stated floor area of 100 m²: three to one.
        put("building", "high", box(0, 0, 10, 10), Map.of("use", "home", "floors", 3L));
        put("building", "low", box(5000, 0, 5010, 10), Map.of("floorAreaM2", 100.0));
        put("building", "school", box(7000, 0, 7100, 100), Map.of("use", "public", "floors", 4L));
        Answer answer = residents.of(Source.TOWNSHIP, Hour.NIGHT);
        assertThat(answer.groups()).extracting(Group::people).containsExactlyInAnyOrder(300L, 100L);
        assertThat(how(answer)).contains("1 个按房屋面积，0 个按居住道路长度");
    }

    @Test
    void aTownshipWithoutHomesAndRoadsStandsInOnePointAndSaysThatWaysAreNotReliable() {
        put("township", "t", box(0, 0, 1000, 1000), Map.of("people", 70L));
        Answer answer = residents.of(Source.TOWNSHIP, Hour.NIGHT);
        assertThat(answer.groups()).extracting(Group::people).containsExactly(70L);
        assertThat(answer.warnings()).extracting(Object::toString).anyMatch(one -> one.contains("人口全放在一个点上，路程不可靠"));
    }

    // ---- which

    @Test
    void theBestSourceThatIsThereIsTaken() {
        assertThatThrownBy(() -> residents.of(null, Hour.NIGHT))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(Texts.in(Texts.CHINESE, e.help())).contains("请导入村（社区）人口表"));
        put("township", "t", box(0, 0, 1000, 1000), Map.of("people", 70L));
        assertThat(residents.of(null, Hour.NIGHT).source()).isEqualTo(Source.TOWNSHIP);
        put("building", "b", box(0, 0, 10, 10), Map.of("people", 3L));
        assertThat(residents.of(null, Hour.NIGHT).source()).isEqualTo(Source.BUILDING);
        put("community", "c", box(0, 0, 100, 100), Map.of("people", 3L));
        assertThat(residents.of(null, Hour.NIGHT).source()).isEqualTo(Source.COMMUNITY);
        // A village of which nothing is known is no better.
        put("village", "v", GeoJson.FACTORY.createPoint(at(0, 0)), Map.of());
        assertThat(residents.of(null, Hour.NIGHT).source()).isEqualTo(Source.COMMUNITY);
        put("village", "w", GeoJson.FACTORY.createPoint(at(0, 0)), Map.of("people", 9L));
        assertThat(residents.of(null, Hour.NIGHT).source()).isEqualTo(Source.VILLAGE);
    }

    // ---- laws

    @Property(tries = 200)
    void whoIsSpreadIsNeitherLostNorThereTwice(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 20_000) Integer> places,
            @ForAll @DoubleRange(min = 0.01, max = 900) double weight,
            @ForAll @LongRange(max = 1_000_000) long total) {
        Homes homes = new Homes(400);
        double[] weights = new double[places.size()];
        for (int i = 0; i < places.size(); i++) {
            double[] at = lonLat(places.get(i), 0);
            weights[i] = weight * (1 + i % 7);
            homes.add(at[0], at[1], weights[i]);
        }
        List<Homes.Share> shares = homes.shared(total);
        assertThat(shares.stream().mapToLong(Homes.Share::people).sum()).isEqualTo(total);
        assertThat(shares).allSatisfy(one -> assertThat(one.people()).isNotNegative());
    }
}
