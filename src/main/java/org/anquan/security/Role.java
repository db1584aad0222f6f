package org.anquan.security;

/** What an account may do; each role may also do what a {@link #VIEWER} may. */
public enum Role {
    /** Everything: accounts, settings, all data. */
    ADMIN,
    /** The planner: sees restricted data. */
    EDITOR,
    /** The duty officer: sees internal data, runs incidents. */
    DISPATCHER,
    /** Keeps the door of a shelter: counts people in and out, sees internal data. */
    KEEPER,
    /** Sees internal data. */
    VIEWER
}
