package org.anquan.files;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.springframework.stereotype.Component;

/**
 * Lets few exports be written at one time, in the order in which they came: each holds a connection to the database and a
 * file as large as the layer. Sending the file that is written does not count.
 */
@Component
final class ExportTurns {
    private final Semaphore turns;
    private final int most;
    private final Duration patience;

    ExportTurns(FilesSettings settings) {
        this.most = settings.parallelExports();
        this.patience = settings.exportPatience();
        this.turns = new Semaphore(most, true);
    }

    interface Writing<T> {
        T write() throws IOException;
    }

    /** @throws ProblemException too many, where no turn came within the patience */
    <T> T inTurn(Writing<T> writing) throws IOException {
        if (!comes()) throw ProblemException.of(Kind.TOO_MANY, "files.exportsBusy", most, patience.toSeconds());
        try {
            return writing.write();
        } finally {
            turns.release();
        }
    }

    private boolean comes() {
        try {
            return turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
