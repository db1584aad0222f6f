package org.anquan.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.anquan.catalog.Visibility;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/events}: what has changed, as it happens. */
@RestController
@ConditionalOnWebApplication
final class EventsController {
    private final LiveEvents events;

    EventsController(LiveEvents events) {
        this.events = events;
    }

    /**
     * @param lastHeard as browsers send it when they come back
     * @param lastGiven the same for clients that cannot set a header
     */
    @GetMapping("/api/events")
    void listen(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastHeard,
            @RequestParam(name = "lastEventId", defaultValue = "") String lastGiven)
            throws IOException {
        if (events.isFull()) throw events.full();
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // Proxies that gather answers would hold the news back.
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        events.join(context, Visibility.current(), lastHeard.isEmpty() ? lastGiven : lastHeard);
    }
}
