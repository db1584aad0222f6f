package org.anquan.exchange;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.anquan.catalog.FeatureQuery;
import org.anquan.geo.SourceCrs;

/**
 * What is to be written, and how.
 *
 * @param format geojson, gpkg, shp, csv, xlsx or kml
 * @param crs of the coordinates; KML knows WGS84 only
 * @param encoding of CSV and shapefiles: UTF-8 or GBK; all others are UTF-8
 * @param titles whether tables are headed by titles with units in the asker's language, rather than by attribute names
 */
public record ExportRequest(FeatureQuery query, String format, SourceCrs crs, Charset encoding, boolean titles) {
    public static ExportRequest of(FeatureQuery query, String format) {
        return new ExportRequest(query, format, SourceCrs.WGS84, StandardCharsets.UTF_8, false);
    }

    public ExportRequest crs(SourceCrs wanted) {
        return new ExportRequest(query, format, wanted, encoding, titles);
    }

    public ExportRequest encoding(Charset wanted) {
        return new ExportRequest(query, format, crs, wanted, titles);
    }

    public ExportRequest titles(boolean wanted) {
        return new ExportRequest(query, format, crs, encoding, wanted);
    }
}
