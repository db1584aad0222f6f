package org.anquan.exchange.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.geo.SourceCrs;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** The frame of every sink: writes beside the target and puts it in place when all is written. */
abstract class SinkFile implements RecordSink {
    final SinkSchema schema;
    final SinkOptions options;
    final FormatSettings settings;
    final Path working;
    private final Path target;
    private final Set<Text> notes = new LinkedHashSet<>();
    private boolean finished;
    private boolean closed;

    SinkFile(Path target, SinkSchema schema, SinkOptions options, FormatSettings settings, Path tempFolder)
            throws IOException {
        this.target = target;
        this.schema = schema;
        this.options = options;
        this.settings = settings;
        this.working = Files.createTempFile(tempFolder, "export-", ".part");
    }

    /** The geometry in the coordinate system asked for. */
    final Geometry inCrs(Geometry lonLat) {
        return options.crs().fromLonLat(lonLat);
    }

    final SourceCrs crs() {
        return options.crs();
    }

    final void note(Text text) {
        if (notes.size() < 100) notes.add(text);
    }

    abstract void writeRecord(Map<String, Object> values, @Nullable Geometry lonLat) throws IOException;

    abstract void writeEnd() throws IOException;

    /** Lets go of what is open; called once, whether finished or not. */
    abstract void release() throws IOException;

    @Override
    public final void write(Map<String, Object> values, @Nullable Geometry lonLat) {
        try {
            writeRecord(values, lonLat);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    @Override
    public final void finish() {
        try {
            writeEnd();
            release();
            closed = true;
            Files.move(working, target, StandardCopyOption.REPLACE_EXISTING);
            finished = true;
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private ProblemException cannotWrite(IOException e) {
        return ProblemException.unavailable("exchange.format.cannotWrite", String.valueOf(target.getFileName()))
                .causedBy(e);
    }

    @Override
    public final List<Text> notes() {
        return new ArrayList<>(notes);
    }

    @Override
    public final void close() {
        if (finished) return;
        try {
            if (!closed) release();
            closed = true;
            Files.deleteIfExists(working);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
