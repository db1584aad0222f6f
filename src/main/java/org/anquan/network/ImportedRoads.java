package org.anquan.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The network in use: loaded in the background at start, replaced by imports. */
@Component
final class ImportedRoads implements Roads {
    private static final Logger LOG = LoggerFactory.getLogger(ImportedRoads.class);
    /** How often the folder is asked whether another process has imported roads. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final NetworkSettings settings;
    private final RoadFolders folders;
    private final RoadLayerWriter layer;
    private final Clock clock = Clock.systemUTC();
    private volatile CompletableFuture<Optional<HopperNetwork>> inUse;
    /** Folder name of the network in use or that could not be loaded at start, empty where there is none. */
    private volatile String stamp = "";

    /** A network of another process that could not be loaded; it is not tried again. */
    private volatile @Nullable Path refused;

    private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + LOOK_NANOS);

    ImportedRoads(AnquanHome home, NetworkSettings settings, RoadLayerWriter layer) {
        this.settings = settings;
        this.layer = layer;
        folders = new RoadFolders(home);
        inUse = new CompletableFuture<>();
        CompletableFuture<Optional<HopperNetwork>> loading = inUse;
        Thread loader = new Thread(() -> load(loading), "roads-loader");
        loader.setDaemon(true);
        loader.start();
    }

    private void load(CompletableFuture<Optional<HopperNetwork>> loading) {
        try {
            Optional<Path> folder = folders.current();
            folder.ifPresent(path -> stamp = name(path));
            loading.complete(folder.map(this::load));
        } catch (RuntimeException | Error e) {
            LOG.error("The road network could not be loaded", e);
            loading.completeExceptionally(e);
        }
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    /** Another process, such as the command line, may have imported roads: they are loaded beside the old ones. */
    private void lookForNewer() {
        long look = nextLook.get();
        if (System.nanoTime() - look < 0 || !inUse.isDone()) return;
        if (!nextLook.compareAndSet(look, System.nanoTime() + LOOK_NANOS)) return;
        Optional<Path> folder;
        try {
            folder = folders.current();
        } catch (ProblemException e) {
            LOG.warn("Cannot see whether there are newer roads", e);
            return;
        }
        if (folder.isEmpty() || name(folder.get()).equals(stamp) || folder.get().equals(refused)) return;
        String before = stamp;
        Thread loader = new Thread(() -> takeOver(folder.get(), before), "roads-loader");
        loader.setDaemon(true);
        loader.start();
    }

    private void takeOver(Path folder, String before) {
        try {
            HopperNetwork network = load(folder);
            synchronized (this) {
                // An import of this process was quicker.
                if (!stamp.equals(before)) return;
                use(network, folder);
            }
        } catch (RuntimeException e) {
            refused = folder;
            LOG.warn("Newer roads in {} could not be loaded; those in use stay", folder, e);
        }
    }

    private synchronized void use(HopperNetwork network, Path folder) {
        stamp = name(folder);
        inUse = CompletableFuture.completedFuture(Optional.of(network));
    }

    private HopperNetwork load(Path folder) {
        long start = System.nanoTime();
        OsmHopper hopper = new OsmHopper(folder, settings, share -> {});
        hopper.setAllowWrites(false);
        try {
            ImportRecord record = ImportRecord.read(folder);
            if (record.format() != ImportRecord.FORMAT)
                throw new IOException("the network is stored in format " + record.format() + ", this version reads "
                        + ImportRecord.FORMAT);
            if (!hopper.load()) throw new IOException("GraphHopper's files are missing");
            if (!record.settings().equals(settings.hash()))
                LOG.info(
                        "Road classes or speeds in anquan.network were changed since {} was imported; the new ones are"
                                + " in use now. Attributes roadClass and speedKmh of layer road change with the next"
                                + " import.",
                        record.source());
            HopperNetwork network = network(hopper, folder, record);
            LOG.info(
                    "Roads of {}: {} junctions, {} edges, loaded in {} ms",
                    record.source(),
                    network.graph().nodeCount(),
                    network.graph().edgeCount(),
                    (System.nanoTime() - start) / 1_000_000);
            return network;
        } catch (IOException | RuntimeException e) {
            hopper.close();
            throw ProblemException.unavailable("network.unreadable", folder, OsmFile.reason(e))
                    .causedBy(e);
        }
    }

    private HopperNetwork network(OsmHopper hopper, Path folder, ImportRecord record) {
        String version = folder.getFileName() + "-" + settings.hash();
        return new HopperNetwork(hopper, settings, version, record.source(), record.asOf());
    }

    @Override
    public Optional<RoadNetwork> current() {
        lookForNewer();
        try {
            return inUse.join().map(network -> network);
        } catch (CompletionException e) {
            return Optional.empty();
        }
    }

    @Override
    public RoadNetwork require() {
        lookForNewer();
        try {
            return inUse.join().orElseThrow(() -> ProblemException.unavailable("network.none"));
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException problem)
                throw ProblemException.unavailable(
                                problem.key(), problem.detail().values().toArray())
                        .causedBy(problem);
            throw e;
        }
    }

    @Override
    public ImportSummary importOsm(Path file, ImportProgress progress) {
        long start = System.nanoTime();
        Path absolute = file.toAbsolutePath().normalize();
        OsmFile.check(absolute);
        try (RoadFolders.Held held = folders.lock()) {
            if (held == null) throw ProblemException.of(ProblemException.Kind.CONFLICT, "network.importRunning");
            progress.report(0.02);
            Path folder = folders.create(clock);
            HopperNetwork network = null;
            try {
                network = importInto(folder, absolute, progress);
                folders.syncAll(folder);
                progress.report(0.8);
                long roads = layer.write(network);
                folders.use(folder);
                use(network, folder);
                progress.report(1);
                long millis = (System.nanoTime() - start) / 1_000_000;
                RoadGraph graph = network.graph();
                LOG.info(
                        "Imported {}: {} junctions, {} edges, {} roads in {} ms",
                        file.getFileName(),
                        graph.nodeCount(),
                        graph.edgeCount(),
                        roads,
                        millis);
                return new ImportSummary(network.version(), graph.nodeCount(), graph.edgeCount(), roads, millis);
            } catch (RuntimeException | Error e) {
                if (network != null) network.close();
                folders.remove(folder);
                throw e;
            }
        }
    }

    private HopperNetwork importInto(Path folder, Path file, ImportProgress progress) {
        OsmHopper hopper = new OsmHopper(folder, settings, progress);
        hopper.setOSMFile(file.toString());
        try {
            hopper.importOrLoad();
            ImportRecord record = new ImportRecord(
                    ImportRecord.FORMAT,
                    file.getFileName().toString(),
                    file.toString(),
                    clock.instant(),
                    settings.hash(),
                    hopper.dataTime());
            record.write(folder);
            HopperNetwork network = network(hopper, folder, record);
            for (TravelProfile profile : TravelProfile.values())
                for (int millis : network.graph().keyMillis(profile)) if (millis != RoadGraph.CLOSED) return network;
            throw ProblemException.invalid("network.noRoads", file);
        } catch (IOException e) {
            hopper.close();
            throw folders.notWritable(e);
        } catch (RuntimeException e) {
            hopper.close();
            throw inWords(e, folder, file);
        }
    }

    private ProblemException inWords(RuntimeException e, Path folder, Path file) {
        if (e instanceof ProblemException problem) return problem;
        String reason = OsmFile.reason(e);
        if (reason.contains("Graph after reading OSM must not be empty"))
            return ProblemException.invalid("network.noRoads", file).causedBy(e);
        if (!Files.isWritable(folder) || reason.contains("No space left")) return folders.notWritable(e);
        return OsmFile.broken(file, reason).causedBy(e);
    }
}
