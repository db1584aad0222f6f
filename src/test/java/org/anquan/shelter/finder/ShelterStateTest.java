package org.anquan.shelter.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.anquan.catalog.ChangeSet;
import org.anquan.catalog.HistoryEntry;
import org.anquan.problem.ProblemException;
import org.anquan.shelter.finder.ShelterState.Count;
import org.anquan.shelter.finder.ShelterState.Counted;
import org.anquan.shelter.finder.ShelterState.Done;
import org.anquan.shelter.finder.ShelterState.Wish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelterStateTest {
    @TempDir
    Path folder;

    private FinderPlace place;
    private ShelterState state;

    @BeforeEach
    void start() {
        place = new FinderPlace(folder);
        state = place.context.getBean(ShelterState.class);
    }

    @AfterEach
    void stop() {
        place.close();
    }

    private Counted in(String id, int people, String key) {
        return state.count(id, new Count(people, 0, null, key, null), "keeper");
    }

    private Counted out(String id, int people, String key) {
        return state.count(id, new Count(0, people, null, key, null), "keeper");
    }

    private Done open(String event, boolean drill, String... ids) {
        return state.set(new Wish(Status.OPEN, List.of(ids), event, drill, ""), "officer");
    }

    private String status(String id) {
        return place.store.layers().get("shelter", id).orElseThrow().text("status");
    }

    @Test
    void aTapThatIsSentTwiceCountsOnce() {
        place.shelter("a", 0, 0, "status", "open", "occupancy", 0);
        assertThat(in("a", 3, "key-00001").occupancy()).isEqualTo(3);
        Counted again = in("a", 3, "key-00001");
        assertThat(again.again()).isTrue();
        assertThat(again.occupancy()).isEqualTo(3);
        // After a restart nothing is in memory: the history knows.
        ShelterState restarted = new ShelterState(
                place.store.layers(),
                place.store.edits(),
                place.context.getBean(Events.class),
                place.context.getBean(FinderSettings.class));
        assertThat(restarted
                        .count("a", new Count(3, 0, null, "key-00001", null), "keeper")
                        .again())
                .isTrue();
        List<HistoryEntry> history = place.store.edits().history("shelter", "a");
        assertThat(history).hasSize(2);
        assertThat(history.get(1).who()).isEqualTo("keeper");
        assertThat(history.get(1).why()).isEqualTo("登记：进 3 人，出 0 人 [key-00001]");
    }

    @Test
    void manyDoorsAtOnceLoseNobodyAndCountNobodyTwice() throws Exception {
        place.shelter("a", 0, 0, "status", "open", "occupancy", 0, "effectiveArea", 20_000.0);
        ExecutorService doors = Executors.newFixedThreadPool(6);
        List<Future<Counted>> all = new ArrayList<>();
        // 60 taps of one to three people, each sent twice from two threads.
        Random random = new Random(5);
        int people = 0;
        for (int tap = 0; tap < 60; tap++) {
            int many = 1 + random.nextInt(3);
            people += many;
            String key = "tap-key-" + tap;
            for (int twice = 0; twice < 2; twice++) all.add(doors.submit(() -> in("a", many, key)));
        }
        int firsts = 0;
        for (Future<Counted> one : all) if (!one.get().again()) firsts++;
        doors.shutdown();
        assertThat(firsts).isEqualTo(60);
        assertThat(state.now("a").occupancy()).isEqualTo(people);
    }

    @Test
    void nobodyGoesBelowZero() {
        place.shelter("a", 0, 0, "status", "open", "occupancy", 2);
        Counted after = out("a", 5, "key-00001");
        assertThat(after.occupancy()).isZero();
        assertThat(after.notTaken()).isEqualTo(3);
        assertThatThrownBy(() -> in("a", -4, "key-00002")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> in("a", 1, "short")).isInstanceOf(ProblemException.class);
    }

    @Test
    void itFillsAndHasRoomAgain() {
        place.shelter("a", 0, 0, "status", "ready");
        // 100 places. Whoever is let in opens the door.
        assertThat(in("a", 99, "key-00001").status()).isEqualTo("open");
        assertThat(in("a", 1, "key-00002").status()).isEqualTo("full");
        assertThat(out("a", 1, "key-00003").status()).isEqualTo("open");
        // Declared full with places left it stays full whoever comes and goes.
        state.set(new Wish(Status.FULL, List.of("a"), "", false, ""), "keeper");
        assertThat(out("a", 20, "key-00004").status()).isEqualTo("full");
        assertThat(in("a", 1, "key-00005").status()).isEqualTo("full");
    }

    @Test
    void aClosedOrPlannedOneCountsNobody() {
        place.shelter("a", 0, 0, "status", "planned");
        place.shelter("b", 0, 0, "status", "closed");
        for (String id : List.of("a", "b"))
            assertThatThrownBy(() -> in(id, 1, "key-00001"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.getMessage()).contains("启用"));
        assertThatThrownBy(() -> in("nowhere", 1, "key-00001")).isInstanceOf(ProblemException.class);
    }

    @Test
    void openingASetForAnEventIsOneChangeThatCanBeTakenBack() {
        for (String id : List.of("a", "b", "c")) place.shelter(id, 0, 0);
        Done done = open("七月洪水", false, "a", "b", "c");
        assertThat(done.changed()).hasSize(3);
        ChangeSet set = place.store.edits().changeSets("shelter", 1).get(0);
        assertThat(set.number()).isEqualTo(done.changeSet());
        assertThat(set.updated()).isEqualTo(3);
        assertThat(set.who()).isEqualTo("officer");
        assertThat(set.why()).isEqualTo("七月洪水：3 处避难场所改为已启用");
        Events events = place.context.getBean(Events.class);
        assertThat(events.running()).extracting(Events.Event::name).containsExactly("七月洪水");
        state.undo(done.changeSet(), "officer");
        assertThat(status("a")).isEqualTo("ready");
        assertThat(events.running()).isEmpty();
    }

    @Test
    void aWrongOneInTheSetChangesNothingAtAll() {
        place.shelter("a", 0, 0);
        place.shelter("p", 0, 0, "status", "planned");
        assertThatThrownBy(() -> open("洪水", false, "a", "p", "x"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.mistakes()).hasSize(2));
        assertThat(status("a")).isEqualTo("ready");
    }

    @Test
    void closingTheLastShelterEndsTheEventAndTakingThatBackResumesIt() {
        place.shelter("a", 0, 0);
        place.shelter("b", 0, 0);
        open("洪水", false, "a", "b");
        in("a", 4, "key-00001");
        Done closed = state.set(new Wish(Status.READY, List.of("a", "b"), "", false, "水退了"), "officer");
        assertThat(closed.warnings()).extracting(Object::toString).containsExactly("“a避难场所”登记的还有 4 人，请确认已全部离开。");
        Events events = place.context.getBean(Events.class);
        assertThat(events.running()).isEmpty();
        assertThat(events.all().get(0).endedAt()).isNotNull();
        state.undo(closed.changeSet(), "officer");
        assertThat(events.running()).hasSize(1);
        assertThat(state.now("a").occupancy()).isEqualTo(4);
    }

    @Test
    void aDrillIsMarkedUntilSomethingRealHappens() {
        place.shelter("a", 100, 0);
        place.shelter("b", 200, 0);
        open("春季演练", true, "a");
        assertThat(place.find(0, 0, "").path("drill").asBoolean()).isTrue();
        assertThat(place.find(0, 0, "").path("shelters").get(0).path("drill").asBoolean())
                .isTrue();
        assertThat(place.find(0, 0, "").path("shelters").get(1).path("drill").asBoolean())
                .isFalse();
        open("山洪", false, "b");
        assertThat(place.find(0, 0, "").path("drill").asBoolean()).isFalse();
        assertThatThrownBy(() -> open("春季演练", false, "b")).isInstanceOf(ProblemException.class);
    }

    @Test
    void aListCountsManyWithoutANameOfAnybody() {
        place.shelter("a", 0, 0, "status", "open");
        place.shelter("b", 0, 0, "status", "open", "name", "南河小学");
        List<Counted> done = state.counts(
                List.of(new ShelterState.Listed("a", 12), new ShelterState.Listed("南河小学", 100)), "officer");
        assertThat(done).extracting(Counted::occupancy).containsExactly(12, 100);
        assertThat(done.get(1).status()).isEqualTo("full");
        assertThatThrownBy(() -> state.counts(
                        List.of(new ShelterState.Listed("a", 12), new ShelterState.Listed("a", 13)), "officer"))
                .isInstanceOf(ProblemException.class);
        assertThat(Map.of()).isEmpty();
    }
}
