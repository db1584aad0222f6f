package org.anquan.exchange.format;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One pass over the records of a file. */
interface Records extends AutoCloseable {
    /** The next record, or null at the end. */
    @Nullable
    SourceRecord next() throws IOException;

    @Override
    void close() throws IOException;
}
