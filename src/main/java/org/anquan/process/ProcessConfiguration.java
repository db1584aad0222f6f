package org.anquan.process;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ProcessSettings.class, JobSettings.class})
class ProcessConfiguration {}
