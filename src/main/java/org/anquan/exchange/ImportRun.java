package org.anquan.exchange;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.FeatureIds;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerEdits;
import org.anquan.exchange.ColumnMatch.Match;
import org.anquan.exchange.ColumnMatch.Role;
import org.anquan.exchange.ImportReport.Column;
import org.anquan.exchange.ImportReport.RefusedRow;
import org.anquan.exchange.ImportReport.Repair;
import org.anquan.geo.GeoJson;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One import: turns rows into features, and keeps count of all that the report tells. */
final class ImportRun {
    /** Row numbers that the report gives for each kind of mend. */
    private static final int FIRST_ROWS = 5;
    /** In what is kept aside: the name is ours. */
    private static final String NAME_MADE_UP = "_nameMadeUp";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final LayerDefinition layer;
    private final ImportRequest request;
    private final int listedRows;
    private final ColumnMatch columns;
    private final ValueReader values;
    private final MessageDigest digest = sha256();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Text, Long> repairs = new LinkedHashMap<>();
    private final Map<Text, List<Long>> repairedRows = new HashMap<>();
    private final List<RefusedRow> refusedRows = new ArrayList<>();
    private final List<Text> warnings = new ArrayList<>();
    private long rows;
    private long accepted;
    private long repaired;
    private long refused;
    private long listed;
    private long unreadableCharacters;

    ImportRun(LayerDefinition layer, ImportRequest request, ExchangeSettings settings, boolean placesFromColumns) {
        this.layer = layer;
        this.request = request;
        this.listedRows = settings.listedRows();
        this.columns = new ColumnMatch(layer, request.columns(), placesFromColumns);
        this.values = new ValueReader(settings.timeZone());
    }

    /** Leaves the transaction so that nothing is stored. */
    static final class NothingStored extends RuntimeException {
        NothingStored() {
            super("nothing is stored", null, false, false);
        }
    }

    /** Checks that there can be geometries at all, before thousands of rows are refused for the same reason. */
    void header(List<String> header) {
        if (!columns.hasPlace(header)) throw ProblemException.invalid("exchange.noPlace", request.fileName(), header);
        List<String> missing = columns.missing(header);
        if (!missing.isEmpty())
            throw ProblemException.invalid("exchange.map.missing", request.fileName(), missing, header);
    }

    void take(RawRow row, LayerEdits.Sink sink) {
        rows++;
        if (row.unreadable() != null) {
            refuse(List.of(new RefusedRow(row.number(), "", "", row.unreadable())));
            return;
        }
        List<RefusedRow> wrong = new ArrayList<>(0);
        List<Text> mends = new ArrayList<>(2);
        Geometry geometry = geometry(row, wrong, mends);
        ObjectNode extra = JSON.createObjectNode();
        Map<String, String> sources = new HashMap<>();
        Map<String, Object> attributes = attributes(row, sources, extra, wrong);
        String givenName = attributes.get(CommonAttributes.NAME) instanceof String name ? name : "";
        if (givenName.isBlank()) {
            attributes.put(CommonAttributes.NAME, layer.title().zh() + " " + row.number());
            extra.put(NAME_MADE_UP, true);
            mends.add(Text.of("exchange.mend.name"));
        }
        if (geometry == null || !wrong.isEmpty()) {
            refuse(wrong);
            return;
        }
        String id = id(row, givenName, geometry, mends);
        FeatureDraft draft =
                new FeatureDraft(id, geometry, attributes, extra.isEmpty() ? null : JSON.writeValueAsString(extra));
        List<Mistake> mistakes = sink.add(draft);
        if (!mistakes.isEmpty()) {
            mistakes.forEach(m -> wrong.add(refusal(row, sources, m, id)));
            refuse(wrong);
            return;
        }
        accept(row, mends);
    }

    private void accept(RawRow row, List<Text> mends) {
        accepted++;
        if (!mends.isEmpty()) repaired++;
        for (Text mend : mends) {
            repairs.merge(mend, 1L, Long::sum);
            List<Long> first = repairedRows.computeIfAbsent(mend, m -> new ArrayList<>());
            if (first.size() < FIRST_ROWS) first.add(row.number());
        }
    }

    private void refuse(List<RefusedRow> reasons) {
        refused++;
        if (listed >= listedRows) return;
        listed++;
        refusedRows.addAll(reasons);
    }

    private static RefusedRow refusal(RawRow row, Map<String, String> sources, Mistake mistake, String id) {
        if (mistake.where().equals("id")) return new RefusedRow(row.number(), "id", id, mistake.what());
        String column = sources.getOrDefault(mistake.where(), mistake.where());
        Object value = row.values().get(column);
        return new RefusedRow(
                row.number(), column, value == null ? "" : ValueReader.shown(RawRow.text(value)), mistake.what());
    }

    // Attributes

    private Map<String, Object> attributes(
            RawRow row, Map<String, String> sources, ObjectNode extra, List<RefusedRow> wrong) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        Map<String, String> best = new HashMap<>();
        for (String column : row.values().keySet()) {
            columns.fill(column);
            Match match = columns.of(column);
            AttributeDefinition attribute = match.attribute();
            if (attribute != null)
                best.merge(
                        attribute.name(),
                        column,
                        (a, b) -> columns.of(b).rank() < columns.of(a).rank() ? b : a);
        }
        row.values().forEach((column, value) -> {
            Match match = columns.of(column);
            AttributeDefinition attribute = match.attribute();
            if (attribute != null && column.equals(best.get(attribute.name()))) {
                sources.put(attribute.name(), column);
                ValueReader.Read read = values.read(attribute, value);
                if (read.value() != null) attributes.put(attribute.name(), read.value());
                else if (read.wrong() != null)
                    wrong.add(
                            new RefusedRow(row.number(), column, ValueReader.shown(RawRow.text(value)), read.wrong()));
                if (RawRow.text(value).indexOf('\uFFFD') >= 0) unreadableCharacters++;
            } else if (match.role() == Role.ASIDE || match.role() == Role.ATTRIBUTE) {
                if (value instanceof JsonNode node) extra.set(column, node);
                else extra.put(column, String.valueOf(value));
            }
        });
        return attributes;
    }

    // Geometry

    private @Nullable Geometry geometry(RawRow row, List<RefusedRow> wrong, List<Text> mends) {
        String shape = columns.best(row, Role.SHAPE);
        String column = "";
        String shown = "";
        try {
            Geometry given;
            if (row.shape() != null) given = onTheGlobe(row.shape());
            else if (row.geometry() != null) given = GeoJson.read(row.geometry());
            else if (shape != null) {
                column = shape;
                String text = RawRow.text(row.values().getOrDefault(shape, "")).strip();
                shown = ValueReader.shown(text);
                given = text.startsWith("{")
                        ? GeoJson.read(JSON.readTree(text))
                        : new WKTReader(GeoJson.FACTORY).read(text);
            } else return point(row, wrong);
            GeometryFit.Fitted fitted = GeometryFit.fit(given, layer.geometry());
            mends.addAll(fitted.mends());
            if (fitted.wrong() != null) wrong.add(new RefusedRow(row.number(), column, shown, fitted.wrong()));
            return fitted.geometry();
        } catch (ProblemException e) {
            wrong.add(new RefusedRow(row.number(), column, shown, e.detail()));
        } catch (ParseException | JacksonException | IllegalArgumentException e) {
            wrong.add(new RefusedRow(row.number(), column, shown, Text.of("exchange.geometry.unreadable")));
        }
        return null;
    }

    private static Geometry onTheGlobe(Geometry lonLat) {
        Envelope box = lonLat.getEnvelopeInternal();
        boolean inside = box.getMinX() >= -180 && box.getMaxX() <= 180 && box.getMinY() >= -90 && box.getMaxY() <= 90;
        if (inside || box.isNull()) return lonLat;
        boolean metres = Math.max(Math.abs(box.getMaxX()), Math.abs(box.getMaxY())) > 1000;
        throw ProblemException.invalid(
                metres ? "exchange.shape.metres" : "exchange.shape.offGlobe", box.getMinX(), box.getMinY());
    }

    private @Nullable Geometry point(RawRow row, List<RefusedRow> wrong) {
        String lonColumn = columns.best(row, Role.LON);
        String latColumn = columns.best(row, Role.LAT);
        if (lonColumn == null || latColumn == null) {
            wrong.add(new RefusedRow(row.number(), "", "", Text.of("exchange.geometry.missing")));
            return null;
        }
        Double lon = degrees(row, lonColumn, wrong);
        Double lat = degrees(row, latColumn, wrong);
        if (lon == null || lat == null) return null;
        if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return GeoJson.FACTORY.createPoint(new Coordinate(lon, lat));
        boolean swapped = Math.abs(lon) <= 90 && Math.abs(lat) <= 180;
        boolean metres = Math.abs(lon) > 1000 || Math.abs(lat) > 1000;
        Text reason = Text.of(
                swapped
                        ? "exchange.geometry.swapped"
                        : metres ? "exchange.geometry.metres" : "exchange.geometry.offGlobe");
        wrong.add(new RefusedRow(row.number(), lonColumn + ", " + latColumn, lon + ", " + lat, reason));
        return null;
    }

    private static @Nullable Double degrees(RawRow row, String column, List<RefusedRow> wrong) {
        String text = RawRow.text(row.values().getOrDefault(column, ""));
        BigDecimal number = ValueReader.number(text.replace("°", ""));
        if (number != null) return number.doubleValue();
        wrong.add(
                new RefusedRow(row.number(), column, ValueReader.shown(text), Text.of("exchange.geometry.notDegrees")));
        return null;
    }

    // Ids

    /**
     * The id that the file gives; else one made of the name and the place, so that the same file gives the same ids again.
     * A second row with the same id gets a number behind it.
     */
    private String id(RawRow row, String name, Geometry geometry, List<Text> mends) {
        String column = columns.best(row, Role.ID);
        String given = row.id() != null
                ? row.id()
                : column == null ? "" : RawRow.text(row.values().getOrDefault(column, ""));
        String id = FeatureIds.fitted(given);
        if (id.isEmpty()) id = made(name, geometry);
        int times = ids.merge(id, 1, Integer::sum);
        if (times == 1) return id;
        mends.add(Text.of("exchange.mend.idTwice"));
        String again = id + "-" + times;
        ids.put(again, 1);
        return again;
    }

    private String made(String name, Geometry geometry) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(ExactWkt.write(geometry).getBytes(StandardCharsets.UTF_8));
        return "x" + HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    // The end

    /** Decides, after the last row, whether this goes into the layer. */
    void finish() {
        if (unreadableCharacters > 0) warnings.add(Text.of("exchange.warn.characters", unreadableCharacters));
        if (request.allOrNothing() && refused > 0) throw new NothingStored();
        // A file of which nothing is fit would empty the layer, or do nothing and look done.
        if (accepted == 0 && refused > 0) throw new NothingStored();
    }

    long rows() {
        return rows;
    }

    long accepted() {
        return accepted;
    }

    long repaired() {
        return repaired;
    }

    long refused() {
        return refused;
    }

    List<Text> warnings() {
        return warnings;
    }

    List<Column> columns() {
        return columns.report();
    }

    List<RefusedRow> refusedRows() {
        return refusedRows;
    }

    List<Repair> repairs() {
        List<Repair> all = new ArrayList<>();
        repairs.forEach((what, count) -> all.add(new Repair(what, count, repairedRows.getOrDefault(what, List.of()))));
        return all;
    }
}
