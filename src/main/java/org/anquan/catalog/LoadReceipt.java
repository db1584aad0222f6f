package org.anquan.catalog;

/**
 * What a load did; once it is given, the features are on the disk.
 *
 * @param changeSet its number in the history
 * @param layerVersion the layer's version now
 * @param removed how many features a replacing load took out
 * @param count how many the layer has now
 */
public record LoadReceipt(long changeSet, long layerVersion, long added, long removed, long count) {}
