package org.anquan.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.Change;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.TestCatalogue;
import org.anquan.doctor.Mending.Mended;
import org.anquan.doctor.Mending.Wanted;
import org.anquan.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    Path folder;

    private DoctorWorld world;

    /** Where the store is; {@link PostGisDoctorTest} names another. */
    String place() {
        return folder.toString();
    }

    @BeforeEach
    void aDistrictWithTwoSoundShelters() {
        world = new DoctorWorld(place()).units();
        world.load(
                "shelter",
                DoctorWorld.shelter("a", 86.90, 43.90, "人民公园"),
                DoctorWorld.shelter("b", 87.10, 44.00, "第二中学"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<Check> checks() {
        return world.findings("shelter").stream().map(Finding::check).toList();
    }

    private Finding only() {
        List<Finding> all = world.findings("shelter");
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void aSoundLayerHasNoFinding() {
        assertThat(checks()).isEmpty();
        assertThat(world.findings("township")).isEmpty();
        assertThat(world.findings("district")).isEmpty();
    }

    @Test
    void aPointFarOutsideIsAnErrorAndAPointAcrossTheLineANotice() {
        // 0.5 degrees of longitude at 43.9 N are 40 km; 0.005 are 400 m.
        world.load("shelter", DoctorWorld.shelter("far", 87.7, 43.90, "远处"));
        world.load("shelter", DoctorWorld.shelter("near", 87.205, 43.90, "近处"));
        assertThat(checks()).containsExactly(Check.OUTSIDE_DISTRICT, Check.NEAR_BOUNDARY);
        Finding far = world.findings("shelter").get(0);
        assertThat(far.severity()).isEqualTo(Severity.ERROR);
        assertThat(far.feature()).isEqualTo("far");
        assertThat(far.text().toString()).contains("40 公里");
        assertThat(far.mend()).isNull();
    }

    @Test
    void aSwappedPointIsSwappedBackAndTheUndoSwapsItAgain() {
        world.load("shelter", DoctorWorld.draft("s", TestCatalogue.point(43.95, 87.01), "颠倒", Map.of()));
        Finding finding = only();
        assertThat(finding.check()).isEqualTo(Check.SWAPPED);
        List<String> before = DoctorWorld.content(world.features("shelter"));
        Mended mended = world.mend(new Wanted("shelter", Set.of(finding.id()), Set.of(), world.version("shelter")));
        assertThat(mended.mended()).isEqualTo(1);
        assertThat(mended.left()).isEmpty();
        assertThat(world.store.layers().get("shelter", "s").orElseThrow().geometry())
                .isEqualTo(TestCatalogue.point(87.01, 43.95));
        assertThat(checks()).isEmpty();
        assertThat(world.store.edits().changeSets("shelter", 1).get(0).why()).contains("经纬度颠倒");
        world.store.edits().undo(TestCatalogue.me("back"), "shelter", mended.changeSet());
        assertThat(DoctorWorld.content(world.features("shelter"))).isEqualTo(before);
    }

    @Test
    void copiesAreTakenOutButOne() {
        world.load("shelter", DoctorWorld.shelter("a2", 86.90, 43.90, "人民公园"));
        world.load("shelter", DoctorWorld.shelter("a3", 86.90, 43.90, "人民公园"));
        Finding finding = only();
        assertThat(finding.check()).isEqualTo(Check.EXACT_DUPLICATE);
        assertThat(finding.feature()).isEqualTo("a");
        assertThat(finding.others()).containsExactly("a2", "a3");
        world.mend(new Wanted("shelter", Set.of(), Set.of(Check.EXACT_DUPLICATE), world.version("shelter")));
        assertThat(world.features("shelter")).extracting("id").containsExactly("a", "b");
    }

    @Test
    void oneThingUnderTwoNamesIsToldWithTheReason() {
        // 0.0005 degrees of latitude are 56 m.
        world.load("shelter", DoctorWorld.shelter("a2", 86.90, 43.9005, "人民公园（应急避难场所）"));
        world.load("shelter", DoctorWorld.shelter("b2", 87.10, 44.0005, "第二 中学"));
        List<Finding> all = world.findings("shelter");
        assertThat(all).extracting(Finding::check).containsExactly(Check.DUPLICATE, Check.DUPLICATE);
        assertThat(all.get(0).others()).containsExactly("a2");
        assertThat(all.get(0).text().toString()).contains("56 米").contains("写法不同");
        assertThat(all.get(0).mendable()).isFalse();
    }

    @Test
    void neighboursWithNumbersAreTwoThings() {
        world.load("shelter", DoctorWorld.shelter("b2", 87.10, 44.0005, "第三中学"));
        world.load("shelter", DoctorWorld.shelter("b3", 87.10, 44.0009, "第二中学东区"));
        assertThat(checks()).isEmpty();
    }

    @Test
    void differentNamesOnOnePlaceAreAStack() {
        world.load("shelter", DoctorWorld.shelter("x", 86.90, 43.90, "粮库广场"));
        Finding finding = only();
        assertThat(finding.check()).isEqualTo(Check.STACKED);
        assertThat(finding.text().toString()).contains("人民公园").contains("粮库广场");
    }

    @Test
    void whatWillReplaceAnotherStandsWhereItStands() {
        FeatureDraft other = DoctorWorld.shelter("x", 86.90, 43.90, "粮库广场");
        Map<String, Object> attributes = new HashMap<>(other.attributes());
        attributes.put("upgradeOf", "a");
        world.load("shelter", new FeatureDraft("x", other.geometry(), attributes, null));
        assertThat(checks()).doesNotContain(Check.STACKED, Check.DUPLICATE);
    }

    @Test
    void zeroIsNoPlace() {
        world.load("shelter", DoctorWorld.draft("z", TestCatalogue.point(0, 43.9), "零度", Map.of()));
        assertThat(only().check()).isEqualTo(Check.ZERO_PLACE);
    }

    @Test
    void morePeopleThanTheAreaHoldsIsSaidWithTheNorm() {
        // 6 000 m² at 2 m² each hold 3 000 people, not 3 500.
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("plant"),
                        List.of(new Change.Patch("shelter", "a", null, null, Map.of("statedCapacity", 3_500L))));
        Finding finding = only();
        assertThat(finding.check()).isEqualTo(Check.CAPACITY);
        assertThat(finding.text().toString()).contains("3500").contains("3000").contains("GB 51143");
    }

    @Test
    void aCodeThatNoUnitHasIsSetFromThePlace() {
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("plant"),
                        List.of(
                                new Change.Patch("shelter", "a", null, null, Map.of("adminCode", "650199777")),
                                new Change.Patch("shelter", "b", null, null, Map.of("adminCode", "试县"))));
        List<Finding> all = world.findings("shelter");
        assertThat(all).extracting(Finding::check).containsExactly(Check.ADMIN_CODE, Check.ADMIN_CODE);
        world.mend(new Wanted("shelter", Set.of(), Set.of(Check.ADMIN_CODE), world.version("shelter")));
        assertThat(world.features("shelter"))
                .extracting(f -> f.get("adminCode"))
                .containsExactly("650199101", "650199204");
    }

    @Test
    void whatLiesInAnotherTownshipThanItSaysIsOnlyTold() {
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("plant"),
                        List.of(new Change.Patch("shelter", "a", null, null, Map.of("adminCode", "650199102"))));
        Finding finding = only();
        assertThat(finding.check()).isEqualTo(Check.ADMIN_PLACE);
        assertThat(finding.text().toString()).contains("南二镇").contains("南一镇");
        Mended mended = world.mend(new Wanted("shelter", Set.of(finding.id()), Set.of(), world.version("shelter")));
        assertThat(mended.changeSet()).isNull();
        assertThat(mended.left()).hasSize(1);
        assertThat(mended.left().get(0).reason().toString()).contains("不安全");
    }

    @Test
    void theDistrictsOwnCodeFitsAnywhereInIt() {
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("plant"),
                        List.of(new Change.Patch("shelter", "a", null, null, Map.of("adminCode", "650199000000"))));
        assertThat(checks()).isEmpty();
    }

    @Test
    void oldAndFutureDatesAreTold() {
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("plant"),
                        List.of(
                                new Change.Patch(
                                        "shelter",
                                        "a",
                                        null,
                                        null,
                                        Map.of("observedAt", Instant.parse("2024-01-01T00:00:00Z"))),
                                new Change.Patch(
                                        "shelter",
                                        "b",
                                        null,
                                        null,
                                        Map.of("observedAt", Instant.parse("2027-01-01T00:00:00Z")))));
        assertThat(checks()).containsExactly(Check.VALUE, Check.STALE);
    }

    @Test
    void validityThatRunsBackwardsOrIsOverAndCoarsePointsAreTold() {
        Instant today = DoctorWorld.NOW
                .atZone(org.anquan.catalog.SpokenTime.ZONE)
                .toLocalDate()
                .atStartOfDay(org.anquan.catalog.SpokenTime.ZONE)
                .toInstant();
        patch("a", Map.of("validFrom", today, "validTo", today.minusSeconds(86400)));
        assertThat(only().check()).isEqualTo(Check.VALUE);
        // To this day means the whole of it.
        patch("a", Map.of("validFrom", today.minusSeconds(864000), "validTo", today));
        assertThat(checks()).isEmpty();
        patch("a", Map.of("validTo", today.minusSeconds(86400)));
        assertThat(only().check()).isEqualTo(Check.STALE);
        patch("a", Map.of("validTo", today.plusSeconds(864000), "precisionM", 100.0));
        assertThat(checks()).isEmpty();
        patch("a", Map.of("precisionM", 101.0));
        assertThat(only().check()).isEqualTo(Check.COARSE);
    }

    private void patch(String id, Map<String, Object> values) {
        world.store
                .edits()
                .apply(TestCatalogue.me("plant"), List.of(new Change.Patch("shelter", id, null, null, values)));
    }

    @Test
    void invisibleCharactersAreTakenOut() {
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("plant"),
                        List.of(new Change.Patch("shelter", "a", null, null, Map.of("name", "\u00A0人民\u200B公园"))));
        Finding finding = only();
        assertThat(finding.check()).isEqualTo(Check.TEXT);
        world.mend(new Wanted("shelter", Set.of(finding.id()), Set.of(), world.version("shelter")));
        assertThat(world.store.layers().get("shelter", "a").orElseThrow().get("name"))
                .isEqualTo("人民公园");
    }

    @Test
    void aNameThatIsNoneIsTold() {
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("plant"),
                        List.of(new Change.Patch("shelter", "a", null, null, Map.of("name", "NULL"))));
        assertThat(only().check()).isEqualTo(Check.NAME);
    }

    @Test
    void wholeChecksAreNotMendedOnALayerThatMovedSince() {
        world.load("shelter", DoctorWorld.draft("s", TestCatalogue.point(43.95, 87.01), "颠倒", Map.of()));
        long seen = world.version("shelter");
        world.load("shelter", DoctorWorld.draft("s2", TestCatalogue.point(43.91, 87.01), "也颠倒", Map.of()));
        assertThatThrownBy(() -> world.mend(new Wanted("shelter", Set.of(), Set.of(Check.SWAPPED), seen)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.kind()).isEqualTo(ProblemException.Kind.CONFLICT);
                    assertThat(e.help().toString()).contains("重新体检");
                });
        assertThat(world.version("shelter")).isEqualTo(seen + 1);
    }

    @Test
    void aFindingWhoseFeatureWasChangedSinceIsLeftWithAReasonAndTheOthersAreMended() {
        world.load("shelter", DoctorWorld.draft("s", TestCatalogue.point(43.95, 87.01), "颠倒", Map.of()));
        world.load("shelter", DoctorWorld.draft("s2", TestCatalogue.point(43.91, 87.01), "也颠倒", Map.of()));
        List<Finding> found = world.findings("shelter");
        long seen = world.version("shelter");
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("meanwhile"),
                        List.of(new Change.Patch("shelter", "s", null, null, Map.of("entrances", 2L))));
        Mended mended = world.mend(
                new Wanted("shelter", Set.of(found.get(0).id(), found.get(1).id()), Set.of(), seen));
        assertThat(mended.mended()).isEqualTo(1);
        assertThat(mended.left())
                .extracting(Mending.Left::id)
                .containsExactly(found.get(0).id());
        assertThat(world.store.layers().get("shelter", "s2").orElseThrow().geometry())
                .isEqualTo(TestCatalogue.point(87.01, 43.91));
    }

    @Test
    void twoMendsOfOneFeatureAreOneChange() {
        world.load("shelter", DoctorWorld.draft("s", TestCatalogue.point(43.95, 87.01), "\u00A0颠倒", Map.of()));
        Mended mended = world.mend(
                new Wanted("shelter", Set.of(), Set.of(Check.SWAPPED, Check.TEXT), world.version("shelter")));
        assertThat(mended.mended()).isEqualTo(2);
        assertThat(mended.features()).isEqualTo(1);
        assertThat(checks()).isEmpty();
    }

    @Test
    void theAskerIsToldNothingOfAttributesHeMayNotSee() {
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("plant"),
                        List.of(new Change.Patch("shelter", "a", null, null, Map.of("manager", "\u00A0张三"))));
        assertThat(only().check()).isEqualTo(Check.TEXT);
        // The manager is restricted: the public sees no finding.
        List<Findings.Found> ofPublic = world.doctor
                .examine(
                        new DataDoctor.Order("shelter", null, DataDoctor.allChecks(), 100),
                        org.anquan.process.Progress.none())
                .findings()
                .listed();
        assertThat(ofPublic).isEmpty();
    }

    @Test
    void aTownshipThatLiesInAnotherIsTold() {
        // 0.01° by 0.01° at 43.86 N: 804 m by 1 111 m, 89 hectares, all of it in the first township.
        world.load(
                "township",
                DoctorWorld.draft(
                        "t5", DoctorWorld.area(86.85, 43.85, 86.86, 43.86), "飞地乡", Map.of("adminCode", "650199205")));
        List<Finding> found = world.findings("township");
        assertThat(found).extracting(Finding::check).containsExactly(Check.OVERLAP);
        Finding overlap = found.get(0);
        assertThat(overlap.feature()).isEqualTo("t1");
        assertThat(overlap.others()).containsExactly("t5");
        assertThat(overlap.text().toString()).contains("飞地乡", "89.", "100%");
        assertThat(overlap.mend()).isNotNull();
        assertThat(overlap.mendable()).isFalse();
    }

    @Test
    void aBorderDrawnTwiceIsNoOverlap() {
        // The four townships touch. A fifth, beyond the district's edge, lies 0.0001° over it: a strip of 8 m by 11 km.
        world.load(
                "township",
                DoctorWorld.draft(
                        "t5", DoctorWorld.area(87.1999, 43.8, 87.3, 43.9), "邻乡", Map.of("adminCode", "650199205")));
        assertThat(world.findings("township")).extracting(Finding::check).doesNotContain(Check.OVERLAP);
    }

    @Test
    void areasOfDifferentKindsMayLieInOneAnother() {
        try (DoctorWorld other =
                new DoctorWorld(otherPlace(), new DoctorWorld.NoRoads(), "district", "township", "community")) {
            other.load(
                    "community",
                    DoctorWorld.draft(
                            "c", DoctorWorld.area(86.9, 43.9, 86.95, 43.95), "社区", Map.of("kind", "community")),
                    DoctorWorld.draft("g1", DoctorWorld.area(86.9, 43.9, 86.92, 43.92), "网格一", Map.of("kind", "grid")),
                    DoctorWorld.draft(
                            "g2", DoctorWorld.area(86.91, 43.9, 86.93, 43.92), "网格二", Map.of("kind", "grid")));
            assertThat(other.findings("community").stream().filter(one -> one.check() == Check.OVERLAP))
                    .extracting(Finding::feature)
                    .containsExactly("g1");
        }
    }

    /** Another store beside the first. */
    String otherPlace() {
        try {
            return java.nio.file.Files.createDirectory(folder.resolve("other")).toString();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
