package org.anquan.network;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Where imported networks lie: {@code roads/<stamp>/} each, and the file {@code roads/current} with the stamp of the one
 * in use. A network is complete on the disk before {@code current} names it, and {@code current} is changed in one step;
 * so a crash at any moment leaves either the old or the new network.
 */
final class RoadFolders {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String CURRENT = "current";
    private static final String LOCK = "import.lock";

    private final AnquanHome home;

    RoadFolders(AnquanHome home) {
        this.home = home;
    }

    /** The folder of the network in use. */
    Optional<Path> current() {
        Path roads = home.folder().resolve("roads");
        try {
            String stamp = Files.readString(roads.resolve(CURRENT), StandardCharsets.UTF_8)
                    .strip();
            return stamp.isEmpty() ? Optional.empty() : Optional.of(roads.resolve(stamp));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw ProblemException.unavailable("network.unreadable", roads.resolve(CURRENT), OsmFile.reason(e))
                    .causedBy(e);
        }
    }

    /** One import at a time, also among processes that share a home. Held until closed; null where another holds it. */
    @Nullable
    Held lock() {
        Path file = home.sub("roads").resolve(LOCK);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) return new Held(channel);
            channel.close();
            return null;
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
            return null;
        } catch (IOException e) {
            closeQuietly(channel);
            throw notWritable(e);
        }
    }

    record Held(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            closeQuietly(channel);
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) channel.close();
        } catch (IOException e) {
            // Nothing was written to it.
        }
    }

    /** A new, empty folder. */
    Path create(Clock clock) {
        Path roads = home.sub("roads");
        String stamp = STAMP.format(clock.instant());
        try {
            Path folder = roads.resolve(stamp);
            for (int i = 2; Files.exists(folder); i++) folder = roads.resolve(stamp + "-" + i);
            return Files.createDirectory(folder);
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    /** Returns when all of a network is on the disk. */
    void syncAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) sync(file);
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    /** Makes a finished network the current one and removes the others. */
    void use(Path folder) {
        Path roads = home.sub("roads");
        try {
            Path next = roads.resolve(CURRENT + ".new");
            Files.writeString(next, folder.getFileName() + "\n", StandardCharsets.UTF_8);
            sync(next);
            Files.move(
                    next, roads.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw notWritable(e);
        }
        for (Path other : networks()) if (!other.equals(folder)) remove(other);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private List<Path> networks() {
        try (Stream<Path> all = Files.list(home.sub("roads"))) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Removes as much as can be removed; what is left is removed after the next import. */
    void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        } catch (IOException e) {
            System.getLogger(RoadFolders.class.getName())
                    .log(System.Logger.Level.WARNING, "could not remove " + folder, e);
        }
    }

    ProblemException notWritable(Throwable cause) {
        return ProblemException.unavailable("home.notWritable", home.folder()).causedBy(cause);
    }
}
