package org.anquan.exchange;

import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.anquan.problem.Text;

/** GeoJSON and CSV, streamed. */
final class TextFileRows implements FileRows {
    private final InputFile file;
    private final ImportRequest request;
    private final ExchangeSettings settings;

    TextFileRows(ImportRequest request, ExchangeSettings settings) throws IOException {
        this.file = new InputFile(request, settings);
        this.request = request;
        this.settings = settings;
    }

    @Override
    public String formatTitle() {
        return file.format().title();
    }

    @Override
    public String encoding() {
        return file.charset().name();
    }

    @Override
    public boolean placesFromColumns() {
        return file.format() == InputFile.Format.CSV;
    }

    @Override
    public void each(ImportRun run, RawRow.Taker taker) throws IOException {
        try (Reader in = file.open()) {
            if (file.format() == InputFile.Format.GEOJSON) {
                new GeoJsonRows(request.fileName(), in, settings.longestRow()).each(taker);
            } else {
                CsvRows rows = new CsvRows(request.fileName(), in, settings.longestRow());
                run.header(rows.header());
                rows.each(taker);
            }
        }
    }

    @Override
    public double share() {
        return file.share();
    }

    @Override
    public List<Text> notes() {
        return List.of();
    }

    @Override
    public void close() {}
}
