package org.anquan.catalog;

/** What a copy of a store brought into the other; once it is given, all of it is on the disk. */
public record CopyReceipt(int layers, long features, long historyEntries, long changeSets) {}
