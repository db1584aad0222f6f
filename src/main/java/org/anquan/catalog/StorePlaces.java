package org.anquan.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.springframework.core.env.Environment;

/** Finds the database that a setting or a command names. */
final class StorePlaces {
    private final AnquanHome home;
    private final StoreSettings settings;
    private final Environment environment;

    StorePlaces(AnquanHome home, StoreSettings settings, Environment environment) {
        this.home = home;
        this.settings = settings;
        this.environment = environment;
    }

    /** PostGIS where {@code spring.datasource.url} names one, else the GeoPackage in the data folder. */
    Dialect configured() {
        String url = url();
        return url.isEmpty()
                ? new GeoPackageDialect(home.geoPackage(), settings)
                : postGis(url, setting("username"), setting("password"));
    }

    /**
     * @param place {@code jdbc:postgresql://…}, or the path of a GeoPackage. Who is not named in the address signs in as the
     *     settings say for the same address, else by PGUSER and PGPASSWORD, as with PostgreSQL's own tools
     */
    Dialect named(String place) {
        if (!StoreCopies.isFile(place))
            return place.equals(url())
                    ? configured()
                    : postGis(place, environment.getProperty("PGUSER"), environment.getProperty("PGPASSWORD"));
        Path file = Path.of(place).toAbsolutePath().normalize();
        if (!place.toLowerCase(Locale.ROOT).endsWith(".gpkg"))
            throw ProblemException.invalid("catalog.copy.place", place);
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder))
            throw ProblemException.notFound("catalog.copy.noFolder", file);
        return new GeoPackageDialect(file, settings);
    }

    private Dialect postGis(String url, @Nullable String user, @Nullable String password) {
        StoreAddress address = new StoreAddress(url, user, password);
        // What the driver does not understand it would repeat in full, with all that stands in it.
        if (Driver.parseURL(url, null) == null)
            throw ProblemException.invalid("catalog.store.address", address.shown());
        return new PostGisDialect(address, settings);
    }

    private String url() {
        return environment.getProperty("spring.datasource.url", "").strip();
    }

    private @Nullable String setting(String name) {
        return environment.getProperty("spring.datasource." + name);
    }
}
