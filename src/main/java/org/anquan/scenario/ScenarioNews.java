package org.anquan.scenario;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.anquan.catalog.DocumentChanged;
import org.anquan.catalog.Sensitivity;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says of each changed scenario who may be told; of a deleted one too, therefore it keeps in mind who could see it. */
@Component
@ConditionalOnWebApplication
final class ScenarioNews {
    private final ScenarioStore store;
    private final ApplicationEventPublisher events;
    private final Map<String, Sensitivity> known = new ConcurrentHashMap<>();

    ScenarioNews(ScenarioStore store, ApplicationEventPublisher events) {
        this.store = store;
        this.events = events;
    }

    @EventListener(ApplicationReadyEvent.class)
    void learn() {
        store.sensitivities().forEach(known::putIfAbsent);
    }

    @EventListener
    void heard(DocumentChanged event) {
        if (!event.kind().equals(ScenarioStore.KIND)) return;
        String name = event.name();
        Sensitivity now = store.sensitivity(name).orElse(Sensitivity.RESTRICTED);
        Sensitivity before = known.getOrDefault(name, now);
        if (event.version() == 0) known.remove(name);
        else known.put(name, now);
        boolean everybody = name.equals(StoredScenario.NOW);
        Sensitivity told = everybody ? Sensitivity.PUBLIC : now.compareTo(before) < 0 ? now : before;
        events.publishEvent(new ScenarioChanged(name, event.version(), told));
    }
}
