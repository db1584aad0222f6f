package org.anquan.catalog;

/** Who may see a layer or an attribute, from all to few. */
public enum Sensitivity {
    PUBLIC,
    INTERNAL,
    RESTRICTED
}
