package org.anquan.exchange.format;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.exchange.format.SourceEncoding.How;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * GeoJSON: a FeatureCollection, one Feature, one geometry, or Features one a line (also RFC 8142 with record separators).
 * Streamed; the file is run through once before, because a {@code crs} member of the old kind may stand at its end.
 * 17 717 building polygons (gzipped) take 0.16 s of CPU time to open and read through, warm (0.8 s in a fresh process).
 */
final class GeoJsonSource {
    private static final Set<String> GEOMETRIES = Set.of(
            "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection");

    private static final List<String> LINE_NAMES =
            List.of(".geojsonl", ".geojsons", ".ndjson", ".jsonl", ".geojsonseq");

    private final Input input;
    private final Json json;
    private final TextEncoding encoding;

    private GeoJsonSource(Input input, TextEncoding encoding) {
        this.input = input;
        this.json = new Json(input.limits(), input.name());
        this.encoding = encoding;
    }

    static RecordSource open(Input input, ReadOptions options) throws IOException {
        TextEncoding encoding = TextEncoding.of(input, options.charset());
        return new GeoJsonSource(input, encoding).open();
    }

    private RecordSource open() throws IOException {
        boolean named = LINE_NAMES.stream().anyMatch(input.plainName()::endsWith);
        Overview overview = overview(named);
        boolean lines = overview.roots > 1 || named;
        SchemaGuess guess = new SchemaGuess(false, input.limits().maxColumns());
        boolean[] heights = {false};
        long count = 0;
        try (Records records = records(lines, heights)) {
            for (SourceRecord r = records.next(); r != null; r = records.next()) {
                guess.add(r);
                if (++count >= input.settings().guessRecords()) break;
            }
        } catch (ProblemException e) {
            // Of a file that breaks off later the good part can still be looked at.
            if (count == 0) throw e;
        }
        if (count == 0 && !overview.collection)
            throw ProblemException.invalid("exchange.format.noFeatures", input.name());
        List<Text> notes = new ArrayList<>();
        if (heights[0]) notes.add(Text.of("exchange.format.note.heights"));
        String declared = overview.crs;
        boolean utf8 =
                encoding.charset().name().equals("UTF-8") && encoding.source().how() != How.GIVEN;
        SourceSchema schema = new SourceSchema(
                FileFormat.GEOJSON,
                "",
                List.of(),
                guess.columns(),
                utf8 ? new SourceEncoding("UTF-8", How.FIXED) : encoding.source(),
                declared == null ? DeclaredCrs.BY_FORMAT : DeclaredCrs.declared(declared),
                guess.geometryTypes(),
                null,
                overview.complete ? overview.features : -1,
                notes);
        return new FileSource(input, schema, () -> records(lines, new boolean[1]));
    }

    private Records records(boolean lines, boolean[] heights) throws IOException {
        return lines ? new Lines(encoding.reader(input), heights) : new Collection(encoding.reader(input), heights);
    }

    /** What stands outside the features. */
    private static final class Overview {
        private int roots;
        private long features;
        private boolean collection;
        private boolean complete = true;
        private @Nullable String crs;
    }

    private Overview overview(boolean mayBreak) throws IOException {
        Overview overview = new Overview();
        try (JsonParser in = json.parser(withoutSeparators(encoding.reader(input)))) {
            while (in.nextToken() != null) {
                overview.roots++;
                if (in.currentToken() != JsonToken.START_OBJECT)
                    throw ProblemException.invalid("exchange.format.notGeoJson", input.name());
                root(in, overview);
            }
        } catch (JacksonException e) {
            if (!mayBreak && overview.features == 0 && overview.roots < 2) throw json.inWords(e);
            overview.complete = false;
        }
        if (overview.roots == 0 && overview.complete)
            throw ProblemException.invalid("exchange.format.empty", input.name());
        return overview;
    }

    private static void root(JsonParser in, Overview overview) {
        boolean one = false;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken token = in.nextToken();
            if (name.equals("crs") && overview.crs == null) overview.crs = crs(Json.value(in));
            else if (name.equals("features") && token == JsonToken.START_ARRAY) {
                overview.collection = true;
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    overview.features++;
                    in.skipChildren();
                }
            } else {
                if (name.equals("type") && token == JsonToken.VALUE_STRING)
                    one = in.getString().equals("Feature") || GEOMETRIES.contains(in.getString());
                in.skipChildren();
            }
        }
        if (one) overview.features++;
    }

    /** {@code {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4544"}}} and its elder forms. */
    private static @Nullable String crs(@Nullable Object member) {
        if (member instanceof String text) return text;
        if (!(member instanceof Map<?, ?> map) || !(map.get("properties") instanceof Map<?, ?> properties)) return null;
        Object name = properties.get("name");
        if (name != null) return name.toString();
        Object code = properties.get("code");
        return code == null ? null : "EPSG:" + code;
    }

    /** RFC 8142 puts a record separator before each text. */
    private static Reader withoutSeparators(Reader in) {
        return new FilterReader(in) {
            @Override
            public int read() throws IOException {
                int c = super.read();
                return c == 0x1e ? ' ' : c;
            }

            @Override
            public int read(char[] to, int from, int count) throws IOException {
                int n = super.read(to, from, count);
                for (int i = from; i < from + n; i++) if (to[i] == 0x1e) to[i] = ' ';
                return n;
            }
        };
    }

    /** One feature, from its START_OBJECT to its END_OBJECT. */
    private SourceRecord feature(JsonParser in, long number, boolean[] heights) {
        List<Problem> problems = new ArrayList<>();
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            problems.add(Problem.refused(null, null, Text.of("exchange.format.noFeature")));
            return new SourceRecord(number, Map.of(), null, problems);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        JsonGeometry shape = new JsonGeometry(input.limits(), problems);
        Geometry geometry = null;
        Object id = null;
        String type = "";
        boolean bare = false;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken token = in.nextToken();
            switch (name) {
                case "type" -> type = token == JsonToken.VALUE_STRING ? in.getString() : "";
                case "id" -> id = Json.value(in);
                case "geometry" -> geometry = shape.read(in);
                case "properties" -> properties(in, values, problems);
                default -> {
                    bare |= name.equals("coordinates") || name.equals("geometries");
                    in.skipChildren();
                }
            }
        }
        if (!type.equals("Feature"))
            problems.add(Problem.refused(
                    null, type, bare ? Text.of("exchange.format.bareGeometry") : Text.of("exchange.format.noFeature")));
        if ((id instanceof String || id instanceof Number) && !values.containsKey("id")) {
            Map<String, Object> first = new LinkedHashMap<>();
            first.put("id", id);
            first.putAll(values);
            values = first;
        }
        heights[0] |= shape.hasHeights();
        return new SourceRecord(number, values, geometry, problems);
    }

    private static void properties(JsonParser in, Map<String, Object> values, List<Problem> problems) {
        if (in.currentToken() == JsonToken.VALUE_NULL) return;
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            problems.add(Problem.refused("properties", null, Text.of("exchange.format.noFeature")));
            return;
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            Object value = Json.value(in);
            if (value == null) continue;
            values.put(name, value);
            if (value instanceof String text && text.indexOf('\uFFFD') >= 0)
                problems.add(Problem.mended(name, text, Text.of("exchange.format.unreadableCharacters")));
        }
    }

    /** Features of a collection, or the one root. */
    private final class Collection implements Records {
        private final JsonParser in;
        private final boolean[] heights;
        private long number;
        private boolean started;
        private boolean inFeatures;
        private boolean ended;

        Collection(Reader reader, boolean[] heights) {
            this.in = json.parser(reader);
            this.heights = heights;
        }

        @Override
        public @Nullable SourceRecord next() throws IOException {
            try {
                if (!started) {
                    started = true;
                    if (!hasFeatures()) {
                        ended = true;
                        return oneRoot();
                    }
                    inFeatures = true;
                }
                if (ended || !inFeatures) return null;
                JsonToken token = in.nextToken();
                if (token == null || token == JsonToken.END_ARRAY) {
                    ended = true;
                    // A cut file must not pass for a whole one.
                    while (in.nextToken() != null) in.skipChildren();
                    return null;
                }
                return feature(in, ++number, heights);
            } catch (JacksonException e) {
                throw json.inWords(e);
            }
        }

        /** Goes to the array of features of the root; false where it has none. */
        private boolean hasFeatures() {
            in.nextToken();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                JsonToken token = in.nextToken();
                if (name.equals("features") && token == JsonToken.START_ARRAY) return true;
                in.skipChildren();
            }
            return false;
        }

        private @Nullable SourceRecord oneRoot() throws IOException {
            try (JsonParser again = json.parser(withoutSeparators(encoding.reader(input)))) {
                again.nextToken();
                String type = "";
                for (String name = again.nextName(); name != null; name = again.nextName()) {
                    again.nextToken();
                    if (name.equals("type")) type = String.valueOf(again.getString());
                    again.skipChildren();
                }
                if (type.equals("FeatureCollection")) return null;
                try (JsonParser root = json.parser(withoutSeparators(encoding.reader(input)))) {
                    root.nextToken();
                    if (!GEOMETRIES.contains(type) && !type.equals("Feature")) return null;
                    SourceRecord one = type.equals("Feature") ? feature(root, 1, heights) : geometry(root);
                    // What follows the root is no JSON, and reading it says so.
                    while (root.nextToken() != null) root.skipChildren();
                    return one;
                }
            }
        }

        private SourceRecord geometry(JsonParser root) {
            List<Problem> problems = new ArrayList<>();
            JsonGeometry shape = new JsonGeometry(input.limits(), problems);
            Geometry geometry = shape.read(root);
            heights[0] |= shape.hasHeights();
            return new SourceRecord(1, Map.of(), geometry, problems);
        }

        @Override
        public void close() {
            in.close();
        }
    }

    /** One text a line; a broken line is a bad record, not a broken file. */
    private final class Lines implements Records {
        private final BufferedReader in;
        private final boolean[] heights;
        private long number;

        Lines(Reader reader, boolean[] heights) {
            this.in = new BufferedReader(reader);
            this.heights = heights;
        }

        @Override
        public @Nullable SourceRecord next() throws IOException {
            for (String line = line(); line != null; line = line()) {
                String text = line.replace('\u001e', ' ').strip();
                if (text.isEmpty()) continue;
                number++;
                try (JsonParser one = json.parser(text)) {
                    one.nextToken();
                    SourceRecord record = feature(one, number, heights);
                    if (one.nextToken() == null) return record;
                    return broken(text);
                } catch (JacksonException e) {
                    return broken(text);
                }
            }
            return null;
        }

        private SourceRecord broken(String text) {
            Problem problem = Problem.refused(null, text, Text.of("exchange.format.brokenLine"));
            return new SourceRecord(number, Map.of(), null, List.of(problem));
        }

        private @Nullable String line() throws IOException {
            StringBuilder out = new StringBuilder();
            for (int c = in.read(); ; c = in.read()) {
                if (c < 0) return out.length() == 0 ? null : out.toString();
                if (c == '\n') return out.toString();
                if (out.length() >= input.limits().maxRecordChars())
                    throw ProblemException.invalid(
                            "exchange.format.longRecord",
                            input.name(),
                            number + 1,
                            input.limits().maxRecordChars());
                out.append((char) c);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
