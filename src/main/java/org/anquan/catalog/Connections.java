package org.anquan.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's connections: one that writes, for one thread at a time in the order in which they came, and a few that only
 * read. Readers see the last commit and wait for nobody.
 *
 * <p>A database that went away and came back is found again by the first who asks: a connection that lay idle and turns
 * out to be dead is replaced, and its work done anew. Where the connection breaks while a change is being committed, the
 * database is asked afterwards whether it was; nobody is told that nothing was saved when something was.
 *
 * <p>A pool of its own, and not HikariCP: one writer, readers in fair order and both kinds of database are what is needed,
 * and a pool with threads of its own would be a second opinion on when the database is there.
 */
final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    /** A connection that rested longer is looked at before it is used: its host may have vanished without a word. */
    private static final long RESTED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long SAID_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_MILLIS = 200;
    private static final long LONGEST_QUESTION_MILLIS = 10_000;

    private final Dialect dialect;
    private final long waitMillis;
    private final Semaphore readers;
    private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();
    private final ReentrantLock writing = new ReentrantLock(true);
    private final AtomicLong saidNanos = new AtomicLong();
    private @Nullable Idle writer;
    private volatile boolean closed;
    /** Connections of an earlier one are not used again. */
    private final AtomicLong generation = new AtomicLong();

    private record Idle(Connection connection, long sinceNanos) {
        static Idle now(Connection connection) {
            return new Idle(connection, System.nanoTime());
        }
    }

    Connections(Dialect dialect, StoreSettings settings) {
        this.dialect = dialect;
        this.waitMillis = settings.patience().toMillis();
        this.readers = new Semaphore(settings.readers(), true);
    }

    /** Something to do on a connection, inside a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** All reads of the work see one and the same state. It may be begun anew, if the connection was dead. */
    <T> T read(Work<T> work) {
        await(() -> readers.tryAcquire(waitMillis, TimeUnit.MILLISECONDS));
        long begun = generation.get();
        try {
            Connection rested = rested(idle.pollFirst());
            if (rested != null) {
                try {
                    return readOn(rested, begun, work);
                } catch (SQLException e) {
                    if (dialect.trouble(e) != StoreTrouble.AWAY) throw e;
                    closeIdle();
                }
            }
            return readOn(dialect.open(true), begun, work);
        } catch (SQLException e) {
            throw inWords(e);
        } finally {
            readers.release();
        }
    }

    private <T> T readOn(Connection connection, long begun, Work<T> work) throws SQLException {
        boolean sound = false;
        try {
            dialect.begin(connection, false);
            T result = finished(connection, work);
            sound = true;
            return result;
        } finally {
            if (sound && !closed && begun == generation.get()) idle.addFirst(Idle.now(connection));
            else close(connection);
        }
    }

    /** The connection, unless it was resting for long and died meanwhile. */
    private @Nullable Connection rested(@Nullable Idle last) {
        if (last == null) return null;
        if (System.nanoTime() - last.sinceNanos() < RESTED_NANOS || dialect.isAlive(last.connection()))
            return last.connection();
        close(last.connection());
        return null;
    }

    /** As {@link #read}, on a connection of its own: for work that lasts as long as its reader is slow. */
    <T> T readAtLength(Work<T> work) {
        try (Connection connection = dialect.open(true)) {
            dialect.begin(connection, false);
            return finished(connection, work);
        } catch (SQLException e) {
            throw inWords(e);
        }
    }

    private <T> T finished(Connection connection, Work<T> work) throws SQLException {
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

    /** What the work writes is there altogether once this returns, or not at all if it throws. */
    <T> T write(Work<T> work) {
        if (writing.isHeldByCurrentThread()) throw new IllegalStateException("a change inside a change");
        await(() -> writing.tryLock(waitMillis, TimeUnit.MILLISECONDS));
        Connection connection = null;
        boolean sound = false;
        try {
            Begun begun = begin();
            connection = begun.connection();
            T result = written(connection, work);
            sound = commit(connection, begun.transaction());
            return result;
        } catch (SQLException e) {
            throw inWords(e);
        } finally {
            // Cheap to open again, and nothing half done can stay behind.
            if (!sound) close(connection);
            writer = sound && connection != null ? Idle.now(connection) : null;
            writing.unlock();
        }
    }

    /** @param transaction what the database calls it, or null where commits cannot be in doubt */
    private record Begun(Connection connection, @Nullable String transaction) {}

    private Begun begin() throws SQLException {
        Connection rested = rested(writer);
        writer = null;
        if (rested != null) {
            try {
                return new Begun(rested, dialect.begin(rested, true));
            } catch (SQLException e) {
                close(rested);
                if (dialect.trouble(e) != StoreTrouble.AWAY) throw e;
            }
        }
        Connection fresh = dialect.open(false);
        boolean begun = false;
        try {
            Begun all = new Begun(fresh, dialect.begin(fresh, true));
            begun = true;
            return all;
        } finally {
            if (!begun) close(fresh);
        }
    }

    private <T> T written(Connection connection, Work<T> work) throws SQLException {
        boolean done = false;
        try {
            T result = work.on(connection);
            done = true;
            return result;
        } finally {
            if (!done) rollback(connection);
        }
    }

    /** Whether the connection can be used further; returns only if the change is in the database. */
    private boolean commit(Connection connection, @Nullable String transaction) throws SQLException {
        try {
            dialect.commit(connection);
            return true;
        } catch (SQLException e) {
            if (transaction == null || dialect.trouble(e) != StoreTrouble.AWAY) {
                rollback(connection);
                throw e;
            }
            close(connection);
            if (!wasCommitted(transaction, e)) throw e;
            return false;
        }
    }

    private boolean wasCommitted(String transaction, SQLException broken) {
        LOG.warn("The connection broke during a commit; asking whether it was done: {}", broken.getMessage());
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(waitMillis, LONGEST_QUESTION_MILLIS));
        while (!closed && System.nanoTime() < end) {
            try (Connection connection = dialect.open(true)) {
                Boolean committed = dialect.wasCommitted(connection, transaction);
                if (committed != null) return committed;
            } catch (SQLException e) {
                // Still away.
            }
            if (!paused()) break;
        }
        throw ProblemException.unavailable("catalog.store.unsure").causedBy(broken);
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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
        throw busy();
    }

    private ProblemException busy() {
        return ProblemException.unavailable("catalog.store.busy", waitMillis / 1000);
    }

    /** The database's own words may name hosts, paths and accounts: they go to the log, not to whoever asked. */
    RuntimeException inWords(SQLException e) {
        StoreTrouble trouble = dialect.trouble(e);
        if (trouble == null) return new IllegalStateException("the store refused a statement of ours", e);
        if (trouble == StoreTrouble.BUSY) return busy().causedBy(e);
        long now = System.nanoTime();
        long last = saidNanos.get();
        // Everybody who asks meets it; the log says it once in a while.
        if ((now - last > SAID_AGAIN_NANOS || last == 0) && saidNanos.compareAndSet(last, now))
            LOG.warn("{}: {} ({})", dialect.shown(), e.getMessage(), e.getSQLState());
        return ProblemException.unavailable(trouble.key(), dialect.kind()).causedBy(e);
    }

    /** From here on, reads are on new connections: after tables changed, what a connection has prepared may be wrong. */
    void renew() {
        generation.incrementAndGet();
        closeIdle();
    }

    private void closeIdle() {
        for (Idle one = idle.pollFirst(); one != null; one = idle.pollFirst()) close(one.connection());
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
            closeIdle();
            if (writer != null) close(writer.connection());
            writer = null;
        } finally {
            writing.unlock();
        }
    }
}
