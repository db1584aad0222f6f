package org.anquan.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The store's connections: one that writes, for one thread at a time in the order in which they came, and a few that only
 * read. Readers see the last commit and wait for nobody.
 */
final class Connections implements AutoCloseable {
    private final Dialect dialect;
    private final long waitMillis;
    private final Semaphore readers;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final ReentrantLock writing = new ReentrantLock(true);
    private @Nullable Connection writer;
    private volatile boolean closed;

    Connections(Dialect dialect, StoreSettings settings) {
        this.dialect = dialect;
        this.waitMillis = settings.patience().toMillis();
        this.readers = new Semaphore(settings.readers(), true);
    }

    /** Something to do on a connection, inside a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** All reads of the work see one and the same state. */
    <T> T read(Work<T> work) {
        await(() -> readers.tryAcquire(waitMillis, TimeUnit.MILLISECONDS));
        Connection connection = null;
        boolean sound = false;
        try {
            connection = idle.pollFirst();
            if (connection == null) connection = dialect.open(true);
            T result = inTransaction(connection, false, work);
            sound = true;
            return result;
        } catch (SQLException e) {
            throw inWords(e);
        } finally {
            if (connection != null && sound && !closed) idle.addFirst(connection);
            else close(connection);
            readers.release();
        }
    }

    /** As {@link #read}, on a connection of its own: for work that lasts as long as its reader is slow. */
    <T> T readAtLength(Work<T> work) {
        try (Connection connection = dialect.open(true)) {
            return inTransaction(connection, false, work);
        } catch (SQLException e) {
            throw inWords(e);
        }
    }

    /** What the work writes is there altogether once this returns, or not at all if it throws. */
    <T> T write(Work<T> work) {
        if (writing.isHeldByCurrentThread()) throw new IllegalStateException("a change inside a change");
        await(() -> writing.tryLock(waitMillis, TimeUnit.MILLISECONDS));
        boolean sound = false;
        try {
            Connection connection = writer == null ? dialect.open(false) : writer;
            writer = connection;
            T result = inTransaction(connection, true, work);
            sound = true;
            return result;
        } catch (SQLException e) {
            throw inWords(e);
        } finally {
            if (!sound) {
                // Cheap to open again, and nothing half done can stay behind.
                close(writer);
                writer = null;
            }
            writing.unlock();
        }
    }

    private <T> T inTransaction(Connection connection, boolean write, Work<T> work) throws SQLException {
        dialect.begin(connection, write);
        boolean done = false;
        try {
            T result = work.on(connection);
            dialect.commit(connection);
            done = true;
            return result;
        } finally {
            if (!done) rollback(connection);
        }
    }

    private void rollback(Connection connection) {
        try {
            dialect.rollback(connection);
        } catch (SQLException e) {
            // Already rolled back by the database, or the connection is gone; it is closed in either case.
        }
    }

    private interface Turn {
        boolean comes() throws InterruptedException;
    }

    private void await(Turn turn) {
        if (closed) throw ProblemException.unavailable("catalog.store.closed");
        try {
            if (turn.comes()) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable("catalog.store.busy", waitMillis / 1000);
    }

    RuntimeException inWords(SQLException e) {
        if (dialect.unavailable(e))
            return ProblemException.unavailable("catalog.store.unavailable", String.valueOf(e.getMessage()))
                    .causedBy(e);
        return new IllegalStateException("the store refused a statement of ours", e);
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) connection.close();
        } catch (SQLException e) {
            // Nothing is lost: what was committed is on the disk.
        }
    }

    @Override
    public void close() {
        closed = true;
        writing.lock();
        try {
            for (Connection c = idle.pollFirst(); c != null; c = idle.pollFirst()) close(c);
            close(writer);
            writer = null;
        } finally {
            writing.unlock();
        }
    }
}
