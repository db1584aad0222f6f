package org.anquan.catalog;

import org.anquan.problem.ProblemException;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether the store answers, for {@code /actuator/health}; which kind it is, but not where. */
final class StoreHealth extends AbstractHealthIndicator {
    private final LayerCatalogue catalogue;

    StoreHealth(LayerCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.withDetail("kind", catalogue.store());
        try {
            catalogue.probe();
            builder.up();
        } catch (ProblemException e) {
            builder.down().withDetail("problem", e.title().toString());
        }
    }
}
