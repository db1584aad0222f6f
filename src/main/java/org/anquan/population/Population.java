package org.anquan.population;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Title;
import org.anquan.home.AnquanHome;
import org.anquan.population.Villages.Village;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Point;
import org.springframework.stereotype.Component;

/**
 * Who lives where: villages with their people from a layer, and a raster that counts people where one was put into
 * {@code population/} of the home folder.
 */
@Component
public final class Population {
    private static final String FOLDER = "population";

    private final Layers layers;
    private final AnquanHome home;
    private final PopulationSettings settings;
    private @Nullable Villages villages;
    private @Nullable PopulationRaster raster;

    Population(Layers layers, AnquanHome home, PopulationSettings settings) {
        this.layers = layers;
        this.home = home;
        this.settings = settings;
    }

    /**
     * The villages of the first of the configured layers that has any; none has, then an empty list of the first. An
     * area stands for a point on its surface.
     */
    public synchronized Villages villages() {
        LayerState state = layers.state(layer());
        if (villages == null || !villages.layer().equals(state.layer()) || villages.version() != state.version())
            villages = read(layers.snapshot(state.layer()));
        return villages;
    }

    private String layer() {
        for (String layer : settings.layers()) if (layers.state(layer).count() > 0) return layer;
        return settings.layers().get(0);
    }

    private Villages read(LayerSnapshot snapshot) {
        List<Village> all = new ArrayList<>();
        for (Feature feature : snapshot.features()) {
            if (feature.geometry().isEmpty()) continue;
            Point at = feature.geometry() instanceof Point point
                    ? point
                    : feature.geometry().getInteriorPoint();
            all.add(new Village(
                    feature.id(),
                    feature.name(),
                    at.getX(),
                    at.getY(),
                    people(feature),
                    feature.text("township"),
                    groups(feature)));
        }
        LayerState state = snapshot.state();
        Map<String, Title> groups = new LinkedHashMap<>();
        for (String group : settings.groups())
            snapshot.definition().attributes().stream()
                    .filter(attribute -> attribute.name().equals(group))
                    .findFirst()
                    .ifPresent(attribute -> groups.put(group, attribute.title()));
        return new Villages(state.layer(), state.version(), state.asOf(), state.illustrative(), all, groups);
    }

    private Map<String, Long> groups(Feature feature) {
        Map<String, Long> groups = new HashMap<>();
        for (String group : settings.groups()) {
            Double people = feature.number(group);
            if (people != null && people >= 0) groups.put(group, Math.round(people));
        }
        return groups;
    }

    private @Nullable Long people(Feature feature) {
        for (String attribute : settings.attributes()) {
            Double people = feature.number(attribute);
            if (people != null && people >= 0) return Math.round(people);
        }
        return null;
    }

    /**
     * The population raster in use: the {@code .tif} in the home folder's {@code population/}, the last by name where
     * there are several.
     */
    public synchronized Optional<PopulationRaster> raster() {
        Path folder = home.folder().resolve(FOLDER);
        if (!Files.isDirectory(folder)) return Optional.empty();
        Optional<Path> file = last(folder);
        if (file.isEmpty()) return Optional.empty();
        if (raster == null || !raster.isStill(file.get())) raster = PopulationRaster.open(file.get());
        return Optional.of(raster);
    }

    private static Optional<Path> last(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches("(?i).*\\.tiff?"))
                    .max(Path::compareTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks a population raster and takes it into use; those there were are put aside with the ending {@code .old}.
     *
     * @throws ProblemException invalid where it cannot be read; then nothing has changed
     */
    public synchronized PopulationRaster install(Path file) {
        if (!Files.isReadable(file)) throw ProblemException.notFound("population.rasterMissing", file);
        PopulationRaster.open(file).requirePeople();
        Path folder = home.sub(FOLDER);
        Path target = folder.resolve(String.valueOf(file.getFileName()));
        try {
            Path coming = Files.createTempFile(folder, "coming", ".part");
            Files.copy(file, coming, StandardCopyOption.REPLACE_EXISTING);
            for (Optional<Path> old = last(folder); old.isPresent(); old = last(folder))
                Files.move(old.get(), Path.of(old.get() + ".old"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(coming, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", folder).causedBy(e);
        }
        raster = PopulationRaster.open(target);
        return raster;
    }
}
