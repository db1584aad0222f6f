package org.anquan.exchange.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.anquan.geo.SourceCrs;

/**
 * How a file is to be written.
 *
 * @param crs of the coordinates; KML takes WGS84 only
 * @param charset of CSV and shapefile; others are always UTF-8
 * @param headings whether tables are headed by titles (with units) or by the columns' names
 * @param places how tables hold places
 */
public record SinkOptions(SourceCrs crs, Charset charset, Headings headings, Places places) {
    public enum Headings {
        NAMES,
        TITLES
    }

    public enum Places {
        /** Two columns: lon and lat, or easting and northing. What is no point stands in the column wkt. */
        COORDINATES,
        /** One column wkt. */
        WKT
    }

    public static final SinkOptions DEFAULT =
            new SinkOptions(SourceCrs.WGS84, StandardCharsets.UTF_8, Headings.NAMES, Places.COORDINATES);

    public SinkOptions withCrs(SourceCrs crs) {
        return new SinkOptions(crs, charset, headings, places);
    }

    public SinkOptions withCharset(Charset charset) {
        return new SinkOptions(crs, charset, headings, places);
    }

    public SinkOptions withHeadings(Headings headings) {
        return new SinkOptions(crs, charset, headings, places);
    }

    public SinkOptions withPlaces(Places places) {
        return new SinkOptions(crs, charset, headings, places);
    }
}
