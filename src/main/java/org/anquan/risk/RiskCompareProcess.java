package org.anquan.risk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.Layers;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.risk.RiskAnswer.Features;
import org.anquan.risk.RiskAnswer.OneFeature;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code risk-compare}: where the level moved between two runs, and what was different about them. */
@Component
final class RiskCompareProcess implements Process {
    private static final int LOWER = 1;
    private static final int HIGHER = 2;
    private static final int APART = 3;

    private final RiskSettings settings;
    private final Layers layers;
    private final PlaceSets placeSets;
    private final RiskRuns runs;

    RiskCompareProcess(RiskSettings settings, Layers layers, PlaceSets placeSets, RiskRuns runs) {
        this.settings = settings;
        this.layers = layers;
        this.placeSets = placeSets;
        this.runs = runs;
    }

    record Answer(
            Features changed,
            Part higher,
            Part lower,
            Part same,
            Part notComparable,
            List<Move> moves,
            List<Township> townships,
            List<Difference> differences) {}

    record Part(double areaSquareMetres, long people) {}

    /** @param from 0 for unknown */
    record Move(int from, int to, double areaSquareMetres, long people) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Township(
            String id,
            String name,
            @Nullable Double before,
            @Nullable Double after,
            @Nullable Double change) {}

    record Difference(String what, String before, String after) {}

    /** A run with its own weights and breaks. */
    private record Weighed(RiskRun run, float[] risk, double[] limits, byte[] levels) {}

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        RiskInputs inputs = new RiskInputs(given, List.of("runs"), settings, layers, placeSets);
        JsonNode ids = inputs.node("runs");
        if (ids.size() != 2) inputs.wrong("runs", Text.of("risk.compare.two"));
        inputs.refuseMistakes();
        Weighed before = weighed(runs.require(ids.get(0).asString("")));
        Weighed after = weighed(runs.require(ids.get(1).asString("")));
        RiskGrid grid = after.run().grid();
        int[] there = before.run().grid() == grid
                ? null
                : RiskZoning.matched(grid, before.run().grid());
        byte[] labels = new byte[grid.size];
        double[][] areas = new double[Levels.HIGHEST + 1][Levels.HIGHEST + 1];
        double[][] people = new double[Levels.HIGHEST + 1][Levels.HIGHEST + 1];
        for (int i = 0; i < grid.size; i++) {
            int other = there == null ? i : there[i];
            int from = other < 0 ? Levels.UNKNOWN : before.levels()[other];
            int to = after.levels()[i];
            labels[i] = (byte) (from == 0 || to == 0 ? APART : to > from ? HIGHER : to < from ? LOWER : 0);
            areas[from][to] += grid.areas[i];
            double here = after.run().people()[i];
            if (!Double.isNaN(here)) people[from][to] += here;
        }
        return new Answer(
                changed(grid, labels),
                part(areas, people, 1),
                part(areas, people, -1),
                part(areas, people, 0),
                part(areas, people, 2),
                moves(areas, people),
                townships(before, after),
                differences(before.run(), after.run()));
    }

    private Weighed weighed(RiskRun run) {
        Map<String, Double> weights = run.recipeWeights();
        run.inputs()
                .path("weights")
                .propertyStream()
                .forEach(one -> weights.put(one.getKey(), one.getValue().asDouble()));
        float[] risk = run.risk(run.shares(weights));
        JsonNode how = run.inputs().path("breaks");
        double[] limits =
                Levels.limits(new RecipeReader(RiskInputs.NO_OTHERS, new ArrayList<>()).breaks(how, "breaks"), risk);
        return new Weighed(run, risk, limits, Levels.of(risk, limits));
    }

    private static Features changed(RiskGrid grid, byte[] labels) {
        MultiPolygon[] zones = Zones.of(grid, labels, APART + 1, true);
        List<OneFeature> features = new ArrayList<>();
        for (int label : new int[] {HIGHER, LOWER, APART}) {
            if (zones[label].isEmpty()) continue;
            String name = label == HIGHER ? "higher" : label == LOWER ? "lower" : "notComparable";
            Map<String, @Nullable Object> properties = new LinkedHashMap<>();
            properties.put("change", name);
            properties.put("changeName", new Text("risk.compare." + name, List.of()).toString());
            features.add(OneFeature.of(name, zones[label], properties));
        }
        return Features.of(features);
    }

    /** @param which 1 higher, -1 lower, 0 same, 2 not comparable */
    private static Part part(double[][] areas, double[][] people, int which) {
        double area = 0;
        double count = 0;
        for (int from = 0; from < areas.length; from++)
            for (int to = 0; to < areas.length; to++) {
                int is = from == 0 || to == 0 ? 2 : Integer.compare(to, from);
                if (is != which) continue;
                area += areas[from][to];
                count += people[from][to];
            }
        return new Part(Math.round(area), Math.round(count));
    }

    private static List<Move> moves(double[][] areas, double[][] people) {
        List<Move> all = new ArrayList<>();
        for (int from = 0; from < areas.length; from++)
            for (int to = 0; to < areas.length; to++)
                if (areas[from][to] > 0)
                    all.add(new Move(from, to, Math.round(areas[from][to]), Math.round(people[from][to])));
        return all;
    }

    private static List<Township> townships(Weighed before, Weighed after) {
        Map<String, RiskTables.Row> first = new LinkedHashMap<>();
        for (RiskTables.Row row : rows(before)) first.put(row.id(), row);
        List<Township> all = new ArrayList<>();
        for (RiskTables.Row row : rows(after)) {
            RiskTables.Row was = first.get(row.id());
            Double a = was == null ? null : was.mean();
            Double b = row.mean();
            all.add(new Township(
                    row.id(),
                    row.name(),
                    a,
                    b,
                    a == null || b == null ? null : Double.valueOf(Math.round((b - a) * 1e4) / 1e4)));
        }
        return all;
    }

    private static List<RiskTables.Row> rows(Weighed one) {
        return RiskTables.rows(one.run(), one.run().townships(), one.risk(), one.levels(), one.limits());
    }

    private static List<Difference> differences(RiskRun before, RiskRun after) {
        List<Difference> all = new ArrayList<>();
        differ(
                all,
                Text.of("risk.compare.recipe").toString(),
                before.recipe().title().toString(),
                after.recipe().title().toString());
        differ(
                all,
                Text.of("risk.compare.cell").toString(),
                Double.toString(before.grid().cell),
                Double.toString(after.grid().cell));
        Set<String> names = new LinkedHashSet<>(before.inputs().propertyNames());
        names.addAll(after.inputs().propertyNames());
        names.removeAll(Set.of("recipe", "cell", "keep", "cells", "sensitivity", "run"));
        for (String name : names) {
            String key = "risk.process.input." + name + ".title";
            differ(
                    all,
                    org.anquan.problem.Texts.has(key) ? new Text(key, List.of()).toString() : name,
                    before.inputs().path(name).toString(),
                    after.inputs().path(name).toString());
        }
        Map<String, Long> versions = new LinkedHashMap<>();
        for (LayerUsed one : before.data().layers()) versions.put(one.layer(), one.version());
        for (LayerUsed one : after.data().layers()) {
            Long was = versions.get(one.layer());
            if (was != null)
                differ(
                        all,
                        Text.of("risk.compare.layer", one.layer()).toString(),
                        Long.toString(was),
                        Long.toString(one.version()));
        }
        return all;
    }

    private static void differ(List<Difference> all, String what, String before, String after) {
        if (!before.equals(after)) all.add(new Difference(what, before, after));
    }

    @Override
    public ProcessDescription description() {
        return RiskDescriptions.compare();
    }
}
