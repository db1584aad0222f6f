package org.anquan.geo;

import java.util.Optional;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/** Finds what is wrong with a drawn geometry, and mends it where the mending cannot change what was meant. */
public final class GeometryMend {
    /**
     * A mended area may differ from the drawn one by this share and no more. Spikes, doubled points and slivers change
     * less; a ring drawn as an eight changes much, because its two halves cancel out, and nobody but its author knows
     * which half was meant.
     */
    private static final double LARGEST_CHANGE_OF_AREA = 0.01;

    private GeometryMend() {}

    /**
     * What a mending gave.
     *
     * @param geometry the mended one, or null where it could not be mended safely
     * @param fault what was wrong with the given one
     */
    public record Mended(@Nullable Geometry geometry, Text fault) {}

    /** What is wrong with it and where, in words; empty where it is valid. */
    public static Optional<Text> fault(Geometry geometry) {
        TopologyValidationError error = new IsValidOp(geometry).getValidationError();
        if (error == null) return Optional.empty();
        Coordinate at = error.getCoordinate();
        Text what = Text.of(
                switch (error.getErrorType()) {
                    case TopologyValidationError.HOLE_OUTSIDE_SHELL -> "geo.fault.holeOutside";
                    case TopologyValidationError.NESTED_HOLES -> "geo.fault.nestedHoles";
                    case TopologyValidationError.DISCONNECTED_INTERIOR -> "geo.fault.disconnected";
                    case TopologyValidationError.SELF_INTERSECTION, TopologyValidationError.RING_SELF_INTERSECTION ->
                        "geo.fault.selfCrossing";
                    case TopologyValidationError.NESTED_SHELLS -> "geo.fault.nestedShells";
                    case TopologyValidationError.DUPLICATE_RINGS -> "geo.fault.sameRings";
                    case TopologyValidationError.TOO_FEW_POINTS -> "geo.fault.tooFewPoints";
                    case TopologyValidationError.RING_NOT_CLOSED -> "geo.json.openRing";
                    default -> "geo.fault.coordinate";
                });
        return Optional.of(at == null ? what : Text.of("geo.fault.at", what, at.x, at.y));
    }

    /** Mends an invalid geometry; empty where there is nothing to mend. */
    public static Optional<Mended> mend(Geometry given) {
        return fault(given).map(fault -> new Mended(mended(given), fault));
    }

    private static @Nullable Geometry mended(Geometry given) {
        Geometry fixed = GeometryFixer.fix(given);
        if (fixed.isEmpty() || fixed.getDimension() != given.getDimension() || !fixed.isValid()) return null;
        double before = given.getArea();
        double change = Math.abs(fixed.getArea() - before);
        return change <= LARGEST_CHANGE_OF_AREA * before ? fixed : null;
    }
}
