package org.anquan.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.anquan.catalog.Documents.Document;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    @TempDir
    Path folder;

    private final List<TestCatalogue> opened = new ArrayList<>();

    TestCatalogue open() {
        return TestCatalogue.open(folder);
    }

    private Documents documents() {
        TestCatalogue store = open();
        opened.add(store);
        return store.documents();
    }

    @AfterEach
    void close() {
        opened.forEach(TestCatalogue::close);
    }

    @Test
    void whatOneInstanceWritesTheOtherReads() {
        Documents one = documents();
        Documents other = documents();
        assertThat(one.get("scenario", "洪水")).isEmpty();
        Document first = one.put("scenario", "洪水", "{\"a\":1}", "规划员", present -> {});
        assertThat(first.version()).isEqualTo(1);
        assertThat(other.get("scenario", "洪水")).contains(first);
        Document second = other.put("scenario", "洪水", "{\"a\":2}", "admin", present -> {});
        assertThat(second.version()).isEqualTo(2);
        assertThat(one.list("scenario")).containsExactly(second);
        assertThat(one.list("recipe")).isEmpty();
        assertThat(one.delete("scenario", "洪水", present -> {})).contains(second);
        assertThat(other.get("scenario", "洪水")).isEmpty();
    }

    @Test
    void aGuardThatThrowsLeavesEverythingAsItWas() {
        Documents one = documents();
        Document first = one.put("scenario", "x", "{}", "a", present -> {});
        assertThatThrownBy(() -> one.put("scenario", "x", "{\"b\":1}", "b", present -> {
                    assertThat(present).contains(first);
                    throw ProblemException.of(Kind.STALE, "catalog.documentMoved", "x");
                }))
                .isInstanceOf(ProblemException.class);
        assertThat(one.get("scenario", "x")).contains(first);
    }

    @Test
    void ofTwoWhoWriteOnOneStateOneIsStopped() throws InterruptedException {
        Documents one = documents();
        Documents other = documents();
        one.put("scenario", "x", "{}", "a", present -> {});
        AtomicInteger stopped = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        for (Documents each : List.of(one, other)) {
            Thread writer = new Thread(() -> {
                try {
                    each.put("scenario", "x", "{}", "b", present -> {
                        if (present.orElseThrow().version() != 1)
                            throw ProblemException.of(Kind.STALE, "catalog.documentMoved", "x");
                    });
                } catch (ProblemException e) {
                    assertThat(e.kind()).isEqualTo(Kind.STALE);
                    stopped.incrementAndGet();
                }
            });
            writer.start();
            writers.add(writer);
        }
        for (Thread writer : writers) writer.join();
        assertThat(stopped).hasValue(1);
        assertThat(one.get("scenario", "x").orElseThrow().version()).isEqualTo(2);
    }
}
