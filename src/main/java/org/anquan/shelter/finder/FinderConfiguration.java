package org.anquan.shelter.finder;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FinderSettings.class)
class FinderConfiguration {
    /** Addresses that people can say: the pages themselves are files of the web folder. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Pages implements WebMvcConfigurer {
        @Bean
        FilterRegistrationBean<NearestShelterFilter> shortQuestion(
                NearestShelterController questions,
                JsonMapper json,
                LocaleResolver languages,
                @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
            FilterRegistrationBean<NearestShelterFilter> filter =
                    new FilterRegistrationBean<>(new NearestShelterFilter(questions, json, languages, problems));
            filter.addUrlPatterns("/api/nearest-shelter");
            filter.setOrder(NearestShelterFilter.ORDER);
            return filter;
        }

        @Override
        public void addViewControllers(ViewControllerRegistry registry) {
            registry.addViewController("/shelter").setViewName("forward:/shelter.html");
            registry.addViewController("/shelter/keeper").setViewName("forward:/shelter/keeper.html");
        }
    }
}
