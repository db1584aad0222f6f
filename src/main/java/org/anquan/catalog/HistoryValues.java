package org.anquan.catalog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads attributes out of the JSON in which the history keeps them; the database writes yes and no as 1 and 0. */
public final class HistoryValues {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String EXTRA = "extra";

    private HistoryValues() {}

    /** Known values in their kept form, in the order of the definition; empty for null. */
    public static Map<String, Object> read(LayerDefinition layer, @Nullable String json) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (json == null) return values;
        JsonNode row = JSON.readTree(json);
        for (AttributeDefinition attribute : layer.attributes()) {
            JsonNode node = row.path(attribute.name());
            Object value = node.isMissingNode() || node.isNull() ? null : kept(attribute, node);
            if (value != null) values.put(attribute.name(), value);
        }
        return values;
    }

    /** The attribute may have had another type when this was written; what does not fit the present one stays unread. */
    private static @Nullable Object kept(AttributeDefinition attribute, JsonNode node) {
        try {
            Object value = value(attribute.type(), node);
            if (node.isString() == (value instanceof Number || value instanceof Boolean || value instanceof List))
                return ValueConversion.of(plain(node), attribute);
            return value;
        } catch (DateTimeException | JacksonException e) {
            return ValueConversion.of(plain(node), attribute);
        }
    }

    static Object plain(JsonNode node) {
        if (node.isArray()) {
            List<String> all = new ArrayList<>();
            node.forEach(one -> all.add(one.asString("")));
            return all;
        }
        if (node.isBoolean()) return node.asBoolean();
        if (node.isIntegralNumber()) return node.asLong();
        return node.isNumber() ? (Object) node.asDouble() : node.asString("");
    }

    /** What was kept aside from a file, as JSON; null for nothing. */
    static @Nullable String extra(@Nullable String json) {
        if (json == null) return null;
        JsonNode extra = JSON.readTree(json).path(EXTRA);
        return extra.isMissingNode() || extra.isNull() ? null : extra.toString();
    }

    private static Object value(AttributeType type, JsonNode node) {
        return switch (type) {
            case TEXT -> node.asString();
            case INTEGER -> node.asLong();
            case NUMBER -> node.asDouble();
            case BOOLEAN -> node.isBoolean() ? node.asBoolean() : node.asLong() != 0;
            case DATE -> LocalDate.parse(node.asString());
            case TIME -> Instant.parse(node.asString());
            case LIST -> {
                List<String> all = new ArrayList<>();
                node.forEach(one -> all.add(one.asString()));
                yield List.copyOf(all);
            }
        };
    }
}
