package org.anquan.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code risk-recipes}: which recipes there are, with their weights and sources, and the runs that are kept. */
@Component
final class RiskRecipesProcess implements Process {
    private final Recipes recipes;
    private final RiskRuns runs;

    RiskRecipesProcess(Recipes recipes, RiskRuns runs) {
        this.recipes = recipes;
        this.runs = runs;
    }

    record Answer(List<OneRecipe> recipes, List<RiskRuns.Entry> runs) {}

    /**
     * @param origin {@code shipped}, {@code file} or {@code stored}
     * @param broken what is wrong with it, or null
     */
    record OneRecipe(
            String name,
            String origin,
            String title,
            @Nullable String note,
            double cell,
            List<OneHazard> hazards,
            List<Double> breaks,
            @Nullable String broken) {}

    record OneHazard(String id, String title, double weight, String source, String mark) {}

    @Override
    public Object execute(ObjectNode inputs, Progress progress) {
        for (String name : inputs.propertyNames()) {
            List<Mistake> wrong = List.of(new Mistake("inputs." + name, Text.of("process.input.unknown", List.of())));
            throw org.anquan.problem.ProblemException.invalid("risk.inputs", 1).withMistakes(wrong);
        }
        List<OneRecipe> all = new ArrayList<>();
        for (Recipes.Written written : recipes.written()) {
            String name = written.name();
            String origin = written.origin().name().toLowerCase(Locale.ROOT);
            List<Mistake> mistakes = new ArrayList<>();
            var found = recipes.find(JsonNodeFactory.instance.stringNode(name), name, mistakes);
            if (found.isEmpty()) {
                String broken = mistakes.isEmpty() ? "" : mistakes.get(0).what().toString();
                all.add(new OneRecipe(name, origin, name, null, 0, List.of(), List.of(), broken));
                continue;
            }
            Recipe recipe = found.get().recipe();
            all.add(new OneRecipe(
                    name,
                    origin,
                    recipe.title().toString(),
                    recipe.note() == null ? null : recipe.note().toString(),
                    recipe.cellMetres(),
                    recipe.hazards().stream()
                            .map(one -> new OneHazard(
                                    one.id(),
                                    one.title().toString(),
                                    one.weight(),
                                    one.weightOrigin().source(),
                                    one.weightOrigin().mark()))
                            .toList(),
                    recipe.breaks().values(),
                    null));
        }
        return new Answer(all, runs.list().stream().limit(50).toList());
    }

    @Override
    public ProcessDescription description() {
        return RiskDescriptions.recipes();
    }
}
