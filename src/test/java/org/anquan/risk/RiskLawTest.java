package org.anquan.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.catalog.Title;
import org.anquan.geo.MetricCrs;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.risk.Recipe.Combine;
import org.anquan.risk.Recipe.Component;
import org.anquan.risk.Recipe.Decay;
import org.anquan.risk.Recipe.Factor;
import org.anquan.risk.Recipe.Hazard;
import org.anquan.risk.Recipe.Kind;
import org.anquan.risk.Recipe.Origin;
import org.anquan.risk.Recipe.Value;
import org.anquan.risk.RiskRun.Units;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/** Laws of the weighing, on factors at random. */
class RiskLawTest {
    private static final RiskGrid GRID = RiskGrid.of(
            MetricCrs.at(105.8),
            new GeometryFactory().toGeometry(new Envelope(575_000, 576_000, 3_586_000, 3_587_000)),
            100);
    private static final Title TITLE = new Title("x", "x");
    private static final Origin ORIGIN = new Origin("x", "D");
    private static final double[] LIMITS = {0.2, 0.4, 0.6, 0.8};

    private static Factor factor(String id, double weight) {
        return new Factor(
                id,
                TITLE,
                Kind.DISTANCE,
                id,
                null,
                Value.ONE,
                Value.ONE,
                Decay.LINEAR,
                0,
                weight,
                true,
                1,
                null,
                null,
                ORIGIN);
    }

    private static float[] numbers(Random random) {
        float[] all = new float[GRID.size];
        for (int i = 0; i < all.length; i++) all[i] = random.nextFloat();
        return all;
    }

    private static RiskRun run(Combine how, Map<Factor, float[]> factors, double[] weights) {
        List<Hazard> hazards = new java.util.ArrayList<>();
        for (int h = 0; h < weights.length; h++) {
            List<Factor> own = List.of(factor("h" + h + "a", 1), factor("h" + h + "b", 2));
            Component same = new Component(Combine.MEAN, List.of(factor("e", 1)));
            hazards.add(new Hazard(
                    "h" + h, TITLE, weights[h], ORIGIN, Double.NaN, new Component(how, own), same, same, same, 0.3));
        }
        Recipe recipe = new Recipe(
                "r",
                TITLE,
                null,
                new Recipe.Source("district", null),
                100,
                new Recipe.Breaks("fixed", List.of(), 5, ORIGIN),
                hazards);
        Units none = new Units(List.of(), List.of(), List.of(), new int[GRID.size]);
        return new RiskRun(
                "id",
                java.time.Instant.EPOCH,
                recipe,
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                GRID,
                factors,
                new double[GRID.size],
                "none",
                none,
                none,
                null,
                new DataUsed(List.of(), null, false),
                List.of(),
                RiskRun.hazards(recipe, GRID, factors, null));
    }

    private static Map<Factor, float[]> factors(Random random, int hazards) {
        Map<Factor, float[]> all = new LinkedHashMap<>();
        for (int h = 0; h < hazards; h++) {
            all.put(factor("h" + h + "a", 1), numbers(random));
            all.put(factor("h" + h + "b", 2), numbers(random));
        }
        all.put(factor("e", 1), numbers(random));
        return all;
    }

    @Property(tries = 100)
    void aHigherHazardNeverLowersALevel(@ForAll int seed, @ForAll Combine how) {
        Random random = new Random(seed);
        double[] weights = {random.nextDouble(), random.nextDouble(), 0.1 + random.nextDouble()};
        Map<Factor, float[]> factors = factors(random, weights.length);
        RiskRun before = run(how, factors, weights);
        float[] raised = factors.get(factor("h2b", 2)).clone();
        for (int i = 0; i < raised.length; i++) raised[i] += random.nextFloat() * (1 - raised[i]);
        Map<Factor, float[]> more = new LinkedHashMap<>(factors);
        more.put(factor("h2b", 2), raised);
        RiskRun after = run(how, more, weights);
        byte[] a = Levels.of(before.risk(before.shares(before.recipeWeights())), LIMITS);
        byte[] b = Levels.of(after.risk(after.shares(after.recipeWeights())), LIMITS);
        for (int i = 0; i < a.length; i++)
            assertThat(b[i]).as("seed %d, cell %d", seed, i).isGreaterThanOrEqualTo(a[i]);
    }

    @Property(tries = 50)
    void aHazardOfWeightZeroIsAsIfItWereNotThere(@ForAll int seed, @ForAll Combine how) {
        Random random = new Random(seed);
        Map<Factor, float[]> factors = factors(random, 3);
        RiskRun two = run(how, factors, new double[] {0.3, 0.7});
        RiskRun three = run(how, factors, new double[] {0.3, 0.7, 0});
        assertThat(three.risk(three.shares(three.recipeWeights())))
                .isEqualTo(two.risk(two.shares(two.recipeWeights())));
    }

    /** Only the shares count: weights of 3, 6, 9 are those of 1, 2, 3. */
    @Property(tries = 50)
    void weightsMayBeScaled(@ForAll int seed) {
        Random random = new Random(seed);
        Map<Factor, float[]> factors = factors(random, 3);
        RiskRun small = run(Combine.MEAN, factors, new double[] {1, 2, 3});
        RiskRun large = run(Combine.MEAN, factors, new double[] {3, 6, 9});
        float[] a = small.risk(small.shares(small.recipeWeights()));
        float[] b = large.risk(large.shares(large.recipeWeights()));
        for (int i = 0; i < a.length; i++)
            assertThat(b[i]).isCloseTo(a[i], org.assertj.core.api.Assertions.within(1e-6f));
    }
}
