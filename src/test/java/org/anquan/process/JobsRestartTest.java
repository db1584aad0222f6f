package org.anquan.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.anquan.catalog.Title;
import org.anquan.home.AnquanHome;
import org.anquan.process.Job.Status;
import org.anquan.security.TestUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of jobs when the service stops, by will or by accident. */
class JobsRestartTest {
    @TempDir
    Path folder;

    private final JsonMapper json = JsonMapper.builder().build();
    private final AtomicInteger runs = new AtomicInteger();
    private CountDownLatch mayEnd = new CountDownLatch(1);
    private Jobs service;

    private final Process process = new Process() {
        @Override
        public ProcessDescription description() {
            ObjectNode none = JsonNodeFactory.instance.objectNode();
            Title title = new Title("试", "try");
            return new ProcessDescription("try", "1", title, title, none, none, none);
        }

        @Override
        public Object execute(ObjectNode inputs, Progress progress) {
            runs.incrementAndGet();
            try {
                while (!mayEnd.await(5, TimeUnit.MILLISECONDS)) progress.stopIfCancelled();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return JsonNodeFactory.instance.objectNode().put("answer", 42);
        }
    };

    private Jobs start() {
        return start(new JobSettings(1, 10, Duration.ofDays(7), 100, 1, Duration.ofSeconds(1), 100, 10, 1_000_000));
    }

    private Jobs start(JobSettings settings) {
        Jobs jobs = new Jobs(
                new AnquanHome(folder),
                new Processes(List.of(process), json),
                new Answers(json, settings),
                TestUsers.in(folder),
                settings,
                json);
        jobs.takeUp();
        service = jobs;
        return jobs;
    }

    @AfterEach
    void stop() throws InterruptedException {
        mayEnd.countDown();
        service.close();
    }

    private Job waitFor(Jobs jobs, String id, Status status) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            Job job = jobs.find(id).orElseThrow();
            if (job.status() == status) return job;
            Thread.sleep(5);
        }
        throw new AssertionError(jobs.find(id) + " never became " + status);
    }

    @Test
    void aJobCutOffByAStopRunsAgainAndEnds() throws Exception {
        Jobs first = start();
        String running =
                first.start(process, json.createObjectNode(), List.of()).id();
        String waiting =
                first.start(process, json.createObjectNode(), List.of()).id();
        waitFor(first, running, Status.RUNNING);
        first.close();

        mayEnd.countDown();
        Jobs second = start();
        waitFor(second, running, Status.SUCCESSFUL);
        waitFor(second, waiting, Status.SUCCESSFUL);
        assertThat(Files.readString(second.result(running, Answers.JSON).orElseThrow()))
                .isEqualTo("{\"answer\":42}");
        assertThat(runs).as("one run was cut off").hasValue(3);
    }

    @Test
    void aFinishedJobIsStillThereAfterARestart() throws Exception {
        mayEnd.countDown();
        Jobs first = start();
        String id = first.start(process, json.createObjectNode(), List.of()).id();
        waitFor(first, id, Status.SUCCESSFUL);
        first.close();
        Jobs second = start();
        assertThat(second.find(id).orElseThrow().status()).isEqualTo(Status.SUCCESSFUL);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aJobThatWasRunningAtTwoCrashesIsReportedFailedInWords() throws Exception {
        mayEnd.countDown();
        Jobs first = start();
        String id = first.start(process, json.createObjectNode(), List.of()).id();
        waitFor(first, id, Status.SUCCESSFUL);
        first.close();
        // As a crash leaves it: begun twice, never ended.
        Path job = folder.resolve("jobs").resolve(id);
        rewrite(job.resolve("request.json"), "\"starts\":1", "\"starts\":2");
        rewrite(job.resolve("status.json"), "\"successful\"", "\"running\"");
        Jobs second = start();
        Job failed = waitFor(second, id, Status.FAILED);
        assertThat(failed.message()).contains("2");
        assertThat(second.failure(id).orElseThrow().path("status").asInt()).isEqualTo(503);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aFolderThatCannotBeReadStopsNothing() throws Exception {
        Files.createDirectories(folder.resolve("jobs/broken"));
        Files.writeString(folder.resolve("jobs/broken/request.json"), "{");
        mayEnd.countDown();
        Jobs jobs = start();
        String id = jobs.start(process, json.createObjectNode(), List.of()).id();
        waitFor(jobs, id, Status.SUCCESSFUL);
    }

    @Test
    void oldJobsAreTakenAwayOldestFirst() throws Exception {
        mayEnd.countDown();
        Jobs jobs = start(new JobSettings(1, 10, Duration.ofDays(7), 2, 1, Duration.ofSeconds(1), 100, 10, 1_000_000));
        String oldest = jobs.start(process, json.createObjectNode(), List.of()).id();
        waitFor(jobs, oldest, Status.SUCCESSFUL);
        for (int i = 0; i < 3; i++) {
            String id = jobs.start(process, json.createObjectNode(), List.of()).id();
            waitFor(jobs, id, Status.SUCCESSFUL);
        }
        assertThat(jobs.find(oldest)).isEmpty();
        assertThat(folder.resolve("jobs").resolve(oldest)).doesNotExist();
    }

    private static void rewrite(Path file, String from, String to) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(from);
        Files.writeString(file, before.replace(from, to));
    }
}
