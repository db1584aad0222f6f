package org.anquan.catalog;

import org.anquan.home.AnquanHome;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(StoreSettings.class)
class CatalogConfiguration {
    @Bean(destroyMethod = "close")
    LayerCatalogue layerCatalogue(AnquanHome home, StoreSettings settings, ApplicationEventPublisher events) {
        return new LayerCatalogue(
                DefinitionFiles.load(home.folder().resolve("layers")),
                new GeoPackageDialect(home.geoPackage(), settings),
                settings,
                events::publishEvent);
    }

    @Bean
    Documents documents(LayerCatalogue catalogue) {
        return catalogue.documents();
    }
}
