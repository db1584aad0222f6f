package org.anquan.shelter;

/** Placeholder. */
final class Sheets {
    static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    Sheets(java.io.OutputStream out) {}

    void capacity(Capacities.Answer answer) {}
}
