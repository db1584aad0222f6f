package org.anquan.exchange.format;

import java.util.List;

/**
 * What is to be written.
 *
 * @param name of the layer, a plain identifier: it names tables and files inside
 * @param title for people
 */
public record SinkSchema(String name, String title, List<SinkColumn> columns) {
    public SinkSchema {
        columns = List.copyOf(columns);
        if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,60}"))
            throw new IllegalArgumentException("a layer's name is a plain identifier; got " + name);
    }
}
