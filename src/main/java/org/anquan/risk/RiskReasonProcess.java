package org.anquan.risk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Layers;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.risk.Recipe.Component;
import org.anquan.risk.Recipe.Factor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code risk-reason}: why a place has the level that it has in a run. */
@org.springframework.stereotype.Component
final class RiskReasonProcess implements Process {
    private final RiskSettings settings;
    private final Layers layers;
    private final PlaceSets placeSets;
    private final RiskRuns runs;

    RiskReasonProcess(RiskSettings settings, Layers layers, PlaceSets placeSets, RiskRuns runs) {
        this.settings = settings;
        this.layers = layers;
        this.placeSets = placeSets;
        this.runs = runs;
    }

    /**
     * @param level null where unknown
     * @param people in the cell; null where unknown
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Reason(
            @Nullable Integer level,
            String levelName,
            @Nullable Double risk,
            @Nullable Double people,
            @Nullable String township,
            @Nullable String village,
            List<OfHazard> hazards,
            Cell cell) {}

    /** @param lon degrees, of the place where the cell was judged */
    record Cell(double lon, double lat, double cellMetres, double areaSquareMetres) {}

    /**
     * @param share how much the hazard counts of the whole
     * @param contribution share times risk: these sum to the risk of the cell
     * @param hazard H, exposure E, vulnerability V, capacity C
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record OfHazard(
            String id,
            String title,
            double share,
            @Nullable Double risk,
            @Nullable Double contribution,
            @Nullable Double hazard,
            @Nullable Double exposure,
            @Nullable Double vulnerability,
            @Nullable Double capacity,
            List<OfFactor> factors) {}

    /**
     * @param part {@code hazard}, {@code exposure}, {@code vulnerability} or {@code capacity}
     * @param value null where unknown
     * @param share of its part; 0 where the factor is left out for want of data
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record OfFactor(
            String part,
            String id,
            String title,
            @Nullable Double value,
            double share,
            String combine,
            String source,
            String mark) {}

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        RiskInputs inputs =
                new RiskInputs(given, List.of("run", "location", "weights", "breaks"), settings, layers, placeSets);
        String id = inputs.text("run");
        if (id.isEmpty()) inputs.wrong("run", Text.of("risk.input.runMissing"));
        Place place = placeSets
                .place(inputs.node("location"), "inputs.location", inputs.mistakes)
                .orElse(null);
        inputs.refuseMistakes();
        if (place == null) throw new IllegalStateException();
        RiskRun run = runs.require(id);
        Map<String, Double> weights = inputs.weights(run.recipe());
        if (!inputs.has("weights"))
            run.inputs()
                    .path("weights")
                    .propertyStream()
                    .forEach(one -> weights.put(one.getKey(), one.getValue().asDouble()));
        Recipe.Breaks breaks = inputs.breaks(run.recipe());
        inputs.refuseMistakes();
        double[] at = run.grid().crs.toMetres(place.lon(), place.lat());
        int cell = run.grid().at(at[0], at[1]);
        if (cell < 0) throw ProblemException.notFound("risk.outsideRun", place.lon(), place.lat());
        return reason(run, cell, run.shares(weights), breaks);
    }

    static Reason reason(RiskRun run, int cell, Map<String, Double> shares, Recipe.Breaks breaks) {
        float[] all = run.risk(shares);
        double[] limits = Levels.limits(breaks, all);
        int level = Levels.of(all[cell], limits);
        List<OfHazard> hazards = new ArrayList<>();
        for (RiskRun.HazardCells one : run.hazards()) {
            double share = shares.getOrDefault(one.hazard().id(), 0.0);
            List<OfFactor> factors = new ArrayList<>();
            factors("hazard", one.hazard().hazard(), run, cell, factors);
            factors("exposure", one.hazard().exposure(), run, cell, factors);
            factors("vulnerability", one.hazard().vulnerability(), run, cell, factors);
            factors("capacity", one.hazard().capacity(), run, cell, factors);
            hazards.add(new OfHazard(
                    one.hazard().id(),
                    one.hazard().title().toString(),
                    Math.round(share * 1e4) / 1e4,
                    finite(one.risk()[cell]),
                    share == 0 ? Double.valueOf(0) : finite((float) (share * one.risk()[cell])),
                    finite(one.h()[cell]),
                    finite(one.e()[cell]),
                    finite(one.v()[cell]),
                    finite(one.c()[cell]),
                    factors));
        }
        hazards.sort(
                Comparator.comparingDouble((OfHazard one) -> one.contribution() == null ? -1 : -one.contribution()));
        RiskGrid grid = run.grid();
        double[] lonLat = grid.crs.toLonLat(grid.x[cell], grid.y[cell]);
        return new Reason(
                level == Levels.UNKNOWN ? null : Integer.valueOf(level),
                Levels.name(level).toString(),
                finite(all[cell]),
                Double.isNaN(run.people()[cell]) ? null : Double.valueOf(Math.round(run.people()[cell] * 10) / 10.0),
                RiskZoning.unit(run.townships(), cell),
                RiskZoning.unit(run.villages(), cell),
                hazards,
                new Cell(
                        Math.round(lonLat[0] * 1e7) / 1e7,
                        Math.round(lonLat[1] * 1e7) / 1e7,
                        grid.cell,
                        Math.round(grid.areas[cell])));
    }

    private static void factors(String part, Component component, RiskRun run, int cell, List<OfFactor> out) {
        List<Factor> counting = RiskRun.counting(component, run.factors());
        double sum = counting.stream().mapToDouble(Factor::weight).sum();
        boolean max = component.how() == Recipe.Combine.MAX;
        for (Factor factor : component.factors()) {
            float[] values = run.factors().get(factor);
            boolean counts = counting.contains(factor) && values != null;
            out.add(new OfFactor(
                    part,
                    factor.id(),
                    factor.title().toString(),
                    values == null ? null : finite(values[cell]),
                    !counts ? 0 : max ? 1 : Math.round(factor.weight() / sum * 1e4) / 1e4,
                    max ? "max" : "mean",
                    factor.origin().source(),
                    factor.origin().mark()));
        }
    }

    private static @Nullable Double finite(float value) {
        return RiskZoningProcess.finite(value);
    }

    @Override
    public ProcessDescription description() {
        return RiskDescriptions.reason();
    }
}
