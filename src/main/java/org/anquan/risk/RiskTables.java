package org.anquan.risk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.risk.RiskRun.Units;
import org.jspecify.annotations.Nullable;

/** What a zoning means for each township and village, and what a moved weight would change. */
final class RiskTables {
    private RiskTables() {}

    /**
     * @param within the township of a village; empty for townships
     * @param mean of the cells by their people; null where nobody lives or nothing is known
     * @param areaMean of the cells by their area
     * @param max the worst cell
     * @param level of the mean by people, by area where nobody lives; null where unknown
     * @param peopleByLevel keys 1 to 5, and {@code unknown} where there is any
     * @param areaByLevel square metres
     */
    record Row(
            String id,
            String name,
            String within,
            @Nullable Double mean,
            @Nullable Double areaMean,
            @Nullable Double max,
            @Nullable Integer level,
            Map<String, Long> peopleByLevel,
            Map<String, Double> areaByLevel,
            @Nullable Long people,
            double areaSquareMetres) {}

    static List<Row> rows(RiskRun run, Units units, float[] risk, byte[] levels, double[] limits) {
        int n = units.ids().size();
        double[] weighted = new double[n];
        double[] weight = new double[n];
        double[] byArea = new double[n];
        double[] areaKnown = new double[n];
        double[] max = new double[n];
        double[] area = new double[n];
        double[][] people = new double[n][Levels.HIGHEST + 1];
        double[][] areas = new double[n][Levels.HIGHEST + 1];
        boolean[] unknownPeople = new boolean[n];
        java.util.Arrays.fill(max, Double.NaN);
        for (int i = 0; i < risk.length; i++) {
            int unit = units.of()[i];
            if (unit < 0) continue;
            double here = run.people()[i];
            double size = run.grid().areas[i];
            area[unit] += size;
            areas[unit][levels[i]] += size;
            if (Double.isNaN(here)) unknownPeople[unit] = true;
            else people[unit][levels[i]] += here;
            if (Float.isNaN(risk[i])) continue;
            byArea[unit] += size * risk[i];
            areaKnown[unit] += size;
            if (!(max[unit] >= risk[i])) max[unit] = risk[i];
            if (here > 0) {
                weighted[unit] += here * risk[i];
                weight[unit] += here;
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int u = 0; u < n; u++) {
            if (area[u] == 0) continue;
            Double mean = weight[u] > 0 ? rounded(weighted[u] / weight[u]) : null;
            Double areaMean = areaKnown[u] > 0 ? rounded(byArea[u] / areaKnown[u]) : null;
            Double judged = mean != null ? mean : areaMean;
            double all = 0;
            for (double one : people[u]) all += one;
            rows.add(new Row(
                    units.ids().get(u),
                    units.names().get(u),
                    units.within().get(u),
                    mean,
                    areaMean,
                    Double.isNaN(max[u]) ? null : rounded(max[u]),
                    judged == null ? null : (int) Levels.of(judged.floatValue(), limits),
                    people(people[u]),
                    areas(areas[u]),
                    unknownPeople[u] && all == 0 ? null : Long.valueOf(Math.round(all)),
                    Math.round(area[u])));
        }
        return rows;
    }

    private static Double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static Map<String, Long> people(double[] byLevel) {
        Map<String, Long> out = new LinkedHashMap<>();
        for (int l = 1; l < byLevel.length; l++) out.put(Integer.toString(l), Math.round(byLevel[l]));
        if (byLevel[Levels.UNKNOWN] > 0) out.put("unknown", Math.round(byLevel[Levels.UNKNOWN]));
        return out;
    }

    private static Map<String, Double> areas(double[] byLevel) {
        Map<String, Double> out = new LinkedHashMap<>();
        for (int l = 1; l < byLevel.length; l++) out.put(Integer.toString(l), (double) Math.round(byLevel[l]));
        if (byLevel[Levels.UNKNOWN] > 0) out.put("unknown", (double) Math.round(byLevel[Levels.UNKNOWN]));
        return out;
    }

    /**
     * A weight moved by a part of the whole, the others in proportion.
     *
     * @param moved from its share to this one
     * @param areaSquareMetres that changes its level, and how much of all that is
     */
    record Moved(String hazard, double share, double moved, double areaSquareMetres, double shareOfArea) {}

    static List<Moved> sensitivity(RiskRun run, Map<String, Double> shares, byte[] levels, double[] limits, double by) {
        List<Moved> all = new ArrayList<>();
        if (shares.size() < 2) return all;
        double known = 0;
        for (int i = 0; i < levels.length; i++) if (levels[i] != Levels.UNKNOWN) known += run.grid().areas[i];
        for (Map.Entry<String, Double> one : shares.entrySet())
            for (int sign : new int[] {-1, 1}) {
                double to = Math.max(0, Math.min(1, one.getValue() + sign * by));
                if (to == one.getValue()) continue;
                Map<String, Double> other = new LinkedHashMap<>();
                double rest = (1 - to) / (1 - one.getValue());
                shares.forEach(
                        (id, share) -> other.put(id, id.equals(one.getKey()) ? Double.valueOf(to) : share * rest));
                float[] risk = run.risk(other);
                double area = 0;
                for (int i = 0; i < levels.length; i++)
                    if (Levels.of(risk[i], limits) != levels[i]) area += run.grid().areas[i];
                all.add(new Moved(
                        one.getKey(),
                        rounded(one.getValue()),
                        rounded(to),
                        Math.round(area),
                        known == 0 ? 0 : rounded(area / known)));
            }
        return all;
    }
}
