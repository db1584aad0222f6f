package org.anquan.ogcapi;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.LiteWebJarsResourceResolver;

/** The map's own files, from the jar: asked for again each time, so that a new version shows at once. */
@Configuration
@ConditionalOnWebApplication
class WebFiles implements WebMvcConfigurer {
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(30)).cachePublic())
                .resourceChain(true)
                .addResolver(new LiteWebJarsResourceResolver());
        registry.addResourceHandler("/**")
                .addResourceLocations("classpath:/web/")
                .setCacheControl(CacheControl.noCache())
                .setEtagGenerator(WebFiles::etag);
    }

    /** By content: the jar's own times say nothing. Weak, so that the server may compress. */
    private static @Nullable String etag(Resource file) {
        try (InputStream in = file.getInputStream()) {
            CRC32 sum = new CRC32();
            long length = 0;
            byte[] part = new byte[16_384];
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                sum.update(part, 0, n);
                length += n;
            }
            return "W/\"" + Long.toHexString(sum.getValue()) + "-" + length + "\"";
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
        registry.addViewController("/dispatch").setViewName("forward:/dispatch.html");
    }
}
