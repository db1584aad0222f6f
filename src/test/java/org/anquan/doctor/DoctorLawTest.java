package org.anquan.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.catalog.Change;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.Bd09;
import org.anquan.geo.Gcj02;
import org.locationtech.jts.geom.Point;

/** A sound layer is told sound; each mistake is told once and as what it is; what is mended is gone, and can be undone. */
class DoctorLawTest {
    private static final List<String> FIRST = List.of("凤凰", "白云", "清江", "龙泉", "金洞", "天台", "松林", "石羊", "牡丹", "长虹");
    private static final List<String> SECOND = List.of("广场", "中学", "小学", "公园", "体育馆", "粮库", "礼堂", "医院", "操场", "文化馆");

    /** A mistake that is put into one feature of a sound layer. */
    enum Fault {
        OUTSIDE(Check.OUTSIDE_DISTRICT),
        NEAR(Check.NEAR_BOUNDARY),
        ZERO(Check.ZERO_PLACE),
        SWAP(Check.SWAPPED),
        COPY(Check.EXACT_DUPLICATE),
        TWIN(Check.DUPLICATE),
        STACK(Check.STACKED),
        CODE(Check.ADMIN_CODE),
        PLACE(Check.ADMIN_PLACE),
        CAPACITY(Check.CAPACITY),
        FUTURE(Check.VALUE),
        OLD(Check.STALE),
        NAME(Check.NAME),
        BLANKS(Check.TEXT),
        GCJ(Check.SHIFTED),
        BD(Check.SHIFTED);

        private final Check check;

        Fault(Check check) {
            this.check = check;
        }
    }

    @Property(tries = 48)
    void eachFaultIsFoundAsWhatItIsAndMendingTakesItAwayAndUndoBringsItBack(@ForAll long seed, @ForAll Fault fault)
            throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/doctor")), "law");
        try (DoctorWorld world = new DoctorWorld(folder).units().roads(seed)) {
            Random random = new Random(seed);
            List<FeatureDraft> sound = shelters(random, world);
            world.load("shelter", sound.toArray(FeatureDraft[]::new));
            assertThat(world.findings("shelter")).as("a sound layer").isEmpty();
            assertThat(world.findings("township")).isEmpty();

            plant(fault, world, sound, random);
            List<Finding> found = world.findings("shelter");
            assertThat(found).extracting(Finding::check).as("%s", found).containsExactly(fault.check);

            List<String> faulty = DoctorWorld.content(world.features("shelter"));
            Finding finding = found.get(0);
            Mending.Mended mended = random.nextBoolean()
                    ? world.mend(
                            new Mending.Wanted("shelter", Set.of(finding.id()), Set.of(), world.version("shelter")))
                    : world.mend(
                            new Mending.Wanted("shelter", Set.of(), Set.of(fault.check), world.version("shelter")));
            if (!finding.mendable()) {
                assertThat(mended.changeSet()).isNull();
                assertThat(DoctorWorld.content(world.features("shelter"))).isEqualTo(faulty);
                return;
            }
            assertThat(mended.left()).isEmpty();
            assertThat(mended.mended()).isEqualTo(1);
            assertThat(world.findings("shelter")).isEmpty();
            world.store.edits().undo(TestCatalogue.me("back"), "shelter", mended.changeSet());
            assertThat(DoctorWorld.content(world.features("shelter"))).isEqualTo(faulty);
            assertThat(world.findings("shelter")).extracting(Finding::check).containsExactly(fault.check);
        }
    }

    @Property(tries = 12)
    void ofTwoFilesOnlyTheShiftedOneIsToldAndWhatWasDrawnBesideThemStays(@ForAll long seed) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/doctor")), "law");
        try (DoctorWorld world = new DoctorWorld(folder).units().roads(seed)) {
            Random random = new Random(seed);
            List<FeatureDraft> all = shelters(random, world);
            int half = all.size() / 2;
            world.load("shelter", all.subList(0, 3).toArray(FeatureDraft[]::new));
            world.load("shelter", all.subList(3, half).toArray(FeatureDraft[]::new));
            List<FeatureDraft> off = all.subList(half, all.size()).stream()
                    .map(draft -> {
                        double[] pair = {
                            draft.geometry().getCoordinate().x, draft.geometry().getCoordinate().y
                        };
                        Bd09.fromWgs84(pair);
                        return new FeatureDraft(
                                draft.id(), TestCatalogue.point(pair[0], pair[1]), draft.attributes(), null);
                    })
                    .toList();
            world.load("shelter", off.toArray(FeatureDraft[]::new));
            List<Finding> found = world.findings("shelter").stream()
                    .filter(finding -> finding.check() == Check.SHIFTED)
                    .toList();
            assertThat(found).hasSize(1);
            assertThat(found.get(0).features()).isEqualTo(off.size());
            assertThat(found.get(0).others()).contains(off.get(0).id()).doesNotContain("s001");
            world.mend(new Mending.Wanted("shelter", Set.of(found.get(0).id()), Set.of(), world.version("shelter")));
            assertThat(world.findings("shelter")).isEmpty();
        }
    }

    /** At roads, each for itself, in the middle of its township or where that is far from any border. */
    private static List<FeatureDraft> shelters(Random random, DoctorWorld world) {
        List<Feature> roads = world.features("road");
        List<double[]> places = new ArrayList<>();
        List<FeatureDraft> drafts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String first : FIRST) for (String second : SECOND) names.add(first + second);
        Collections.shuffle(names, random);
        int wanted = 80 + random.nextInt(20);
        for (int tries = 0; places.size() < wanted && tries < 20_000; tries++) {
            Feature road = roads.get(random.nextInt(roads.size()));
            var at = road.geometry()
                    .getCoordinates()[1 + random.nextInt(road.geometry().getNumPoints() - 2)];
            double lon = at.x + (random.nextDouble() - 0.5) * 0.0006;
            double lat = at.y + (random.nextDouble() - 0.5) * 0.0004;
            boolean inside = lon > DoctorWorld.WEST + 0.01
                    && lon < DoctorWorld.EAST - 0.01
                    && lat > DoctorWorld.SOUTH + 0.01
                    && lat < DoctorWorld.NORTH - 0.01
                    && Math.abs(lon - 87.0) > 0.01
                    && Math.abs(lat - 43.95) > 0.01;
            boolean alone = places.stream().allMatch(p -> Math.abs(p[0] - lon) > 0.008 || Math.abs(p[1] - lat) > 0.006);
            if (!inside || !alone) continue;
            places.add(new double[] {lon, lat});
            drafts.add(DoctorWorld.shelter("s%03d".formatted(places.size()), lon, lat, names.get(places.size() - 1)));
        }
        return drafts;
    }

    private static void plant(Fault fault, DoctorWorld world, List<FeatureDraft> sound, Random random) {
        FeatureDraft one = sound.get(random.nextInt(sound.size()));
        Point at = (Point) one.geometry();
        double lon = at.getX();
        double lat = at.getY();
        switch (fault) {
            case OUTSIDE -> move(world, one, lon + 1, lat);
            case NEAR -> {
                // 0.008 degrees of latitude are 890 m; the code would say that it lies elsewhere if it lay inside.
                move(world, one, lon, (lat > 43.95 ? DoctorWorld.NORTH + 0.008 : DoctorWorld.SOUTH - 0.008));
            }
            case ZERO -> move(world, one, random.nextBoolean() ? 0 : lon, 0);
            case SWAP -> move(world, one, lat, lon);
            case COPY -> world.load("shelter", new FeatureDraft("zz", one.geometry(), one.attributes(), null));
            case TWIN -> {
                String name = String.valueOf(one.attributes().get("name"));
                List<String> writings =
                        List.of(name, name + "（应急避难场所）", "试县" + name, name.charAt(0) + " " + name.substring(1));
                Map<String, Object> attributes = new LinkedHashMap<>(one.attributes());
                attributes.put("name", writings.get(random.nextInt(writings.size())));
                attributes.put("entrances", 3L);
                // At most 0.0004 degrees of latitude: 44 m.
                world.load(
                        "shelter",
                        new FeatureDraft(
                                "zz", TestCatalogue.point(lon, lat + 0.0004 * random.nextDouble()), attributes, null));
            }
            case STACK -> world.load("shelter", DoctorWorld.shelter("zz", lon, lat, "无关的另一处场所"));
            case CODE ->
                set(
                        world,
                        one,
                        "adminCode",
                        List.of("650199777", "999999", "利州区", "65019").get(random.nextInt(4)));
            case PLACE -> set(world, one, "adminCode", DoctorWorld.townshipAt(174 - lon, 87.9 - lat));
            case CAPACITY -> {
                // 6 000 m² at 2 m² each hold 3 000.
                if (random.nextBoolean()) set(world, one, "statedCapacity", 3_200L + random.nextInt(100_000));
                else set(world, one, "effectiveArea", 10_001.0 + random.nextInt(1_000));
            }
            case FUTURE ->
                set(world, one, "observedAt", DoctorWorld.NOW.plusSeconds(86_400L * (2 + random.nextInt(999))));
            case OLD ->
                set(
                        world,
                        one,
                        "observedAt",
                        Instant.parse("2025-05-01T00:00:00Z").minusSeconds(random.nextInt(99_999_999)));
            case NAME ->
                set(world, one, "name", List.of("无", "NULL", "——", "未知", "n/a").get(random.nextInt(5)));
            case BLANKS ->
                set(
                        world,
                        one,
                        "name",
                        List.of("\u00A0", "\u200B", "\uFEFF").get(random.nextInt(3))
                                + one.attributes().get("name"));
            case GCJ, BD -> {
                List<Change> all = new ArrayList<>();
                for (FeatureDraft draft : sound) {
                    double[] pair = {
                        draft.geometry().getCoordinate().x, draft.geometry().getCoordinate().y
                    };
                    if (fault == Fault.GCJ) Gcj02.fromWgs84(pair);
                    else Bd09.fromWgs84(pair);
                    all.add(new Change.Patch(
                            "shelter", draft.id(), null, TestCatalogue.point(pair[0], pair[1]), Map.of()));
                }
                world.store.edits().apply(TestCatalogue.me("plant"), all);
            }
        }
    }

    private static void move(DoctorWorld world, FeatureDraft one, double lon, double lat) {
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("plant"),
                        List.of(new Change.Patch("shelter", one.id(), null, TestCatalogue.point(lon, lat), Map.of())));
    }

    private static void set(DoctorWorld world, FeatureDraft one, String attribute, Object value) {
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("plant"),
                        List.of(new Change.Patch("shelter", one.id(), null, null, Map.of(attribute, value))));
    }
}
