package org.anquan.problem;

import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Teaches Jackson that a {@link Text} is a sentence in the language of the present request or job. */
@Component
final class TextJacksonModule extends SimpleModule {
    TextJacksonModule() {
        super("anquan-text");
        addSerializer(new Writer());
    }

    private static final class Writer extends StdSerializer<Text> {
        Writer() {
            super(Text.class);
        }

        @Override
        public void serialize(Text text, JsonGenerator out, SerializationContext context) {
            out.writeString(text.toString());
        }
    }
}
