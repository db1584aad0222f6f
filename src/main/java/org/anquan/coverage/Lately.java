package org.anquan.coverage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The few things that were wanted lately, each made once even when many ask for it at the same time. */
final class Lately<K, V> {
    private final Map<K, FutureTask<V>> kept;

    Lately(int atMost) {
        kept = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, FutureTask<V>> eldest) {
                return size() > atMost;
            }
        };
    }

    V get(K key, Callable<V> make) {
        FutureTask<V> task;
        synchronized (kept) {
            task = kept.computeIfAbsent(key, k -> new FutureTask<>(make));
        }
        task.run();
        try {
            return task.get();
        } catch (ExecutionException | CancellationException e) {
            forget(key, task);
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + key, e);
        }
    }

    private void forget(K key, FutureTask<V> task) {
        synchronized (kept) {
            kept.remove(key, task);
        }
    }
}
