package org.anquan.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is told of an import beside GraphHopper's own files, as {@code network.json}.
 *
 * @param format of the stored graph; a network of another format must be imported again
 * @param source name of the file
 * @param path where the file was, for importing it again
 * @param settings {@link NetworkSettings#hash()} at the time
 * @param asOf time of the data where the file says it
 */
record ImportRecord(
        int format,
        String source,
        String path,
        Instant importedAt,
        String settings,
        @Nullable Instant asOf) {
    /** Grows when the encoded values or their meaning change. */
    static final int FORMAT = 2;

    private static final String FILE = "network.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    void write(Path folder) throws IOException {
        Files.write(folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    static ImportRecord read(Path folder) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), ImportRecord.class);
        } catch (JacksonException e) {
            throw new IOException(FILE + " cannot be read", e);
        }
    }
}
