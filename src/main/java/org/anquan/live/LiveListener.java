package org.anquan.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.anquan.catalog.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * One open map. It holds no thread: what is told waits in a queue, and is written as far as the network takes it, by the
 * one thread of {@link LiveEvents} or, after a pause of a slow network, by a thread of the container. The servlet rule
 * that nothing is written before {@code isReady()} said so is kept under the lock of this object.
 */
final class LiveListener implements ChangeFeed.Listener, WriteListener {
    private static final byte[] SIGN_OF_LIFE = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Visibility visibility;
    private final int maxWaiting;
    private final Runnable wake;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final long openedNanos = System.nanoTime();
    private long writtenNanos = openedNanos;
    private boolean open;
    private boolean flushed = true;
    private volatile boolean tooSlow;
    private boolean ended;

    /** @param wake called when something waits; it must return at once */
    LiveListener(AsyncContext context, Visibility visibility, int maxWaiting, Runnable wake) throws IOException {
        this.context = context;
        this.out = context.getResponse().getOutputStream();
        this.visibility = visibility;
        this.maxWaiting = maxWaiting;
        this.wake = wake;
    }

    @Override
    public Visibility visibility() {
        return visibility;
    }

    @Override
    public void take(LiveEvent event) {
        take(event.bytes());
    }

    /**
     * A queue that is full marks this reader as too slow; the writer of the news goes on. The queue has a lock of its own,
     * which nobody holds while the network or the container is asked.
     */
    void take(byte[] bytes) {
        synchronized (waiting) {
            if (tooSlow) return;
            if (waiting.size() >= maxWaiting) {
                tooSlow = true;
                waiting.clear();
            } else waiting.addLast(bytes);
        }
        wake.run();
    }

    private byte @Nullable [] next() {
        synchronized (waiting) {
            return waiting.pollFirst();
        }
    }

    /** Writes what waits, as far as it goes without waiting. */
    synchronized void drain() throws IOException {
        if (!open || ended) return;
        while (out.isReady()) {
            byte[] next = next();
            if (next != null) {
                out.write(next);
                flushed = false;
            } else if (!flushed) {
                flushed = true;
                out.flush();
                writtenNanos = System.nanoTime();
            } else return;
        }
    }

    /** A sign of life, where nothing else was said for so long. */
    synchronized void beat(long afterNanos) {
        if (!ended && System.nanoTime() - writtenNanos >= afterNanos) take(SIGN_OF_LIFE);
    }

    /** Whether it is to be let go: it reads too slowly, or its time is over. */
    boolean isOver(long longestNanos) {
        return tooSlow || System.nanoTime() - openedNanos >= longestNanos;
    }

    /** Ends the answer; the browser comes back by itself and names what it saw last. */
    void end() {
        synchronized (this) {
            if (ended) return;
            ended = true;
        }
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The container has ended it already.
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        synchronized (this) {
            open = true;
        }
        drain();
    }

    @Override
    public void onError(@Nullable Throwable reason) {
        end();
    }
}
