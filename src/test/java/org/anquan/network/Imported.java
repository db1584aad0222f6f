package org.anquan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Texts;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** Roads imported for tests and benchmarks, with the settings of {@code application.yml}. */
final class Imported {
    private static final Path DATA = Path.of("../shared/data/osm");
    private static final Map<String, HopperNetwork> ONCE = new ConcurrentHashMap<>();

    private Imported() {}

    static NetworkSettings settings() {
        try {
            MutablePropertySources sources = new MutablePropertySources();
            for (PropertySource<?> source :
                    new YamlPropertySourceLoader().load("default", new ClassPathResource("application.yml")))
                sources.addLast(source);
            return new Binder(ConfigurationPropertySources.from(sources))
                    .bind("anquan.network", NetworkSettings.class)
                    .get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImportedRoads roads(Path home) {
        return roads(home, settings());
    }

    static ImportedRoads roads(Path home, NetworkSettings settings) {
        return new ImportedRoads(new AnquanHome(home), settings, network -> 0);
    }

    /** A file of the shared data, or the test is skipped with a line that says so. */
    static Path data(String name) {
        Path file = DATA.resolve(name);
        if (!Files.exists(file)) System.out.println("skipped: " + file + " is not here");
        assumeTrue(Files.exists(file));
        return file;
    }

    /** Imports the text of an OSM XML file. */
    static HopperNetwork network(Path home, String osm) {
        try {
            Path file = Files.writeString(Files.createDirectories(home).resolve("small.osm"), osm);
            ImportedRoads roads = roads(home);
            roads.importOsm(file, share -> {});
            return (HopperNetwork) roads.require();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the shared data, imported once a JVM: for tests that only ask. */
    static HopperNetwork once(String name) {
        Path file = data(name);
        return ONCE.computeIfAbsent(name, key -> {
            try {
                ImportedRoads roads =
                        roads(Files.createTempDirectory(Files.createDirectories(Path.of("target/test-roads")), "once"));
                roads.importOsm(file, share -> {});
                return (HopperNetwork) roads.require();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Porto, imported once into {@code target} and then only loaded; another process waits for the one that imports. */
    static HopperNetwork porto() {
        Path home = Path.of("target/bench-porto");
        try (FileChannel lock = FileChannel.open(
                        Files.createDirectories(home).resolve("import.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            return porto(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HopperNetwork porto(Path home) {
        ImportedRoads roads = roads(home);
        if (roads.current().isEmpty()) {
            long start = System.nanoTime();
            roads.importOsm(data("porto-2015-roads.osm.pbf"), share -> {});
            System.out.println("imported Porto in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
        return (HopperNetwork) roads.require();
    }

    /** The problem that the task must end with. */
    static ProblemException problem(Runnable task) {
        try {
            task.run();
        } catch (ProblemException e) {
            assertThat(Texts.in(Texts.CHINESE, e.detail())).doesNotContainPattern("\\{\\d");
            return e;
        }
        throw new AssertionError("there was no problem");
    }
}
