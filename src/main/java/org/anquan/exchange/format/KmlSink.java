package org.anquan.exchange.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * KML with typed data. The types stand ahead of the placemarks, and whole numbers beyond 32 bits, which KML does not
 * know, turn a column into texts; so the placemarks are written aside first.
 */
final class KmlSink extends SinkFile {
    private final Path body;
    private final Writer out;
    private final Set<String> beyond32Bits = new HashSet<>();

    KmlSink(Path target, SinkSchema schema, SinkOptions options, FormatSettings settings, Path tempFolder)
            throws IOException {
        super(target, schema, options, settings, tempFolder);
        if (!options.crs().isLonLat()) {
            close();
            throw ProblemException.invalid(
                    "exchange.format.kmlCrs", options.crs().id());
        }
        body = Files.createTempFile(tempFolder, "export-", ".part");
        out = new BufferedWriter(Files.newBufferedWriter(body, StandardCharsets.UTF_8), 1 << 16);
    }

    @Override
    void writeRecord(Map<String, Object> values, @Nullable Geometry lonLat) throws IOException {
        out.write("<Placemark>");
        Object name = values.get("name");
        if (name instanceof String text) {
            out.write("<name>");
            text(text);
            out.write("</name>");
        }
        out.write("<ExtendedData><SchemaData schemaUrl=\"#" + schema.name() + "\">");
        for (SinkColumn column : schema.columns()) {
            Object value = values.get(column.name());
            if (value == null) continue;
            if (value instanceof Long number && number.intValue() != number) beyond32Bits.add(column.name());
            out.write("<SimpleData name=\"");
            text(column.name());
            out.write("\">");
            text(value instanceof Boolean truth ? (truth ? "1" : "0") : SinkValues.text(value));
            out.write("</SimpleData>");
        }
        out.write("</SchemaData></ExtendedData>");
        if (lonLat != null && !lonLat.isEmpty()) geometry(lonLat);
        out.write("</Placemark>\n");
    }

    private void text(String text) throws IOException {
        String legal = ExcelSink.legal(text);
        for (int i = 0; i < legal.length(); i++) {
            char c = legal.charAt(i);
            switch (c) {
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case '&' -> out.write("&amp;");
                case '"' -> out.write("&quot;");
                case '\r' -> out.write("&#13;");
                default -> out.write(c);
            }
        }
    }

    private void geometry(Geometry geometry) throws IOException {
        if (geometry instanceof Point point) {
            out.write("<Point>");
            coordinates(point.getCoordinateSequence());
            out.write("</Point>");
        } else if (geometry instanceof LineString line) {
            out.write("<LineString>");
            coordinates(line.getCoordinateSequence());
            out.write("</LineString>");
        } else if (geometry instanceof Polygon polygon) {
            out.write("<Polygon>");
            ring("outerBoundaryIs", polygon.getExteriorRing());
            for (int i = 0; i < polygon.getNumInteriorRing(); i++) ring("innerBoundaryIs", polygon.getInteriorRingN(i));
            out.write("</Polygon>");
        } else {
            out.write("<MultiGeometry>");
            for (int i = 0; i < geometry.getNumGeometries(); i++)
                if (!geometry.getGeometryN(i).isEmpty()) geometry(geometry.getGeometryN(i));
            out.write("</MultiGeometry>");
        }
    }

    private void ring(String side, LineString ring) throws IOException {
        out.write("<" + side + "><LinearRing>");
        coordinates(ring.getCoordinateSequence());
        out.write("</LinearRing></" + side + ">");
    }

    private void coordinates(CoordinateSequence points) throws IOException {
        out.write("<coordinates>");
        for (int i = 0; i < points.size(); i++) {
            if (i > 0) out.write(' ');
            out.write(SinkValues.coordinate(points.getX(i), crs()));
            out.write(',');
            out.write(SinkValues.coordinate(points.getY(i), crs()));
        }
        out.write("</coordinates>");
    }

    @Override
    void writeEnd() throws IOException {
        out.close();
        try (Writer whole = Files.newBufferedWriter(working, StandardCharsets.UTF_8)) {
            for (String line : head()) whole.write(line + "\n");
            try (var placemarks = Files.newBufferedReader(body, StandardCharsets.UTF_8)) {
                placemarks.transferTo(whole);
            }
            whole.write("</Document>\n</kml>\n");
        }
    }

    private List<String> head() {
        List<String> lines = new ArrayList<>();
        lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        lines.add("<kml xmlns=\"http://www.opengis.net/kml/2.2\">");
        lines.add("<Document id=\"root_doc\"><name>" + escaped(schema.title()) + "</name>");
        lines.add("<Schema name=\"" + schema.name() + "\" id=\"" + schema.name() + "\">");
        for (SinkColumn column : schema.columns())
            lines.add("<SimpleField name=\"" + escaped(column.name()) + "\" type=\"" + type(column) + "\"/>");
        lines.add("</Schema>");
        return lines;
    }

    private String type(SinkColumn column) {
        return switch (column.type()) {
            case INTEGER -> beyond32Bits.contains(column.name()) ? "string" : "int";
            case NUMBER -> "double";
            case BOOLEAN -> "bool";
            default -> "string";
        };
    }

    private static String escaped(String text) {
        return ExcelSink.legal(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    @SuppressWarnings("NullAway") // close() in the constructor comes before the body is there
    void release() throws IOException {
        if (out != null) out.close();
        if (body != null) Files.deleteIfExists(body);
    }
}
