package org.anquan.coverage;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CoverageSettings.class)
class CoverageConfiguration {
    @Bean
    RescueCircle rescueCircle(CoverageSettings settings, Lands lands) {
        return new RescueCircle(settings, lands);
    }
}
