package org.anquan.exchange.format;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.util.unit.DataSize;

/**
 * How much of a file is taken in at most; what is beyond is refused with words. They keep a hostile or broken file from
 * filling the memory or the disk.
 *
 * @param maxFile size of a file as it comes
 * @param maxUnpacked size of all that comes out of a zip or gzip
 * @param maxUnpackedRatio times the packed size, once more than 100 MB have come out
 * @param maxZipEntries entries of a zip
 * @param maxFieldChars characters of one value: a CSV cell, a JSON text, a WKT
 * @param maxRecordChars characters of one CSV record with all its line breaks
 * @param maxColumns columns of a table
 * @param maxVertices vertices of one geometry
 * @param maxDepth nesting of JSON, XML and geometry collections
 * @param maxSharedTexts size of the text table of a workbook, which must stand in memory
 */
public record FormatLimits(
        DataSize maxFile,
        DataSize maxUnpacked,
        @Min(10) @Max(2000) int maxUnpackedRatio,
        @Min(10) @Max(1_000_000) int maxZipEntries,
        @Min(1000) @Max(1_000_000_000) int maxFieldChars,
        @Min(1000) @Max(1_000_000_000) int maxRecordChars,
        @Min(10) @Max(16_384) int maxColumns,
        @Min(1000) @Max(100_000_000) int maxVertices,
        @Min(10) @Max(1000) int maxDepth,
        DataSize maxSharedTexts) {}
