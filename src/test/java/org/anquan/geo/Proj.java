package org.anquan.geo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/** PROJ, through {@code gdaltransform}, as a second judge of coordinates; x east and y north on both sides. */
final class Proj {
    private Proj() {}

    static double[][] transform(String from, String to, double[][] points) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("gdaltransform", "-s_srs", from, "-t_srs", to);
        Process process;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            System.out.println("skipped: gdaltransform is not installed, PROJ cannot judge");
            Assumptions.abort("no gdaltransform");
            throw e;
        }
        StringBuilder in = new StringBuilder();
        for (double[] p : points) in.append(String.format(Locale.ROOT, "%.12f %.12f%n", p[0], p[1]));
        try (var out = process.getOutputStream()) {
            out.write(in.toString().getBytes(StandardCharsets.US_ASCII));
        }
        String[] lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split("\n");
        process.waitFor();
        double[][] result = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            String[] parts = lines[i].strip().split("\\s+");
            result[i] = new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
        }
        return result;
    }
}
