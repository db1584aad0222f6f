package org.anquan.files;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.exchange.ExportRequest;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.LayerExport;
import org.anquan.exchange.LayerExport.Format;
import org.anquan.exchange.LayerExport.Written;
import org.anquan.geo.Bbox;
import org.anquan.geo.SourceCrs;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Files out: a layer, or what a query finds of it, cut to what the asker may see. */
@RestController
@RequestMapping("/api/export")
final class ExportController {
    private static final Set<String> KNOWN =
            new TreeSet<>(Set.of("format", "crs", "encoding", "filter", "bbox", "datetime", "titles", "lang"));
    private static final int MOST_NOTES = 5;

    private final Layers layers;
    private final LayerExport export;
    private final AnquanHome home;
    private final ExportTurns turns;

    ExportController(Layers layers, LayerExport export, AnquanHome home, ExportTurns turns) {
        this.layers = layers;
        this.export = export;
        this.home = home;
        this.turns = turns;
    }

    @GetMapping("/{layer}")
    ResponseEntity<Object> export(@PathVariable String layer, HttpServletRequest request) throws IOException {
        Visibility who = Visibility.current();
        LayerDefinition cut = who.layer(layers, layer);
        ExportRequest wanted = request(cut, request);
        Format format = LayerExport.format(wanted.format());
        Path file = Files.createTempFile(home.sub("tmp"), "download-", format.extension());
        boolean handedOver = false;
        try {
            Written written = turns.inTurn(() -> export.write(wanted, who, file, ImportProgress.none()));
            long bytes = Files.size(file);
            String name = cut.title() + "-" + LocalDate.now(ZoneOffset.UTC) + format.extension();
            ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                    .header("Cache-Control", "no-store")
                    .header("Vary", "Accept-Language, Authorization, Cookie")
                    .header("Anquan-Features", Long.toString(written.count()))
                    .header(
                            "Content-Disposition",
                            ContentDisposition.attachment()
                                    .filename(name, StandardCharsets.UTF_8)
                                    .build()
                                    .toString())
                    .contentLength(bytes)
                    .contentType(mediaType(format, wanted.encoding()));
            written.notes().stream()
                    .limit(MOST_NOTES)
                    .forEach(note -> answer.header(
                            "Anquan-Note",
                            java.net.URLEncoder.encode(note.toString(), StandardCharsets.UTF_8)
                                    .replace("+", "%20")));
            InputStreamResource body = new InputStreamResource(
                    // Gone from the folder once it is open, whatever becomes of the asker.
                    Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
            handedOver = true;
            return answer.body(body);
        } finally {
            if (!handedOver) Files.deleteIfExists(file);
        }
    }

    private static MediaType mediaType(Format format, Charset encoding) {
        return MediaType.parseMediaType(
                format.name().equals("csv") ? format.mediaType() + ";charset=" + encoding.name() : format.mediaType());
    }

    private static ExportRequest request(LayerDefinition cut, HttpServletRequest request) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, String> given = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (!KNOWN.contains(name)) mistakes.add(new Mistake(name, Text.of("files.input.unknown", name, KNOWN)));
            else if (!values[0].isBlank()) given.put(name, values[0].strip());
        });
        FeatureQuery query = FeatureQuery.all(cut.id());
        ExportRequest wanted = ExportRequest.of(query, given.getOrDefault("format", "geojson"));
        try {
            LayerExport.format(wanted.format());
            if (given.containsKey("crs")) wanted = wanted.crs(SourceCrs.resolve(given.get("crs")));
            if (given.containsKey("filter")) query = query.where(Filters.parse(given.get("filter"), cut));
        } catch (ProblemException e) {
            mistakes.add(new Mistake(
                    e.key().contains("crs") ? "crs" : e.key().contains("ormat") ? "format" : "filter", e.detail()));
            mistakes.addAll(e.mistakes());
        }
        Charset encoding = encoding(given.get("encoding"), mistakes);
        if (given.containsKey("datetime")) query = query.at(instant(given.get("datetime"), mistakes));
        Bbox box = bbox(given.get("bbox"), mistakes);
        String titles = given.getOrDefault("titles", "false");
        if (!titles.equals("true") && !titles.equals("false"))
            mistakes.add(new Mistake("titles", Text.of("files.input.flag", titles)));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("files.exportInput", mistakes.size()).withMistakes(mistakes);
        return new ExportRequest(
                box == null ? query : query.in(box), wanted.format(), wanted.crs(), encoding, titles.equals("true"));
    }

    /** GBK proper, not its larger brother: older programs read two bytes a character. */
    private static Charset encoding(@Nullable String name, List<Mistake> mistakes) {
        if (name == null) return StandardCharsets.UTF_8;
        switch (name.toUpperCase(Locale.ROOT)) {
            case "UTF-8", "UTF8" -> {
                return StandardCharsets.UTF_8;
            }
            case "GBK" -> {
                return Charset.forName("GBK");
            }
            case "GB18030" -> {
                return Charset.forName("GB18030");
            }
            default -> mistakes.add(new Mistake("encoding", Text.of("files.input.encoding", name)));
        }
        return StandardCharsets.UTF_8;
    }

    private static @Nullable Instant instant(@Nullable String text, List<Mistake> mistakes) {
        try {
            if (text != null)
                return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            mistakes.add(new Mistake("datetime", Text.of("files.input.instant", text)));
        }
        return null;
    }

    private static @Nullable Bbox bbox(@Nullable String text, List<Mistake> mistakes) {
        if (text == null) return null;
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 4)
                return new Bbox(
                        Double.parseDouble(parts[0].strip()),
                        Double.parseDouble(parts[1].strip()),
                        Double.parseDouble(parts[2].strip()),
                        Double.parseDouble(parts[3].strip()));
        } catch (IllegalArgumentException | ProblemException e) {
            // Said below.
        }
        mistakes.add(new Mistake("bbox", Text.of("files.input.bbox", text)));
        return null;
    }
}
