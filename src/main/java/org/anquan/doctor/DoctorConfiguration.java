package org.anquan.doctor;

import java.time.Clock;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.Layers;
import org.anquan.network.Roads;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DoctorSettings.class)
class DoctorConfiguration {
    @Bean
    DataDoctor dataDoctor(Layers layers, LayerEdits edits, Roads roads, DoctorSettings settings) {
        return new DataDoctor(layers, edits, roads, settings, Clock.systemUTC());
    }
}
