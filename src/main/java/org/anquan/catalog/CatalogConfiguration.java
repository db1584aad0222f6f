package org.anquan.catalog;

import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration
@EnableConfigurationProperties(StoreSettings.class)
class CatalogConfiguration {
    @Bean(destroyMethod = "close")
    LayerCatalogue layerCatalogue(
            AnquanHome home, StoreSettings settings, Environment environment, ApplicationEventPublisher events) {
        return new LayerCatalogue(
                DefinitionFiles.load(home.folder().resolve("layers")),
                dialect(home, settings, environment),
                settings,
                events::publishEvent);
    }

    /** PostGIS where {@code spring.datasource.url} names one, else the GeoPackage in the data folder. */
    private static Dialect dialect(AnquanHome home, StoreSettings settings, Environment environment) {
        String url = environment.getProperty("spring.datasource.url", "").strip();
        if (url.isEmpty()) return new GeoPackageDialect(home.geoPackage(), settings);
        StoreAddress address = new StoreAddress(
                url,
                environment.getProperty("spring.datasource.username"),
                environment.getProperty("spring.datasource.password"));
        if (!url.startsWith(StoreAddress.SCHEME))
            throw ProblemException.invalid("catalog.store.address", address.shown());
        return new PostGisDialect(address, settings);
    }
}
