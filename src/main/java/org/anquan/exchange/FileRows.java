package org.anquan.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.anquan.exchange.format.ReadOptions;
import org.anquan.exchange.format.RecordFormats;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;

/** The rows of a file of any format, as an import takes them. */
interface FileRows extends AutoCloseable {
    /** For the report: GeoJSON, Excel … */
    String formatTitle();

    String encoding();

    /** Whether lon, lat or shape columns make the geometry, rather than a geometry of the format's own. */
    boolean placesFromColumns();

    void each(ImportRun run, RawRow.Taker taker) throws IOException;

    /** How much of the file was read, 0 to 1. */
    double share();

    /** What a user should know of how the file was understood. */
    List<Text> notes();

    @Override
    void close();

    /**
     * Finds the reader for a file: GeoJSON and CSV in degrees by the lean readers of this package; all other formats, and
     * files in other coordinate systems, by those of {@code exchange.format}.
     */
    final class Opener {
        private static final byte[] SQLITE = "SQLite format 3".getBytes(StandardCharsets.US_ASCII);
        private static final List<String> OTHER_NAMES = List.of(".kml", ".shp");
        private static final int FIRST_BYTES = 16;

        private final ExchangeSettings settings;
        private final RecordFormats formats;
        private final Supplier<Path> tempFolder;

        Opener(ExchangeSettings settings, RecordFormats formats, Supplier<Path> tempFolder) {
            this.settings = settings;
            this.formats = formats;
            this.tempFolder = tempFolder;
        }

        FileRows open(ImportRequest request) throws IOException {
            String crs = request.hints().crs();
            if (crs == null && request.hints().table() == null && !isOther(request))
                return new TextFileRows(request, settings);
            ReadOptions options = ReadOptions.NONE;
            if (request.hints().encoding() != null)
                options = options.withCharset(request.hints().encoding());
            if (request.hints().table() != null)
                options = options.withLayer(request.hints().table());
            return new RecordFileRows(
                    formats.open(request.file(), request.fileName(), options, tempFolder.get()), crs, request);
        }

        private static boolean isOther(ImportRequest request) throws IOException {
            if (!Files.isRegularFile(request.file()))
                throw ProblemException.notFound("exchange.noFile", request.fileName());
            String name = request.fileName().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
            if (OTHER_NAMES.stream().anyMatch(name::endsWith)) return true;
            byte[] first;
            try (InputStream in = Files.newInputStream(request.file())) {
                first = in.readNBytes(FIRST_BYTES);
            }
            boolean zip = first.length > 1 && first[0] == 'P' && first[1] == 'K';
            return zip || Arrays.equals(SQLITE, Arrays.copyOf(first, SQLITE.length));
        }
    }
}
