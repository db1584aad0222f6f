package org.anquan.catalog;

/**
 * A document was written or deleted, here or by another process on the same store: published as a Spring event after the
 * change is on the disk.
 *
 * @param kind what it is, as {@code scenario}
 * @param version 0 where it was deleted
 */
public record DocumentChanged(String kind, String name, long version) {}
