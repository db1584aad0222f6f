package org.anquan.risk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anquan.catalog.Layers;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.risk.Recipe.Breaks;
import org.anquan.risk.RiskAnswer.Limits;
import org.anquan.risk.RiskAnswer.Summary;
import org.anquan.risk.RiskAnswer.Weighted;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * The process {@code risk-zoning}: makes a run from a recipe, or weighs a run that is kept anew, and tells zones, tables
 * and how much hangs on each weight.
 */
@Component
final class RiskZoningProcess implements Process {
    private final RiskSettings settings;
    private final Layers layers;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final Recipes recipes;
    private final RiskZoning zoning;
    private final RiskRuns runs;
    private final RiskFiles files;

    RiskZoningProcess(
            RiskSettings settings,
            Layers layers,
            PlaceSets placeSets,
            Scenarios scenarios,
            Recipes recipes,
            RiskZoning zoning,
            RiskRuns runs,
            RiskFiles files) {
        this.settings = settings;
        this.layers = layers;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
        this.recipes = recipes;
        this.zoning = zoning;
        this.runs = runs;
        this.files = files;
    }

    @Override
    public ProcessDescription description() {
        return RiskDescriptions.zoning(settings, recipes);
    }

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        RiskInputs inputs = new RiskInputs(given, RiskInputs.NAMES, settings, layers, placeSets);
        double by = inputs.number("sensitivity", 0, 0.9, settings.sensitivity());
        boolean keep = inputs.flag("keep", true);
        boolean withCells = inputs.flag("cells", true);
        return inputs.has("run")
                ? again(given, inputs, by, withCells, start)
                : fresh(given, inputs, by, keep, withCells, progress, start);
    }

    private RiskAnswer fresh(
            ObjectNode given,
            RiskInputs inputs,
            double by,
            boolean keep,
            boolean withCells,
            Progress progress,
            long start) {
        Optional<Recipes.Found> found = inputs.recipe(recipes);
        Recipe asked = found.map(Recipes.Found::recipe).orElse(null);
        RiskZoning.Area area = inputs.area(asked, scenarios);
        Scenario scenario = inputs.scenario(scenarios);
        if (asked != null) Evaluation.check(asked, layers, inputs.mistakes);
        double cell = asked == null ? 0 : inputs.cell(asked, area);
        Map<String, Double> weights = asked == null ? Map.of() : inputs.weights(asked);
        Breaks breaks = asked == null ? null : inputs.breaks(asked);
        inputs.refuseMistakes();
        if (asked == null || area == null || breaks == null) throw new IllegalStateException();
        Recipe recipe =
                new Recipe(asked.id(), asked.title(), asked.note(), asked.area(), cell, breaks, asked.hazards());
        List<Text> warnings = new ArrayList<>(scenarios.warnings(scenario));
        if (!scenario.factors().isEmpty()) warnings.add(Text.of("risk.scenario.factors"));
        ObjectNode written = found.orElseThrow().written();
        RiskRun run = zoning.run(
                recipe, written, understood(given, recipe, weights, breaks), area, scenario, warnings, progress);
        progress.stopIfCancelled();
        progress.report(0.75, Text.of("risk.progress.zones"));
        RiskAnswer answer = answer(run, weights, breaks, by, keep, withCells, warnings, start);
        progress.stopIfCancelled();
        progress.report(0.9, Text.of("risk.progress.keep"));
        if (keep) runs.keep(run, area.lonLat());
        return answer;
    }

    /** The run again with other weights or breaks: nothing is asked of the layers, nothing is kept. */
    private RiskAnswer again(ObjectNode given, RiskInputs inputs, double by, boolean withCells, long start) {
        for (String name : List.of("recipe", "area", "cell", "scenario", "keep"))
            if (inputs.has(name)) inputs.wrong(name, Text.of("risk.input.notWithRun"));
        RiskRun run = runs.require(inputs.text("run"));
        Map<String, Double> weights = inputs.weights(run.recipe());
        if (!inputs.has("weights") && !inputs.has("ahp"))
            run.inputs()
                    .path("weights")
                    .propertyStream()
                    .forEach(one -> weights.put(one.getKey(), one.getValue().asDouble()));
        Breaks breaks = inputs.breaks(run.recipe());
        inputs.refuseMistakes();
        List<Text> warnings = new ArrayList<>();
        return answer(
                new RiskRun(
                        run.id(),
                        run.at(),
                        run.recipe(),
                        run.recipeAsWritten(),
                        understood(given, run.recipe(), weights, breaks),
                        run.grid(),
                        run.factors(),
                        run.people(),
                        run.peopleFrom(),
                        run.townships(),
                        run.villages(),
                        run.drawn(),
                        run.data(),
                        run.warnings(),
                        run.hazards()),
                weights,
                breaks,
                by,
                true,
                withCells,
                warnings,
                start);
    }

    private static ObjectNode understood(ObjectNode given, Recipe recipe, Map<String, Double> weights, Breaks breaks) {
        ObjectNode inputs = given.deepCopy();
        if (!inputs.has("recipe")) inputs.put("recipe", recipe.id());
        inputs.put("cell", recipe.cellMetres());
        ObjectNode all = inputs.putObject("weights");
        weights.forEach((id, weight) -> all.put(id, Math.round(weight * 1e6) / 1e6));
        ObjectNode how = inputs.putObject("breaks").put("method", breaks.method());
        if (!breaks.jenks()) {
            var values = how.putArray("values");
            breaks.values().forEach(values::add);
        }
        return inputs;
    }

    private RiskAnswer answer(
            RiskRun run,
            Map<String, Double> weights,
            Breaks breaks,
            double by,
            boolean kept,
            boolean withCells,
            List<Text> warnings,
            long start) {
        Map<String, Double> shares = run.shares(weights);
        List<Text> all = new ArrayList<>(warnings);
        weightWarnings(run, weights, shares, all);
        float[] risk = run.risk(shares);
        double[] limits = Levels.limits(breaks, risk);
        byte[] levels = Levels.of(risk, limits);
        MultiPolygon[] zones = Zones.of(run.grid(), levels, Levels.HIGHEST + 1, true);
        double[] people = new double[Levels.HIGHEST + 1];
        double[] areas = new double[Levels.HIGHEST + 1];
        boolean peopleKnown = false;
        for (int i = 0; i < levels.length; i++) {
            areas[levels[i]] += run.grid().areas[i];
            if (Double.isNaN(run.people()[i])) continue;
            people[levels[i]] += run.people()[i];
            peopleKnown = true;
        }
        if (!peopleKnown) java.util.Arrays.fill(people, Double.NaN);
        return new RiskAnswer(
                run.recipe().id(),
                run.recipe().title().toString(),
                RiskAnswer.zones(run, zones, people, areas, 1, Levels.HIGHEST),
                RiskAnswer.zones(run, zones, people, areas, Levels.UNKNOWN, Levels.UNKNOWN),
                summary(run, people, areas, peopleKnown),
                RiskTables.rows(run, run.townships(), risk, levels, limits),
                RiskTables.rows(run, run.villages(), risk, levels, limits),
                weighted(run, weights, shares),
                limits(breaks, limits),
                by == 0 ? List.of() : RiskTables.sensitivity(run, shares, levels, limits, by),
                kept ? run.id() : null,
                new Provenance(run.inputs(), run.data(), words(run, all), (System.nanoTime() - start) / 1e6),
                run,
                risk,
                levels,
                withCells);
    }

    /** The run's own, which are words already, and those of this answer. */
    private static List<Text> words(RiskRun run, List<Text> fresh) {
        List<Text> all = new ArrayList<>(fresh);
        for (String one : run.warnings())
            if (fresh.stream().noneMatch(text -> text.toString().equals(one))) all.add(Text.of("problem.field", one));
        return all;
    }

    private static void weightWarnings(
            RiskRun run, Map<String, Double> weights, Map<String, Double> shares, List<Text> warnings) {
        if (shares.isEmpty()) warnings.add(Text.of("risk.allUnknown"));
        List<Object> missing = new ArrayList<>();
        double lost = 0;
        double sum = 0;
        for (RiskRun.HazardCells one : run.hazards()) {
            double weight = weights.getOrDefault(one.hazard().id(), 0.0);
            sum += weight;
            if (weight == 0 || one.known()) continue;
            missing.add(one.hazard().title());
            lost += weight;
        }
        if (!missing.isEmpty() && !shares.isEmpty())
            warnings.add(Text.of("risk.weights.leftOut", missing, Math.round(1000 * lost / sum) / 10.0));
        if (Math.abs(sum - 1) > 0.005 && run.hazards().size() > 1)
            warnings.add(Text.of("risk.weights.notOne", Math.round(sum * 1000) / 1000.0));
    }

    private static Summary summary(RiskRun run, double[] people, double[] areas, boolean peopleKnown) {
        Map<String, Long> byLevel = new LinkedHashMap<>();
        Map<String, Double> areaByLevel = new LinkedHashMap<>();
        long all = 0;
        for (int l = 1; l <= Levels.HIGHEST; l++) {
            byLevel.put(Integer.toString(l), peopleKnown ? Math.round(people[l]) : 0);
            areaByLevel.put(Integer.toString(l), (double) Math.round(areas[l]));
        }
        if (areas[Levels.UNKNOWN] > 0) {
            byLevel.put("unknown", peopleKnown ? Math.round(people[Levels.UNKNOWN]) : 0);
            areaByLevel.put("unknown", (double) Math.round(areas[Levels.UNKNOWN]));
        }
        double sum = 0;
        for (double one : people) sum += one;
        all = Math.round(sum);
        return new Summary(
                Math.round(run.grid().totalArea()),
                peopleKnown ? Long.valueOf(all) : null,
                run.grid().size,
                run.grid().cell,
                byLevel,
                areaByLevel,
                run.peopleFrom());
    }

    private static List<Weighted> weighted(RiskRun run, Map<String, Double> weights, Map<String, Double> shares) {
        List<Weighted> all = new ArrayList<>();
        for (RiskRun.HazardCells one : run.hazards()) {
            String id = one.hazard().id();
            double asked = weights.getOrDefault(id, 0.0);
            boolean own = asked == one.hazard().weight();
            all.add(new Weighted(
                    id,
                    one.hazard().title().toString(),
                    Math.round(asked * 1e6) / 1e6,
                    Math.round(shares.getOrDefault(id, 0.0) * 1e6) / 1e6,
                    one.known(),
                    own
                            ? one.hazard().weightOrigin().source()
                            : Text.of("risk.weights.byRequest").toString(),
                    own ? one.hazard().weightOrigin().mark() : ""));
        }
        return all;
    }

    private static Limits limits(Breaks breaks, double[] limits) {
        List<Double> values = new ArrayList<>();
        for (double one : limits) values.add(Math.round(one * 1e6) / 1e6);
        String source = breaks.jenks()
                ? Text.of("risk.breaks.jenks").toString()
                : breaks.origin().source();
        return new Limits(
                breaks.method(),
                values,
                source,
                breaks.jenks() ? "" : breaks.origin().mark());
    }

    @Override
    public List<String> otherFormats() {
        return RiskFiles.FORMATS;
    }

    @Override
    public void write(Object answer, String mediaType, OutputStream out) throws IOException {
        files.write((RiskAnswer) answer, mediaType, out);
    }

    static @Nullable Double finite(float value) {
        return Float.isNaN(value) ? null : Double.valueOf(Math.round(value * 1e4) / 1e4);
    }
}
