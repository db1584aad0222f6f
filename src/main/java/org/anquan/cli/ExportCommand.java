package org.anquan.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Visibility;
import org.anquan.exchange.ExportRequest;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.LayerExport;
import org.anquan.exchange.LayerExport.Format;
import org.anquan.exchange.LayerExport.Written;
import org.anquan.geo.Bbox;
import org.anquan.geo.SourceCrs;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.springframework.stereotype.Component;

/** {@code export LAYER FILE}: the layer or what a filter finds of it, all attributes; the format by the file's name. */
@Component(CommandLine.BEAN + "export")
final class ExportCommand implements Command {
    private static final List<String> GZIPPED = List.of("geojson", "csv", "kml");

    private final LayerExport layerExport;
    private final Layers layers;

    ExportCommand(LayerExport layerExport, Layers layers) {
        this.layerExport = layerExport;
        this.layers = layers;
    }

    @Override
    public Text usage() {
        return Text.of("cli.export.usage");
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        arguments.only(2, "crs", "encoding", "filter", "bbox", "titles");
        Path file = arguments.file(1);
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean zipped = name.endsWith(".gz");
        Format format = format(zipped ? name.substring(0, name.length() - 3) : name);
        if (zipped && !GZIPPED.contains(format.name())) throw wrongFormat(name);
        ExportRequest request = request(arguments, format);
        // Beside the target, so that a broken export leaves no half file under the name asked for.
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) throw ProblemException.notFound("cli.noFolder", file);
        Path half = Files.createTempFile(folder, ".export", ".part");
        Path half2 = zipped ? Files.createTempFile(folder, ".export", ".part") : half;
        try {
            ProgressBar bar = new ProgressBar();
            Written written =
                    layerExport.write(request, new Visibility(Sensitivity.RESTRICTED), half, new ImportProgress() {
                        @Override
                        public void report(double share, long rows) {
                            bar.report(share);
                        }

                        @Override
                        public boolean cancelled() {
                            return false;
                        }
                    });
            bar.report(1);
            if (zipped) zip(half, half2);
            Files.move(half2, file, StandardCopyOption.REPLACE_EXISTING);
            written.notes().forEach(System.err::println);
            System.err.println(Text.of("cli.export.done", written.count(), file));
            return 0;
        } finally {
            Files.deleteIfExists(half);
            Files.deleteIfExists(half2);
        }
    }

    private static void zip(Path from, Path to) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(from));
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            in.transferTo(out);
        }
    }

    private ExportRequest request(Arguments arguments, Format format) {
        LayerDefinition layer = layers.definition(arguments.word(0, "LAYER"));
        FeatureQuery query = FeatureQuery.all(layer.id());
        if (arguments.has("filter"))
            query = query.where(Filters.parse(arguments.option("filter").orElse(""), layer));
        if (arguments.has("bbox"))
            query = query.in(bbox(arguments.option("bbox").orElse("")));
        ExportRequest request = ExportRequest.of(query, format.name())
                .titles(arguments.has("titles"))
                .encoding(
                        arguments.has("encoding")
                                ? ImportCommand.charset(
                                        arguments.option("encoding").orElse(""))
                                : StandardCharsets.UTF_8);
        return arguments.has("crs")
                ? request.crs(SourceCrs.resolve(arguments.option("crs").orElse("")))
                : request;
    }

    private static Bbox bbox(String text) {
        try {
            double[] n = Arrays.stream(text.split(",", -1))
                    .mapToDouble(part -> Double.parseDouble(part.strip()))
                    .toArray();
            if (n.length == 4) return new Bbox(n[0], n[1], n[2], n[3]);
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw ProblemException.invalid("cli.export.bbox", text);
    }

    private static Format format(String name) {
        return LayerExport.formats().stream()
                .filter(f -> name.endsWith(f.extension()))
                .findFirst()
                .orElseThrow(() -> wrongFormat(name));
    }

    private static ProblemException wrongFormat(String name) {
        return ProblemException.invalid(
                "cli.export.format",
                name,
                LayerExport.formats().stream().map(Format::extension).toList());
    }
}
