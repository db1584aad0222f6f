package org.anquan.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.LoadMode;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.ImportReport;
import org.anquan.exchange.ImportRequest;
import org.anquan.exchange.LayerImport;
import org.anquan.home.AnquanHome;
import org.anquan.network.Roads;
import org.anquan.problem.ProblemException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Service;

/**
 * The sample district that is packed into the jar ({@code data-samples/lizhou}). Loading replaces the layers that it
 * brings, and the roads. A mark in the home says that a load has begun, so that one which was cut off is done again.
 */
@Service
public final class SampleDistrict {
    public static final String LIZHOU = "lizhou";
    public static final String NONE = "none";

    private static final String WHO = "sample";
    private static final String MARK = "sample-loading";

    private final AnquanHome home;
    private final Layers layers;
    private final LayerImport layerImport;
    private final Roads roads;

    SampleDistrict(AnquanHome home, Layers layers, LayerImport layerImport, Roads roads) {
        this.home = home;
        this.layers = layers;
        this.layerImport = layerImport;
        this.roads = roads;
    }

    /** Whether nothing was ever loaded into this home, or only a part of the sample. */
    public boolean isWanted() {
        if (Files.exists(home.folder().resolve(MARK))) return true;
        return roads.current().isEmpty()
                && layers.definitions().stream()
                        .allMatch(l -> layers.state(l.id()).version() == 0);
    }

    /** Told after each layer; the last call is for the roads. */
    public interface Listener {
        void loaded(String what, long count, double share);
    }

    public void load(Listener listener) {
        Path mark = home.folder().resolve(MARK);
        try {
            Files.createDirectories(home.folder());
            Files.writeString(mark, LIZHOU);
            Path folder = Files.createTempDirectory(home.sub("tmp"), "sample");
            try {
                load(folder, listener);
            } finally {
                remove(folder);
            }
            Files.delete(mark);
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", home.folder())
                    .causedBy(e);
        }
    }

    private void load(Path folder, Listener listener) throws IOException {
        List<LayerDefinition> all = layers.definitions();
        int done = 0;
        for (LayerDefinition layer : all) {
            done++;
            ClassPathResource packed = packed(layer.id() + ".geojson");
            if (!packed.exists()) continue;
            ImportRequest request = ImportRequest.of(layer.id(), unpacked(packed, folder))
                    .mode(LoadMode.REPLACE)
                    .allOrNothing(true)
                    .why("sample district " + LIZHOU);
            ImportReport report = layerImport.run(request, WHO, ImportProgress.none());
            if (!report.stored())
                throw ProblemException.of(ProblemException.Kind.INTERNAL, "sample.broken", layer.id(), report.lines());
            listener.loaded(layer.id(), report.accepted(), 0.5 * done / all.size());
        }
        Path osm = unpacked(packed("roads.osm"), folder);
        long count = roads.importOsm(osm, share -> listener.loaded("road", -1, 0.5 + 0.5 * share))
                .roads();
        listener.loaded("road", count, 1);
    }

    private static ClassPathResource packed(String name) {
        return new ClassPathResource("data-samples/" + LIZHOU + "/" + name);
    }

    private static Path unpacked(ClassPathResource packed, Path folder) throws IOException {
        Path file = folder.resolve(String.valueOf(packed.getFilename()));
        try (InputStream in = packed.getInputStream()) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
