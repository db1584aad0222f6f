package org.anquan.exchange.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.anquan.problem.ProblemException;

/**
 * A zip from outside. Names inside are only compared, never used as paths, so nothing can be written elsewhere; all that
 * comes out is counted together, whatever the directory says of sizes.
 */
final class ZipContent implements AutoCloseable {
    private final Input input;
    private final ZipFile zip;
    private final List<ZipEntry> entries = new ArrayList<>();
    private final long packedBytes;
    private long unpackedBytes;

    ZipContent(Input input, Path file) throws IOException {
        this.input = input;
        this.packedBytes = java.nio.file.Files.size(file);
        this.zip = open(file, input.name());
        try {
            var all = zip.entries();
            while (all.hasMoreElements()) {
                ZipEntry entry = all.nextElement();
                String name = entry.getName();
                if (entry.isDirectory() || name.startsWith("__MACOSX/") || name.endsWith(".DS_Store")) continue;
                entries.add(entry);
                if (entries.size() > input.limits().maxZipEntries())
                    throw ProblemException.invalid(
                            "exchange.format.zipEntries",
                            input.name(),
                            input.limits().maxZipEntries());
            }
        } catch (RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** Windows writes Chinese names in GBK without saying so. */
    private static ZipFile open(Path file, String name) throws IOException {
        for (Charset names :
                new Charset[] {StandardCharsets.UTF_8, TextEncoding.GB18030, StandardCharsets.ISO_8859_1}) {
            try {
                return new ZipFile(file.toFile(), names);
            } catch (ZipException | IllegalArgumentException e) {
                if (names == StandardCharsets.ISO_8859_1)
                    throw ProblemException.invalid("exchange.format.zip", name).causedBy(e);
            }
        }
        throw ProblemException.invalid("exchange.format.zip", name);
    }

    List<ZipEntry> entries() {
        return entries;
    }

    /** Entries whose name ends so, in any case. */
    List<ZipEntry> ending(String extension) {
        return entries.stream()
                .filter(e -> e.getName().toLowerCase(Locale.ROOT).endsWith(extension))
                .toList();
    }

    /** The entry of this name, in any case, with or without a slash ahead. */
    Optional<ZipEntry> named(String name) {
        String plain = name.startsWith("/") ? name.substring(1) : name;
        return entries.stream()
                .filter(e -> e.getName().replace('\\', '/').equalsIgnoreCase(plain))
                .findFirst();
    }

    InputStream stream(ZipEntry entry) throws IOException {
        InputStream raw = zip.getInputStream(entry);
        if (raw == null) throw ProblemException.invalid("exchange.format.zip", input.name());
        long before = unpackedBytes;
        return new BufferedInputStream(
                new LimitedInput(new Verified(raw, entry), out -> {
                    unpackedBytes = before + out;
                    input.checkUnpacked(unpackedBytes, packedBytes);
                }),
                1 << 16);
    }

    /** At the end of an entry its checksum must be right: a wrong digit in a table would look like a value. */
    private final class Verified extends CheckedInputStream {
        private final ZipEntry entry;

        Verified(InputStream raw, ZipEntry entry) {
            super(raw, new CRC32());
            this.entry = entry;
        }

        @Override
        public int read(byte[] to, int from, int count) throws IOException {
            int read = super.read(to, from, count);
            if (read < 0
                    && entry.getCrc() >= 0
                    && entry.getCrc() != getChecksum().getValue())
                throw ProblemException.invalid("exchange.format.zip", input.name());
            return read;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
