package org.anquan.report;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.GregorianCalendar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.LayerStyles;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.geo.Bbox;
import org.anquan.geo.MetricCrs;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.Answers;
import org.anquan.process.Job;
import org.anquan.process.Jobs;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Processes;
import org.anquan.report.SheetRequest.Format;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes map sheets to print, a few at a time: a picture of A3 needs 70 MB while it is drawn. */
@Service
final class Sheets {
    private static final String DISTRICT = "district";
    private static final int FIRST_EPSG = 4534;
    private static final int FIRST_MERIDIAN = 75;
    private static final int LAST_MERIDIAN = 135;

    private final Layers layers;
    private final LayerStyles styles;
    private final Processes processes;
    private final Answers answers;
    private final Jobs jobs;
    private final SheetSettings settings;
    private final JsonMapper json;
    private final Semaphore turns;

    Sheets(
            Layers layers,
            LayerStyles styles,
            Processes processes,
            Answers answers,
            Jobs jobs,
            SheetSettings settings,
            JsonMapper json) {
        this.layers = layers;
        this.styles = styles;
        this.processes = processes;
        this.answers = answers;
        this.jobs = jobs;
        this.settings = settings;
        this.json = json;
        turns = new Semaphore(settings.atOnce(), true);
    }

    /**
     * A sheet.
     *
     * @param notes what whoever asked should know about it
     */
    record Made(byte[] file, String name, String mediaType, long scale, List<String> notes) {}

    /** What is drawn, and the process it comes from. */
    private record Answered(@Nullable ProcessDescription process, JsonNode answer) {}

    Made make(SheetRequest request) {
        Visibility sight = Visibility.current();
        List<SheetPainter.Drawn> drawn = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Answered answered = answer(request);
        for (LayerDefinition layer : wanted(request, answered, sight)) drawn.add(features(layer, notes));
        boolean mine = false;
        try {
            mine = turns.tryAcquire(settings.turnWait().toMillis(), TimeUnit.MILLISECONDS);
            if (!mine)
                throw ProblemException.unavailable(
                        "report.busy", settings.turnWait().toSeconds());
            return draw(request, answered, drawn, county(sight), notes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(ProblemException.Kind.CANCELLED, "process.cancelled");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (mine) turns.release();
        }
    }

    private Answered answer(SheetRequest request) {
        if (request.job() != null) return ofJob(request.job());
        if (request.process() == null) return new Answered(null, json.createObjectNode());
        Process process = processes.require(request.process());
        byte[] answer = answers.answer(process, request.inputs(), List.of(), Answers.JSON);
        return new Answered(process.description(), json.readTree(answer));
    }

    private Answered ofJob(String id) {
        Job job = jobs.find(id).orElseThrow(() -> ProblemException.notFound("process.noSuchJob", id));
        if (job.status() != Job.Status.SUCCESSFUL)
            throw ProblemException.of(
                    ProblemException.Kind.CONFLICT,
                    "report.jobNotDone",
                    job.message() == null ? job.status().name() : job.message());
        Process process = processes.require(job.process());
        try {
            return new Answered(
                    process.description(),
                    json.readTree(Files.readAllBytes(jobs.result(id, Answers.JSON)
                            .orElseThrow(() -> ProblemException.notFound("process.noSuchJob", id)))));
        } catch (IOException e) {
            throw ProblemException.notFound("process.noSuchJob", id).causedBy(e);
        }
    }

    /** From the lowest to the uppermost; the layer that the question names is among them. */
    private List<LayerDefinition> wanted(SheetRequest request, Answered answered, Visibility sight) {
        Set<String> ids = new LinkedHashSet<>();
        List<String> seen =
                sight.layers(layers).stream().map(LayerDefinition::id).toList();
        List<String> named = request.layers();
        if (named == null) {
            ids.addAll(settings.baseLayers());
            ids.retainAll(seen);
            String asked = answered.answer()
                    .path("inputs")
                    .path("facilities")
                    .path("layer")
                    .asString("");
            if (seen.contains(asked)) ids.add(asked);
        } else {
            List<Mistake> mistakes = new ArrayList<>();
            for (String id : named)
                if (!seen.contains(id)) mistakes.add(new Mistake("layers", Text.of("report.mistake.layer", id, seen)));
            if (!mistakes.isEmpty())
                throw ProblemException.invalid("report.request").withMistakes(mistakes);
            ids.addAll(named);
        }
        return ids.stream()
                .map(id -> sight.layer(layers, id))
                .sorted(Comparator.comparingInt(LayerDefinition::order))
                .toList();
    }

    private SheetPainter.Drawn features(LayerDefinition layer, List<String> notes) {
        List<Feature> all = layers.snapshot(layer.id()).features();
        if (all.size() > settings.maxFeatures()) {
            notes.add(Text.of("report.tooManyFeatures", layer.title(), all.size(), settings.maxFeatures())
                    .toString());
            all = all.subList(0, settings.maxFeatures());
        }
        // A name or a filter of the style must not show what the asker may not see.
        Set<String> visible = new LinkedHashSet<>();
        layer.attributes().forEach(attribute -> visible.add(attribute.name()));
        boolean whole = layers.definition(layer.id()).attributes().size() == visible.size();
        if (whole) return new SheetPainter.Drawn(layer, all);
        return new SheetPainter.Drawn(
                layer, all.stream().map(feature -> cut(feature, visible)).toList());
    }

    private static Feature cut(Feature feature, Set<String> visible) {
        var attributes = new java.util.LinkedHashMap<>(feature.attributes());
        attributes.keySet().retainAll(visible);
        return new Feature(feature.layer(), feature.id(), feature.geometry(), attributes, feature.version());
    }

    private Optional<Feature> county(Visibility sight) {
        boolean seen =
                sight.layers(layers).stream().anyMatch(layer -> layer.id().equals(DISTRICT));
        if (!seen) return Optional.empty();
        return layers.snapshot(DISTRICT).features().stream().findFirst();
    }

    private Made draw(
            SheetRequest request,
            Answered answered,
            List<SheetPainter.Drawn> drawn,
            Optional<Feature> county,
            List<String> notes)
            throws IOException {
        Geometry outline = county.map(Feature::geometry).orElse(null);
        String countyName = county.map(Feature::name).orElse("");
        SheetContent content =
                new AnswerReader(outline, countyName).read(answered.process(), answered.answer(), settings);
        if (request.title() != null) content.title = request.title();
        if (content.title.isBlank()) content.title = Text.of("report.map").toString();
        if (!request.withTable()) content.table = null;
        if (request.table() != null) content.table = request.table();
        for (SheetPainter.Drawn one : drawn) source(one.layer(), content);
        Rectangle2D box = SheetPainter.mapBox(request.paper(), request.landscape());
        Bbox area = request.extent() != null ? request.extent() : extent(outline, content, drawn);
        double middle = outline == null
                ? (area.west() + area.east()) / 2
                : outline.getEnvelopeInternal().centre().x;
        MetricCrs crs = MetricCrs.at(middle);
        MapFrame frame = request.scale() == 0
                ? MapFrame.around(area, crs, box)
                : MapFrame.around(area, crs, box, request.scale());
        ZonedDateTime now = Instant.now(Clock.systemUTC()).atZone(settings.zone());
        List<String> foot = foot(content, crs, now);
        byte[] file;
        try (Lettering lettering = new Lettering(settings.fontFiles())) {
            double width = request.paper().width(request.landscape());
            double height = request.paper().height(request.landscape());
            if (request.format() == Format.PDF) {
                if (!lettering.embeds()) notes.add(Text.of("report.outlines").toString());
                try (PdfCanvas canvas = new PdfCanvas(width, height, lettering)) {
                    paint(canvas, lettering, request, content, frame, drawn, foot, notes);
                    boolean english = Texts.currentLanguage().equals(Texts.ENGLISH);
                    file = canvas.finish(
                            content.title, english ? "en" : "zh-CN", "Anquan 安圈", GregorianCalendar.from(now));
                }
            } else
                try (ImageCanvas canvas = new ImageCanvas(width, height, settings.dpi(), lettering)) {
                    paint(canvas, lettering, request, content, frame, drawn, foot, notes);
                    file = PngFile.of(canvas.image(), settings.dpi());
                }
        }
        String name = content.title.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", " ").strip()
                + request.format().ending();
        return new Made(file, name, request.format().mediaType, frame.scale(), notes);
    }

    private void paint(
            Canvas canvas,
            Lettering lettering,
            SheetRequest request,
            SheetContent content,
            MapFrame frame,
            List<SheetPainter.Drawn> drawn,
            List<String> foot,
            List<String> notes) {
        SheetPainter painter = new SheetPainter(
                canvas,
                lettering,
                styles,
                content,
                request.paper(),
                request.landscape(),
                request.drill(),
                settings.symbolPixelMillimetres());
        painter.draw(frame, drawn, foot);
        if (painter.namesLeftOut() > 0)
            notes.add(Text.of("report.namesLeftOut", painter.namesLeftOut()).toString());
    }

    private void source(LayerDefinition layer, SheetContent content) {
        LayerState state = layers.state(layer.id());
        if (state.count() == 0) return;
        content.illustrative |= state.illustrative();
        String asOf = state.asOf() == null ? Figures.unknown() : Figures.date(state.asOf(), settings.zone());
        content.sources.putIfAbsent(layer.id(), asOf);
    }

    private Bbox extent(@Nullable Geometry outline, SheetContent content, List<SheetPainter.Drawn> drawn) {
        Envelope all = new Envelope();
        if (outline != null) all.expandToInclude(outline.getEnvelopeInternal());
        if (all.isNull())
            for (SheetContent.Overlay overlay : content.overlays)
                all.expandToInclude(overlay.geometry().getEnvelopeInternal());
        if (all.isNull())
            for (SheetPainter.Drawn one : drawn)
                for (Feature feature : one.features())
                    all.expandToInclude(feature.geometry().getEnvelopeInternal());
        if (all.isNull()) throw ProblemException.invalid("report.nothing");
        // A single place needs room around it; a county a little air.
        all.expandBy(Math.max(0.002, all.getWidth() * 0.015), Math.max(0.002, all.getHeight() * 0.015));
        return Bbox.of(all);
    }

    private List<String> foot(SheetContent content, MetricCrs crs, ZonedDateTime now) {
        List<String> foot = new ArrayList<>();
        // Layers with one date stand together, so that ten layers need no ten lines.
        var byDate = new java.util.LinkedHashMap<String, List<String>>();
        content.sources.forEach((id, asOf) ->
                byDate.computeIfAbsent(asOf, date -> new ArrayList<>()).add(titleOf(id)));
        List<Text> parts = new ArrayList<>();
        byDate.forEach((asOf, names) -> parts.add(
                asOf.equals(Figures.unknown())
                        ? Text.of("report.sourceNoDate", names)
                        : Text.of("report.source", names, asOf)));
        if (!parts.isEmpty()) {
            List<String> words = parts.stream().map(Text::toString).toList();
            foot.add(Text.of(
                            "report.sources",
                            String.join(Text.of("report.between").toString(), words))
                    .toString());
        }
        if (content.illustrative) foot.add(Text.of("report.illustrativeNote").toString());
        int meridian = crs.centralMeridianDegrees();
        boolean registered = meridian >= FIRST_MERIDIAN && meridian <= LAST_MERIDIAN;
        foot.add(Text.of("report.crs", meridian).toString()
                + (registered ? Text.of("report.epsg", FIRST_EPSG + (meridian - FIRST_MERIDIAN) / 3) : ""));
        foot.add(Text.of("report.made", Figures.date(now.toInstant(), settings.zone()))
                .toString());
        if (!settings.issuer().isBlank())
            foot.add(Text.of("report.issuer", settings.issuer()).toString());
        foot.add(
                settings.reviewNumber().isBlank()
                        ? Text.of("report.noReview").toString()
                        : Text.of("report.review", settings.reviewNumber()).toString());
        return foot;
    }

    private String titleOf(String id) {
        for (LayerDefinition layer : layers.definitions())
            if (layer.id().equals(id)) return layer.title().toString();
        return id;
    }
}
