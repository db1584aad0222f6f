package org.anquan.coverage;

import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.network.Roads;
import org.anquan.network.TravelProfile;
import org.anquan.population.Population;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes ready in the background, at the start of the service, what the first circle would otherwise wait for. */
@Component
@ConditionalOnWebApplication
final class CircleWarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(CircleWarmUp.class);

    private final CoverageSettings settings;
    private final RescueCircle circle;
    private final Roads roads;
    private final Population population;

    CircleWarmUp(CoverageSettings settings, RescueCircle circle, Roads roads, Population population) {
        this.settings = settings;
        this.circle = circle;
        this.roads = roads;
        this.population = population;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread thread = new Thread(this::warmUp, "circle-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private void warmUp() {
        try {
            OffRoad usual = new OffRoad(
                    settings.offRoad().maxMetres(), settings.offRoad().speedKmh(), null);
            roads.current().ifPresent(network -> {
                Ground ground = circle.grounds().of(network, TravelProfile.FIRE_ENGINE, usual);
                ground.villages(population.villages());
                LOG.info(
                        "Rescue circle ready: {} x {} cells of {} m",
                        ground.grid.cols,
                        ground.grid.rows,
                        Math.round(ground.grid.cellMetres));
            });
        } catch (RuntimeException e) {
            // The first question will meet the same trouble and tell its asker.
            LOG.warn("The rescue circle could not be made ready", e);
        }
    }
}
