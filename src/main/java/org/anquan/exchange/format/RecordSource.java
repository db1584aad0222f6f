package org.anquan.exchange.format;

import java.util.stream.Stream;

/** A file that records can be read from, as often as wanted: once for a dry run, once for good. One thread at a time. */
public interface RecordSource extends AutoCloseable {
    SourceSchema schema();

    /**
     * The records, in the order of the file, one at a time; close the stream. A bad record comes with its problems; a
     * file that cannot be read on at all ends the stream with a {@link org.anquan.problem.ProblemException}.
     */
    Stream<SourceRecord> records();

    /** How much of the file the latest stream has read, 0 to 1. */
    double progress();

    /** Removes what was unpacked into the temporary folder. */
    @Override
    void close();
}
