package org.anquan.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is and who we are there.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with {@code currentSchema} if the tables shall not stand in
 *     {@code public}
 */
record StoreAddress(
        String url, @Nullable String user, @Nullable String password) {
    static final String SCHEME = "jdbc:postgresql:";

    /** Host, port and database, without anything that was handed over for signing in. */
    String shown() {
        String place = url.startsWith(SCHEME) ? url.substring(SCHEME.length()) : url;
        int query = place.indexOf('?');
        String path = query < 0 ? place : place.substring(0, query);
        int at = path.lastIndexOf('@');
        return at < 0 ? path : "//" + path.substring(at + 1);
    }

    /** The password must not get into a log by chance. */
    @Override
    public String toString() {
        return shown();
    }
}
