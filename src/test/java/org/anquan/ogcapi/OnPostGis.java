package org.anquan.ogcapi;

import java.util.Map;
import org.anquan.catalog.PostGisServer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives the service an empty schema in PostGIS by the one setting that an administrator would give. */
final class OnPostGis implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(
                        new MapPropertySource("postgis", Map.of("spring.datasource.url", PostGisServer.freshSchema())));
    }
}
