package org.anquan.network;

/**
 * How large and heavy a vehicle is; NaN where nobody says. A road's limit is passed by what is not above it.
 *
 * @param heightMetres over all, load included
 * @param widthMetres mirrors not counted
 * @param loadTonnes whole mass with load and crew
 */
public record Vehicle(double heightMetres, double widthMetres, double loadTonnes) {
    /** Fits everywhere. */
    public static final Vehicle SMALL = new Vehicle(Double.NaN, Double.NaN, Double.NaN);

    public Vehicle {
        if (heightMetres <= 0 || widthMetres <= 0 || loadTonnes <= 0)
            throw new IllegalArgumentException(
                    "a vehicle has a size: " + heightMetres + " × " + widthMetres + " m, " + loadTonnes + " t");
    }

    /** What this vehicle says, and where it says nothing what the other says. */
    public Vehicle or(Vehicle other) {
        return new Vehicle(
                Double.isNaN(heightMetres) ? other.heightMetres : heightMetres,
                Double.isNaN(widthMetres) ? other.widthMetres : widthMetres,
                Double.isNaN(loadTonnes) ? other.loadTonnes : loadTonnes);
    }

    /** Does it pass these limits? NaN is no limit. */
    public boolean passes(double maxHeightMetres, double maxWidthMetres, double maxLoadTonnes) {
        return !(heightMetres > maxHeightMetres) && !(widthMetres > maxWidthMetres) && !(loadTonnes > maxLoadTonnes);
    }
}
