package org.anquan.catalog;

import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Teaches Jackson that a {@link Title} is written in the language of the present request or job. */
@Component
final class TitleJacksonModule extends SimpleModule {
    TitleJacksonModule() {
        super("anquan-title");
        addSerializer(new Writer());
    }

    private static final class Writer extends StdSerializer<Title> {
        Writer() {
            super(Title.class);
        }

        @Override
        public void serialize(Title title, JsonGenerator out, SerializationContext context) {
            out.writeString(title.toString());
        }
    }
}
