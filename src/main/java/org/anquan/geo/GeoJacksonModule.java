package org.anquan.geo;

import org.anquan.problem.ProblemException;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Teaches Jackson that a JTS geometry is a GeoJSON geometry. */
@Component
public final class GeoJacksonModule extends SimpleModule {
    public GeoJacksonModule() {
        super("anquan-geo");
        addSerializer(new Writer());
        addDeserializer(Geometry.class, new Reader());
    }

    private static final class Writer extends StdSerializer<Geometry> {
        Writer() {
            super(Geometry.class);
        }

        @Override
        public void serialize(Geometry geometry, JsonGenerator out, SerializationContext context) {
            GeoJson.write(out, geometry);
        }
    }

    private static final class Reader extends StdDeserializer<Geometry> {
        Reader() {
            super(Geometry.class);
        }

        @Override
        public Geometry deserialize(JsonParser in, DeserializationContext context) {
            JsonNode node = context.readTree(in);
            try {
                return GeoJson.read(node);
            } catch (ProblemException e) {
                throw DatabindException.from(in, e.detail().toString(), e);
            }
        }
    }
}
