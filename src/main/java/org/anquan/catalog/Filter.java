package org.anquan.catalog;

/**
 * A condition on the features of one layer, written in CQL2 text (OGC 21-065r2): {@code kind = 'professional' AND
 * people > 10}. Made by {@link Filters#parse}.
 */
public interface Filter {
    boolean matches(Feature feature);
}
