package org.anquan.exchange;

/** What a layer can be written as. */
public enum ExportFormat {
    GEOJSON("application/geo+json", "geojson"),
    /** UTF-8 with a byte order mark, so that spreadsheets read the Chinese. */
    CSV("text/csv;charset=UTF-8", "csv");

    private final String mediaType;
    private final String suffix;

    ExportFormat(String mediaType, String suffix) {
        this.mediaType = mediaType;
        this.suffix = suffix;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Of file names, without the dot. */
    public String suffix() {
        return suffix;
    }
}
