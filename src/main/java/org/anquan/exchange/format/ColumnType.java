package org.anquan.exchange.format;

/**
 * What a column holds. A value of a record is a String, Long, Double, BigDecimal (a number that neither holds exactly),
 * Boolean, LocalDate, LocalDateTime, OffsetDateTime, List or Map; text formats give Strings only, and the type is then a
 * guess from the texts.
 */
public enum ColumnType {
    TEXT,
    INTEGER,
    NUMBER,
    BOOLEAN,
    DATE,
    /** A moment, with or without an offset. */
    TIME,
    LIST,
    /** Something nested, as GeoJSON allows it. */
    OBJECT
}
