package org.anquan.coverage;

/**
 * A spot from which people walk straight on: where a station stands at the road (see {@link Located}), or where a
 * helicopter lands.
 *
 * @param station number of the station whose it is
 * @param x metres in the grid's system
 * @param startMillis when one can walk off there
 */
record Yard(int station, double x, double y, int startMillis) {
    double metresTo(double toX, double toY) {
        return Math.sqrt((x - toX) * (x - toX) + (y - toY) * (y - toY));
    }
}
