package org.anquan.catalog;

/**
 * Who changes something, and why: stands in the history beside every change.
 *
 * @param who the account, or {@code command line}
 * @param why in the words of whoever changed it; may be empty
 */
public record ChangeContext(String who, String why) {
    public ChangeContext {
        if (who.isBlank()) throw new IllegalArgumentException("a change needs somebody who makes it");
    }
}
