package org.anquan.shelter.finder;

import java.util.ArrayList;
import java.util.List;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.ScenarioStore;
import org.anquan.scenario.Scenarios;
import org.anquan.scenario.StoredScenario;
import org.anquan.security.Asker;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/** The live closures (scenario {@code now}) as the public's questions take them: read again after a moment, not each time. */
@Component
class LiveScenario {
    private final Scenarios scenarios;
    private final ScenarioStore store;
    private final FinderSettings settings;
    private volatile @Nullable Read last;

    private record Read(Scenario scenario, boolean drill, String tag, long atNanos) {}

    LiveScenario(Scenarios scenarios, ScenarioStore store, FinderSettings settings) {
        this.scenarios = scenarios;
        this.store = store;
        this.settings = settings;
    }

    Scenario scenario() {
        return read().scenario();
    }

    boolean drill() {
        return read().drill();
    }

    private Read read() {
        Read known = last;
        long now = System.nanoTime();
        if (known != null && now - known.atNanos() < settings.nowKeptFor().toNanos()) return known;
        StoredScenario stored = store.find(StoredScenario.NOW).orElse(null);
        String tag = stored == null ? "" : stored.tag();
        if (known != null && known.tag().equals(tag)) {
            Read same = new Read(known.scenario(), known.drill(), tag, now);
            last = same;
            return same;
        }
        Read fresh = new Read(understood(), isDrill(stored), tag, now);
        last = fresh;
        return fresh;
    }

    private Scenario understood() {
        List<Scenario> found = new ArrayList<>();
        // What closes a road closes it for everyone, whoever may see why.
        Asker.PUBLIC.run(() -> scenarios
                .read(JsonNodeFactory.instance.stringNode(StoredScenario.NOW), "scenario", new ArrayList<>())
                .ifPresent(found::add));
        return found.isEmpty() ? Scenario.NONE : found.get(0);
    }

    static boolean isDrill(@Nullable StoredScenario stored) {
        return stored != null && stored.body().path("drill").asBoolean(false);
    }
}
