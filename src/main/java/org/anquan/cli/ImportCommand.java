package org.anquan.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.anquan.catalog.LoadMode;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.ImportReport;
import org.anquan.exchange.ImportRequest;
import org.anquan.exchange.LayerImport;
import org.anquan.exchange.RefusedRows;
import org.anquan.exchange.ReportWorkbook;
import org.anquan.network.Roads;
import org.anquan.network.Roads.ImportSummary;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.terrain.TerrainData;
import org.springframework.stereotype.Component;

/** {@code import roads FILE}, {@code import layer LAYER FILE} and {@code import raster dem|land-cover FILE}. */
@Component(CommandLine.BEAN + "import")
final class ImportCommand implements Command {
    private static final String WHO = "command line";

    private final LayerImport layerImport;
    private final Roads roads;
    private final TerrainData terrain;

    ImportCommand(LayerImport layerImport, Roads roads, TerrainData terrain) {
        this.terrain = terrain;
        this.layerImport = layerImport;
        this.roads = roads;
    }

    @Override
    public Text usage() {
        return Text.of("cli.import.usage");
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        String what = arguments.word(0, "roads|layer|raster");
        return switch (what) {
            case "roads" -> roads(arguments);
            case "layer" -> layer(arguments);
            case "raster" -> raster(arguments);
            default -> throw ProblemException.invalid("cli.import.what", what);
        };
    }

    private int roads(Arguments arguments) {
        arguments.only(2);
        Path file = readable(arguments.file(1));
        ProgressBar bar = new ProgressBar();
        ImportSummary summary = roads.importOsm(file, bar::report);
        System.out.println(Text.of(
                "cli.import.roads", summary.roads(), summary.junctions(), summary.edges(), summary.millis() / 1000.0));
        return 0;
    }

    private int layer(Arguments arguments) throws IOException {
        arguments.only(
                3,
                "replace",
                "mode",
                "all-or-nothing",
                "dry-run",
                "encoding",
                "map",
                "crs",
                "table",
                "profile",
                "report",
                "why");
        Path file = readable(arguments.file(2));
        ImportRequest request = ImportRequest.of(arguments.word(1, "LAYER"), file)
                .mode(mode(arguments))
                .allOrNothing(arguments.has("all-or-nothing"))
                .dryRun(arguments.has("dry-run"))
                .columns(columns(arguments))
                .crs(arguments.option("crs").orElse(null))
                .table(arguments.option("table").orElse(null))
                .profile(arguments.option("profile").orElse(null))
                .why(arguments.option("why").orElse(""));
        if (arguments.has("encoding"))
            request = request.encoding(charset(arguments.option("encoding").orElseThrow()));
        Path workbook = arguments.option("report").map(Path::of).orElse(null);
        ProgressBar bar = new ProgressBar();
        RefusedRows refused = new RefusedRows();
        ImportReport report = layerImport.run(
                request,
                WHO,
                new ImportProgress() {
                    @Override
                    public void report(double share, long rows) {
                        bar.report(share);
                    }

                    @Override
                    public boolean cancelled() {
                        return false;
                    }
                },
                refused);
        report.lines().forEach(System.out::println);
        if (workbook != null)
            try (OutputStream out = Files.newOutputStream(workbook)) {
                ReportWorkbook.write(report, refused, out);
            }
        boolean goesIn = report.stored() || report.wouldStore();
        return goesIn && report.refused() == 0 ? 0 : goesIn ? 1 : 2;
    }

    private static LoadMode mode(Arguments arguments) {
        String name = arguments.option("mode").orElse(arguments.has("replace") ? "replace" : "append");
        for (LoadMode mode : LoadMode.values()) if (mode.name().equals(name.toUpperCase(Locale.ROOT))) return mode;
        throw ProblemException.invalid("cli.import.mode", name);
    }

    private int raster(Arguments arguments) {
        arguments.only(3, "replace");
        String word = arguments.word(1, "dem|land-cover");
        for (TerrainData.Kind kind : TerrainData.Kind.values()) {
            if (!kind.word().equals(word)) continue;
            long cells = terrain.install(kind, readable(arguments.file(2)), arguments.has("replace"));
            System.out.println(Text.of("cli.import.raster", word, cells, terrain.sources(kind)));
            return 0;
        }
        throw ProblemException.invalid("cli.import.rasterKind", word);
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) throw ProblemException.notFound("cli.noFile", file);
        return file;
    }

    static Charset charset(String name) {
        return LayerImport.charset(name).orElseThrow(() -> ProblemException.invalid("cli.import.encoding", name));
    }

    /** {@code --map 名称=name,人口=people}. */
    private static Map<String, String> columns(Arguments arguments) {
        Map<String, String> columns = new HashMap<>();
        for (String pair : arguments.option("map").orElse("").split(",")) {
            if (pair.isBlank()) continue;
            int equals = pair.lastIndexOf('=');
            if (equals <= 0) throw ProblemException.invalid("cli.import.map", pair);
            columns.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return columns;
    }
}
