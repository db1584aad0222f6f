package org.anquan.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.anquan.catalog.LayerChanged;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.problem.ProblemException;
import org.anquan.scenario.ScenarioChanged;
import org.anquan.scenario.ScenarioStore;
import org.anquan.scenario.StoredScenario;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings what has changed to all who listen. Who made the change only puts it into queues; one thread writes them to the
 * network and never waits for a reader.
 */
@Component
@ConditionalOnWebApplication
final class LiveEvents implements AutoCloseable {
    private static final long LOOK_ROUND_MILLIS = 1000;

    private final Layers layers;
    private final ScenarioStore scenarios;
    private final LiveSettings settings;
    private final JsonMapper json;
    private final ChangeFeed feed;
    private final List<LiveListener> open = new CopyOnWriteArrayList<>();
    private final Semaphore news = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "live");
    private volatile boolean closed;

    LiveEvents(Layers layers, ScenarioStore scenarios, LiveSettings settings, JsonMapper json) {
        this.layers = layers;
        this.scenarios = scenarios;
        this.settings = settings;
        this.json = json;
        this.feed = new ChangeFeed(settings);
        thread.setDaemon(true);
        thread.start();
    }

    /** As told to listeners. */
    record LayerNews(String layer, long version) {}

    /** As told to listeners. */
    record ScenarioNews(String name, long version) {}

    /** Where everything stands: the versions of the layers that the listener may see, and of the live scenario. */
    record Stand(Map<String, Long> layers, Map<String, Long> scenarios) {}

    @EventListener
    void heard(LayerChanged event) {
        LayerDefinition layer = layers.definition(event.layer());
        feed.tell(layer.sensitivity(), "layer", json.writeValueAsString(new LayerNews(event.layer(), event.version())));
    }

    @EventListener
    void heard(ScenarioChanged event) {
        feed.tell(
                event.sensitivity(),
                "scenario",
                json.writeValueAsString(new ScenarioNews(event.name(), event.version())));
    }

    int listeners() {
        return feed.listeners();
    }

    ChangeFeed feed() {
        return feed;
    }

    /**
     * Takes in one who listens from now on.
     *
     * @param lastSeen the id of the last event that they saw, or empty
     */
    void join(AsyncContext context, Visibility visibility, String lastSeen) throws IOException {
        LiveListener listener = new LiveListener(context, visibility, settings.maxWaiting(), news::release);
        ChangeFeed.Joined joined;
        try {
            joined = feed.join(listener, lastSeen).orElseThrow(() -> full());
        } catch (ProblemException e) {
            context.complete();
            throw e;
        }
        open.add(listener);
        context.addListener(new Goodbye(listener));
        // Read after joining: what changes meanwhile is told as well, never missed.
        String kind = joined.caughtUp() || lastSeen.isEmpty() ? "ready" : "reset";
        String hello = "retry: 2000\nid: " + joined.id() + "\nevent: " + kind + "\ndata: "
                + json.writeValueAsString(stand(visibility)) + "\n\n";
        listener.take(hello.getBytes(StandardCharsets.UTF_8));
        context.getResponse().getOutputStream().setWriteListener(listener);
    }

    ProblemException full() {
        return ProblemException.unavailable("live.full", settings.maxListeners());
    }

    boolean isFull() {
        return feed.listeners() >= settings.maxListeners();
    }

    private Stand stand(Visibility visibility) {
        Map<String, Long> versions = new LinkedHashMap<>();
        for (LayerDefinition layer : visibility.layers(layers))
            versions.put(layer.id(), layers.state(layer.id()).version());
        long now =
                scenarios.find(StoredScenario.NOW).map(StoredScenario::version).orElse(0L);
        return new Stand(versions, Map.of(StoredScenario.NOW, now));
    }

    /** The container ends the answer: the reader is gone, or we are. */
    private final class Goodbye implements AsyncListener {
        private final LiveListener listener;

        Goodbye(LiveListener listener) {
            this.listener = listener;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            forget(listener);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            letGo(listener);
        }

        @Override
        public void onError(AsyncEvent event) {
            letGo(listener);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private void letGo(LiveListener listener) {
        forget(listener);
        listener.end();
    }

    private void forget(LiveListener listener) {
        feed.leave(listener);
        open.remove(listener);
    }

    private void run() {
        long lookNanos = System.nanoTime();
        while (!closed) {
            try {
                news.tryAcquire(LOOK_ROUND_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
            news.drainPermits();
            boolean look = System.nanoTime() - lookNanos
                    > Duration.ofMillis(LOOK_ROUND_MILLIS).toNanos();
            if (look) lookNanos = System.nanoTime();
            for (LiveListener one : open) serve(one, look);
        }
    }

    private void serve(LiveListener one, boolean look) {
        try {
            if (look) one.beat(settings.heartbeat().toNanos());
            if (one.isOver(settings.longest().toNanos())) letGo(one);
            else one.drain();
        } catch (IOException | RuntimeException e) {
            // The reader is gone; the others are not to notice.
            letGo(one);
        }
    }

    /** Before the container waits for open answers to end. */
    @EventListener(ContextClosedEvent.class)
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        thread.interrupt();
        for (LiveListener one : open) letGo(one);
    }
}
