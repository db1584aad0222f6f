package org.anquan.exchange.format;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One pass over the rows of a table. */
interface TableRows extends AutoCloseable {
    @Nullable
    TableRow next() throws IOException;

    @Override
    void close() throws IOException;
}
