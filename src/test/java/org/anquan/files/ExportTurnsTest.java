package org.anquan.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ExportTurnsTest {
    private static ExportTurns turns(int most, Duration patience) {
        return new ExportTurns(new FilesSettings(
                DataSize.ofMegabytes(1), 5, 5, Duration.ofHours(1), Duration.ofHours(1), most, patience));
    }

    @Test
    void whoComesWhileTheMostAreWrittenIsAskedToComeAgainAndThenIsServed() throws Exception {
        ExportTurns turns = turns(1, Duration.ofMillis(50));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<String> first = other.submit(() -> turns.inTurn(() -> {
                begun.countDown();
                awaited(mayEnd);
                return "first";
            }));
            awaited(begun);
            ProblemException refused = catchThrowableOfType(ProblemException.class, () -> turns.inTurn(() -> "second"));
            assertThat(refused.kind()).isEqualTo(Kind.TOO_MANY);
            assertThat(refused.key()).isEqualTo("files.exportsBusy");
            mayEnd.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("first");
            assertThat(turns.inTurn(() -> "third")).isEqualTo("third");
        } finally {
            mayEnd.countDown();
            other.shutdownNow();
        }
    }

    @Test
    void anExportThatFailsGivesItsTurnBack() throws IOException {
        ExportTurns turns = turns(1, Duration.ofMillis(50));
        assertThat(catchThrowableOfType(
                        IOException.class,
                        () -> turns.inTurn(() -> {
                            throw new IOException("disk full");
                        })))
                .hasMessage("disk full");
        assertThat(turns.inTurn(() -> "next")).isEqualTo("next");
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
