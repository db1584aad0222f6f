package org.anquan.files;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anquan.exchange.ImportReport;
import org.anquan.exchange.RefusedRows;
import org.anquan.exchange.ReportWorkbook;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/**
 * Uploads and the workbooks of reports, each in {@code tmp} of the data folder, under names of ours alone; what is older
 * than the settings allow is removed each hour, at each upload and at the start.
 */
@Component
final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Set<String> SHAPEFILE_PARTS =
            Set.of(".shp", ".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".xml", ".qmd");
    private static final String NAME = "name";
    private static final int LONGEST_NAME = 200;

    private final AnquanHome home;
    private final FilesSettings settings;
    private final ScheduledExecutorService cleaner;

    Uploads(AnquanHome home, FilesSettings settings) {
        this.home = home;
        this.settings = settings;
        this.cleaner = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "uploads");
            thread.setDaemon(true);
            return thread;
        });
        cleaner.scheduleWithFixedDelay(this::clean, 1, 60, TimeUnit.MINUTES);
    }

    @PreDestroy
    void close() {
        cleaner.shutdownNow();
    }

    private Path folder(String kind) {
        return home.sub("tmp").resolve(kind);
    }

    /** @throws ProblemException where there are no parts, too many, or several that are not one shapefile set */
    Upload store(List<MultipartFile> parts) {
        List<MultipartFile> files =
                parts.stream().filter(p -> !p.isEmpty() || parts.size() == 1).toList();
        if (files.isEmpty()) throw ProblemException.invalid("files.noFile");
        if (files.size() > settings.maxParts())
            throw ProblemException.of(Kind.TOO_LARGE, "files.tooManyParts", files.size(), settings.maxParts());
        clean();
        String id = newId();
        Path folder = folder("uploads").resolve(id);
        try {
            Files.createDirectories(folder.getParent());
            try (Stream<Path> present = Files.list(folder.getParent())) {
                if (present.count() >= settings.maxUploads())
                    throw ProblemException.of(Kind.TOO_MANY, "files.tooMany", settings.maxUploads());
            }
            Files.createDirectory(folder);
            String name = files.size() == 1 ? one(files.get(0), folder) : set(files, folder);
            Files.writeString(folder.resolve(NAME), name);
            return find(id);
        } catch (IOException e) {
            delete(folder);
            throw ProblemException.unavailable("home.notWritable", home.folder())
                    .causedBy(e);
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static String one(MultipartFile part, Path folder) throws IOException {
        String name = plainName(part);
        // A lone .shp keeps its ending, so that the reader looks for its siblings and says that they are missing.
        part.transferTo(folder.resolve("data" + (ending(name).equals(".shp") ? ".shp" : "")));
        return name;
    }

    /** The parts of one shapefile lie beside each other. */
    private static String set(List<MultipartFile> parts, Path folder) throws IOException {
        String shp = "";
        Set<String> stems = new HashSet<>();
        Set<String> endings = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (MultipartFile part : parts) {
            String name = plainName(part);
            String ending = ending(name);
            names.add(name);
            boolean known = SHAPEFILE_PARTS.contains(ending) && endings.add(ending);
            if (!known) throw ProblemException.invalid("files.notOneSet", name);
            stems.add(name.substring(0, name.length() - ending.length())
                    .toLowerCase(Locale.ROOT)
                    .replaceFirst("\\.shp$", ""));
            if (ending.equals(".shp")) shp = name;
        }
        if (shp.isEmpty() || stems.size() > 1) throw ProblemException.invalid("files.notOneSet", names);
        for (MultipartFile part : parts) part.transferTo(folder.resolve("data" + ending(plainName(part))));
        return shp;
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    /** For messages only: no path of ours is made of it. */
    private static String plainName(MultipartFile part) {
        String given = part.getOriginalFilename();
        String name = given == null ? "" : given.replace('\\', '/');
        name = name.substring(name.lastIndexOf('/') + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        if (name.isEmpty()) return "upload";
        return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
    }

    /** @throws ProblemException not found, for one that never was or is gone */
    Upload find(String id) {
        Path folder = folder("uploads").resolve(ID.matcher(id).matches() ? id : "none");
        try {
            if (!Files.isRegularFile(folder.resolve(NAME)))
                throw ProblemException.notFound(
                        "files.noUpload", settings.uploadsKeptFor().toHours());
            Path file = folder.resolve("data.shp");
            if (!Files.isRegularFile(file)) file = folder.resolve("data");
            long bytes = 0;
            try (Stream<Path> all = Files.list(folder)) {
                for (Path one : all.toList()) if (!one.endsWith(NAME)) bytes += Files.size(one);
            }
            Instant touched = Instant.now();
            Files.setLastModifiedTime(folder, FileTime.from(touched));
            return new Upload(
                    id, Files.readString(folder.resolve(NAME)), file, bytes, touched.plus(settings.uploadsKeptFor()));
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", home.folder())
                    .causedBy(e);
        }
    }

    void delete(String id) {
        find(id);
        delete(folder("uploads").resolve(id));
    }

    /** Keeps the workbook of a report; returns its id. */
    String report(ImportReport report, RefusedRows refused) {
        String id = newId();
        try {
            Path folder = Files.createDirectories(folder("reports"));
            Path fresh = folder.resolve(id + ".part");
            try (var out = Files.newOutputStream(fresh)) {
                ReportWorkbook.write(report, refused, out);
            }
            Files.move(fresh, folder.resolve(id + ".xlsx"));
            return id;
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", home.folder())
                    .causedBy(e);
        }
    }

    Path report(String id) {
        Path file = folder("reports").resolve((ID.matcher(id).matches() ? id : "none") + ".xlsx");
        if (!Files.isRegularFile(file))
            throw ProblemException.notFound(
                    "files.noReport", settings.reportsKeptFor().toDays());
        return file;
    }

    private static String newId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    // Age

    void clean() {
        try {
            clean(folder("uploads"), settings.uploadsKeptFor());
            clean(folder("reports"), settings.reportsKeptFor());
        } catch (IOException | ProblemException e) {
            LOG.warn("Old uploads cannot be removed", e);
        }
    }

    private static void clean(Path folder, Duration keptFor) throws IOException {
        if (!Files.isDirectory(folder)) return;
        FileTime oldest = FileTime.from(Instant.now().minus(keptFor));
        try (Stream<Path> all = Files.list(folder)) {
            for (Path one : all.toList()) if (Files.getLastModifiedTime(one).compareTo(oldest) < 0) delete(one);
        }
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) return;
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed", path, e);
        }
    }
}
