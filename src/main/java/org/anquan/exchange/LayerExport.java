package org.anquan.exchange;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.anquan.geo.GeoJson;
import org.locationtech.jts.geom.Point;
import org.springframework.stereotype.Service;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a layer, or what a query finds of it, to a file; streamed, and all of one version. */
@Service
public final class LayerExport {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final Layers layers;

    LayerExport(Layers layers) {
        this.layers = layers;
    }

    /**
     * @param upTo attributes that are more sensitive are left out
     * @return how many features were written
     */
    public long write(FeatureQuery query, ExportFormat format, Sensitivity upTo, OutputStream out) throws IOException {
        LayerDefinition layer = layers.definition(query.layer());
        List<AttributeDefinition> attributes = layer.attributes().stream()
                .filter(a -> a.sensitivity().compareTo(upTo) <= 0)
                .toList();
        try {
            return switch (format) {
                case GEOJSON -> geoJson(query, attributes, out);
                case CSV -> csv(query, layer, attributes, out);
            };
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            throw cause == null ? new IOException(e) : cause;
        }
    }

    private long geoJson(FeatureQuery query, List<AttributeDefinition> attributes, OutputStream out) {
        long[] count = {0};
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringProperty("type", "FeatureCollection");
            json.writeArrayPropertyStart("features");
            layers.forEach(query, feature -> {
                count[0]++;
                json.writeStartObject();
                json.writeStringProperty("type", "Feature");
                json.writeStringProperty("id", feature.id());
                json.writeName("geometry");
                GeoJson.writeExact(json, feature.geometry());
                json.writeObjectPropertyStart("properties");
                for (AttributeDefinition attribute : attributes) {
                    Object value = feature.get(attribute.name());
                    if (value == null) continue;
                    json.writeName(attribute.name());
                    write(json, value);
                }
                json.writeEndObject();
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeEndObject();
        }
        return count[0];
    }

    private static void write(JsonGenerator json, Object value) {
        if (value instanceof Boolean flag) json.writeBoolean(flag);
        else if (value instanceof Long number) json.writeNumber(number);
        else if (value instanceof Double number) json.writeNumber(number);
        else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) json.writeString(String.valueOf(item));
            json.writeEndArray();
        } else json.writeString(value.toString());
    }

    private long csv(FeatureQuery query, LayerDefinition layer, List<AttributeDefinition> attributes, OutputStream out)
            throws IOException {
        boolean points = layer.geometry() == GeometryKind.POINT;
        long[] count = {0};
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write('\uFEFF');
        List<String> header = new ArrayList<>(List.of("id"));
        header.addAll(points ? List.of("lon", "lat") : List.of("wkt"));
        attributes.forEach(a -> header.add(a.name()));
        record(writer, header);
        layers.forEach(query, feature -> {
            count[0]++;
            List<String> fields = new ArrayList<>(header.size());
            fields.add(feature.id());
            if (feature.geometry() instanceof Point point) {
                fields.add(Double.toString(point.getX()));
                fields.add(Double.toString(point.getY()));
            } else fields.add(ExactWkt.write(feature.geometry()));
            attributes.forEach(a -> fields.add(text(feature, a)));
            try {
                record(writer, fields);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.flush();
        return count[0];
    }

    private static String text(Feature feature, AttributeDefinition attribute) {
        Object value = feature.get(attribute.name());
        if (value == null) return "";
        return value instanceof List<?> list ? JSON.writeValueAsString(list) : value.toString();
    }

    private static void record(Writer writer, List<String> fields) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) writer.write(',');
            String field = fields.get(i);
            if (field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';' || c == '\t'))
                writer.write(field);
            else {
                writer.write('"');
                writer.write(field.replace("\"", "\"\""));
                writer.write('"');
            }
        }
        writer.write("\r\n");
    }
}
