package org.anquan.exchange;

import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The features of a GeoJSON FeatureCollection (or of one Feature), streamed: one feature in memory at a time. */
final class GeoJsonRows {
    private static final int DEEPEST = 100;
    private static final List<String> KNOWN_CRS = List.of("CRS84", "4326", "4490");

    private final String fileName;
    private final Reader in;
    private final JsonMapper mapper;
    private long count;

    GeoJsonRows(String fileName, Reader in, int longestText) {
        this.fileName = fileName;
        this.in = in;
        this.mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxStringLength(longestText)
                                .maxNestingDepth(DEEPEST)
                                .build())
                        .build())
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    void each(RawRow.Taker taker) throws IOException {
        try (JsonParser json = mapper.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) throw notFeatures();
            if (!collection(json, taker)) throw notFeatures();
            if (json.nextToken() != null) throw broken(json.currentTokenLocation(), "…");
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw broken(at, String.valueOf(e.getOriginalMessage())).causedBy(e);
        }
    }

    /** Whether there were features. */
    private boolean collection(JsonParser json, RawRow.Taker taker) {
        boolean features = false;
        Map<String, JsonNode> single = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("features") && value == JsonToken.START_ARRAY) {
                features = true;
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    if (json.currentToken() == null) throw broken(json.currentLocation(), "…");
                    JsonNode node = mapper.readTree(json);
                    taker.take(row(node));
                }
            } else if (name.equals("crs")) {
                checkCrs(mapper.readTree(json));
            } else if (!features
                    && List.of("type", "id", "geometry", "properties").contains(name)) {
                single.put(name, mapper.readTree(json));
            } else {
                json.skipChildren();
            }
        }
        if (features) return true;
        JsonNode type = single.get("type");
        if (type == null || !type.isString() || !type.asString().equals("Feature")) return false;
        taker.take(row(mapper.valueToTree(single)));
        return true;
    }

    private RawRow row(JsonNode feature) {
        long number = ++count;
        if (!feature.isObject() || !feature.path("type").asString("").equals("Feature"))
            return RawRow.unreadable(number, Text.of("exchange.row.noFeature"));
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : feature.path("properties").properties()) {
            JsonNode value = property.getValue();
            boolean blank =
                    value.isNull() || (value.isString() && value.asString().isBlank());
            if (!blank) values.put(property.getKey(), value);
        }
        JsonNode geometry = feature.path("geometry");
        return new RawRow(number, id(feature.path("id")), geometry.isObject() ? geometry : null, values, null);
    }

    private static @Nullable String id(JsonNode id) {
        return (id.isString() || id.isNumber()) && !id.asString().isBlank() ? id.asString() : null;
    }

    /** An old way to name the coordinate system; RFC 7946 knows only WGS 84, and many files still say so. */
    private void checkCrs(JsonNode crs) {
        String name = crs.path("properties").path("name").asString("");
        if (!crs.isNull() && KNOWN_CRS.stream().noneMatch(name::endsWith))
            throw ProblemException.invalid("exchange.crs", fileName, name.isEmpty() ? crs.toString() : name);
    }

    private ProblemException notFeatures() {
        return ProblemException.invalid("exchange.notFeatures", fileName);
    }

    private ProblemException broken(@Nullable TokenStreamLocation at, String what) {
        int line = at == null ? 0 : at.getLineNr();
        int column = at == null ? 0 : at.getColumnNr();
        return ProblemException.invalid("exchange.brokenJson", fileName, line, column, count, what);
    }
}
