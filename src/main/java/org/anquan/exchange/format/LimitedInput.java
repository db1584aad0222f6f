package org.anquan.exchange.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Hands every count of bytes that came through to a watcher, who may end the reading by throwing. */
final class LimitedInput extends FilterInputStream {
    private final LongConsumer watcher;
    private long total;

    /** @param watcher gets the number of bytes so far */
    LimitedInput(InputStream in, LongConsumer watcher) {
        super(in);
        this.watcher = watcher;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        if (one >= 0) watcher.accept(++total);
        return one;
    }

    @Override
    public int read(byte[] to, int from, int count) throws IOException {
        int read = super.read(to, from, count);
        if (read > 0) watcher.accept(total += read);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        if (skipped > 0) watcher.accept(total += skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
