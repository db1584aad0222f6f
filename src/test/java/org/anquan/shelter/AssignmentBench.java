package org.anquan.shelter;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The exact assignment: 1 000 villages to 200 shelters, all to all; 10 000 to 1 000 within 30 minutes on foot. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AssignmentBench {
    /** All people that there are places for: 0.9 leaves some free, 1.2 leaves people behind. */
    @Param({"0.5", "0.9", "1.2"})
    double load;

    private TransportTest.Case dense;
    private TransportTest.Case sparse;

    @Setup
    public void worlds() {
        dense = world(1000, 200, Double.POSITIVE_INFINITY, load);
        // A county of 40 by 40 km and 2 250 m on foot in half an hour.
        sparse = world(10_000, 1000, 2250, load);
    }

    static TransportTest.Case world(int villages, int shelters, double reachMetres, double load) {
        Random dice = new Random(7);
        double side = 40_000;
        double[][] at = new double[villages + shelters][2];
        for (double[] one : at) {
            one[0] = side * dice.nextDouble();
            one[1] = side * dice.nextDouble();
        }
        long[] people = new long[villages];
        long all = 0;
        for (int v = 0; v < villages; v++) all += people[v] = 50 + dice.nextInt(1500);
        long[] places = new long[shelters];
        for (int s = 0; s < shelters; s++)
            places[s] = Math.round((0.3 + 1.4 * dice.nextDouble()) * all / load / shelters);
        long[][] cost = new long[villages][shelters];
        for (int v = 0; v < villages; v++)
            for (int s = 0; s < shelters; s++) {
                double metres = Math.hypot(at[v][0] - at[villages + s][0], at[v][1] - at[villages + s][1]);
                cost[v][s] = metres > reachMetres ? -1 : Math.round(metres / 1.25);
            }
        return TransportTest.Case.of(people, places, cost);
    }

    @Benchmark
    public long thousandVillagesToTwoHundredShelters() {
        return dense.solved().cost();
    }

    @Benchmark
    public long tenThousandVillagesToAThousandSheltersWithinHalfAnHour() {
        return sparse.solved().cost();
    }

    /** One run of each without a harness, for a quick look. */
    public static void main(String[] none) {
        for (double load : new double[] {0.5, 0.9, 1.2})
            for (int i = 0; i < 3; i++) {
                tell("1000 x 200", world(1000, 200, Double.POSITIVE_INFINITY, load), load);
                tell("10000 x 1000 within 2250 m", world(10_000, 1000, 2250, load), load);
                tell("10000 x 1000 within 6 km", world(10_000, 1000, 6000, load), load);
            }
    }

    private static void tell(String what, TransportTest.Case one, double load) {
        long start = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Transport solved = one.solved();
        long took = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        System.out.printf(
                "%s load %.1f: %d arcs, %.0f ms of processor time, %d searches, proof %s%n",
                what, load, one.cost().length, took / 1e6, solved.steps(), solved.cost() == solved.bound(one.places()));
    }
}
