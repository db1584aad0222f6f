package org.anquan.exchange.format;

import org.anquan.problem.Text;

/** The file formats that come in and go out. */
public enum FileFormat {
    GEOJSON(".geojson", "application/geo+json"),
    CSV(".csv", "text/csv"),
    EXCEL(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    /** A {@code .zip} of the set, or {@code .shp} with its siblings. */
    SHAPEFILE(".zip", "application/zip"),
    GEOPACKAGE(".gpkg", "application/geopackage+sqlite3"),
    /** KML and KMZ. */
    KML(".kml", "application/vnd.google-earth.kml+xml");

    private final String extension;
    private final String mediaType;

    FileFormat(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    /** Of a written file, with its dot. */
    public String extension() {
        return extension;
    }

    public String mediaType() {
        return mediaType;
    }

    public Text title() {
        return switch (this) {
            case GEOJSON -> Text.of("exchange.format.name.geojson");
            case CSV -> Text.of("exchange.format.name.csv");
            case EXCEL -> Text.of("exchange.format.name.excel");
            case SHAPEFILE -> Text.of("exchange.format.name.shapefile");
            case GEOPACKAGE -> Text.of("exchange.format.name.geopackage");
            case KML -> Text.of("exchange.format.name.kml");
        };
    }
}
