package org.anquan.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each change of a document once, whoever made it: our own writes say so themselves, those of other processes are
 * seen by the watch. A look by the watch may be older than a write of ours: only what is newer than what was told is news,
 * and one that is missing is believed gone when it is missing twice.
 */
final class DocumentNews {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentNews.class);

    /** What names a document. */
    record Key(String kind, String name) {}

    /** The state of a document. */
    record Stand(long version, Instant changedAt) {}

    private record Told(Stand stand, boolean gone, boolean missing) {}

    private final Consumer<DocumentChanged> listeners;
    private final Map<Key, Told> told = new HashMap<>();

    DocumentNews(Consumer<DocumentChanged> listeners) {
        this.listeners = listeners;
    }

    /** What is there at the start is no news. */
    synchronized void known(Map<Key, Stand> there) {
        there.forEach((key, stand) -> told.put(key, new Told(stand, false, false)));
    }

    void written(Documents.Document one) {
        Key key = new Key(one.kind(), one.name());
        if (isNews(key, new Stand(one.version(), one.changedAt()))) tell(key, one.version());
    }

    void deleted(Documents.Document one) {
        Key key = new Key(one.kind(), one.name());
        if (isGone(key, new Stand(one.version(), one.changedAt()))) tell(key, 0);
    }

    /** @param there all documents, as another look found them */
    void seen(Map<Key, Stand> there) {
        List<DocumentChanged> news = new ArrayList<>();
        there.forEach((key, stand) -> {
            if (isNews(key, stand)) news.add(new DocumentChanged(key.kind(), key.name(), stand.version()));
        });
        for (Key key : missing(there)) news.add(new DocumentChanged(key.kind(), key.name(), 0));
        news.forEach(this::tell);
    }

    private synchronized boolean isNews(Key key, Stand stand) {
        Told before = told.get(key);
        if (before != null) {
            Stand last = before.stand();
            boolean newer = stand.changedAt().isAfter(last.changedAt())
                    || !before.gone()
                            && stand.version() > last.version()
                            && !stand.changedAt().isBefore(last.changedAt());
            if (!newer) {
                if (!before.gone() && before.missing()) told.put(key, new Told(last, false, false));
                return false;
            }
        }
        told.put(key, new Told(stand, false, false));
        return true;
    }

    private synchronized boolean isGone(Key key, Stand stand) {
        Told before = told.put(key, new Told(stand, true, false));
        return before == null || !before.gone();
    }

    private synchronized List<Key> missing(Map<Key, Stand> there) {
        List<Key> gone = new ArrayList<>();
        told.replaceAll((key, one) -> {
            if (one.gone() || there.containsKey(key)) return one;
            if (one.missing()) gone.add(key);
            return new Told(one.stand(), one.missing(), true);
        });
        return gone;
    }

    private void tell(Key key, long version) {
        tell(new DocumentChanged(key.kind(), key.name(), version));
    }

    private void tell(DocumentChanged event) {
        try {
            listeners.accept(event);
        } catch (RuntimeException e) {
            // The change is on the disk; a listener that failed must not make it look refused.
            LOG.error("A listener failed on {}", event, e);
        }
    }
}
