package org.anquan.exchange.format;

import java.util.List;

/**
 * @param name as in the file; a second column of the same name gets {@code (2)} behind it
 * @param type declared by the file or guessed from the records looked at
 * @param filled how many of the records looked at hold a value
 * @param examples the first few different values, shortened
 */
public record SourceColumn(String name, ColumnType type, long filled, List<String> examples) {
    public SourceColumn {
        examples = List.copyOf(examples);
    }
}
