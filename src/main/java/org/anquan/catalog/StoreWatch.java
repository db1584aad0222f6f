package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks out for changes that other processes make in the same store: other service instances, or the command line. The
 * database's word is waited for where it gives one; beyond that the versions are read once an interval in any case.
 */
final class StoreWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);

    private static final long LONGEST_GOODBYE_MILLIS = 2000;
    /** Definitions are some 80 KB; the versions are looked at each time. */
    private static final int LOOKS_FOR_DEFINITIONS = 3;

    private final Dialect dialect;
    private final long intervalMillis;
    private final Consumer<Map<String, Long>> versions;
    private final Consumer<Map<DocumentNews.Key, DocumentNews.Stand>> documents;
    private final Consumer<Map<String, String>> definitions;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection connection;

    /**
     * @param versions gets the version of every layer; called on a thread of this watch
     * @param documents gets the state of every document; called on the same thread
     * @param definitions gets the definition that every layer's table follows, less often, as these hardly ever change
     */
    StoreWatch(
            Dialect dialect,
            StoreSettings settings,
            Consumer<Map<String, Long>> versions,
            Consumer<Map<DocumentNews.Key, DocumentNews.Stand>> documents,
            Consumer<Map<String, String>> definitions) {
        this.dialect = dialect;
        this.intervalMillis = settings.watchInterval().toMillis();
        this.versions = versions;
        this.documents = documents;
        this.definitions = definitions;
        thread = new Thread(this::run, "store-watch");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        boolean away = false;
        while (!closed) {
            try (Connection own = dialect.openWatch()) {
                connection = own;
                if (away) LOG.info("{} is back", dialect.shown());
                away = false;
                for (int look = 1; !closed; look++) {
                    versions.accept(read(own));
                    documents.accept(documents(own));
                    if (look % LOOKS_FOR_DEFINITIONS == 0) definitions.accept(readDefinitions(own));
                    dialect.awaitNews(own, intervalMillis);
                }
            } catch (SQLException e) {
                if (!away && !closed) LOG.warn("{} is away: {}", dialect.shown(), e.getMessage());
                away = true;
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static Map<String, Long> read(Connection connection) throws SQLException {
        Map<String, Long> versions = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT layer, version FROM anquan_layer");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) versions.put(row.getString(1), row.getLong(2));
        }
        return versions;
    }

    private static Map<String, String> readDefinitions(Connection connection) throws SQLException {
        Map<String, String> definitions = new LinkedHashMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT layer, definition FROM anquan_definition");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) definitions.put(row.getString(1), row.getString(2));
        }
        return definitions;
    }

    static Map<DocumentNews.Key, DocumentNews.Stand> documents(Connection connection) throws SQLException {
        Map<DocumentNews.Key, DocumentNews.Stand> stands = new HashMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT kind, name, version, changed_at FROM anquan_document");
                ResultSet row = statement.executeQuery()) {
            while (row.next())
                stands.put(
                        new DocumentNews.Key(row.getString(1), row.getString(2)),
                        new DocumentNews.Stand(row.getLong(3), Instant.parse(row.getString(4))));
        }
        return stands;
    }

    private void pause() {
        try {
            Thread.sleep(intervalMillis);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Connection own = connection;
        try {
            if (own != null) own.abort(Runnable::run);
            thread.join(LONGEST_GOODBYE_MILLIS);
        } catch (SQLException e) {
            // It is gone in any case.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
