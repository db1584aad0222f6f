package org.anquan.risk;

import java.util.List;
import org.anquan.catalog.Layers;
import org.anquan.process.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the usual zoning once in the background, a little after the start, and throws it away: the first one that somebody
 * asks for then finds its cells, the layers and its classes ready (2.3 s before, 0.3 s after, sample district, 2 cores).
 */
@Component
@ConditionalOnWebApplication
final class RiskWarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(RiskWarmUp.class);

    private final RiskSettings settings;
    private final Recipes recipes;
    private final Layers layers;
    private final RiskZoningProcess zoning;

    RiskWarmUp(RiskSettings settings, Recipes recipes, Layers layers, RiskZoningProcess zoning) {
        this.settings = settings;
        this.recipes = recipes;
        this.layers = layers;
        this.zoning = zoning;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (settings.warmUpAfter().isNegative()) return;
        Thread thread = new Thread(this::warmUp, "risk-warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    private void warmUp() {
        try {
            // The map and the first circle go before.
            Thread.sleep(settings.warmUpAfter().toMillis());
            ObjectNode asked = JsonNodeFactory.instance.objectNode().put("recipe", settings.recipe());
            var found = recipes.find(asked.path("recipe"), "recipe", new java.util.ArrayList<>());
            if (found.isEmpty()) return;
            String area = found.get().recipe().area().layer();
            List<String> known =
                    layers.definitions().stream().map(one -> one.id()).toList();
            if (!known.contains(area) || layers.state(area).count() == 0) return;
            long begun = System.nanoTime();
            zoning.execute(asked.put("keep", false), Progress.none());
            LOG.info("Risk zoning ready after {} ms", (System.nanoTime() - begun) / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The first question will meet the same trouble and tell its asker.
            LOG.debug("The risk zoning could not be made ready", e);
        }
    }
}
