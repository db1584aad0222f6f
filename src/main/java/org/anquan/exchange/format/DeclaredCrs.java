package org.anquan.exchange.format;

/**
 * The coordinate system that a file names.
 *
 * @param definition for {@link org.anquan.geo.SourceCrs#resolve}; empty where undeclared
 */
public record DeclaredCrs(How how, String definition) {
    public enum How {
        /** Written in the file or beside it. */
        DECLARED,
        /** The format knows only this one; Chinese GeoJSON is often GCJ-02 nevertheless. */
        IMPLIED,
        UNDECLARED
    }

    public static final DeclaredCrs UNDECLARED = new DeclaredCrs(How.UNDECLARED, "");

    /** Longitude, latitude in WGS84, as GeoJSON and KML prescribe. */
    static final DeclaredCrs BY_FORMAT = new DeclaredCrs(How.IMPLIED, "CRS84");

    static DeclaredCrs declared(String definition) {
        return definition.isBlank() ? UNDECLARED : new DeclaredCrs(How.DECLARED, definition.strip());
    }
}
