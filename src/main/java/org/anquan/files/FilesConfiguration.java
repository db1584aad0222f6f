package org.anquan.files;

import jakarta.servlet.MultipartConfigElement;
import org.anquan.home.AnquanHome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FilesSettings.class)
class FilesConfiguration {
    private static final int IN_MEMORY_BYTES = 64 << 10;
    private static final long HEADERS_AND_FIELDS_BYTES = 1 << 20;

    /** Parts of a request wait in the data folder, on the same disk as where they are put. */
    @Bean
    @ConditionalOnWebApplication
    MultipartConfigElement multipart(FilesSettings settings, AnquanHome home) {
        long most = settings.maxUpload().toBytes();
        return new MultipartConfigElement(
                home.sub("tmp").resolve("parts").toString(), most, most + HEADERS_AND_FIELDS_BYTES, IN_MEMORY_BYTES);
    }
}
