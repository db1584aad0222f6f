package org.anquan.exchange.format;

/**
 * A column of a file to be written.
 *
 * @param name the key of the record's values
 * @param title for headings of tables
 * @param unit empty where there is none
 */
public record SinkColumn(String name, String title, ColumnType type, String unit) {
    public SinkColumn(String name, ColumnType type) {
        this(name, name, type, "");
    }
}
