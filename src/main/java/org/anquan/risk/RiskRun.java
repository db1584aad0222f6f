package org.anquan.risk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.risk.Recipe.Combine;
import org.anquan.risk.Recipe.Component;
import org.anquan.risk.Recipe.Factor;
import org.anquan.risk.Recipe.Hazard;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One zoning with all that it was made of: every factor of every cell stays, so that weights can be changed and a cell can
 * be explained without asking the layers again. Immutable.
 *
 * @param inputs as understood
 * @param factors one number a cell, NaN where unknown; a factor without any data has no entry
 * @param people of each cell, fractions kept, NaN where unknown
 * @param peopleFrom {@code raster}, {@code community}, {@code village} or {@code none}
 * @param drawn cells inside areas that the scenario has drawn, or null
 */
record RiskRun(
        String id,
        Instant at,
        Recipe recipe,
        ObjectNode recipeAsWritten,
        ObjectNode inputs,
        RiskGrid grid,
        Map<Factor, float[]> factors,
        double[] people,
        String peopleFrom,
        Units townships,
        Units villages,
        boolean @Nullable [] drawn,
        DataUsed data,
        List<String> warnings,
        List<HazardCells> hazards) {
    /**
     * Townships or villages.
     *
     * @param of number of the unit that holds each cell, or -1
     */
    record Units(List<String> ids, List<String> names, List<String> within, int[] of) {}

    /**
     * One hazard over the cells: its parts and their product r = (H·E·V)^⅓ · (1 − 0.3 C), each from 0 to 1, NaN where
     * unknown.
     *
     * @param known whether any cell has a risk
     */
    record HazardCells(Hazard hazard, float[] h, float[] e, float[] v, float[] c, float[] risk, boolean known) {}

    /** The hazards over the cells, from the factors. */
    static List<HazardCells> hazards(
            Recipe recipe, RiskGrid grid, Map<Factor, float[]> factors, boolean @Nullable [] drawn) {
        Map<Component, float[]> made = new HashMap<>();
        List<HazardCells> all = new ArrayList<>();
        for (Hazard hazard : recipe.hazards()) {
            float[] h = made.computeIfAbsent(hazard.hazard(), one -> combined(one, grid.size, factors, Float.NaN));
            float[] e = made.computeIfAbsent(hazard.exposure(), one -> combined(one, grid.size, factors, Float.NaN));
            float[] v =
                    made.computeIfAbsent(hazard.vulnerability(), one -> combined(one, grid.size, factors, Float.NaN));
            // Without anything known about capacity none is assumed: the safe side.
            float[] c = made.computeIfAbsent(hazard.capacity(), one -> combined(one, grid.size, factors, 0));
            if (drawn != null && !Double.isNaN(hazard.scenarioArea())) {
                h = h.clone();
                for (int i = 0; i < h.length; i++)
                    if (drawn[i] && !(h[i] >= hazard.scenarioArea())) h[i] = (float) hazard.scenarioArea();
            }
            float[] risk = new float[grid.size];
            boolean known = false;
            for (int i = 0; i < risk.length; i++) {
                risk[i] = (float) (Math.cbrt((double) h[i] * e[i] * v[i]) * (1 - hazard.capacityEffect() * c[i]));
                known |= !Float.isNaN(risk[i]);
            }
            all.add(new HazardCells(hazard, h, e, v, c, risk, known));
        }
        return all;
    }

    /** The factors that count in a component: those with data, or required ones without. */
    static List<Factor> counting(Component component, Map<Factor, float[]> factors) {
        return component.factors().stream()
                .filter(one -> one.weight() > 0 && (factors.containsKey(one) || one.required()))
                .toList();
    }

    private static float[] combined(Component component, int size, Map<Factor, float[]> factors, float none) {
        float[] out = new float[size];
        List<Factor> counting = counting(component, factors);
        boolean missing = counting.stream().anyMatch(one -> !factors.containsKey(one));
        if (counting.isEmpty() || missing) {
            java.util.Arrays.fill(out, none);
            return out;
        }
        double sum = counting.stream().mapToDouble(Factor::weight).sum();
        boolean max = component.how() == Combine.MAX;
        for (Factor factor : counting) {
            float[] values = java.util.Objects.requireNonNull(factors.get(factor));
            float share = (float) (factor.weight() / sum);
            for (int i = 0; i < size; i++) {
                if (!max) out[i] += share * values[i];
                // NaN stays NaN: what is unknown is not below what is known.
                else if (!(values[i] <= out[i]) && !Float.isNaN(out[i])) out[i] = values[i];
            }
        }
        for (int i = 0; i < size; i++) {
            if (Float.isNaN(out[i])) out[i] = Float.isNaN(none) ? out[i] : none;
            else if (out[i] > 1) out[i] = 1;
        }
        return out;
    }

    /**
     * The share of each hazard that counts: those with weight and data, summing to 1.
     *
     * @param weights by hazard id
     */
    Map<String, Double> shares(Map<String, Double> weights) {
        Map<String, Double> shares = new LinkedHashMap<>();
        double sum = 0;
        for (HazardCells one : hazards) {
            double weight = weights.getOrDefault(one.hazard().id(), 0.0);
            if (weight <= 0 || !one.known()) continue;
            shares.put(one.hazard().id(), weight);
            sum += weight;
        }
        double whole = sum;
        shares.replaceAll((id, weight) -> weight / whole);
        return shares;
    }

    Map<String, Double> recipeWeights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (Hazard hazard : recipe.hazards()) weights.put(hazard.id(), hazard.weight());
        return weights;
    }

    /** R = Σ share · r; unknown where any hazard that counts is unknown. */
    float[] risk(Map<String, Double> shares) {
        float[] out = new float[grid.size];
        if (shares.isEmpty()) java.util.Arrays.fill(out, Float.NaN);
        double[] sum = new double[grid.size];
        for (HazardCells one : hazards) {
            Double share = shares.get(one.hazard().id());
            if (share == null) continue;
            float[] risk = one.risk();
            double factor = share;
            for (int i = 0; i < sum.length; i++) sum[i] += factor * risk[i];
        }
        if (!shares.isEmpty()) for (int i = 0; i < out.length; i++) out[i] = (float) sum[i];
        return out;
    }
}
