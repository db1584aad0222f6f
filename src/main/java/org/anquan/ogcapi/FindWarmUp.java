package org.anquan.ogcapi;

import java.util.concurrent.atomic.AtomicBoolean;
import org.anquan.catalog.DefinitionsChanged;
import org.anquan.catalog.LayerChanged;
import org.anquan.catalog.Names;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Reads the names in the background, at the start and after changes, so that nobody who types waits for it. */
@Component
@ConditionalOnWebApplication
final class FindWarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(FindWarmUp.class);

    private final Names names;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile boolean ready;

    FindWarmUp(Names names) {
        this.names = names;
    }

    @EventListener(ApplicationReadyEvent.class)
    void started() {
        ready = true;
        later();
    }

    @EventListener
    void changed(LayerChanged change) {
        if (ready) later();
    }

    @EventListener
    void changed(DefinitionsChanged change) {
        if (ready) later();
    }

    private void later() {
        if (!waiting.compareAndSet(false, true)) return;
        Thread thread = new Thread(this::warm, "find-warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    private void warm() {
        try {
            // Changes that come one after the other are read together.
            Thread.sleep(50);
            waiting.set(false);
            names.warm();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            waiting.set(false);
            LOG.debug("The names could not be read ahead; the first search reads them", e);
        }
    }
}
