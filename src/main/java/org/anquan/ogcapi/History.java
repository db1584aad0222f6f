package org.anquan.ogcapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.HistoryEntry;
import org.anquan.catalog.HistoryValues;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Title;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * One change to one feature, as people read it.
 *
 * @param operation {@code create}, {@code update}, {@code delete}, {@code load}
 * @param geometryChanged whether it was moved or redrawn
 */
record History(
        long changeSet,
        long layerVersion,
        Instant at,
        String who,
        String why,
        String operation,
        Text operationText,
        boolean geometryChanged,
        List<Changed> changes) {
    /**
     * @param before null where it was unknown
     * @param beforeText as people read it, with its unit
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Changed(
            String attribute,
            Title title,
            @Nullable Object before,
            @Nullable Object after,
            String beforeText,
            String afterText) {}

    /**
     * Newest first; only attributes of the (cut) definition.
     *
     * @param oldestFirst as the store gives them
     * @param present null where the feature was deleted
     */
    static List<History> all(LayerDefinition cut, List<HistoryEntry> oldestFirst, @Nullable Feature present) {
        List<History> all = new ArrayList<>();
        for (int i = 0; i < oldestFirst.size(); i++) {
            HistoryEntry entry = oldestFirst.get(i);
            boolean load = entry.operation().equals("load");
            Map<String, Object> after = load ? first(cut, oldestFirst, i, present) : values(cut, entry.after());
            all.add(new History(
                    entry.changeSet(),
                    entry.layerVersion(),
                    entry.at(),
                    entry.who(),
                    entry.why(),
                    entry.operation(),
                    Text.of("ogcapi.operation." + entry.operation()),
                    entry.moved(),
                    changes(cut, values(cut, entry.before()), after)));
        }
        Collections.reverse(all);
        return all;
    }

    private static Map<String, Object> values(LayerDefinition cut, @Nullable String json) {
        return HistoryValues.read(cut, json);
    }

    /** What a load brought is what was there before the next change, or what is there now. */
    private static Map<String, Object> first(
            LayerDefinition cut, List<HistoryEntry> entries, int load, @Nullable Feature present) {
        if (load + 1 < entries.size()) return values(cut, entries.get(load + 1).before());
        return present == null ? Map.of() : present.attributes();
    }

    private static List<Changed> changes(LayerDefinition cut, Map<String, Object> before, Map<String, Object> after) {
        List<Changed> all = new ArrayList<>();
        for (AttributeDefinition attribute : cut.attributes()) {
            Object was = before.get(attribute.name());
            Object is = after.get(attribute.name());
            if (java.util.Objects.equals(was, is)) continue;
            all.add(new Changed(
                    attribute.name(), attribute.title(), was, is, words(attribute, was), words(attribute, is)));
        }
        return all;
    }

    private static String words(AttributeDefinition attribute, @Nullable Object value) {
        if (value == null) return Text.of("ogcapi.unknown").toString();
        String words = ItemsController.words(attribute, value);
        return attribute.unit() == null ? words : words + " " + attribute.unitInWords();
    }
}
