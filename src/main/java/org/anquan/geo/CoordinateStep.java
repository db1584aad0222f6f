package org.anquan.geo;

/** One step on the way from longitude and latitude (degrees, WGS84) to source coordinates, and back; in place. */
interface CoordinateStep {
    /** Away from WGS84; {@code pair} is lon, lat or what the step before left. */
    void forward(double[] pair);

    /** Back towards WGS84. */
    void inverse(double[] pair);
}
