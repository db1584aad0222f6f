package org.anquan.catalog;

/** What passes by itself or by an administrator; everything else that a database refuses is a fault of ours. */
enum StoreTrouble {
    /** No connection: the database is stopped, starts, or cannot be reached. */
    AWAY("catalog.store.away"),
    FULL("catalog.store.full"),
    READ_ONLY("catalog.store.readOnly"),
    BUSY("catalog.store.busy"),
    /** Wrong account, no right, no such database. */
    REFUSED("catalog.store.refused"),
    /** It takes no more connections, or has no memory for them. */
    CROWDED("catalog.store.crowded"),
    /** A table is other than our definition of it: another process changed it. */
    OTHER_TABLES("catalog.store.otherTables"),
    /** What it reads from the disk is not what it wrote. */
    BROKEN("catalog.store.broken");

    private final String key;

    StoreTrouble(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
