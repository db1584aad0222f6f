package org.anquan.doctor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anquan.doctor.DoctorSettings.Shift;
import org.anquan.geo.Bd09;
import org.anquan.geo.Distances;
import org.anquan.geo.Gcj02;

/**
 * Asks of places whether they lie on lines better as they are, or after the shift of GCJ-02 or BD-09 is taken back.
 *
 * <p>Each place gets the logarithm of its distance to the nearest line (with 10 m added, and cut off at a reach), as it is,
 * taken back, and moved just as far in seven other directions. Places near each other lie alike, so that the means of
 * blocks are compared, not single places: by a paired t over the blocks. A shift is believed only if the places taken
 * back fit much better than as they are, and better than in every other direction: a river road beside a row of points
 * draws them in one direction, but it has no reason to lie where the shift says. A place that lies as well where it is
 * speaks for itself the other way.
 */
final class ShiftTest {
    /** The systems that Chinese phone maps give. */
    enum Datum {
        GCJ_02("GCJ-02"),
        BD_09("BD-09");

        private final String id;

        Datum(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        /** Takes the shift back, in place. */
        void toWgs84(double[] lonLat) {
            if (this == GCJ_02) Gcj02.toWgs84(lonLat);
            else Bd09.toWgs84(lonLat);
        }
    }

    private static final double METRES_A_DEGREE = Math.toRadians(1) * Distances.EARTH_RADIUS_METRES;
    private static final double NEAR_METRES = 10;
    /** As it is, the two shifts, and each shift turned by one to seven eighths. */
    private static final int TURNS = 8;

    private static final int AS_IT_IS = 0;
    private static final int TRIALS = 1 + Datum.values().length * TURNS;

    /**
     * @param shifted whether the shift is sure
     * @param contradicted whether it is sure that the places lie right as they are
     * @param metresBefore typical (geometric mean) distance to the lines as it is
     * @param metresAfter the same with the shift taken back
     * @param movedMetres how far the shift moved them, on average
     * @param places how many places spoke
     * @param standardErrors by how many the places taken back fit better
     */
    record Verdict(
            Datum datum,
            boolean shifted,
            boolean contradicted,
            double metresBefore,
            double metresAfter,
            double movedMetres,
            int places,
            int blocks,
            double standardErrors) {}

    private final Shift settings;

    ShiftTest(Shift settings) {
        this.settings = settings;
    }

    /**
     * Empty where too few places lie near the lines, or where the shifts do nothing (outside China).
     *
     * @param lonLat pairs, degrees
     */
    Optional<Verdict> of(double[] lonLat, LineIndex lines) {
        Map<Long, double[]> blocks = new HashMap<>();
        double[] scores = new double[TRIALS];
        double[] trial = new double[2];
        double[] moved = new double[Datum.values().length];
        int places = 0;
        int looked = 0;
        int pairs = lonLat.length / 2;
        int step = Math.max(1, (pairs + settings.samples() - 1) / settings.samples());
        for (int i = 0; i < pairs; i += step) {
            double lon = lonLat[2 * i];
            double lat = lonLat[2 * i + 1];
            looked++;
            double nearest = scores[AS_IT_IS] = lines.metresAway(lon, lat, settings.reachMetres());
            double xMetres = METRES_A_DEGREE * Math.cos(Math.toRadians(lat));
            boolean movable = true;
            for (Datum datum : Datum.values()) {
                trial[0] = lon;
                trial[1] = lat;
                datum.toWgs84(trial);
                double east = (trial[0] - lon) * xMetres;
                double north = (trial[1] - lat) * METRES_A_DEGREE;
                double far = Math.hypot(east, north);
                moved[datum.ordinal()] += far;
                movable &= far > 0;
                for (int turn = 0; turn < TURNS; turn++) {
                    double cos = Math.cos(turn * 2 * Math.PI / TURNS);
                    double sin = Math.sin(turn * 2 * Math.PI / TURNS);
                    double away = lines.metresAway(
                            lon + (east * cos - north * sin) / xMetres,
                            lat + (east * sin + north * cos) / METRES_A_DEGREE,
                            settings.reachMetres());
                    scores[trialOf(datum, turn)] = away;
                    nearest = Math.min(nearest, away);
                }
            }
            if (!movable) return Optional.empty();
            if (nearest >= settings.reachMetres()) continue;
            places++;
            double[] sums = blocks.computeIfAbsent(block(lon, lat), key -> new double[TRIALS + 1]);
            for (int t = 0; t < TRIALS; t++) sums[t] += Math.log(scores[t] + NEAR_METRES);
            sums[TRIALS]++;
        }
        if (places < settings.leastPlaces() || blocks.size() < settings.leastBlocks()) return Optional.empty();
        double[][] means = new double[blocks.size()][];
        int b = 0;
        for (double[] sums : blocks.values()) {
            double[] mean = new double[TRIALS];
            for (int t = 0; t < TRIALS; t++) mean[t] = sums[t] / sums[TRIALS];
            means[b++] = mean;
        }
        Datum datum = mean(means, trialOf(Datum.GCJ_02, 0)) <= mean(means, trialOf(Datum.BD_09, 0))
                ? Datum.GCJ_02
                : Datum.BD_09;
        return Optional.of(verdict(datum, means, places, moved[datum.ordinal()] / looked));
    }

    private Verdict verdict(Datum datum, double[][] means, int places, double movedMetres) {
        int back = trialOf(datum, 0);
        double gain = mean(means, AS_IT_IS) - mean(means, back);
        double better = standardErrors(means, AS_IT_IS, back);
        boolean shifted = gain >= settings.leastGain() && better >= settings.sure();
        for (int t = 1; t < TRIALS && shifted; t++)
            if (t != back) shifted = standardErrors(means, t, back) >= settings.surePeers();
        boolean contradicted = -gain >= settings.leastGain() && -better >= settings.sure();
        return new Verdict(
                datum,
                shifted,
                contradicted,
                Math.max(0, Math.exp(mean(means, AS_IT_IS)) - NEAR_METRES),
                Math.max(0, Math.exp(mean(means, back)) - NEAR_METRES),
                movedMetres,
                places,
                means.length,
                better);
    }

    private static int trialOf(Datum datum, int turn) {
        return 1 + datum.ordinal() * TURNS + turn;
    }

    private long block(double lon, double lat) {
        long y = (long) Math.floor(lat * METRES_A_DEGREE / settings.blockMetres());
        double xMetres = METRES_A_DEGREE * Math.cos(y * settings.blockMetres() / Distances.EARTH_RADIUS_METRES);
        long x = (long) Math.floor(lon * xMetres / settings.blockMetres());
        return x * 40_000_003L + y;
    }

    private static double mean(double[][] blocks, int trial) {
        double sum = 0;
        for (double[] block : blocks) sum += block[trial];
        return sum / blocks.length;
    }

    /** By how many standard errors of the blocks' differences trial {@code b} lies nearer to the lines than {@code a}. */
    private static double standardErrors(double[][] blocks, int a, int b) {
        double sum = 0;
        double squares = 0;
        for (double[] block : blocks) {
            double difference = block[a] - block[b];
            sum += difference;
            squares += difference * difference;
        }
        int n = blocks.length;
        double mean = sum / n;
        double variance = Math.max(0, (squares - n * mean * mean) / (n - 1));
        return variance == 0 ? (mean == 0 ? 0 : mean * Double.MAX_VALUE) : mean / Math.sqrt(variance / n);
    }
}
