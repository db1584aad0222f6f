package org.anquan.cli;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.anquan.catalog.LoadMode;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.ImportReport;
import org.anquan.exchange.ImportRequest;
import org.anquan.exchange.LayerImport;
import org.anquan.network.Roads;
import org.anquan.network.Roads.ImportSummary;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.terrain.TerrainData;
import org.springframework.stereotype.Component;

/** {@code import roads FILE}, {@code import layer LAYER FILE} and {@code import raster dem|land-cover FILE}. */
@Component
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
    public String name() {
        return "import";
    }

    @Override
    public Text usage() {
        return Text.of("cli.import.usage");
    }

    @Override
    public int run(Arguments arguments) {
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

    private int layer(Arguments arguments) {
        arguments.only(3, "replace", "all-or-nothing", "encoding", "map", "crs", "table");
        Path file = readable(arguments.file(2));
        ImportRequest request = ImportRequest.of(arguments.word(1, "LAYER"), file)
                .mode(arguments.has("replace") ? LoadMode.REPLACE : LoadMode.APPEND)
                .allOrNothing(arguments.has("all-or-nothing"))
                .columns(columns(arguments))
                .crs(arguments.option("crs").orElse(null))
                .table(arguments.option("table").orElse(null));
        if (arguments.has("encoding"))
            request = request.encoding(charset(arguments.option("encoding").orElseThrow()));
        ProgressBar bar = new ProgressBar();
        ImportReport report = layerImport.run(request, WHO, new ImportProgress() {
            @Override
            public void report(double share, long rows) {
                bar.report(share);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        });
        report.lines().forEach(System.out::println);
        return report.stored() && report.refused() == 0 ? 0 : report.stored() ? 1 : 2;
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

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw ProblemException.invalid("cli.import.encoding", name).causedBy(e);
        }
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
