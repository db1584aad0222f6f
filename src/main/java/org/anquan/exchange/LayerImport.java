package org.anquan.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.LoadReceipt;
import org.anquan.exchange.format.RecordFormats;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Takes a file into a layer, in one transaction: either all that the report says is in the layer, or nothing is. Rows are
 * streamed; memory does not grow with the file, but for the ids and boxes of its features.
 */
@Service
public final class LayerImport {
    private static final int ROWS_BETWEEN_REPORTS = 1000;

    private final Layers layers;
    private final LayerEdits edits;
    private final FileRows.Opener opener;
    private final ExchangeSettings settings;

    @Autowired
    LayerImport(Layers layers, LayerEdits edits, ExchangeSettings settings, RecordFormats formats, AnquanHome home) {
        this(layers, edits, settings, new FileRows.Opener(settings, formats, () -> home.sub("tmp")));
    }

    LayerImport(Layers layers, LayerEdits edits, ExchangeSettings settings, FileRows.Opener opener) {
        this.layers = layers;
        this.edits = edits;
        this.settings = settings;
        this.opener = opener;
    }

    /**
     * @param who the account that asks, for the history
     * @throws ProblemException invalid where the file as a whole cannot be read; cancelled; then nothing was stored. Bad
     *     rows are no exception: the report lists them.
     */
    public ImportReport run(ImportRequest request, String who, ImportProgress progress) {
        long start = System.nanoTime();
        LayerDefinition layer = layers.definition(request.layer());
        try (FileRows file = opener.open(request)) {
            ImportRun run = new ImportRun(layer, request, settings, file.placesFromColumns());
            String why = request.why().isBlank() ? "import " + request.fileName() : request.why();
            LoadReceipt receipt = null;
            try {
                receipt = edits.load(new ChangeContext(who, why), layer.id(), request.mode(), sink -> {
                    read(file, run, sink, progress);
                    run.finish();
                });
                progress.report(1, run.rows());
            } catch (ImportRun.NothingStored e) {
                // The rows were bad and the request does not want half of them; the report says so.
            }
            return report(request, layer, file, run, receipt, start);
        } catch (ZipException | EOFException e) {
            throw ProblemException.invalid("exchange.damaged", request.fileName())
                    .causedBy(e);
        } catch (IOException e) {
            throw ProblemException.unavailable("exchange.unreadable", request.fileName())
                    .causedBy(e);
        }
    }

    private void read(FileRows file, ImportRun run, LayerEdits.Sink sink, ImportProgress progress) throws IOException {
        RawRow.Taker taker = row -> {
            run.take(row, sink);
            if (run.rows() % ROWS_BETWEEN_REPORTS == 0) {
                if (progress.cancelled()) throw ProblemException.of(Kind.CANCELLED, "exchange.cancelled");
                progress.report(file.share(), run.rows());
            }
        };
        if (progress.cancelled()) throw ProblemException.of(Kind.CANCELLED, "exchange.cancelled");
        file.each(run, taker);
    }

    private ImportReport report(
            ImportRequest request,
            LayerDefinition layer,
            FileRows file,
            ImportRun run,
            @Nullable LoadReceipt receipt,
            long start) {
        boolean stored = receipt != null;
        LayerState state = layers.state(layer.id());
        List<Text> warnings = new ArrayList<>(run.warnings());
        warnings.addAll(file.notes());
        if (!stored && request.allOrNothing()) warnings.add(0, Text.of("exchange.warn.allOrNothing", run.refused()));
        else if (!stored) warnings.add(0, Text.of("exchange.warn.allRefused", run.refused()));
        if (stored && run.rows() == 0)
            warnings.add(
                    Text.of(request.mode() == LoadMode.REPLACE ? "exchange.warn.emptied" : "exchange.warn.noRows"));
        return new ImportReport(
                layer.id(),
                layer.title(),
                request.fileName(),
                file.formatTitle(),
                file.encoding(),
                request.mode(),
                stored,
                run.rows(),
                run.accepted(),
                run.repaired(),
                run.refused(),
                receipt == null ? 0 : receipt.removed(),
                run.repairs(),
                run.columns(),
                run.refusedRows(),
                warnings,
                receipt == null ? null : receipt.changeSet(),
                state.version(),
                state.count(),
                (System.nanoTime() - start) / 1_000_000);
    }
}
