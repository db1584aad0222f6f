package org.anquan.ogcapi;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties({OgcSettings.class, MapSettings.class})
class OgcConfiguration {}
