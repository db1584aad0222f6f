package org.anquan.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anquan.catalog.Layers;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Service;

/** The mapping profiles: the shipped ones, and those of the data folder, which add to them or replace them. */
@Service
public final class Profiles {
    private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);
    private static final String SHIPPED = "classpath*:profiles/*.yaml";

    private final Layers layers;
    private final AnquanHome home;
    private final Map<String, String> shipped = new TreeMap<>();

    Profiles(Layers layers, AnquanHome home) {
        this.layers = layers;
        this.home = home;
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(SHIPPED))
                try (InputStream in = file.getInputStream()) {
                    shipped.put(
                            stem(String.valueOf(file.getFilename())),
                            new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stem(String name) {
        return name.substring(0, name.length() - ".yaml".length());
    }

    /** All of them by id. One of the data folder that cannot be read is left out, and the log says why. */
    public List<Profile> all() {
        Map<String, Profile> all = new TreeMap<>();
        shipped.forEach((id, yaml) -> all.put(id, ProfileReader.read(id, "profiles/" + id + ".yaml", yaml)));
        Path folder = home.folder().resolve("profiles");
        if (!Files.isDirectory(folder)) return List.copyOf(all.values());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.endsWith(".yaml") || name.startsWith(".")) continue;
                try {
                    all.put(stem(name), ProfileReader.read(stem(name), name, Files.readString(file)));
                } catch (ProblemException e) {
                    LOG.warn("{}", e.getMessage());
                }
            }
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", home.folder())
                    .causedBy(e);
        }
        return List.copyOf(all.values());
    }

    public Optional<Profile> find(String id) {
        return all().stream().filter(p -> p.id().equals(id)).findFirst();
    }

    /** What a profile's file says. */
    public Optional<String> yaml(String id) {
        Path file = home.folder().resolve("profiles").resolve(id + ".yaml");
        try {
            if (id.matches("[a-z0-9][a-z0-9._-]{0,59}") && Files.isRegularFile(file))
                return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", home.folder())
                    .causedBy(e);
        }
        return Optional.ofNullable(shipped.get(id));
    }

    /**
     * Keeps a profile in the data folder.
     *
     * @throws ProblemException invalid, with all that is wrong
     */
    public Profile save(String id, String yaml) {
        Profile profile = ProfileReader.read(id, id + ".yaml", yaml);
        new ProfileRules(profile, layers.definition(profile.layer()));
        try {
            Path folder = home.sub("profiles");
            Path fresh = Files.createTempFile(folder, "." + id, ".tmp");
            Files.writeString(fresh, yaml);
            Files.move(
                    fresh,
                    folder.resolve(id + ".yaml"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", home.folder())
                    .causedBy(e);
        }
        return profile;
    }

    /** Those that recognise a file with these columns, the surest first. */
    public List<Profile> recognising(List<String> columns, @Nullable String layer) {
        List<Profile> found = new ArrayList<>();
        for (Profile profile : all())
            if (profile.fits(columns) > 0 && (layer == null || layer.equals(profile.layer()))) found.add(profile);
        found.sort((a, b) -> Integer.compare(b.fits(columns), a.fits(columns)));
        return found;
    }

    /**
     * The one to be used: the one asked for, else the surest that recognises the file.
     *
     * @param layer null where none is chosen yet
     */
    @Nullable
    Profile choose(@Nullable String asked, @Nullable String layer, List<String> columns) {
        if (ImportRequest.Hints.NO_PROFILE.equals(asked)) return null;
        if (asked == null || asked.isBlank()) {
            List<Profile> found = recognising(columns, layer);
            return found.isEmpty() ? null : found.get(0);
        }
        Profile profile = find(asked)
                .orElseThrow(() -> ProblemException.notFound(
                        "exchange.noProfile",
                        asked,
                        all().stream().map(Profile::id).toList()));
        if (layer != null && !layer.equals(profile.layer()))
            throw ProblemException.invalid("exchange.profile.otherLayer", asked, profile.layer(), layer);
        return profile;
    }
}
