package org.anquan.shelter.finder;

import java.util.List;
import java.util.Random;
import org.anquan.problem.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes ready in the background, at the start of the service, what the first people who ask would otherwise wait for: the
 * shelters in memory and their trees by hazard, and the code itself, by asking for a moment.
 */
@Component
@ConditionalOnWebApplication
final class FinderWarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(FinderWarmUp.class);
    private static final int QUESTIONS = 2_000;
    private static final long LONGEST_NANOS = 1_000_000_000L;

    private final FinderWorlds worlds;
    private final LiveScenario live;
    private final Telling telling;
    private final JsonMapper json;

    FinderWarmUp(FinderWorlds worlds, LiveScenario live, Telling telling, JsonMapper json) {
        this.worlds = worlds;
        this.live = live;
        this.telling = telling;
        this.json = json;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread thread = new Thread(this::warmUp, "finder-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private void warmUp() {
        try {
            FinderWorld world = worlds.current();
            if (world.count() == 0) return;
            for (Hazard hazard : Hazard.values()) world.ranked(hazard);
            world.ranked(null);
            int asked = ask(world);
            LOG.info("Nearest shelter ready: {} shelters, {} questions asked", world.count(), asked);
        } catch (RuntimeException e) {
            // The first question will meet the same trouble and tell its asker.
            LOG.warn("The nearest shelter could not be made ready", e);
        }
    }

    /** Near shelters, as people do. */
    private int ask(FinderWorld world) {
        Random random = new Random(1);
        List<Hazard> hazards = List.of(Hazard.values());
        long end = System.nanoTime() + LONGEST_NANOS;
        int asked = 0;
        while (asked < QUESTIONS && System.nanoTime() < end) {
            Site near = world.site(random.nextInt(world.count()));
            Question question = new Question(
                    near.lon() + 0.02 * random.nextGaussian(),
                    Math.max(-90, Math.min(90, near.lat() + 0.02 * random.nextGaussian())),
                    hazards.get(asked % hazards.size()),
                    2,
                    live.scenario(),
                    live.drill(),
                    Texts.CHINESE);
            json.writeValueAsBytes(telling.answer(question, JsonNodeFactory.instance.objectNode(), List.of()));
            asked++;
        }
        return asked;
    }
}
