package org.anquan.terrain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.springframework.stereotype.Component;

/**
 * The heights and the land cover of the county: raster files in {@code terrain/dem} and {@code terrain/land-cover} of the
 * home folder, several side by side where one does not cover it all. They are read when somebody samples them, and not
 * kept.
 */
@Component
public final class TerrainData {
    private final AnquanHome home;
    private final TerrainSettings settings;

    TerrainData(AnquanHome home, TerrainSettings settings) {
        this.home = home;
        this.settings = settings;
    }

    /** What a raster tells. */
    public enum Kind {
        /** Metres above sea level. */
        DEM("dem"),
        /** Class of land cover. */
        LAND_COVER("land-cover");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As the command line and the folder spell it. */
        public String word() {
            return word;
        }
    }

    /** Walking speed in km/h by land-cover class; 0 for what nobody walks on. */
    public Map<Integer, Double> landCoverKmh() {
        return settings.landCoverKmh();
    }

    /** Most cells of a raster that is read whole. */
    public long mostCells() {
        return settings.mostCells();
    }

    /** Names of the files in use, in the order in which they are asked. */
    public List<String> sources(Kind kind) {
        return files(kind).stream()
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
    }

    /** Changes when any of the files does; empty where there is none. */
    public String version(Kind kind) {
        StringBuilder version = new StringBuilder();
        try {
            for (Path file : files(kind))
                version.append(String.valueOf(file.getFileName()))
                        .append(' ')
                        .append(Files.size(file))
                        .append('-')
                        .append(Files.getLastModifiedTime(file).toMillis())
                        .append(';');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return version.toString();
    }

    private List<Path> files(Kind kind) {
        Path folder = home.folder().resolve("terrain").resolve(kind.word);
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(tiff?|hgt|hgt\\.zip)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The values at places: heights between the cells, land cover as it is at the place. NaN where no file has any.
     *
     * @param lonLat degrees, longitude first, in pairs
     */
    public float[] sample(Kind kind, double[] lonLat) {
        float[] out = new float[lonLat.length / 2];
        Arrays.fill(out, Float.NaN);
        for (Path file : files(kind)) sample(kind, Raster.read(file, settings.mostCells()), lonLat, out);
        return out;
    }

    private static void sample(Kind kind, Raster raster, double[] lonLat, float[] out) {
        try {
            MathTransform there = CRS.findMathTransform(DefaultGeographicCRS.WGS84, raster.crs(), true);
            double[] at = new double[lonLat.length];
            there.transform(lonLat, 0, at, 0, out.length);
            for (int i = 0; i < out.length; i++)
                if (Float.isNaN(out[i]))
                    out[i] = kind == Kind.DEM
                            ? raster.between(at[2 * i], at[2 * i + 1])
                            : raster.nearest(at[2 * i], at[2 * i + 1]);
        } catch (FactoryException | TransformException e) {
            throw ProblemException.invalid("terrain.noCrs", raster.toString()).causedBy(e);
        }
    }

    /**
     * Checks a raster and takes it into use beside those there are; one of the same name is replaced.
     *
     * @param replace whether those there were are put aside (with the ending {@code .old})
     * @return how many of its cells have a value
     * @throws ProblemException with words where it cannot be read; then nothing has changed
     */
    public long install(Kind kind, Path file, boolean replace) {
        if (!Files.isReadable(file) || Files.isDirectory(file))
            throw ProblemException.notFound("terrain.missing", file);
        Raster raster = Raster.read(file, settings.mostCells());
        long known = 0;
        for (float value : raster.values()) if (!Float.isNaN(value)) known++;
        if (known == 0) throw ProblemException.invalid("terrain.empty", String.valueOf(file.getFileName()));
        Path folder = home.sub("terrain/" + kind.word);
        Path target = folder.resolve(String.valueOf(file.getFileName()));
        List<Path> before = new ArrayList<>(files(kind));
        before.remove(target);
        if (!replace && before.size() >= settings.mostFiles())
            throw ProblemException.invalid("terrain.tooMany", before.size(), settings.mostFiles());
        try {
            Path coming = Files.createTempFile(folder, "coming", ".part");
            Files.copy(file, coming, StandardCopyOption.REPLACE_EXISTING);
            if (replace)
                for (Path old : before) Files.move(old, Path.of(old + ".old"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(coming, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", folder).causedBy(e);
        }
        return known;
    }
}
