package org.anquan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Random;
import org.anquan.catalog.PostGisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same on PostGIS; in every third round the database is killed as well, while the service lives on. */
class PostGisDurabilityTest extends DurabilityTest {
    private static PostGisServer server;
    private final String url = server.freshSchemaHere();

    @BeforeAll
    static void start() {
        server = PostGisServer.own();
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    @Override
    String place() {
        return url;
    }

    @Override
    void disturb(int round, Random random) throws Exception {
        if (round % 3 != 1) return;
        Thread.sleep(random.nextInt(1000));
        server.kill();
        server.start();
    }

    /** Whether tables and indexes tell the same. */
    @Override
    void checkTheDatabaseItself() throws Exception {
        try (Connection connection = DriverManager.getConnection(url + ",public");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS amcheck SCHEMA public");
            for (String table : new String[] {"places", "ways", "anquan_history", "anquan_change_set"})
                assertThat(text(
                                statement,
                                "SELECT string_agg(bt_index_check(i.indexrelid, true)::text, '') FROM pg_index i"
                                        + " JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam"
                                        + " WHERE a.amname = 'btree' AND i.indrelid = '" + table + "'::regclass"))
                        .isNotNull();
            statement.execute("SET enable_seqscan = off");
            String byIndex = "SELECT count(*) FROM places WHERE geom && ST_MakeEnvelope(-180, -90, 180, 90, 4326)";
            assertThat(text(statement, "EXPLAIN " + byIndex)).contains("Aggregate");
            assertThat(text(statement, byIndex)).isEqualTo(text(statement, "SELECT count(*) FROM places"));
        }
    }
}
