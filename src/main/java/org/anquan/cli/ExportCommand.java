package org.anquan.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.Sensitivity;
import org.anquan.exchange.ExportFormat;
import org.anquan.exchange.LayerExport;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.springframework.stereotype.Component;

/** {@code export LAYER FILE}: the whole layer, all attributes; the format by the file's name. */
@Component
final class ExportCommand implements Command {
    private final LayerExport layerExport;

    ExportCommand(LayerExport layerExport) {
        this.layerExport = layerExport;
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public Text usage() {
        return Text.of("cli.export.usage");
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        arguments.only(2);
        Path file = arguments.file(1);
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean zipped = name.endsWith(".gz");
        ExportFormat format = format(zipped ? name.substring(0, name.length() - 3) : name);
        // Beside the target, so that a broken export leaves no half file under the name asked for.
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) throw ProblemException.notFound("cli.noFolder", file);
        Path half = Files.createTempFile(folder, ".export", ".part");
        try {
            long count;
            try (OutputStream out = Files.newOutputStream(half);
                    OutputStream body = new BufferedOutputStream(zipped ? new GZIPOutputStream(out) : out)) {
                count = layerExport.write(
                        FeatureQuery.all(arguments.word(0, "LAYER")), format, Sensitivity.RESTRICTED, body);
            }
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
            System.err.println(Text.of("cli.export.done", count, file));
            return 0;
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private static ExportFormat format(String name) {
        return Arrays.stream(ExportFormat.values())
                .filter(f -> name.endsWith("." + f.suffix()))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "cli.export.format",
                        name,
                        Arrays.stream(ExportFormat.values())
                                .map(f -> "." + f.suffix())
                                .toList()));
    }
}
