package org.anquan.shelter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.DerivedValues;
import org.anquan.process.Place;
import org.anquan.scenario.Scenario;
import org.anquan.shelter.Shelter.Basis;
import org.anquan.shelter.Shelter.Space;
import org.anquan.shelter.Shelter.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheltersTest {
    @TempDir
    Path folder;

    private ShelterWorld world;
    private Shelters shelters;
    private ShelterSettings settings;

    @BeforeEach
    void open() {
        world = new ShelterWorld(folder, null);
        shelters = world.context.getBean(Shelters.class);
        settings = world.context.getBean(ShelterSettings.class);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ShelterSet all() {
        return shelters.read(Scenario.NONE);
    }

    private Shelter only(Map<String, Object> attributes) {
        world.point("shelter", "s", 0, 0, attributes);
        return all().all().get(0);
    }

    @Test
    void theNormsAndTheFormulaOfTheLayerHaveTheSameNumbers() {
        for (StayClass stay : StayClass.values()) {
            double area = 900;
            Object capacity = DerivedValues.with(
                            world.store.layers().definition("shelter"),
                            Map.of("effectiveArea", area, "type", stay.id()))
                    .get("capacity");
            assertThat(capacity)
                    .isEqualTo((long) (area / settings.areaPerPerson(stay).value()));
        }
    }

    @Test
    void theEffectiveAreaFollowsFromTheGrossAreaAndTheKindOfGround() {
        // 10 000 m² of park, of which 0.4 can be used: 4 000 m², at 2 m² a person 2 000 people.
        Shelter park = only(Map.of("grossArea", 10_000.0, "areaKind", "park", "type", "short"));
        assertThat(park.area().squareMetres()).isEqualTo(4000.0);
        assertThat(park.area().basis()).isEqualTo(Basis.FROM_GROSS_AREA);
        assertThat(park.capacity().people()).isEqualTo(2000L);
    }

    @Test
    void aStatedEffectiveAreaComesBeforeOneWorkedOut() {
        Shelter one =
                only(Map.of("grossArea", 10_000.0, "effectiveArea", 3000.0, "areaKind", "square", "type", "emergency"));
        assertThat(one.area().squareMetres()).isEqualTo(3000.0);
        assertThat(one.area().basis()).isEqualTo(Basis.STATED);
        assertThat(one.capacity().people()).isEqualTo(6000L);
    }

    @Test
    void anUnknownKindOfGroundLeavesTheAreaUnknown() {
        Shelter one = only(Map.of("grossArea", 10_000.0, "type", "short"));
        assertThat(one.area().squareMetres()).isNull();
        assertThat(one.area().basis()).isEqualTo(Basis.UNKNOWN);
        assertThat(one.capacity().people()).isNull();
        assertThat(one.freePlaces()).isNull();
    }

    @Test
    void aRostersCapacityCountsWhereNoneFollowsFromTheArea() {
        Shelter one = only(Map.of("statedCapacity", 120L, "occupancy", 20L));
        assertThat(one.capacity().people()).isEqualTo(120L);
        assertThat(one.capacity().basis()).isEqualTo(Basis.STATED);
        assertThat(one.freePlaces()).isEqualTo(100L);
    }

    @Test
    void whatIsUnknownStaysUnknown() {
        Shelter one = only(Map.of());
        assertThat(one.stay()).isNull();
        assertThat(one.space()).isNull();
        assertThat(one.hazards()).isNull();
        assertThat(one.fitFor("flood")).isNull();
        assertThat(one.status()).isNull();
        assertThat(one.occupancy()).isNull();
        assertThat(one.asOf()).isNull();
    }

    @Test
    void aShelterOnlyForQuakesIsKnownToBeUnfitForFloods() {
        Shelter one = only(Map.of("hazards", List.of("seismic")));
        assertThat(one.fitFor("flood")).isFalse();
        assertThat(one.fitFor("seismic")).isTrue();
    }

    @Test
    void theTownshipIsTheOneThatItLiesInWhereItNamesNone() {
        world.box("township", "t1", -100, -100, 100, 100, Map.of("name", "东坝街道"));
        assertThat(only(Map.of()).township()).isEqualTo("东坝街道");
        world.point("shelter", "named", 5000, 0, Map.of("township", "t1"));
        world.point("shelter", "outside", 5000, 0, Map.of());
        assertThat(all().find("named").orElseThrow().township()).isEqualTo("东坝街道");
        assertThat(all().find("outside").orElseThrow().township()).isNull();
    }

    @Test
    void aLongerStayTakesMoreRoomOfAPerson() {
        Shelter one = only(Map.of("effectiveArea", 900.0, "type", "emergency", "perCapita", 0.6));
        ShelterSet set = all();
        // As it is meant to be used 900 / 0.6 = 1 500; for a short stay 900 / 2 = 450, for a long one 900 / 4.5 = 200.
        assertThat(one.capacity().people()).isEqualTo(1500L);
        assertThat(shelters.capacityFor(set, one, StayClass.SHORT)).isEqualTo(450L);
        assertThat(shelters.capacityFor(set, one, StayClass.LONG)).isEqualTo(200L);
    }

    @Test
    void aScenarioTakesSheltersAwayAndAddsOthers() {
        world.point("shelter", "a", 0, 0, Map.of("effectiveArea", 100.0, "type", "short"));
        world.point("shelter", "b", 50, 0, Map.of("effectiveArea", 100.0, "type", "short"));
        Place added =
                new Place("new", "新建", 105.8, 32.4, Map.of("grossArea", 1000L, "areaKind", "square", "type", "short"));
        Scenario scenario = new Scenario(
                List.of(),
                List.of(),
                new Scenario.Facilities(Set.of("a"), Set.of(), Map.of(), List.of(added)),
                List.of(),
                null,
                Scenario.Validity.ALWAYS);
        ShelterSet set = shelters.read(scenario);
        assertThat(set.all()).extracting(Shelter::id).containsExactly("b", "new");
        // 1 000 m² · 0.6 / 2 m².
        assertThat(set.find("new").orElseThrow().capacity().people()).isEqualTo(300L);
    }

    @Test
    void aCapacityBelowZeroOrInWordsIsUnknownAndIsTold() {
        Place added = new Place("new", "新建", 105.8, 32.4, Map.of("capacity", -5L));
        Place words = new Place("words", "口述", 105.9, 32.4, Map.of("capacity", "约300", "effectiveArea", "大"));
        Scenario scenario = new Scenario(
                List.of(),
                List.of(),
                new Scenario.Facilities(Set.of(), Set.of(), Map.of(), List.of(added, words)),
                List.of(),
                null,
                Scenario.Validity.ALWAYS);
        ShelterSet set = shelters.read(scenario);
        assertThat(set.all())
                .allSatisfy(one -> assertThat(one.capacity().people()).isNull());
        assertThat(set.warnings())
                .extracting(Object::toString)
                .anyMatch(one -> one.contains("按未知处理，请更正：新建、口述") || one.contains("新建, 口述"));
        assertThat(set.warnings())
                .extracting(one -> one.key())
                .contains("shelter.warn.impossible", "shelter.warn.capacityUnknown");
    }

    @Test
    void anAreaWithoutAClassAndTwoOnOnePointAreTold() {
        world.point("shelter", "a", 0, 0, Map.of("effectiveArea", 100.0));
        world.point("shelter", "b", 0, 0, Map.of("statedCapacity", 5L));
        assertThat(all().warnings())
                .extracting(one -> one.key())
                .containsExactlyInAnyOrder(
                        "shelter.warn.areaWithoutClass", "shelter.warn.capacityUnknown", "shelter.warn.onePoint");
    }

    @Test
    void indoorsAndOutdoorsAreToldApartWhereTheDataDo() {
        assertThat(only(Map.of("effectiveArea", 100.0, "space", "indoor"))
                        .area()
                        .indoorSquareMetres())
                .isEqualTo(100.0);
        world.point("shelter", "out", 0, 100, Map.of("effectiveArea", 100.0, "space", "outdoor"));
        world.point("shelter", "part", 0, 200, Map.of("effectiveArea", 100.0, "space", "both", "indoorArea", 30.0));
        world.point("shelter", "both", 0, 300, Map.of("effectiveArea", 100.0, "space", "both"));
        ShelterSet set = all();
        assertThat(set.find("out").orElseThrow().area().indoorSquareMetres()).isEqualTo(0.0);
        assertThat(set.find("part").orElseThrow().area().indoorSquareMetres()).isEqualTo(30.0);
        assertThat(set.find("both").orElseThrow().area().indoorSquareMetres()).isNull();
        assertThat(set.find("both").orElseThrow().space()).isEqualTo(Space.BOTH);
    }

    @Test
    void aFullShelterHasNoFreePlaceWhateverWasCounted() {
        Shelter one = only(Map.of("statedCapacity", 120L, "status", "full"));
        assertThat(one.status()).isEqualTo(Status.FULL);
        assertThat(one.freePlaces()).isZero();
    }
}
