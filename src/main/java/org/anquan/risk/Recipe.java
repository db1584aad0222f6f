package org.anquan.risk;

import java.util.List;
import java.util.Map;
import org.anquan.catalog.Title;
import org.jspecify.annotations.Nullable;

/**
 * How a risk map is made: which hazards, from which layers, with which numbers. Every number carries its source and a
 * mark: V verified in a norm, G general knowledge, D product default, S plan of the county.
 *
 * @param id {@code comprehensive}, {@code geological} …
 * @param note what the reader should know, or null
 * @param area layer (and CQL2 filter) of the area
 * @param cellMetres side of a cell
 * @param scenarioLayers layers whose features a scenario may switch off or add
 */
record Recipe(
        String id,
        Title title,
        @Nullable Title note,
        Source area,
        double cellMetres,
        Breaks breaks,
        List<Hazard> hazards) {
    Recipe {
        hazards = List.copyOf(hazards);
    }

    /** @param filter CQL2 text, or null */
    record Source(String layer, @Nullable String filter) {}

    /**
     * @param weight share of this hazard among all; they need not sum to 1
     * @param scenarioArea what the hazard is at least where a scenario has drawn an area (flooded, burning), or NaN
     */
    record Hazard(
            String id,
            Title title,
            double weight,
            Origin weightOrigin,
            double scenarioArea,
            Component hazard,
            Component exposure,
            Component vulnerability,
            Component capacity,
            double capacityEffect) {}

    /** @param how {@code mean} by weights, or {@code max} */
    record Component(Combine how, List<Factor> factors) {
        Component {
            factors = List.copyOf(factors);
        }
    }

    enum Combine {
        MEAN,
        MAX
    }

    /** Where a number comes from. */
    record Origin(String source, String mark) {}

    /**
     * One number from 0 to 1 for each cell.
     *
     * @param layer features of this kind, or null for rasters and people
     * @param value what a feature or raster cell counts
     * @param reach metres within which a feature counts
     * @param outside what a cell counts that no feature reaches; NaN for unknown
     * @param weight among the factors of its component
     * @param required whether the component is unknown without it; else it is left out, and the answer says so
     * @param full what a density or a share must be to count 1
     * @param per attribute that the value is divided by, or null
     * @param raster {@code dem}, {@code slope}, {@code land-cover}, {@code population} or a file of the recipes folder
     */
    record Factor(
            String id,
            Title title,
            Kind kind,
            @Nullable String layer,
            @Nullable String filter,
            Value value,
            Value reach,
            Decay decay,
            double outside,
            double weight,
            boolean required,
            double full,
            @Nullable String per,
            @Nullable String raster,
            Origin origin) {}

    enum Kind {
        /** Falls with the distance from a feature to 0 at its reach; of several the greatest counts. */
        DISTANCE,
        /** The value of the area that holds the cell; of several the greatest. */
        AREA,
        /** Features, or a sum of an attribute, for each square kilometre within the reach. */
        DENSITY,
        /** The value of the nearest feature. */
        NEAREST,
        /** People for each square kilometre. */
        PEOPLE,
        RASTER;

        String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    enum Decay {
        /** 1 − d / reach. */
        LINEAR,
        /** exp(−3 d / reach): 5 % at the reach, 0 beyond. */
        EXPONENTIAL,
        /** 1 up to the reach. */
        NONE
    }

    /**
     * A number from a constant, or from an attribute by classes or over a range.
     *
     * @param attribute null for a constant, or for the raster's own value
     * @param constant NaN where there is an attribute
     * @param classes number by value of the attribute
     * @param from what counts {@code low}
     * @param to what counts {@code high}; NaN without a range
     * @param logarithmic whether the range is one of log(1 + v)
     * @param unknown what an unknown value counts; NaN for unknown
     */
    record Value(
            @Nullable String attribute,
            double constant,
            Map<String, Double> classes,
            double from,
            double to,
            double low,
            double high,
            boolean logarithmic,
            double unknown) {
        static final Value ONE = constant(1);

        Value {
            classes = Map.copyOf(classes);
        }

        static Value constant(double value) {
            return new Value(null, value, Map.of(), 0, Double.NaN, 0, 1, false, Double.NaN);
        }

        /** Of a number as it was measured. */
        double of(double measured) {
            if (Double.isNaN(measured)) return unknown;
            if (!classes.isEmpty()) {
                Double one = classes.get(
                        measured == Math.rint(measured) ? Long.toString((long) measured) : Double.toString(measured));
                return one == null ? unknown : one;
            }
            if (Double.isNaN(to)) return measured;
            double share = logarithmic
                    ? (Math.log1p(measured) - Math.log1p(from)) / (Math.log1p(to) - Math.log1p(from))
                    : (measured - from) / (to - from);
            return low + (high - low) * Math.max(0, Math.min(1, share));
        }
    }

    /**
     * @param method {@code fixed} or {@code jenks}
     * @param values of fixed breaks, ascending: a risk up to the first is level 1
     */
    record Breaks(String method, List<Double> values, int classes, Origin origin) {
        Breaks {
            values = List.copyOf(values);
        }

        boolean jenks() {
            return method.equals("jenks");
        }
    }
}
