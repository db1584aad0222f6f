package org.anquan.exchange.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A file as it came, gzipped or not, with its limits and a temporary folder. What is unpacked gets a name of ours in
 * that folder, never one from inside the file.
 */
final class Input implements AutoCloseable {
    private static final int GRACE_BYTES = 100 << 20;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final String name;
    private final Path tempFolder;
    private final FormatSettings settings;
    private final List<Path> unpacked = new ArrayList<>();
    private final long size;
    private final boolean gzipped;
    private volatile long bytesRead;
    private @Nullable Input outer;
    private @Nullable Path plain;

    Input(Path file, String name, Path tempFolder, FormatSettings settings) throws IOException {
        this.file = file;
        this.name = name;
        this.tempFolder = tempFolder;
        this.settings = settings;
        this.size = Files.size(file);
        DataSize most = settings.limits().maxFile();
        if (size > most.toBytes())
            throw ProblemException.of(
                    ProblemException.Kind.TOO_LARGE,
                    "exchange.format.tooLarge",
                    name,
                    inWords(size),
                    inWords(most.toBytes()));
        byte[] head = rawHead(2);
        gzipped = head.length == 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
    }

    /** A file that was unpacked from another one; closing it closes that one too. */
    Input(Path unpacked, String name, Input outer, FormatSettings settings) throws IOException {
        this(unpacked, name, outer.tempFolder, settings);
        this.outer = outer;
    }

    /** As the user knows the file. */
    String name() {
        return name;
    }

    /** Lower case, without {@code .gz}. */
    String plainName() {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    }

    FormatSettings settings() {
        return settings;
    }

    FormatLimits limits() {
        return settings.limits();
    }

    Path file() {
        return file;
    }

    Path tempFolder() {
        return tempFolder;
    }

    /** The content from its start, unzipped of gzip, watched. */
    InputStream stream() throws IOException {
        bytesRead = 0;
        InputStream raw = new LimitedInput(Files.newInputStream(file), read -> bytesRead = read);
        if (!gzipped) return new BufferedInputStream(raw, BUFFER);
        try {
            return new BufferedInputStream(
                    new LimitedInput(new GZIPInputStream(raw, BUFFER), out -> checkUnpacked(out, size)), BUFFER);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** @throws ProblemException where more came out than is allowed */
    void checkUnpacked(long unpackedBytes, long packedBytes) {
        long most = limits().maxUnpacked().toBytes();
        long byRatio = Math.max(GRACE_BYTES, packedBytes * limits().maxUnpackedRatio());
        if (unpackedBytes > Math.min(most, byRatio))
            throw ProblemException.of(
                    ProblemException.Kind.TOO_LARGE,
                    "exchange.format.bomb",
                    name,
                    inWords(packedBytes),
                    inWords(Math.min(most, byRatio)));
    }

    /** The first bytes of the content; fewer where it is shorter. */
    byte[] head(int count) throws IOException {
        try (InputStream in = stream()) {
            return in.readNBytes(count);
        }
    }

    private byte[] rawHead(int count) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(count);
        }
    }

    /** The content as a file that can be read at any place: the file itself, or unpacked. */
    Path plainFile() throws IOException {
        if (!gzipped) return file;
        Path known = plain;
        if (known != null) return known;
        try (InputStream in = stream()) {
            Path made = unpack(in, ".tmp");
            plain = made;
            return made;
        }
    }

    /** Writes a stream, which must be watched already, into the temporary folder. */
    Path unpack(InputStream in, String extension) throws IOException {
        Path to = newFile(extension);
        try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.WRITE)) {
            in.transferTo(out);
        }
        return to;
    }

    Path newFile(String extension) throws IOException {
        Path to = Files.createTempFile(tempFolder, "import-", extension);
        unpacked.add(to);
        return to;
    }

    double progress() {
        return size == 0 ? 1 : Math.min(1, (double) bytesRead / size);
    }

    void progress(double share) {
        bytesRead = (long) (share * size);
    }

    static String inWords(long bytes) {
        if (bytes < 10_000) return bytes + " B";
        if (bytes < 10_000_000) return bytes / 1000 + " kB";
        return bytes / 1_000_000 + " MB";
    }

    @Override
    public void close() {
        try {
            for (Path one : unpacked) Files.deleteIfExists(one);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (outer != null) outer.close();
        }
    }
}
