package org.anquan.exchange.format;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The frame of every source: turns what a broken file throws into words, and passes into streams. */
final class FileSource implements RecordSource {
    /** Starts a pass over the records. */
    interface Opener {
        Records open() throws IOException;
    }

    private final Input input;
    private final SourceSchema schema;
    private final Opener opener;

    FileSource(Input input, SourceSchema schema, Opener opener) {
        this.input = input;
        this.schema = schema;
        this.opener = opener;
    }

    @Override
    public SourceSchema schema() {
        return schema;
    }

    @Override
    public Stream<SourceRecord> records() {
        Records records;
        try {
            records = opener.open();
        } catch (IOException | RuntimeException e) {
            throw Damage.inWords(input.name(), e);
        }
        Iterator<SourceRecord> all = new Pass(records);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(() -> {
                    try {
                        records.close();
                    } catch (IOException e) {
                        throw Damage.inWords(input.name(), e);
                    }
                });
    }

    @Override
    public double progress() {
        return input.progress();
    }

    @Override
    public void close() {
        input.close();
    }

    private final class Pass implements Iterator<SourceRecord> {
        private final Records records;
        private @Nullable SourceRecord next;
        private boolean ended;

        Pass(Records records) {
            this.records = records;
        }

        @Override
        public boolean hasNext() {
            if (next != null) return true;
            if (ended) return false;
            try {
                next = records.next();
            } catch (IOException | RuntimeException e) {
                ended = true;
                throw Damage.inWords(input.name(), e);
            }
            ended = next == null;
            return !ended;
        }

        @Override
        public SourceRecord next() {
            if (!hasNext() || next == null) throw new NoSuchElementException();
            SourceRecord record = next;
            next = null;
            return record;
        }
    }

    /** What a damaged file makes of a reader, as words for the user. */
    static final class Damage {
        private Damage() {}

        static ProblemException inWords(String name, Exception e) {
            if (e instanceof ProblemException problem) return problem;
            if (e.getCause() instanceof ProblemException problem) return problem;
            return ProblemException.invalid("exchange.format.damaged", name).causedBy(e);
        }
    }
}
