package org.anquan.population;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PopulationSettings.class, ResidentsSettings.class})
class PopulationConfiguration {}
