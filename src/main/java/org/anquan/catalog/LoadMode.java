package org.anquan.catalog;

/** What a load does with the features that a layer has already. */
public enum LoadMode {
    /** They stay; a new feature whose id is taken is refused. */
    APPEND,
    /** They stay; a feature whose id is taken changes the one that has it, by what is given of it. */
    UPDATE,
    /** They all go, and only the new ones are there. */
    REPLACE
}
