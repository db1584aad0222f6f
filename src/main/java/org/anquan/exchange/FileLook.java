package org.anquan.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeNames;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.DerivedValues;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.FeatureMistakes;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.LoadMode;
import org.anquan.exchange.ImportReport.RefusedRow;
import org.anquan.exchange.ImportRequest.Hints;
import org.anquan.exchange.LayerImport.Opened;
import org.anquan.exchange.Preview.Candidate;
import org.anquan.exchange.Preview.One;
import org.anquan.exchange.format.PlaceColumns;
import org.anquan.exchange.format.SourceColumn;
import org.anquan.exchange.format.SourceSchema;
import org.anquan.geo.Bbox;
import org.anquan.geo.CrsGuess;
import org.anquan.geo.SourceCrs;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Service;

/** Looks at a file without importing it: how it is understood, its first rows, and where its first features would land. */
@Service
public final class FileLook {
    private static final int ROWS = 10;
    private static final int GUESS_FROM = 500;
    private static final int TOLD_REFUSALS = 5;
    private static final String DISTRICT = "district";
    private static final List<String> USUAL_CRS = List.of("EPSG:4326", "EPSG:4490", "GCJ-02", "BD-09", "EPSG:3857");

    private final Layers layers;
    private final LayerImport imports;
    private final Profiles profiles;
    private final ExchangeSettings settings;

    FileLook(Layers layers, LayerImport imports, Profiles profiles, ExchangeSettings settings) {
        this.layers = layers;
        this.imports = imports;
        this.profiles = profiles;
        this.settings = settings;
    }

    /**
     * @param layer null lets it be guessed
     * @throws ProblemException where the file cannot be read at all
     */
    public Preview look(Path file, String name, @Nullable String layer, Hints hints, Map<String, String> columns) {
        if (layer != null) layers.definition(layer);
        try (Opened opened = imports.open(file, name, layer, hints, columns)) {
            FileRows rows = opened.rows();
            if (rows.isCrsKnown() || !hasNumbers(rows)) return preview(opened, name, layer, hints, columns, null);
            List<CrsGuess> guesses = guesses(rows);
            CrsGuess best = guesses.isEmpty() ? null : guesses.get(0);
            if (best == null || (isDegrees(best) && !best.swapped()))
                return preview(opened, name, layer, hints, columns, new Guess(guesses, best));
            Hints better = new Hints(hints.encoding(), best.crs(), hints.table(), hints.profile());
            Map<String, String> mapping = best.swapped() ? swapped(rows, columns) : columns;
            try (Opened again = imports.open(file, name, layer, better, mapping)) {
                return preview(again, name, layer, hints, mapping, new Guess(guesses, best));
            }
        } catch (ZipException | EOFException e) {
            throw ProblemException.invalid("exchange.damaged", name).causedBy(e);
        } catch (IOException e) {
            throw ProblemException.unavailable("exchange.unreadable", name).causedBy(e);
        }
    }

    private record Guess(List<CrsGuess> all, @Nullable CrsGuess best) {}

    private static boolean hasNumbers(FileRows rows) {
        PlaceColumns places = rows.schema().places();
        return places == null || places.x() != null || places.wkt() != null;
    }

    private static boolean isDegrees(CrsGuess guess) {
        return guess.crs().equals("EPSG:4490") || guess.crs().equals("EPSG:4326");
    }

    /** Surveyors call the northing X. */
    private static Map<String, String> swapped(FileRows rows, Map<String, String> columns) {
        PlaceColumns places = rows.schema().places();
        Map<String, String> mapping = new LinkedHashMap<>(columns);
        if (places == null || places.x() == null || places.y() == null) return mapping;
        mapping.put(places.x(), "lat");
        mapping.put(places.y(), "lon");
        return mapping;
    }

    private List<CrsGuess> guesses(FileRows rows) {
        Bbox district = district();
        if (district == null) return List.of();
        double[] xy = new double[2 * GUESS_FROM];
        int count = 0;
        for (RawRow row : rows.first(GUESS_FROM)) {
            Geometry geometry = row.geometry();
            if (geometry == null || geometry.isEmpty()) continue;
            Coordinate at = geometry.getCoordinate();
            xy[2 * count] = at.x;
            xy[2 * count + 1] = at.y;
            count++;
        }
        return count == 0 ? List.of() : CrsGuess.plausible(Arrays.copyOf(xy, 2 * count), district);
    }

    /** Where places are expected: in the district, or else where the layers are. */
    private @Nullable Bbox district() {
        Bbox all = null;
        for (LayerDefinition layer : layers.definitions()) {
            LayerState state = layers.state(layer.id());
            Bbox box = state.bbox();
            if (box == null) continue;
            if (layer.id().equals(DISTRICT)) return box;
            var envelope = box.envelope();
            if (all != null) envelope.expandToInclude(all.envelope());
            all = Bbox.of(envelope);
        }
        return all;
    }

    private Preview preview(
            Opened opened,
            String name,
            @Nullable String asked,
            Hints hints,
            Map<String, String> columns,
            @Nullable Guess guess) {
        FileRows rows = opened.rows();
        SourceSchema schema = rows.schema();
        Profile profile = opened.profile();
        String id = asked != null ? asked : profile != null ? profile.layer() : guessedLayer(name, rows);
        LayerDefinition layer = id == null ? null : layers.definition(id);
        List<Text> warnings = new ArrayList<>(rows.notes());
        List<RawRow> first = rows.first(Math.max(ROWS, settings.previewFeatures()));
        List<One> features = List.of();
        List<Preview.Column> all;
        if (layer == null) all = plainColumns(rows);
        else {
            ImportRequest request = new ImportRequest(
                    layer.id(),
                    Path.of(""),
                    name,
                    (rows.hasPlaces() ? LoadMode.APPEND : LoadMode.UPDATE),
                    false,
                    true,
                    hints,
                    columns,
                    "");
            ProfileRules rules = profile == null ? null : new ProfileRules(profile, layer);
            ImportRun run = new ImportRun(layer, request, rows, rules, settings, new RefusedRows());
            Landing landing = new Landing(layer);
            first.stream().limit(settings.previewFeatures()).forEach(row -> run.take(row, landing));
            run.settle(landing);
            features = landing.features;
            if (!rows.hasPlaces())
                warnings.add(
                        0,
                        ProblemException.invalid("exchange.noPlace", name, rows.columns())
                                .detail());
            if (run.refused() > 0) {
                warnings.add(Text.of("exchange.preview.refused", run.rows(), run.refused()));
                run.refusedRows().stream()
                        .limit(TOLD_REFUSALS)
                        .map(RefusedRow::inWords)
                        .forEach(warnings::add);
            }
            all = columns(rows, run, rules);
        }
        return new Preview(
                name,
                schema.format().title(),
                encoding(schema),
                crs(rows, hints, profile, guess),
                schema.layers(),
                schema.layer(),
                layer == null ? null : layer.id(),
                profile == null ? null : new Preview.ProfileName(profile.id(), profile.title(), profile.layer()),
                profiles.all().stream()
                        .filter(p -> layer == null || p.layer().equals(layer.id()))
                        .map(p -> new Preview.ProfileName(p.id(), p.title(), p.layer()))
                        .toList(),
                layer == null ? List.of() : attributes(layer),
                all,
                first.stream()
                        .limit(ROWS)
                        .map(row -> rows.columns().stream()
                                .map(column -> ValueReader.shown(row.text(column)))
                                .toList())
                        .toList(),
                Preview.Features.of(features),
                warnings);
    }

    private static Preview.Encoding encoding(SourceSchema schema) {
        String origin = switch (schema.encoding().how()) {
            case FIXED, DECLARED -> "declared";
            case GIVEN -> "asked";
            case DETECTED, ASSUMED -> "detected";
        };
        return new Preview.Encoding(schema.encoding().charset(), origin);
    }

    private static Preview.Crs crs(FileRows rows, Hints hints, @Nullable Profile profile, @Nullable Guess guess) {
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        if (guess != null)
            for (CrsGuess one : guess.all()) candidates.putIfAbsent(one.crs(), new Candidate(one.crs(), one.reason()));
        for (String usual : USUAL_CRS) candidates.putIfAbsent(usual, new Candidate(usual, title(usual)));
        List<Candidate> all = List.copyOf(candidates.values());
        CrsGuess best = guess == null ? null : guess.best();
        if (guess == null) {
            boolean byProfile = profile != null && profile.hints().crs() != null;
            boolean fromFile = rows.schema().crs().how() != org.anquan.exchange.format.DeclaredCrs.How.UNDECLARED;
            String origin = hints.crs() != null
                    ? "asked"
                    : fromFile ? "file" : byProfile ? "profile" : rows.isCrsKnown() ? "file" : "guessed";
            return new Preview.Crs(rows.crs().id(), title(rows.crs().id()), origin, all);
        }
        if (best == null) return new Preview.Crs(null, null, "unknown", all);
        return new Preview.Crs(best.crs(), best.reason(), "guessed", all);
    }

    private static Text title(String crs) {
        return switch (crs) {
            case "EPSG:4326" -> Text.of("exchange.crsTitle.wgs84");
            case "EPSG:4490" -> Text.of("exchange.crsTitle.cgcs2000");
            case "GCJ-02" -> Text.of("exchange.crsTitle.gcj02");
            case "BD-09" -> Text.of("exchange.crsTitle.bd09");
            case "EPSG:3857" -> Text.of("exchange.crsTitle.webMercator");
            default ->
                SourceCrs.resolve(crs).isGeographic()
                        ? Text.of("exchange.crsTitle.degrees", crs)
                        : Text.of("exchange.crsTitle.metres", crs);
        };
    }

    private static List<Preview.Attribute> attributes(LayerDefinition layer) {
        return layer.attributes().stream()
                .map(a -> new Preview.Attribute(
                        a.name(),
                        a.title(),
                        a.type().name().toLowerCase(Locale.ROOT),
                        a.unit(),
                        a.required(),
                        a.values().stream()
                                .map(v -> new Preview.Value(v.value(), v.title()))
                                .toList()))
                .toList();
    }

    // Columns

    private static List<Preview.Column> plainColumns(FileRows rows) {
        List<Preview.Column> all = new ArrayList<>();
        for (SourceColumn column : rows.schema().columns()) {
            String place = place(rows, column.name());
            all.add(new Preview.Column(
                    column.name(),
                    column.examples(),
                    place == null ? "aside" : use(place),
                    place,
                    Text.of(place == null ? "exchange.why.noLayer" : "exchange.why.place")));
        }
        return all;
    }

    private static List<Preview.Column> columns(FileRows rows, ImportRun run, @Nullable ProfileRules profile) {
        List<Preview.Column> all = new ArrayList<>();
        for (SourceColumn column : rows.schema().columns()) {
            ColumnMatch.Match match = run.matches().of(column.name());
            boolean given = match.why() == ColumnMatch.Why.GIVEN;
            String byProfile = given || profile == null ? null : profile.attributeOf(column.name());
            AttributeDefinition attribute = match.attribute();
            String place = place(rows, column.name());
            String use;
            String target;
            Text why;
            if (profile != null && byProfile != null) {
                use = "attribute";
                target = byProfile;
                why = Text.of(
                        "exchange.why.profile", String.valueOf(profile.profile().title()));
            } else if (place != null) {
                use = use(place);
                target = place;
                why = Text.of(given ? "exchange.why.given" : "exchange.why.place");
            } else {
                use = switch (match.role()) {
                    case ATTRIBUTE -> "attribute";
                    case ID -> "id";
                    case PLACE, ASIDE -> "aside";
                };
                target = attribute != null ? attribute.name() : use.equals("id") ? "id" : null;
                why = why(match, attribute);
            }
            all.add(new Preview.Column(column.name(), column.examples(), use, target, why));
        }
        return all;
    }

    private static Text why(ColumnMatch.Match match, @Nullable AttributeDefinition attribute) {
        String unit = match.unit();
        if (unit != null && attribute != null)
            return Text.of("exchange.why.unit", unit, String.valueOf(attribute.unit()));
        return Text.of(
                switch (match.why()) {
                    case GIVEN -> "exchange.why.given";
                    case NAME -> "exchange.why.name";
                    case TITLE -> "exchange.why.title";
                    case ALIAS -> "exchange.why.alias";
                    case ID -> "exchange.why.id";
                    case PLACE -> "exchange.why.place";
                    case NOTHING -> "exchange.why.nothing";
                });
    }

    private static @Nullable String place(FileRows rows, String column) {
        PlaceColumns places = rows.schema().places();
        if (places == null) return null;
        if (column.equals(places.wkt())) return "geom";
        if (column.equals(places.both())) return "lonlat";
        if (column.equals(places.x())) return "lon";
        return column.equals(places.y()) ? "lat" : null;
    }

    private static String use(String place) {
        return place.equals("lon") || place.equals("lat") ? place : "geometry";
    }

    // The layer

    /** By the file's name, else by the columns that are attributes of its own; null where none stands out. */
    private @Nullable String guessedLayer(String name, FileRows rows) {
        String plain = AttributeNames.plain(name);
        String best = null;
        int bestScore = 0;
        boolean tie = false;
        for (LayerDefinition layer : layers.definitions()) {
            int score = score(layer, plain, rows);
            if (score == bestScore) tie = true;
            if (score <= bestScore) continue;
            best = layer.id();
            bestScore = score;
            tie = false;
        }
        return tie || bestScore == 0 ? null : best;
    }

    private static int score(LayerDefinition layer, String fileName, FileRows rows) {
        if (!mayHold(layer.geometry(), rows.schema().geometryTypes())) return 0;
        int score = 0;
        for (String word : List.of(layer.id(), layer.title().zh(), layer.title().en()))
            if (fileName.contains(AttributeNames.plain(word))) score = Math.max(score, 4);
        for (String column : rows.columns()) {
            String plain = AttributeNames.plain(column);
            for (AttributeDefinition attribute : layer.attributes())
                if (!CommonAttributes.isCommon(attribute)
                        && AttributeNames.of(attribute).contains(plain)) {
                    score++;
                    break;
                }
        }
        return score;
    }

    private static boolean mayHold(GeometryKind kind, Set<String> types) {
        boolean lines = types.contains("LineString") || types.contains("MultiLineString");
        boolean points = types.contains("Point");
        boolean areas = types.contains("Polygon") || types.contains("MultiPolygon");
        return switch (kind) {
            case POINT -> !lines || points || areas;
            case LINE -> !points && !areas;
            case POLYGON -> !points && !lines;
        };
    }

    /** Takes features as the store would, and keeps those that are fit. */
    private static final class Landing implements LayerEdits.Sink {
        private final LayerDefinition layer;
        private final List<One> features = new ArrayList<>();

        Landing(LayerDefinition layer) {
            this.layer = layer;
        }

        @Override
        public List<Mistake> add(FeatureDraft draft) {
            List<Mistake> mistakes = new ArrayList<>();
            // What a formula gives is compared when it is stored, and no reason to refuse a row.
            Map<String, Object> given = DerivedValues.without(layer, draft.attributes());
            for (Mistake mistake : FeatureMistakes.of(layer, "", draft.geometry(), given))
                mistakes.add(new Mistake(mistake.where().replaceFirst("^properties\\.", ""), mistake.what()));
            if (mistakes.isEmpty())
                features.add(new One("Feature", String.valueOf(draft.id()), draft.geometry(), draft.attributes()));
            return mistakes;
        }

        @Override
        public List<LayerEdits.Outcome> change(List<LayerEdits.Given> given) {
            return given.stream()
                    .map(one -> new LayerEdits.Outcome(false, false, List.of()))
                    .toList();
        }
    }
}
