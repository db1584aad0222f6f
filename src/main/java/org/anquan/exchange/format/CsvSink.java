package org.anquan.exchange.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** CSV after RFC 4180 with commas; UTF-8 begins with a byte order mark, without which Excel takes it for GBK. */
final class CsvSink extends SinkFile {
    private final Writer out;
    private final PlaceCells places;
    private final CharsetEncoder encoder;

    CsvSink(Path target, SinkSchema schema, SinkOptions options, FormatSettings settings, Path tempFolder)
            throws IOException {
        super(target, schema, options, settings, tempFolder);
        places = new PlaceCells(schema, options);
        encoder = options.charset().newEncoder();
        CharsetEncoder lenient = options.charset()
                .newEncoder()
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .onMalformedInput(CodingErrorAction.REPLACE);
        out = new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(working), lenient), 1 << 16);
        if (options.charset().equals(StandardCharsets.UTF_8)) out.write('\uFEFF');
        String comma = "";
        for (String heading : places.headings()) {
            out.write(comma);
            cell(heading);
            comma = ",";
        }
        out.write("\r\n");
    }

    @Override
    void writeRecord(Map<String, Object> values, @Nullable Geometry lonLat) throws IOException {
        List<@Nullable Object> place = places.cells(lonLat == null ? null : inCrs(lonLat));
        String comma = "";
        for (SinkColumn column : schema.columns()) {
            out.write(comma);
            Object value = values.get(column.name());
            if (value != null) cell(SinkValues.text(value));
            comma = ",";
        }
        for (Object value : place) {
            out.write(comma);
            if (value != null) cell(SinkValues.text(value));
            comma = ",";
        }
        out.write("\r\n");
    }

    private void cell(String text) throws IOException {
        if (!encoder.canEncode(text))
            note(Text.of("exchange.format.note.unmappable", options.charset().name(), Shapes.shortened(text)));
        boolean quoted = text.isEmpty() || text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ';
        for (int i = 0; i < text.length() && !quoted; i++) {
            char c = text.charAt(i);
            quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        if (!quoted) {
            out.write(text);
            return;
        }
        out.write('"');
        out.write(text.replace("\"", "\"\""));
        out.write('"');
    }

    @Override
    void writeEnd() throws IOException {
        out.flush();
    }

    @Override
    void release() throws IOException {
        out.close();
    }
}
