package org.anquan.files;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that was sent and waits to be imported.
 *
 * @param id 128 random bits: who knows it may use it
 * @param fileName as its sender calls it
 * @param file where it lies; of a shapefile set the {@code .shp}
 */
record Upload(String id, String fileName, Path file, long bytes, Instant expires) {}
