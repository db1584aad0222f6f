package org.anquan.exchange.format;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What the user says of a file; null lets the reader find out.
 *
 * @param charset of its texts
 * @param layer which layer, sheet or feature table
 * @param headerRow row number of the header of a table, 0 for a table without
 * @param separator of a CSV
 * @param places which columns of a table hold the place
 */
public record ReadOptions(
        @Nullable Charset charset,
        @Nullable String layer,
        @Nullable Integer headerRow,
        @Nullable Character separator,
        @Nullable PlaceColumns places) {
    public static final ReadOptions NONE = new ReadOptions(null, null, null, null, null);

    public ReadOptions withCharset(Charset charset) {
        return new ReadOptions(charset, layer, headerRow, separator, places);
    }

    public ReadOptions withLayer(String layer) {
        return new ReadOptions(charset, layer, headerRow, separator, places);
    }

    public ReadOptions withHeaderRow(int headerRow) {
        return new ReadOptions(charset, layer, headerRow, separator, places);
    }

    public ReadOptions withSeparator(char separator) {
        return new ReadOptions(charset, layer, headerRow, separator, places);
    }

    public ReadOptions withPlaces(PlaceColumns places) {
        return new ReadOptions(charset, layer, headerRow, separator, places);
    }
}
