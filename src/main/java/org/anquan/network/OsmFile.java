package org.anquan.network;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.anquan.problem.ProblemException;
import org.openstreetmap.osmosis.osmbinary.Fileformat;

/**
 * Looks at an OSM file before the import begins, so that a wrong or cut-off one is refused in the first second and not
 * read half. GraphHopper itself takes a PBF file that ends between two blocks for a whole one, and a foreign file for
 * XML.
 */
final class OsmFile {
    /** Limits of the PBF format itself. */
    private static final int LARGEST_BLOCK_HEADER = 64 * 1024;

    private static final int LARGEST_BLOCK = 32 * 1024 * 1024;
    private static final int XML_START = 4096;

    private OsmFile() {}

    /** @throws ProblemException saying what is wrong with the file */
    static void check(Path file) {
        if (!Files.exists(file)) throw ProblemException.notFound("network.fileMissing", file);
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (Files.isDirectory(file)) throw ProblemException.invalid("network.fileType", file);
        boolean pbf = name.endsWith(".pbf");
        boolean zipped = name.endsWith(".osm.gz") || name.endsWith(".osm.xml.gz");
        boolean xml = zipped || name.endsWith(".osm") || name.endsWith(".osm.xml");
        if (!pbf && !xml) throw ProblemException.invalid("network.fileType", file);
        try {
            if (Files.size(file) == 0) throw ProblemException.invalid("network.fileEmpty", file);
            if (pbf) checkBlocks(file);
            else checkXml(file, zipped);
        } catch (IOException e) {
            throw broken(file, reason(e)).causedBy(e);
        }
    }

    static ProblemException broken(Path file, String reason) {
        return ProblemException.invalid("network.fileBroken", file, reason);
    }

    /** The innermost cause in words, on one line. */
    static String reason(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null && inner.getCause() != inner) inner = inner.getCause();
        String kind = inner.getClass().getSimpleName();
        if (inner.getMessage() == null || inner.getMessage().isBlank()) return kind;
        String message =
                inner.getMessage().strip().replaceAll("\\s+", " ").replace("[row,col {unknown-source}]", "row, column");
        return message.contains(" ") ? message : kind + ": " + message;
    }

    private static void checkBlocks(Path file) throws IOException {
        long size = Files.size(file);
        long at = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int block = 0; at < size; block++) {
                if (size - at < 4) throw cutOff(file, block, size);
                int headerBytes = in.readInt();
                if (headerBytes <= 0 || headerBytes > LARGEST_BLOCK_HEADER)
                    throw block == 0
                            ? broken(file, "it does not begin as an OSM PBF file does")
                            : broken(file, "block " + block + " has a header of " + headerBytes + " bytes");
                at += 4;
                if (size - at < headerBytes) throw cutOff(file, block, size);
                byte[] header = in.readNBytes(headerBytes);
                at += headerBytes;
                Fileformat.BlobHeader parsed = Fileformat.BlobHeader.parseFrom(header);
                if (block == 0 && !parsed.getType().equals("OSMHeader"))
                    throw broken(file, "it does not begin with an OSMHeader block");
                int bytes = parsed.getDatasize();
                if (bytes < 0 || bytes > LARGEST_BLOCK)
                    throw broken(file, "block " + block + " claims " + bytes + " bytes");
                if (size - at < bytes) throw cutOff(file, block, size);
                in.skipNBytes(bytes);
                at += bytes;
            }
        } catch (EOFException e) {
            throw broken(file, "it ends at byte " + at).causedBy(e);
        }
    }

    private static ProblemException cutOff(Path file, int block, long size) {
        return broken(file, "it is cut off: it ends in the middle of block " + block + ", at byte " + size);
    }

    private static void checkXml(Path file, boolean zipped) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = zipped ? new GZIPInputStream(raw) : raw) {
            String start = new String(in.readNBytes(XML_START), StandardCharsets.UTF_8);
            if (!start.contains("<osm")) throw broken(file, "it does not begin as an OSM XML file does (<osm …>)");
        }
    }
}
