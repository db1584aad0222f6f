package org.anquan.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Copies whole stores, each named by {@code jdbc:postgresql://…} or by the path of a GeoPackage. */
public final class StoreCopies {
    private final StorePlaces places;
    private final StoreSettings settings;

    StoreCopies(StorePlaces places, StoreSettings settings) {
        this.places = places;
        this.settings = settings;
    }

    /**
     * @param from null for the store that the service uses
     * @param replace whether what the target holds may go
     * @param progress gets the share that is done, 0 to 1
     */
    public CopyReceipt copy(@Nullable String from, String to, boolean replace, DoubleConsumer progress) {
        Dialect source = from == null ? places.configured() : places.named(from);
        Dialect target = places.named(to);
        if (source.shown().equals(target.shown())) throw ProblemException.invalid("catalog.copy.same", target.shown());
        Path file = isFile(to) ? Path.of(to) : null;
        if (from != null && isFile(from) && !Files.isReadable(Path.of(from)))
            throw ProblemException.notFound("catalog.copy.noFile", from);
        boolean made = file != null && !Files.exists(file);
        boolean done = false;
        try {
            CopyReceipt receipt = new StoreCopy(source, target, progress).run(replace, settings);
            done = true;
            return receipt;
        } finally {
            if (made && !done) delete(file);
        }
    }

    static boolean isFile(String place) {
        return !place.toLowerCase(Locale.ROOT).startsWith("jdbc:");
    }

    private static void delete(@Nullable Path file) {
        if (file == null) return;
        try {
            for (String part : new String[] {"", "-wal", "-shm"}) Files.deleteIfExists(Path.of(file + part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
