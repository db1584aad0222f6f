package org.anquan.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.Derivation;
import org.anquan.catalog.DerivedValues;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.LoadReceipt;
import org.anquan.exchange.ImportRequest.Hints;
import org.anquan.exchange.format.RecordFormats;
import org.anquan.exchange.format.SourceEncoding;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Takes a file into a layer, in one transaction: either all that the report says is in the layer, or nothing is. Rows are
 * streamed; memory does not grow with the file, but for the ids and boxes of its features. A dry run does the same and
 * takes it back, so that it says exactly what a run would.
 */
@Service
public final class LayerImport {
    private static final int ROWS_BETWEEN_REPORTS = 1000;

    private final Layers layers;
    private final LayerEdits edits;
    private final FileRows.Opener opener;
    private final Profiles profiles;
    private final ExchangeSettings settings;

    @Autowired
    LayerImport(
            Layers layers,
            LayerEdits edits,
            ExchangeSettings settings,
            RecordFormats formats,
            Profiles profiles,
            AnquanHome home) {
        this(layers, edits, settings, new FileRows.Opener(formats, () -> home.sub("tmp")), profiles);
    }

    LayerImport(Layers layers, LayerEdits edits, ExchangeSettings settings, FileRows.Opener opener, Profiles profiles) {
        this.layers = layers;
        this.edits = edits;
        this.settings = settings;
        this.opener = opener;
        this.profiles = profiles;
    }

    /** A character set by a name that people write: {@code GBK}, {@code 936}, {@code UTF-8}. */
    public static Optional<Charset> charset(String name) {
        return RecordFormats.charset(name);
    }

    /**
     * @param who the account that asks, for the history
     * @throws ProblemException invalid where the file as a whole cannot be read; cancelled; then nothing was stored. Bad
     *     rows are no exception: the report lists them.
     */
    public ImportReport run(ImportRequest request, String who, ImportProgress progress) {
        return run(request, who, progress, new RefusedRows());
    }

    /** @param kept gets the refused rows as they stood in the file */
    public ImportReport run(ImportRequest request, String who, ImportProgress progress, RefusedRows kept) {
        long start = System.nanoTime();
        LayerDefinition layer = layers.definition(request.layer());
        try (Opened opened = open(request.file(), request.fileName(), layer.id(), request.hints(), request.columns())) {
            FileRows file = opened.rows();
            Profile profile = opened.profile();
            ProfileRules rules = profile == null ? null : new ProfileRules(profile, layer);
            ImportRun run = new ImportRun(layer, request, file, rules, settings, kept);
            String why = request.why().isBlank() ? "import " + request.fileName() : request.why();
            LayerState before = layers.state(layer.id());
            LoadReceipt receipt = null;
            Map<String, Long> differing = new LinkedHashMap<>();
            try {
                receipt = edits.load(new ChangeContext(who, why), layer.id(), request.mode(), sink -> {
                    read(file, run, sink, progress);
                    differing.putAll(sink.differing());
                    run.finish();
                });
                progress.report(1, run.rows());
            } catch (ImportRun.NothingStored e) {
                // The rows were bad and the request does not want half of them, or it only tries; the report says so.
            }
            return report(request, layer, opened, run, before, receipt, differing, start);
        } catch (ZipException | EOFException e) {
            throw ProblemException.invalid("exchange.damaged", request.fileName())
                    .causedBy(e);
        } catch (IOException e) {
            throw ProblemException.unavailable("exchange.unreadable", request.fileName())
                    .causedBy(e);
        }
    }

    /** A file that was opened, and the profile that it is read by. */
    record Opened(FileRows rows, @Nullable Profile profile, Map<String, String> mapping) implements AutoCloseable {
        @Override
        public void close() {
            rows.close();
        }
    }

    /** Opens a file, and again where a profile says how it has to be read. */
    Opened open(Path file, String name, @Nullable String layer, Hints hints, Map<String, String> columns)
            throws IOException {
        FileRows first = opener.open(file, name, hints, columns);
        try {
            Profile profile = profiles.choose(hints.profile(), layer, first.columns());
            Hints better = better(hints, profile, first);
            Map<String, String> mapping = new LinkedHashMap<>(profile == null ? Map.of() : profile.places());
            columns.forEach((column, target) -> {
                if (List.of("lon", "lat", "lonlat", "geom", "geometry").contains(target)) mapping.clear();
            });
            mapping.putAll(columns);
            if (better.equals(hints) && mapping.equals(columns)) return new Opened(first, profile, columns);
            first.close();
            return new Opened(opener.open(file, name, better, mapping), profile, mapping);
        } catch (RuntimeException | IOException e) {
            first.close();
            throw e;
        }
    }

    /** What the user said, then what the file says, then what the profile says. */
    private static Hints better(Hints asked, @Nullable Profile profile, FileRows file) {
        if (profile == null) return asked;
        Hints by = profile.hints();
        SourceEncoding.How how = file.schema().encoding().how();
        boolean sure = how == SourceEncoding.How.FIXED || how == SourceEncoding.How.DECLARED;
        boolean otherTable = by.table() != null && file.schema().layers().contains(by.table());
        return new Hints(
                asked.encoding() != null || sure ? asked.encoding() : by.encoding(),
                asked.crs() != null || file.isCrsKnown() ? asked.crs() : by.crs(),
                asked.table() != null || !otherTable ? asked.table() : by.table(),
                asked.profile());
    }

    private void read(FileRows file, ImportRun run, LayerEdits.Sink sink, ImportProgress progress) {
        RawRow.Taker taker = row -> {
            run.take(row, sink);
            if (run.rows() % ROWS_BETWEEN_REPORTS == 0) {
                if (progress.cancelled()) throw ProblemException.of(Kind.CANCELLED, "exchange.cancelled");
                progress.report(file.share(), run.rows());
            }
        };
        if (progress.cancelled()) throw ProblemException.of(Kind.CANCELLED, "exchange.cancelled");
        file.each(taker);
        run.settle(sink);
    }

    private ImportReport report(
            ImportRequest request,
            LayerDefinition layer,
            Opened opened,
            ImportRun run,
            LayerState before,
            @Nullable LoadReceipt receipt,
            Map<String, Long> differing,
            long start) {
        boolean stored = receipt != null;
        boolean wouldStore = !stored && request.dryRun() && run.isFit();
        LayerState state = layers.state(layer.id());
        FileRows file = opened.rows();
        List<Text> warnings = new ArrayList<>(run.warnings());
        warnings.addAll(file.notes());
        for (AttributeDefinition attribute : DerivedValues.of(layer)) {
            Long count = differing.get(attribute.name());
            Derivation how = attribute.derivation();
            if (count == null || how == null) continue;
            String stated = how.stated();
            warnings.add(
                    stated == null
                            ? Text.of("exchange.warn.derived", attribute.title(), count, how.words(), how.clause())
                            : Text.of(
                                    "exchange.warn.derivedStated",
                                    attribute.title(),
                                    count,
                                    how.words(),
                                    how.clause(),
                                    layer.attribute(stated)
                                            .map(AttributeDefinition::title)
                                            .orElse(attribute.title())));
        }
        boolean goesIn = stored || wouldStore;
        if (!goesIn && request.allOrNothing()) warnings.add(0, Text.of("exchange.warn.allOrNothing", run.refused()));
        else if (!goesIn) warnings.add(0, Text.of("exchange.warn.allRefused", run.refused()));
        if (goesIn && run.rows() == 0)
            warnings.add(
                    Text.of(request.mode() == LoadMode.REPLACE ? "exchange.warn.emptied" : "exchange.warn.noRows"));
        boolean replaces = request.mode() == LoadMode.REPLACE && goesIn;
        long removed = receipt != null ? receipt.removed() : replaces ? before.count() : 0;
        Profile profile = opened.profile();
        return new ImportReport(
                layer.id(),
                layer.title(),
                request.fileName(),
                file.schema().format().title().toString(),
                file.schema().encoding().charset(),
                file.crs().id(),
                profile == null ? null : profile.id(),
                request.mode(),
                request.dryRun(),
                stored,
                wouldStore,
                run.rows(),
                run.accepted(),
                run.added(),
                run.updated(),
                run.unchanged(),
                run.repaired(),
                run.refused(),
                run.passedOver(),
                removed,
                run.repairs(),
                run.columns(),
                run.refusedRows(),
                warnings,
                receipt == null ? null : receipt.changeSet(),
                state.version(),
                wouldStore ? before.count() - removed + run.added() : state.count(),
                (System.nanoTime() - start) / 1_000_000);
    }
}
