package org.anquan.ogcapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** What the map shows beside the county's own layers. */
@Validated
@ConfigurationProperties(prefix = "anquan.map", ignoreUnknownFields = false)
record MapSettings(Basemap basemap) {
    /**
     * @param url tile address with {@code {z}}, {@code {x}}, {@code {y}}; empty for none, so that no request leaves the
     *     host
     * @param attribution shown on the map
     */
    record Basemap(
            @DefaultValue("") String url, @DefaultValue("") String attribution) {}
}
