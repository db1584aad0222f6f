package org.anquan.catalog;

import org.anquan.home.AnquanHome;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration
@EnableConfigurationProperties({StoreSettings.class, FindSettings.class})
class CatalogConfiguration {
    @Bean
    StorePlaces storePlaces(AnquanHome home, StoreSettings settings, Environment environment) {
        return new StorePlaces(home, settings, environment);
    }

    @Bean(destroyMethod = "close")
    LayerCatalogue layerCatalogue(
            AnquanHome home, StorePlaces places, StoreSettings settings, ApplicationEventPublisher events) {
        return new LayerCatalogue(
                () -> DefinitionFiles.load(home.folder().resolve("layers")),
                places.configured(),
                settings,
                events::publishEvent,
                events::publishEvent);
    }

    @Bean
    StoreCopies storeCopies(StorePlaces places, StoreSettings settings) {
        return new StoreCopies(places, settings);
    }

    @Bean
    StoreHealth storeHealthIndicator(LayerCatalogue catalogue) {
        return new StoreHealth(catalogue);
    }

    @Bean
    Documents documents(LayerCatalogue catalogue) {
        return catalogue.documents();
    }

    @Bean
    Names names(LayerCatalogue catalogue, FindSettings settings) {
        return catalogue.names(settings);
    }
}
