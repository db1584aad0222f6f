package org.anquan.live;

import java.nio.charset.StandardCharsets;
import org.anquan.catalog.Sensitivity;

/**
 * One piece of news, ready to be written; the same bytes go to all listeners.
 *
 * @param number one more than the event before
 * @param sensitivity who may be told
 * @param bytes in the form of {@code text/event-stream}, with the empty line that ends it
 */
record LiveEvent(long number, Sensitivity sensitivity, byte[] bytes) {
    /**
     * @param id what a reader that comes back names as the last one it saw
     * @param data JSON without line breaks
     */
    static LiveEvent of(String id, long number, Sensitivity sensitivity, String kind, String data) {
        String text = "id: " + id + "\nevent: " + kind + "\ndata: " + data + "\n\n";
        return new LiveEvent(number, sensitivity, text.getBytes(StandardCharsets.UTF_8));
    }
}
