package org.anquan.catalog;

/** The type of an attribute, and so of its column and of its JSON value. */
public enum AttributeType {
    TEXT,
    INTEGER,
    NUMBER,
    BOOLEAN,
    /** ISO 8601 date, {@code 2026-03-05}. */
    DATE,
    /** ISO 8601 instant with offset, {@code 2026-03-05T14:20:00+08:00}; kept in UTC. */
    TIME,
    /** Several of the allowed values; a JSON array of texts. */
    LIST
}
