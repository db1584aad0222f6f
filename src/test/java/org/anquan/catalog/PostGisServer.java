package org.anquan.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostGIS for tests: the one that {@code ANQUAN_TEST_POSTGIS} names (a JDBC address whose user may create schemas),
 * or else a cluster of the tests' own, once a JVM, on a free port of the loopback. It dies with this process, however that
 * ends. Its default collation is not that of bytes, so that what relies on the default shows.
 */
public final class PostGisServer implements AutoCloseable {
    private static final String GIVEN = System.getenv("ANQUAN_TEST_POSTGIS");
    private static final String USER = "anquan";
    private static @Nullable PostGisServer shared;
    private static boolean skipSaid;

    private final Path binaries;
    private final Path folder;
    private final int port;
    private final boolean asRoot;
    private @Nullable Process process;

    private PostGisServer(Path binaries) throws IOException {
        this.binaries = binaries;
        this.asRoot = ProcessHandle.current().info().user().orElse("").equals("root");
        this.folder = Files.createTempDirectory("anquan-postgis");
        if (asRoot) ran("chown", other(), folder.toString());
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
    }

    /** Address of a fresh, empty schema. The test is skipped, with one line said, where there is no PostGIS. */
    public static String freshSchema() {
        if (GIVEN != null && !GIVEN.isBlank()) return freshSchema(GIVEN);
        return freshSchema(shared().url());
    }

    /** The same in this cluster. */
    public String freshSchemaHere() {
        return freshSchema(url());
    }

    private static String freshSchema(String url) {
        String schema = "t_" + UUID.randomUUID().toString().replace('-', '_');
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    private static synchronized PostGisServer shared() {
        if (shared == null) shared = start(true);
        return shared;
    }

    /** A cluster that a test may stop and start as it likes. */
    public static PostGisServer own() {
        return start(false);
    }

    private static synchronized PostGisServer start(boolean quick) {
        Path binaries = binaries();
        if (binaries == null && !skipSaid) {
            System.out.println("skipped: tests on PostGIS (no PostgreSQL with PostGIS on this machine)");
            skipSaid = true;
        }
        Assumptions.assumeTrue(binaries != null, "no PostGIS on this machine");
        try {
            PostGisServer server = new PostGisServer(binaries);
            server.create(quick);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("PostGIS did not start", e);
        }
    }

    private static @Nullable Path binaries() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.filter(v -> Files.exists(v.resolve("bin/initdb")))
                    .filter(v -> Files.exists(Path.of("/usr/share/postgresql")
                            .resolve(v.getFileName())
                            .resolve("extension/postgis.control")))
                    .max(java.util.Comparator.comparing(
                            v -> Integer.parseInt(v.getFileName().toString())))
                    .map(v -> v.resolve("bin"))
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    public String url() {
        return url("anquan");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
    }

    private void create(boolean quick) throws IOException, SQLException {
        ran(asOther(
                binaries.resolve("initdb").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-U",
                USER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=icu",
                "--icu-locale=zh",
                "--no-sync"));
        String settings = """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                shared_buffers = 64MB
                shared_preload_libraries = 'postgis-3'
                fsync = %s
                """.formatted(port, quick ? "off" : "on");
        Path config = folder.resolve("data/postgresql.conf");
        if (asRoot) ran(asOther("sh", "-c", "cat >> " + config + " <<'END'\n" + settings + "END\n"));
        else Files.writeString(config, settings, java.nio.file.StandardOpenOption.APPEND);
        start();
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE anquan");
        }
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION postgis");
        }
    }

    /**
     * Starts the cluster, and returns when it answers. The shell ends it and takes it away when our end of its input closes
     * without a word, which it also does when this process is killed.
     */
    public void start() throws IOException {
        String run = binaries.resolve("postgres") + " -D " + folder.resolve("data") + " & pid=$!; read word;"
                + " kill -QUIT $pid 2>/dev/null; wait $pid; [ \"$word\" = keep ] || rm -rf " + folder;
        process = new ProcessBuilder(asOther("sh", "-c", run))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        SQLException last = null;
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); System.nanoTime() < end; ) {
            try (Connection connection = DriverManager.getConnection(url("postgres"))) {
                if (connection.isValid(5)) return;
            } catch (SQLException e) {
                last = e;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        throw new IOException("PostgreSQL did not start", last);
    }

    /** Ends all at once, as a crash does. */
    public void kill() throws IOException {
        stop("immediate");
    }

    /** Ends connections, but in order. */
    public void stop() throws IOException {
        stop("fast");
    }

    private void stop(String mode) throws IOException {
        ran(asOther(
                binaries.resolve("pg_ctl").toString(),
                "stop",
                "-w",
                "-m",
                mode,
                "-D",
                folder.resolve("data").toString()));
        Process shell = process;
        process = null;
        if (shell == null) return;
        try (OutputStream words = shell.getOutputStream()) {
            words.write("keep\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() {
        try {
            Process shell = process;
            if (shell != null) {
                shell.getOutputStream().close();
                if (!shell.waitFor(20, TimeUnit.SECONDS)) shell.destroyForcibly();
            }
            ran("rm", "-rf", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String other() {
        return "postgres";
    }

    private String[] asOther(String... command) {
        if (!asRoot) return command;
        List<String> all = new ArrayList<>(List.of("runuser", "-u", other(), "--"));
        all.addAll(Arrays.asList(command));
        return all.toArray(String[]::new);
    }

    private static void ran(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(Path.of("/").toFile())
                .start();
        process.getOutputStream().close();
        String said;
        try (InputStream out = process.getInputStream()) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        try {
            if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + ": " + said);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
