package org.anquan.geoserver;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.anquan.catalog.Sensitivity;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where a GeoServer is and what it gets; reasons stand in {@code application.yml}.
 *
 * @param url of the GeoServer itself, {@code http://host:8080/geoserver}; empty: none
 * @param layers ids of the layers to publish; empty: all that may be
 * @param sensitivity the most sensitive layers and attributes that are published; never restricted ones
 * @param group name of the layer group; empty for none
 * @param attempts how often a request is tried in all
 */
@Validated
@ConfigurationProperties(prefix = "anquan.geoserver", ignoreUnknownFields = false)
record GeoServerSettings(
        String url,
        String user,
        String password,
        @Pattern(regexp = "[A-Za-z][A-Za-z0-9_-]{0,40}") String workspace,
        @Pattern(regexp = "[A-Za-z][A-Za-z0-9_-]{0,40}") String store,
        @Pattern(regexp = "([A-Za-z][A-Za-z0-9_-]{0,40})?") String group,
        List<String> layers,
        Sensitivity sensitivity,
        Duration connectTimeout,
        Duration readTimeout,
        @Min(1) @Max(10) int attempts,
        Duration firstWait,
        Duration longestWait,
        @Valid PostGis postgis) {
    GeoServerSettings {
        layers = List.copyOf(layers);
    }

    /** Another server for one run; what is empty is as set. A password of the settings is for their server only. */
    GeoServerSettings with(Target target) {
        boolean other = !target.url().isEmpty() && !target.url().equals(url);
        boolean own = other || !target.user().isEmpty() || !target.password().isEmpty();
        return new GeoServerSettings(
                target.url().isEmpty() ? url : target.url(),
                own ? target.user() : user,
                own ? target.password() : password,
                target.workspace().isEmpty() ? workspace : target.workspace(),
                store,
                group,
                layers,
                sensitivity,
                connectTimeout,
                readTimeout,
                attempts,
                firstWait,
                longestWait,
                postgis);
    }

    /**
     * How GeoServer reaches the database of the store, which may be another way than ours.
     *
     * @param host empty: that of {@code spring.datasource.url}
     * @param port 0: likewise
     */
    record PostGis(
            String host, @Min(0) @Max(65535) int port, String database, String schema, String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return host + ":" + port + "/" + database + "/" + schema;
        }
    }

    /** Without names and passwords, which must not get into a log by chance. */
    @Override
    public String toString() {
        return "GeoServer " + url + " workspace " + workspace;
    }
}
