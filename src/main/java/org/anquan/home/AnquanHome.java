package org.anquan.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anquan.problem.ProblemException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folder ({@code anquan.home}) that holds everything a running service writes. */
@Component
public final class AnquanHome {
    private final Path folder;

    public AnquanHome(@Value("${anquan.home}") Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    public Path folder() {
        return folder;
    }

    /** A sub-folder, made if it is not there. */
    public Path sub(String name) {
        Path path = folder.resolve(name);
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", folder).causedBy(e);
        }
    }

    /** The GeoPackage that holds the features where no other database is configured. */
    public Path geoPackage() {
        sub("data");
        return folder.resolve("data").resolve("anquan.gpkg");
    }
}
