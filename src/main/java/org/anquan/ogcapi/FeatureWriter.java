package org.anquan.ogcapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.anquan.geo.GeoJson;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/** Writes features as GeoJSON, straight to the wire; only the attributes of the given (cut) definition come out. */
final class FeatureWriter {
    private final JsonGenerator out;
    private final Map<String, SerializedString> visible = new LinkedHashMap<>();
    private final Crs crs;

    FeatureWriter(JsonGenerator out, LayerDefinition layer, Crs crs) {
        this.out = out;
        for (AttributeDefinition attribute : layer.attributes())
            visible.put(attribute.name(), new SerializedString(attribute.name()));
        this.crs = crs;
    }

    void write(Feature feature) {
        out.writeStartObject();
        writeInside(feature);
        out.writeEndObject();
    }

    /** Without the brackets, so that links can follow. */
    void writeInside(Feature feature) {
        out.writeStringProperty("type", "Feature");
        out.writeStringProperty("id", feature.id());
        out.writeName("geometry");
        if (feature.geometry().isEmpty()) out.writeNull();
        else GeoJson.write(out, crs.fromLonLat(feature.geometry()));
        out.writeObjectPropertyStart("properties");
        // Unknown values are said as null: GIS clients learn a layer's attributes from its first features.
        for (Map.Entry<String, SerializedString> attribute : visible.entrySet()) {
            out.writeName(attribute.getValue());
            Object value = feature.get(attribute.getKey());
            if (value == null) out.writeNull();
            else writeValue(value);
        }
        out.writeEndObject();
    }

    private void writeValue(Object value) {
        if (value instanceof String text) out.writeString(text);
        else if (value instanceof Long whole) out.writeNumber(whole.longValue());
        else if (value instanceof Integer whole) out.writeNumber(whole.intValue());
        else if (value instanceof Double number) out.writeNumber(number.doubleValue());
        else if (value instanceof Boolean yes) out.writeBoolean(yes.booleanValue());
        else if (value instanceof List<?> many) {
            out.writeStartArray();
            for (Object one : many) out.writeString(one.toString());
            out.writeEndArray();
        } else out.writeString(value.toString());
    }
}
