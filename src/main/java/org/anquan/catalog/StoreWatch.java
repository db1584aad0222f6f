package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private final Dialect dialect;
    private final long intervalMillis;
    private final Consumer<Map<String, Long>> versions;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection connection;

    /** @param versions gets the version of every layer; called on a thread of this watch */
    StoreWatch(Dialect dialect, StoreSettings settings, Consumer<Map<String, Long>> versions) {
        this.dialect = dialect;
        this.intervalMillis = settings.watchInterval().toMillis();
        this.versions = versions;
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
                while (!closed) {
                    versions.accept(read(own));
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
