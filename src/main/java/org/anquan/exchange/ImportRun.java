package org.anquan.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeNames;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.DerivedValues;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.FeatureIds;
import org.anquan.catalog.FeatureMistakes;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.LoadMode;
import org.anquan.exchange.ColumnMatch.Match;
import org.anquan.exchange.ColumnMatch.Role;
import org.anquan.exchange.ImportReport.Column;
import org.anquan.exchange.ImportReport.RefusedRow;
import org.anquan.exchange.ImportReport.Repair;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One import: turns rows into features, and keeps count of all that the report tells. */
final class ImportRun {
    /** Row numbers that the report gives for each kind of mend. */
    private static final int FIRST_ROWS = 5;
    /** Rows that change features are compared with the layer together; so many stand in memory. */
    private static final int TOGETHER = 500;
    /** In what is kept aside: the name is ours. */
    private static final String NAME_MADE_UP = "_nameMadeUp";

    /** How people write that something has no end. */
    private static final Set<String> NO_END = Set.of("长期", "长期有效", "永久", "永久有效", "无期限", "至今", "permanent", "unlimited");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final LayerDefinition layer;
    private final ImportRequest request;
    private final FileRows file;
    private final @Nullable ProfileRules profile;
    private final RefusedRows kept;
    private final int listedRows;
    private final ColumnMatch columns;
    private final ValueReader values;
    /** For features whose file says nothing of it; null where it need not be said or the layer has no such attribute. */
    private final @Nullable String crsSource;

    private final Set<String> ownColumns = ReportWorkbook.ownColumns();
    private final MessageDigest digest = sha256();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Text, Long> repairs = new LinkedHashMap<>();
    private final Map<Text, List<Long>> repairedRows = new HashMap<>();
    private final List<RefusedRow> refusedRows = new ArrayList<>();
    private final List<Text> warnings = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long rows;
    private long added;
    private long updated;
    private long unchanged;
    private long repaired;
    private long refused;
    private long passedOver;
    private long listed;
    private long unreadableCharacters;
    private boolean finished;

    ImportRun(
            LayerDefinition layer,
            ImportRequest request,
            FileRows file,
            @Nullable ProfileRules profile,
            ExchangeSettings settings,
            RefusedRows kept) {
        this.layer = layer;
        this.request = request;
        this.file = file;
        this.profile = profile;
        this.kept = kept;
        this.listedRows = settings.listedRows();
        this.columns = new ColumnMatch(layer, request.columns(), file.placeColumns());
        this.values = new ValueReader(settings.timeZone());
        kept.begin(file.columns(), !file.placeColumns().isEmpty(), settings.workbookRows());
        header();
        this.crsSource = crsSource();
    }

    /** Leaves the transaction so that nothing is stored. */
    static final class NothingStored extends RuntimeException {
        NothingStored() {
            super("nothing is stored", null, false, false);
        }
    }

    /** Checks that there can be geometries at all, before thousands of rows are refused for the same reason. */
    private void header() {
        List<String> header = file.columns();
        if (!file.hasPlaces() && request.mode() != LoadMode.UPDATE)
            throw ProblemException.invalid("exchange.noPlace", request.fileName(), header);
        List<String> missing = columns.missing(header);
        if (!missing.isEmpty() && file.hasFixedColumns())
            throw ProblemException.invalid("exchange.map.missing", request.fileName(), missing, header);
        // So that the report lists them in the order of the file, the empty ones too.
        header.forEach(columns::of);
    }

    private @Nullable String crsSource() {
        boolean known = layer.attribute(CommonAttributes.CRS_SOURCE)
                .filter(CommonAttributes::isCommon)
                .isPresent();
        boolean given = columns().stream().anyMatch(c -> CommonAttributes.CRS_SOURCE.equals(c.attribute()));
        boolean fixed = profile != null && profile.profile().constants().containsKey(CommonAttributes.CRS_SOURCE);
        return known && !given && !fixed ? file.otherCrs() : null;
    }

    void take(RawRow row, LayerEdits.Sink sink) {
        rows++;
        if (profile != null && !profile.takes(row)) {
            passedOver++;
            return;
        }
        List<RefusedRow> wrong = new ArrayList<>(0);
        List<Text> mends = new ArrayList<>(2);
        for (Problem problem : row.problems()) {
            if (problem.mended()) mends.add(problem.reason());
            else wrong.add(refusal(row, problem));
        }
        Geometry geometry = geometry(row, wrong, mends);
        ObjectNode extra = JSON.createObjectNode();
        Map<String, String> sources = new HashMap<>();
        Map<String, Object> attributes = attributes(row, sources, extra, mends, wrong);
        if (!wrong.isEmpty()) wrong.addAll(others(row, geometry, attributes, sources, wrong));
        if (crsSource != null && geometry != null) attributes.putIfAbsent(CommonAttributes.CRS_SOURCE, crsSource);
        if (request.mode() == LoadMode.UPDATE) {
            wait(row, geometry, attributes, sources, extra, mends, wrong);
            if (waiting.size() >= TOGETHER) settle(sink);
            return;
        }
        if (!wrong.isEmpty()) refuse(row, wrong);
        else add(row, null, geometry, attributes, sources, extra, mends, sink);
    }

    /** What else is wrong with a row that is refused in any case, so that mending it once is enough. */
    private List<RefusedRow> others(
            RawRow row,
            @Nullable Geometry geometry,
            Map<String, Object> attributes,
            Map<String, String> sources,
            List<RefusedRow> told) {
        boolean update = request.mode() == LoadMode.UPDATE;
        Set<String> columnsTold = new HashSet<>();
        told.forEach(one -> columnsTold.add(one.column()));
        List<RefusedRow> all = new ArrayList<>();
        if (!update && row.geometry() == null && row.problems().stream().allMatch(Problem::mended))
            all.add(new RefusedRow(row.number(), placeColumn(), "", Text.of("exchange.geometry.missing")));
        Map<String, Object> given = new LinkedHashMap<>(DerivedValues.without(layer, attributes));
        // A name that is missing is made up.
        given.putIfAbsent(CommonAttributes.NAME, layer.id());
        Geometry looked = columnsTold.contains(placeColumn()) ? null : geometry;
        for (Mistake mistake : FeatureMistakes.of(layer, "", looked, given)) {
            String name = mistake.where().replaceFirst("^properties\\.", "");
            boolean there = name.equals("geometry") || attributes.containsKey(name);
            String column = sources.get(name);
            if (!there && (update || column != null && columnsTold.contains(column))) continue;
            all.add(refusal(row, sources, new Mistake(name, mistake.what()), ""));
        }
        return all;
    }

    private static RefusedRow refusal(RawRow row, Problem problem) {
        String column = problem.column();
        String value = problem.value();
        return new RefusedRow(
                row.number(),
                column == null ? "" : column,
                value == null ? "" : ValueReader.shown(value),
                problem.reason());
    }

    private void add(
            RawRow row,
            @Nullable String givenId,
            @Nullable Geometry geometry,
            Map<String, Object> attributes,
            Map<String, String> sources,
            ObjectNode extra,
            List<Text> mends,
            LayerEdits.Sink sink) {
        List<RefusedRow> wrong = new ArrayList<>(0);
        if (geometry == null) {
            wrong.add(new RefusedRow(row.number(), placeColumn(), "", Text.of("exchange.geometry.missing")));
            refuse(row, wrong);
            return;
        }
        String givenName = attributes.get(CommonAttributes.NAME) instanceof String name ? name : "";
        if (givenName.isBlank()) {
            attributes.put(CommonAttributes.NAME, layer.title().zh() + " " + row.number());
            extra.put(NAME_MADE_UP, true);
            mends.add(Text.of("exchange.mend.name"));
        }
        String id = givenId != null ? givenId : numbered(fileOrMadeId(row, givenName, geometry), mends);
        FeatureDraft draft =
                new FeatureDraft(id, geometry, attributes, extra.isEmpty() ? null : JSON.writeValueAsString(extra));
        List<Mistake> mistakes = sink.add(draft);
        if (!mistakes.isEmpty()) {
            mistakes.forEach(m -> wrong.add(refusal(row, sources, m, id)));
            refuse(row, wrong);
            return;
        }
        added++;
        accept(row, mends);
    }

    /**
     * A row that changes a feature, or whose refusal waits for those before it, so that the report keeps the file's order.
     *
     * @param given null where the row is refused
     */
    private record Waiting(
            RawRow row,
            LayerEdits.@Nullable Given given,
            Map<String, String> sources,
            ObjectNode extra,
            List<Text> mends,
            List<RefusedRow> wrong) {}

    /** Notes a row that changes the feature that has its id, or adds it where there is none. */
    private void wait(
            RawRow row,
            @Nullable Geometry geometry,
            Map<String, Object> attributes,
            Map<String, String> sources,
            ObjectNode extra,
            List<Text> mends,
            List<RefusedRow> wrong) {
        String name = attributes.get(CommonAttributes.NAME) instanceof String given ? given : "";
        String id = wrong.isEmpty() ? fileId(row) : "";
        if (id.isEmpty() && wrong.isEmpty()) {
            if (geometry == null) wrong.add(new RefusedRow(row.number(), "", "", Text.of("exchange.update.noId")));
            else id = made(name, geometry);
        }
        if (wrong.isEmpty() && ids.merge(id, 1, Integer::sum) > 1)
            wrong.add(new RefusedRow(row.number(), idColumn(row), id, Text.of("exchange.update.idTwice")));
        LayerEdits.Given given = wrong.isEmpty() ? new LayerEdits.Given(id, geometry, attributes) : null;
        waiting.add(new Waiting(row, given, sources, extra, mends, wrong));
    }

    /** Brings the rows that wait into the layer. */
    void settle(LayerEdits.Sink sink) {
        List<LayerEdits.Given> given = new ArrayList<>();
        for (Waiting one : waiting) if (one.given() != null) given.add(one.given());
        Iterator<LayerEdits.Outcome> outcomes = given.isEmpty()
                ? Collections.emptyIterator()
                : sink.change(given).iterator();
        for (Waiting one : waiting) {
            LayerEdits.Given change = one.given();
            if (change == null) refuse(one.row(), one.wrong());
            else settle(one, change, outcomes.next(), sink);
        }
        waiting.clear();
    }

    private void settle(Waiting one, LayerEdits.Given change, LayerEdits.Outcome outcome, LayerEdits.Sink sink) {
        RawRow row = one.row();
        if (!outcome.found()) {
            add(
                    row,
                    change.id(),
                    change.geometry(),
                    change.attributes(),
                    one.sources(),
                    one.extra(),
                    one.mends(),
                    sink);
            return;
        }
        if (!outcome.mistakes().isEmpty()) {
            List<RefusedRow> wrong = new ArrayList<>();
            for (Mistake mistake : outcome.mistakes()) wrong.add(refusal(row, one.sources(), mistake, change.id()));
            refuse(row, wrong);
            return;
        }
        if (outcome.changed()) updated++;
        else unchanged++;
        accept(row, one.mends());
    }

    private void accept(RawRow row, List<Text> mends) {
        if (!mends.isEmpty()) repaired++;
        for (Text mend : mends) {
            repairs.merge(mend, 1L, Long::sum);
            List<Long> first = repairedRows.computeIfAbsent(mend, m -> new ArrayList<>());
            if (first.size() < FIRST_ROWS) first.add(row.number());
        }
    }

    private void refuse(RawRow row, List<RefusedRow> reasons) {
        refused++;
        kept.add(row, lonLat(row), reasons);
        if (listed >= listedRows) return;
        listed++;
        refusedRows.addAll(reasons);
    }

    private @Nullable Geometry lonLat(RawRow row) {
        Geometry given = row.geometry();
        try {
            return given == null ? null : file.toLonLat(given);
        } catch (ProblemException e) {
            return null;
        }
    }

    private RefusedRow refusal(RawRow row, Map<String, String> sources, Mistake mistake, String id) {
        if (mistake.where().equals("id")) return new RefusedRow(row.number(), idColumn(row), id, mistake.what());
        if (mistake.where().equals("geometry"))
            return new RefusedRow(row.number(), placeColumn(), placeText(row), mistake.what());
        String column = sources.getOrDefault(mistake.where(), mistake.where());
        return new RefusedRow(row.number(), column, ValueReader.shown(row.text(column)), mistake.what());
    }

    // Attributes

    private Map<String, Object> attributes(
            RawRow row, Map<String, String> sources, ObjectNode extra, List<Text> mends, List<RefusedRow> wrong) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (profile != null)
            profile.read(row, layer).forEach((name, given) -> {
                AttributeDefinition attribute = layer.attribute(name).orElseThrow();
                read(row, attribute, given.column(), given.value(), null, attributes, sources, extra, mends, wrong);
                if (attributes.containsKey(name)) mends.addAll(given.mends());
            });
        Map<String, String> best = new HashMap<>();
        for (String column : row.values().keySet()) {
            columns.fill(column);
            AttributeDefinition attribute = columns.of(column).attribute();
            if (attribute != null)
                best.merge(
                        attribute.name(),
                        column,
                        (a, b) -> columns.of(b).rank() < columns.of(a).rank() ? b : a);
        }
        row.values().forEach((column, value) -> {
            Match match = columns.of(column);
            AttributeDefinition attribute = match.attribute();
            boolean given = match.why() == ColumnMatch.Why.GIVEN;
            boolean byProfile = profile != null && profile.uses(column) && !given;
            boolean free = attribute != null && (given || !sources.containsKey(attribute.name())) && !byProfile;
            if (attribute != null && free && column.equals(best.get(attribute.name())))
                read(row, attribute, column, value, match, attributes, sources, extra, mends, wrong);
            else if ((match.role() == Role.ASIDE || match.role() == Role.ATTRIBUTE) && !ownColumns.contains(column))
                keep(extra, column, value);
        });
        return attributes;
    }

    private static void keep(ObjectNode extra, String column, Object value) {
        if (value instanceof String text) extra.put(column, text);
        else extra.set(column, JSON.valueToTree(value));
    }

    private void read(
            RawRow row,
            AttributeDefinition attribute,
            String column,
            Object value,
            @Nullable Match match,
            Map<String, Object> attributes,
            Map<String, String> sources,
            ObjectNode extra,
            List<Text> mends,
            List<RefusedRow> wrong) {
        sources.put(attribute.name(), column);
        if (attribute.name().equals(CommonAttributes.VALID_TO)
                && CommonAttributes.isCommon(attribute)
                && NO_END.contains(AttributeNames.plain(RawRow.text(value)))) {
            mends.add(Text.of("exchange.mend.noEnd", attribute.title()));
            return;
        }
        ValueReader.Read read = values.read(attribute, value, match == null ? null : match.unit());
        if (read.value() != null) attributes.put(attribute.name(), read.value());
        else if (read.wrong() != null
                && CommonAttributes.isBeside(attribute)
                && match != null
                && match.why() != ColumnMatch.Why.GIVEN) {
            // A file's own 精度 in words is no reason to refuse a place.
            keep(extra, column, value);
            mends.add(Text.of("exchange.mend.keptAside", column, attribute.title()));
        } else if (read.wrong() != null)
            wrong.add(new RefusedRow(row.number(), column, ValueReader.shown(RawRow.text(value)), read.wrong()));
        if (RawRow.text(value).indexOf('\uFFFD') >= 0) unreadableCharacters++;
    }

    // Geometry

    private @Nullable Geometry geometry(RawRow row, List<RefusedRow> wrong, List<Text> mends) {
        Geometry given = row.geometry();
        if (given == null) return null;
        try {
            GeometryFit.Fitted fitted = GeometryFit.fit(onTheGlobe(file.toLonLat(given)), layer.geometry());
            mends.addAll(fitted.mends());
            if (fitted.wrong() != null)
                wrong.add(new RefusedRow(row.number(), placeColumn(), placeText(row), fitted.wrong()));
            return fitted.geometry();
        } catch (ProblemException e) {
            wrong.add(new RefusedRow(row.number(), placeColumn(), placeText(row), e.detail()));
            return null;
        }
    }

    private String placeColumn() {
        return String.join(", ", file.placeColumns());
    }

    private String placeText(RawRow row) {
        List<String> texts = file.placeColumns().stream()
                .map(column -> ValueReader.shown(row.text(column)))
                .toList();
        return String.join(", ", texts);
    }

    private static Geometry onTheGlobe(Geometry lonLat) {
        Envelope box = lonLat.getEnvelopeInternal();
        boolean inside = box.getMinX() >= -180 && box.getMaxX() <= 180 && box.getMinY() >= -90 && box.getMaxY() <= 90;
        if (inside || box.isNull()) return lonLat;
        boolean metres = Math.max(Math.abs(box.getMaxX()), Math.abs(box.getMaxY())) > 1000;
        throw ProblemException.invalid(
                metres ? "exchange.shape.metres" : "exchange.shape.offGlobe", box.getMinX(), box.getMinY());
    }

    // Ids

    /** The id that the row gives, in a form that is fit; empty where it gives none. */
    private String fileId(RawRow row) {
        String template = profile == null ? "" : profile.id(row);
        if (!template.isEmpty()) return FeatureIds.fitted(template);
        String column = columns.best(row, Role.ID);
        return column == null ? "" : FeatureIds.fitted(row.text(column));
    }

    private String idColumn(RawRow row) {
        String column = columns.best(row, Role.ID);
        return column == null ? "" : column;
    }

    /**
     * The id that the file gives; else one made of the name and the place, so that the same file gives the same ids again.
     */
    private String fileOrMadeId(RawRow row, String name, Geometry geometry) {
        String id = fileId(row);
        return id.isEmpty() ? made(name, geometry) : id;
    }

    /** A second row with the same id gets a number behind it. */
    private String numbered(String id, List<Text> mends) {
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
        finished = false;
        if (unreadableCharacters > 0) warnings.add(Text.of("exchange.warn.characters", unreadableCharacters));
        if (request.allOrNothing() && refused > 0) throw new NothingStored();
        // A file of which nothing is fit would empty the layer, or do nothing and look done.
        if (accepted() == 0 && refused + passedOver > 0) throw new NothingStored();
        finished = true;
        if (request.dryRun()) throw new NothingStored();
    }

    long rows() {
        return rows;
    }

    long accepted() {
        return added + updated + unchanged;
    }

    long added() {
        return added;
    }

    long updated() {
        return updated;
    }

    long unchanged() {
        return unchanged;
    }

    /** Whether all rows were read and what they gave goes into the layer, were it not a dry run. */
    boolean isFit() {
        return finished;
    }

    long passedOver() {
        return passedOver;
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
        if (profile == null) return columns.report();
        List<Column> all = new ArrayList<>();
        for (Column column : columns.report()) {
            boolean given = columns.of(column.name()).why() == ColumnMatch.Why.GIVEN;
            String attribute = given ? null : profile.attributeOf(column.name());
            all.add(
                    attribute == null
                            ? column
                            : new Column(column.name(), ImportReport.Use.ATTRIBUTE, attribute, column.values()));
        }
        return all;
    }

    ColumnMatch matches() {
        return columns;
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
