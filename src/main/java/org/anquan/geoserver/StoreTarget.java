package org.anquan.geoserver;

import java.net.URI;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The PostGIS database as GeoServer reaches it.
 *
 * @param password goes to GeoServer and nowhere else
 */
record StoreTarget(String host, int port, String database, String schema, String user, String password) {
    private static final int USUAL_PORT = 5432;

    /**
     * @param url {@code jdbc:postgresql://host:port/database?…}; empty where the store is a GeoPackage
     * @return null where the store is a GeoPackage
     */
    static @Nullable StoreTarget of(String url, String user, String password, GeoServerSettings.PostGis settings) {
        if (!url.startsWith("jdbc:postgresql:")) return null;
        URI at;
        try {
            at = URI.create(url.substring("jdbc:".length()));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("geoserver.database");
        }
        String query = at.getRawQuery() == null ? "" : at.getRawQuery();
        String path = at.getPath() == null ? "" : at.getPath().replaceFirst("^/", "");
        StoreTarget target = new StoreTarget(
                either(settings.host(), at.getHost() == null ? "" : at.getHost()),
                settings.port() > 0 ? settings.port() : at.getPort() > 0 ? at.getPort() : USUAL_PORT,
                either(settings.database(), path),
                either(settings.schema(), either(parameter(query, "currentSchema"), "public")),
                either(settings.user(), either(user, parameter(query, "user"))),
                either(settings.password(), either(password, parameter(query, "password"))));
        if (target.host().isBlank() || target.database().isBlank())
            throw ProblemException.invalid("geoserver.database");
        return target;
    }

    private static String either(String first, String otherwise) {
        return first.isBlank() ? otherwise : first;
    }

    private static String parameter(String query, String name) {
        for (String part : query.split("&"))
            if (part.startsWith(name + "="))
                return java.net.URLDecoder.decode(
                        part.substring(name.length() + 1).split(",")[0], java.nio.charset.StandardCharsets.UTF_8);
        return "";
    }

    /** Parameters of GeoServer's PostGIS store; without the password for comparing, since GeoServer keeps it encrypted. */
    ObjectNode parameters(boolean withPassword) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = parameters.putArray("entry");
        entry(entries, "dbtype", "postgis");
        entry(entries, "host", host);
        entry(entries, "port", String.valueOf(port));
        entry(entries, "database", database);
        entry(entries, "schema", schema);
        entry(entries, "user", user);
        if (withPassword) entry(entries, "passwd", password);
        // Feature ids of GeoServer come from the key; fid must not be shown as an attribute.
        entry(entries, "Expose primary keys", "false");
        entry(entries, "validate connections", "true");
        return parameters;
    }

    private static void entry(ArrayNode entries, String key, String value) {
        entries.addObject().put("@key", key).put("$", value);
    }

    @Override
    public String toString() {
        return host + ":" + port + "/" + database + "/" + schema;
    }
}
