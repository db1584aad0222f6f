package org.anquan.exchange.format;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLStreamReader;
import org.anquan.exchange.format.SourceEncoding.How;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * KML and KMZ: placemarks with their data; the folders that they lie in become the column {@code folder}. Longitude,
 * latitude in WGS84 by the standard. Links to other files are not followed.
 */
final class KmlSource {
    static final String FOLDER = "folder";

    private static final Set<String> PLAIN = Set.of("name", "description", "address", "phoneNumber");
    private static final int LONGEST_PATH = 1000;

    private final Input input;
    private final @Nullable Path kmz;
    private final Set<Text> notes = new LinkedHashSet<>();
    private final Map<String, String> types = new HashMap<>();

    private final TextEncoding encoding;

    private KmlSource(Input input, @Nullable Path kmz, TextEncoding encoding) {
        this.input = input;
        this.kmz = kmz;
        this.encoding = encoding;
    }

    static RecordSource open(Input input, ReadOptions options) throws IOException {
        byte[] head = input.head(2);
        boolean zipped = head.length == 2 && head[0] == 'P' && head[1] == 'K';
        if (zipped) return new KmlSource(input, input.plainFile(), TextEncoding.utf8()).open();
        return new KmlSource(input, null, encoding(input, options)).open();
    }

    /** As declared; GBK in files that declare UTF-8 is common enough to be found out. */
    private static TextEncoding encoding(Input input, ReadOptions options) throws IOException {
        Optional<Charset> declared = Xml.declared(input.head(200));
        if (options.charset() != null || declared.isEmpty()) return TextEncoding.of(input, options.charset());
        int mark = declared.get().name().startsWith("UTF-16") ? 2 : 0;
        return new TextEncoding(
                declared.get(), new SourceEncoding(declared.get().name(), How.DECLARED), mark);
    }

    private RecordSource open() throws IOException {
        SchemaGuess guess = new SchemaGuess(false, input.limits().maxColumns());
        long count = 0;
        try (Placemarks records = new Placemarks()) {
            for (SourceRecord r = records.next(); r != null; r = records.next()) {
                guess.add(r);
                if (++count >= input.settings().guessRecords()) break;
            }
            if (!records.seenKml) throw ProblemException.invalid("exchange.format.notKml", input.name());
        } catch (ProblemException e) {
            if (count == 0) throw e;
        }
        SourceSchema schema = new SourceSchema(
                FileFormat.KML,
                "",
                List.of(),
                guess.columns(),
                encoding.source(),
                DeclaredCrs.BY_FORMAT,
                guess.geometryTypes(),
                null,
                count < input.settings().guessRecords() ? count : -1,
                List.copyOf(notes));
        return new FileSource(input, schema, Placemarks::new);
    }

    private final class Placemarks implements Records {
        private final @Nullable ZipContent zip;
        private final Deque<ZipEntry> documents = new ArrayDeque<>();
        private final Deque<String> folders = new ArrayDeque<>();
        private Xml xml;
        private boolean seenKml;
        private long number;

        Placemarks() throws IOException {
            if (kmz == null) {
                zip = null;
                xml = new Xml(encoding.reader(input), input.limits(), input.name());
                return;
            }
            ZipContent open = new ZipContent(input, kmz);
            try {
                // GDAL keeps each layer in a document of its own, linked from the main one.
                open.named("doc.kml").ifPresent(documents::add);
                for (ZipEntry entry : open.ending(".kml")) if (!documents.contains(entry)) documents.add(entry);
                ZipEntry main = documents.poll();
                if (main == null) throw ProblemException.invalid("exchange.format.notKml", input.name());
                xml = Xml.of(open.stream(main), input.limits(), input.name());
                zip = open;
            } catch (IOException | RuntimeException e) {
                open.close();
                throw e;
            }
        }

        @Override
        public @Nullable SourceRecord next() throws IOException {
            for (; ; ) {
                SourceRecord record = nextOfDocument();
                ZipEntry more = record == null ? documents.poll() : null;
                if (more == null || zip == null) return record;
                xml.close();
                folders.clear();
                xml = Xml.of(zip.stream(more), input.limits(), input.name());
            }
        }

        private @Nullable SourceRecord nextOfDocument() {
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT && isFolder(xml.name()) && !folders.isEmpty()) folders.pop();
                if (event != XMLStreamReader.START_ELEMENT) continue;
                switch (xml.name()) {
                    case "kml", "Schema" -> seenKml = true;
                    case "Folder", "Document" -> folders.push("");
                    case "name" -> nameFolder();
                    case "SimpleField" -> {
                        if (types.size() < input.limits().maxColumns())
                            types.put(xml.attribute("name"), xml.attribute("type"));
                    }
                    case "Placemark" -> {
                        seenKml = true;
                        return placemark();
                    }
                    case "NetworkLink" -> link();
                    case "GroundOverlay", "ScreenOverlay", "PhotoOverlay" -> {
                        notes.add(Text.of("exchange.format.note.overlay"));
                        xml.skip();
                    }
                    case "Style", "StyleMap" -> xml.skip();
                    default -> {}
                }
            }
            return null;
        }

        private void link() {
            int open = 1;
            while (open > 0 && xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT) open--;
                if (event != XMLStreamReader.START_ELEMENT) continue;
                if (!xml.name().equals("href")) open++;
                else {
                    boolean inside =
                            zip != null && zip.named(xml.text().strip()).isPresent();
                    if (!inside) notes.add(Text.of("exchange.format.note.networkLink"));
                }
            }
        }

        private static boolean isFolder(String name) {
            return name.equals("Folder") || name.equals("Document");
        }

        private void nameFolder() {
            String name = xml.text().strip();
            if (folders.isEmpty() || !folders.peek().isEmpty()) return;
            folders.pop();
            folders.push(name);
        }

        /** The names of the folders from outside in, without that of the document. */
        private String path() {
            StringBuilder path = new StringBuilder();
            var outer = folders.descendingIterator();
            if (outer.hasNext()) outer.next();
            while (outer.hasNext()) {
                String name = outer.next();
                if (name.isEmpty() || path.length() > LONGEST_PATH) continue;
                if (path.length() > 0) path.append('/');
                path.append(name);
            }
            return path.toString();
        }

        private SourceRecord placemark() {
            number++;
            List<Problem> problems = new ArrayList<>();
            Map<String, Object> values = new LinkedHashMap<>();
            List<Geometry> shapes = new ArrayList<>();
            String path = path();
            Shape shape = new Shape(xml, input, problems);
            boolean tried = false;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT && xml.name().equals("Placemark")) break;
                if (event != XMLStreamReader.START_ELEMENT) continue;
                String name = xml.name();
                if (PLAIN.contains(name)) put(values, name, xml.text().strip());
                else if (name.equals("ExtendedData")) data(values, problems);
                else if (name.equals("TimeStamp") || name.equals("TimeSpan")) times(values);
                else if (Shape.isGeometry(name)) {
                    tried = true;
                    Geometry one = shape.read();
                    if (one != null) shapes.add(one);
                } else xml.skip();
            }
            if (!path.isEmpty()) values.putIfAbsent(FOLDER, path);
            values.forEach((column, value) -> {
                if (value instanceof String text && text.indexOf('\uFFFD') >= 0)
                    problems.add(Problem.mended(column, text, Text.of("exchange.format.unreadableCharacters")));
            });
            if (tried && shapes.isEmpty() && problems.isEmpty())
                problems.add(Problem.refused("geometry", null, Text.of("exchange.format.geometryShape")));
            Geometry geometry = shapes.isEmpty() ? null : shapes.size() == 1 ? shapes.get(0) : Shape.together(shapes);
            return new SourceRecord(number, values, geometry, problems);
        }

        private void put(Map<String, Object> values, String name, Object value) {
            if (name.isEmpty() || value instanceof String text && text.isEmpty()) return;
            if (values.size() < input.limits().maxColumns()) values.put(name, value);
        }

        private void times(Map<String, Object> values) {
            int open = 1;
            while (open > 0 && xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT) open--;
                if (event != XMLStreamReader.START_ELEMENT) continue;
                String name = xml.name();
                if (name.equals("when") || name.equals("begin") || name.equals("end"))
                    put(values, name, xml.text().strip());
                else open++;
            }
        }

        /** {@code Data/value} and {@code SchemaData/SimpleData}. */
        private void data(Map<String, Object> values, List<Problem> problems) {
            int open = 1;
            String name = "";
            while (open > 0 && xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT) open--;
                if (event != XMLStreamReader.START_ELEMENT) continue;
                switch (xml.name()) {
                    case "Data" -> {
                        name = xml.attribute("name");
                        open++;
                    }
                    case "value" -> put(values, name, xml.text().strip());
                    case "SimpleData" -> {
                        String column = xml.attribute("name");
                        simple(values, column, xml.text(), problems);
                    }
                    case "displayName" -> xml.skip();
                    default -> open++;
                }
            }
        }

        private void simple(Map<String, Object> values, String column, String text, List<Problem> problems) {
            String plain = text.strip();
            String type = types.getOrDefault(column, "string");
            try {
                switch (type) {
                    case "int", "uint", "short", "ushort", "int64" -> {
                        if (!plain.isEmpty()) put(values, column, Long.valueOf(plain));
                    }
                    case "float", "double" -> {
                        if (!plain.isEmpty()) put(values, column, finite(plain));
                    }
                    case "bool" -> put(values, column, plain.equals("1") || plain.equalsIgnoreCase("true"));
                    default -> put(values, column, text);
                }
            } catch (NumberFormatException e) {
                problems.add(Problem.refused(column, plain, Text.of("exchange.format.kmlNumber", plain)));
            }
        }

        private static Double finite(String text) {
            double number = Double.parseDouble(text);
            if (!Double.isFinite(number)) throw new NumberFormatException(text);
            return number;
        }

        @Override
        public void close() throws IOException {
            try {
                xml.close();
            } finally {
                if (zip != null) zip.close();
            }
        }
    }

    /** Reads one geometry element. */
    private static final class Shape {
        private static final Set<String> NAMES =
                Set.of("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack", "Model");

        private final Xml xml;
        private final Input input;
        private final List<Problem> problems;
        private int vertices;

        Shape(Xml xml, Input input, List<Problem> problems) {
            this.xml = xml;
            this.input = input;
            this.problems = problems;
        }

        static boolean isGeometry(String name) {
            return NAMES.contains(name);
        }

        @Nullable
        Geometry read() {
            return switch (xml.name()) {
                case "Point" -> point();
                case "LineString" -> line(points("LineString"));
                case "LinearRing" -> line(points("LinearRing"));
                case "Polygon" -> polygon();
                case "MultiGeometry", "MultiTrack" -> multi(xml.name());
                case "Track" -> track();
                default -> {
                    wrong(Text.of("exchange.format.geometryType", xml.name()));
                    xml.skip();
                    yield null;
                }
            };
        }

        private void wrong(Text why) {
            problems.add(Problem.refused("geometry", null, why));
        }

        private @Nullable Geometry point() {
            Coordinate[] at = points("Point");
            if (at == null || at.length == 0) return null;
            return Shapes.FACTORY.createPoint(at[0]);
        }

        private @Nullable LineString line(Coordinate @Nullable [] at) {
            if (at == null) return null;
            if (at.length < 2) {
                wrong(Text.of("exchange.format.shortLine"));
                return null;
            }
            return Shapes.FACTORY.createLineString(at);
        }

        /** The coordinates inside the element, to its end. */
        private Coordinate @Nullable [] points(String element) {
            Coordinate[] all = new Coordinate[0];
            boolean good = true;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT && xml.name().equals(element)) break;
                if (event != XMLStreamReader.START_ELEMENT) continue;
                if (!xml.name().equals("coordinates")) {
                    xml.skip();
                    continue;
                }
                Coordinate[] read = coordinates(xml.text());
                if (read == null) good = false;
                else all = read;
            }
            return good ? all : null;
        }

        private Coordinate @Nullable [] coordinates(String text) {
            List<Coordinate> all = new ArrayList<>();
            // Some writers put a blank behind the comma.
            String plain = text.indexOf(", ") >= 0 ? text.replaceAll(",\\s+", ",") : text;
            int at = 0;
            while (at < plain.length()) {
                while (at < plain.length() && Character.isWhitespace(plain.charAt(at))) at++;
                int end = at;
                while (end < plain.length() && !Character.isWhitespace(plain.charAt(end))) end++;
                if (end > at) {
                    Coordinate one = coordinate(plain.substring(at, end), ',');
                    if (one == null) return null;
                    all.add(one);
                    if (++vertices > input.limits().maxVertices()) {
                        wrong(Text.of(
                                "exchange.format.vertices.detail",
                                input.limits().maxVertices()));
                        return null;
                    }
                }
                at = end;
            }
            return all.toArray(Coordinate[]::new);
        }

        private @Nullable Coordinate coordinate(String tuple, char separator) {
            int comma = tuple.indexOf(separator);
            int second = comma < 0 ? -1 : tuple.indexOf(separator, comma + 1);
            try {
                if (comma < 0) throw new NumberFormatException(tuple);
                double lon = Double.parseDouble(tuple.substring(0, comma));
                double lat = Double.parseDouble(tuple.substring(comma + 1, second < 0 ? tuple.length() : second));
                if (!Shapes.isFinite(lon, lat)) throw new NumberFormatException(tuple);
                return new Coordinate(lon, lat);
            } catch (NumberFormatException e) {
                wrong(Text.of("exchange.format.position", Shapes.shortened(tuple)));
                return null;
            }
        }

        private @Nullable Polygon polygon() {
            LinearRing shell = null;
            List<LinearRing> holes = new ArrayList<>();
            boolean inner = false;
            boolean good = true;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT && xml.name().equals("Polygon")) break;
                if (event != XMLStreamReader.START_ELEMENT) continue;
                switch (xml.name()) {
                    case "outerBoundaryIs" -> inner = false;
                    case "innerBoundaryIs" -> inner = true;
                    case "LinearRing" -> {
                        Coordinate[] points = points("LinearRing");
                        good &= points != null;
                        LinearRing ring = points == null ? null : Shapes.ring(points, problems);
                        if (ring == null) break;
                        if (inner) holes.add(ring);
                        else shell = ring;
                    }
                    default -> xml.skip();
                }
            }
            if (good && shell == null) wrong(Text.of("exchange.format.noRing"));
            return !good || shell == null
                    ? null
                    : Shapes.FACTORY.createPolygon(shell, holes.toArray(LinearRing[]::new));
        }

        private @Nullable Geometry multi(String element) {
            List<Geometry> parts = new ArrayList<>();
            boolean any = false;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT && xml.name().equals(element)) break;
                if (event != XMLStreamReader.START_ELEMENT) continue;
                if (!isGeometry(xml.name())) {
                    xml.skip();
                    continue;
                }
                any = true;
                Geometry part = read();
                if (part != null) parts.add(part);
            }
            return parts.isEmpty() && any ? null : together(parts);
        }

        private @Nullable Geometry track() {
            List<Coordinate> all = new ArrayList<>();
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT && xml.name().equals("Track")) break;
                if (event != XMLStreamReader.START_ELEMENT) continue;
                if (!xml.name().equals("coord")) {
                    xml.skip();
                    continue;
                }
                Coordinate one = coordinate(xml.text().strip().replaceAll("\\s+", " "), ' ');
                if (one != null && ++vertices <= input.limits().maxVertices()) all.add(one);
            }
            return line(all.toArray(Coordinate[]::new));
        }

        /** A multi-geometry of one kind where all parts are of it, else a collection. */
        static Geometry together(List<Geometry> parts) {
            if (!parts.isEmpty() && parts.stream().allMatch(Point.class::isInstance))
                return Shapes.FACTORY.createMultiPoint(parts.toArray(Point[]::new));
            if (!parts.isEmpty() && parts.stream().allMatch(Polygon.class::isInstance))
                return Shapes.FACTORY.createMultiPolygon(parts.toArray(Polygon[]::new));
            if (!parts.isEmpty() && parts.stream().allMatch(LineString.class::isInstance))
                return Shapes.FACTORY.createMultiLineString(parts.toArray(LineString[]::new));
            return Shapes.FACTORY.createGeometryCollection(parts.toArray(Geometry[]::new));
        }
    }
}
