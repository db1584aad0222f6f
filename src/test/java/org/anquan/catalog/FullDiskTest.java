package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that fills up under the store, or is read-only: a real one of a few megabytes, where we may mount it. */
class FullDiskTest {
    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createTempDirectory("anquan-disk");
        mounted = ran("mount", "-t", "tmpfs", "-o", "size=6m,mode=0777", "tmpfs", disk.toString());
        if (!mounted) System.out.println("skipped: full and read-only disks (may not mount a tmpfs here)");
        Assumptions.assumeTrue(mounted);
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) ran("umount", "-l", disk.toString());
        Files.deleteIfExists(disk);
    }

    private static boolean ran(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    private static void load(TestCatalogue store, String mark) throws IOException {
        store.edits().load(me("load"), "places", LoadMode.APPEND, sink -> {
            for (int i = 0; i < 20_000; i++)
                sink.add(new FeatureDraft(
                        mark + i, point(i % 180, i % 90), Map.of("name", mark, "remark", "r".repeat(400)), null));
        });
    }

    private static long count(TestCatalogue store) {
        return store.layers().find(FeatureQuery.all("places")).matched();
    }

    private void fillsUpAndRecovers(TestCatalogue store) throws Exception {
        store.place("甲", 105, 32, Map.of());
        ProblemException full = catchThrowableOfType(ProblemException.class, () -> load(store, "big"));
        assertThat(full.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(full.title().toString()).isEqualTo("磁盘已满");
        assertThat(full.help().toString()).contains("不用重启");
        // What was there is there, nothing half is, and room on the disk is enough to go on.
        assertThat(count(store)).isEqualTo(1);
        assertThat(ran("mount", "-o", "remount,size=200m", disk.toString())).isTrue();
        load(store, "again");
        assertThat(count(store)).isEqualTo(20_001);
        assertThat(store.layers().state("places").version()).isEqualTo(2);
    }

    @Test
    void aFullDiskIsSaidAndNothingIsLost() throws Exception {
        try (TestCatalogue store = TestCatalogue.open(disk)) {
            fillsUpAndRecovers(store);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + disk.resolve("test.gpkg"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).isEqualTo("ok");
        }
    }

    /** The tables of this schema stand on the small disk, everything else of the cluster elsewhere. */
    @Test
    void aFullDiskUnderPostGisIsSaidAndNothingIsLost() throws Exception {
        try (PostGisServer server = PostGisServer.own()) {
            Path tables = Files.createDirectory(disk.resolve("tables"));
            assertThat(ran("chown", "postgres", tables.toString())).isTrue();
            try (Connection connection = DriverManager.getConnection(server.url());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLESPACE small LOCATION '" + tables + "'");
            }
            String url = server.freshSchemaHere() + "&options=-c%20default_tablespace=small";
            try (TestCatalogue store = TestCatalogue.open(url)) {
                fillsUpAndRecovers(store);
            }
        }
    }

    @Test
    void aReadOnlyFolderIsRefusedAtTheStartWithWords() throws Exception {
        assertThat(ran("mount", "-o", "remount,ro", disk.toString())).isTrue();
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> TestCatalogue.open(disk));
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused.help().toString()).contains("写入权限");
    }
}
