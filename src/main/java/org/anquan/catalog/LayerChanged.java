package org.anquan.catalog;

/** A layer moved to this version: published as a Spring event after the change is on the disk. */
public record LayerChanged(String layer, long version) {}
