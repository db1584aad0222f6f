package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database that goes away and comes back. */
class PostGisOutageTest {
    private static PostGisServer server;

    @BeforeAll
    static void start() {
        server = PostGisServer.own();
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    private static List<String> names(TestCatalogue store) {
        return store.layers().find(FeatureQuery.all("places")).features().stream()
                .map(Feature::name)
                .toList();
    }

    @Test
    void whileTheDatabaseIsAwayEverybodyIsToldAndAfterwardsAllGoesOnByItself() throws IOException {
        try (TestCatalogue store = TestCatalogue.open(server.freshSchemaHere())) {
            store.place("甲", 105, 32, Map.of());
            store.layers().snapshot("places");
            server.stop();
            ProblemException read = catchThrowableOfType(ProblemException.class, () -> names(store));
            assertThat(read.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(read.detail().toString()).contains("连不上数据库").contains("PostGIS");
            assertThat(read.help().toString()).contains("不用重启");
            ProblemException write =
                    catchThrowableOfType(ProblemException.class, () -> store.place("乙", 105, 32, Map.of()));
            assertThat(write.kind()).isEqualTo(Kind.UNAVAILABLE);
            server.start();
            assertThat(names(store)).containsExactly("甲");
            store.place("丙", 105, 32, Map.of());
            assertThat(names(store)).containsExactly("甲", "丙");
            assertThat(store.layers().snapshot("places").features()).hasSize(2);
        }
    }

    @Test
    void aStoreThatStartsBeforeItsDatabaseWaitsForIt() throws Exception {
        String url = server.freshSchemaHere();
        server.stop();
        List<String> seen = new ArrayList<>();
        Thread service = new Thread(() -> {
            try (TestCatalogue store = TestCatalogue.open(url)) {
                seen.add(store.place("甲", 105, 32, Map.of()));
            }
        });
        service.start();
        Thread.sleep(1500);
        server.start();
        service.join(30_000);
        assertThat(seen).hasSize(1);
    }

    private static void asAdministrator(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        }
    }

    private static String database(String name, String user) {
        return server.url().replaceFirst("/anquan\\?user=anquan", "/" + name + "?user=" + user);
    }

    /** As the administrator's manual sets it up: the service's account owns the database and nothing else. */
    @Test
    void aPlainAccountIsEnough() throws Exception {
        asAdministrator(
                "CREATE ROLE plain LOGIN PASSWORD 'x'", "CREATE DATABASE county OWNER plain TEMPLATE template0");
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> TestCatalogue.open(database("county", "plain")));
        assertThat(refused.help().toString()).contains("CREATE EXTENSION postgis");
        try (Connection connection = DriverManager.getConnection(database("county", "anquan"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION postgis");
        }
        for (String schema : List.of("", "&currentSchema=ours")) {
            try (TestCatalogue store = TestCatalogue.open(database("county", "plain") + schema)) {
                store.edits().load(me("load"), "places", LoadMode.REPLACE, sink -> {
                    for (int i = 0; i < 50; i++)
                        sink.add(new FeatureDraft("p" + i, point(i, i), Map.of("name", "n" + i), null));
                });
                store.place("甲", 105, 32, Map.of());
                assertThat(store.layers()
                                .find(FeatureQuery.all("places").in(new org.anquan.geo.Bbox(104, 31, 106, 33)))
                                .features())
                        .extracting(Feature::name)
                        .containsExactly("甲");
                assertThat(names(store)).hasSize(51);
            }
        }
    }

    @Test
    void aDatabaseThatCannotHoldChineseIsRefused() throws Exception {
        asAdministrator("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0");
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> TestCatalogue.open(database("latin", "anquan")));
        assertThat(refused.detail().toString()).contains("LATIN1");
        assertThat(refused.help().toString()).contains("ENCODING 'UTF8'");
    }

    /** A standby, or an account that may only look. */
    @Test
    void aDatabaseThatMayOnlyBeReadIsReadAndNotWritten() {
        String url = server.freshSchemaHere();
        try (TestCatalogue store = TestCatalogue.open(url)) {
            store.place("甲", 105, 32, Map.of());
        }
        try (TestCatalogue store = TestCatalogue.open(url + "&options=-c%20default_transaction_read_only=on")) {
            assertThat(names(store)).containsExactly("甲");
            ProblemException refused =
                    catchThrowableOfType(ProblemException.class, () -> store.place("乙", 105, 32, Map.of()));
            assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(refused.title().toString()).isEqualTo("数据库只能读，不能写");
            assertThat(refused.getMessage()).doesNotContain("127.0.0.1").doesNotContain("user=");
        }
    }

    /** Each crash may hit before, within or after a commit; whoever was told "saved" finds it, and only those. */
    @Test
    void whatWasAcknowledgedSurvivesCrashesOfTheDatabase() throws Exception {
        String url = server.freshSchemaHere();
        List<String> acknowledged = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        List<String> unsure = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        try (TestCatalogue store = TestCatalogue.open(url)) {
            Thread writer = new Thread(() -> {
                for (int i = 0; !over.get(); i++) {
                    String id = "e" + i;
                    try {
                        store.edits()
                                .apply(
                                        me("edit"),
                                        List.of(
                                                new Change.Create("places", id, point(i % 180, 1), Map.of("name", id)),
                                                new Change.Create(
                                                        "ways",
                                                        id,
                                                        TestCatalogue.wkt("LINESTRING (0 0, 1 1)"),
                                                        Map.of("name", id))));
                        acknowledged.add(id);
                    } catch (ProblemException e) {
                        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
                        (e.detail().toString().contains("可能没有") ? unsure : refused).add(id);
                    }
                }
            });
            writer.start();
            for (int crash = 0; crash < 3; crash++) {
                Thread.sleep(700);
                server.kill();
                server.start();
            }
            Thread.sleep(500);
            over.set(true);
            writer.join();
        }
        try (TestCatalogue store = TestCatalogue.open(url)) {
            List<String> there = names(store);
            assertThat(acknowledged).isNotEmpty();
            assertThat(there).containsAll(acknowledged);
            // On a slow machine a crash may meet no edit at all, so that nothing was refused.
            assertThat(there).filteredOn(refused::contains).isEmpty();
            assertThat(store.layers().snapshot("ways").features())
                    .extracting(Feature::name)
                    .containsExactlyInAnyOrderElementsOf(there);
            assertThat(store.layers().state("places").version()).isEqualTo(there.size());
            assertThat(store.edits().changeSets("places", 100_000)).hasSameSizeAs(there);
            System.out.println(acknowledged.size() + " acknowledged, " + refused.size() + " refused, " + unsure.size()
                    + " unsure, 3 crashes");
        }
    }
}
