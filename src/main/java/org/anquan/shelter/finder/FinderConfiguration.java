package org.anquan.shelter.finder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FinderSettings.class)
class FinderConfiguration {
    /** Addresses that people can say: the pages themselves are files of the web folder. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Pages implements WebMvcConfigurer {
        @Override
        public void addViewControllers(ViewControllerRegistry registry) {
            registry.addViewController("/shelter").setViewName("forward:/shelter.html");
            registry.addViewController("/shelter/keeper").setViewName("forward:/shelter/keeper.html");
        }
    }
}
