package org.anquan.process;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemBody;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.Job.Status;
import org.anquan.security.Asker;
import org.anquan.security.Users;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Questions worked on in the background. Each lives in {@code jobs/<id>/} of the home folder: what was asked, where it
 * stands, and its result in every format the process knows; every file is written whole and moved into place. What a
 * stopped service left unfinished runs again at the next start; a job that was running at two crashes is reported
 * failed, since it may be their cause.
 */
@Service
public final class Jobs {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST_STARTS = 2;

    private final AnquanHome home;
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Answers answers;
    private final Users users;
    private final JobSettings settings;
    private final JsonMapper json;
    private final ExecutorService workers;
    private final ConcurrentHashMap<String, Work> known = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /**
     * What was asked.
     *
     * @param starts how often it began to run
     */
    private record Asked(
            String process, ObjectNode inputs, List<String> outputs, String language, String account, int starts) {}

    /** A job while the service runs. */
    private static final class Work {
        private final Asked asked;
        private volatile Job job;
        private volatile boolean cancelled;

        Work(Asked asked, Job job) {
            this.asked = asked;
            this.job = job;
        }
    }

    Jobs(AnquanHome home, Processes processes, Answers answers, Users users, JobSettings settings, JsonMapper json) {
        this.home = home;
        for (Process process : processes.all())
            this.processes.put(process.description().id(), process);
        this.answers = answers;
        this.users = users;
        this.settings = settings;
        this.json = json;
        this.workers = Executors.newFixedThreadPool(settings.parallelJobs(), work -> {
            Thread thread = new Thread(work, "job");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws ProblemException unavailable where too many jobs wait already */
    public Job start(Process process, ObjectNode inputs, List<String> outputs) {
        long waiting = known.values().stream()
                .filter(work -> work.job.status() == Status.ACCEPTED)
                .count();
        if (waiting >= settings.queueLength())
            throw ProblemException.unavailable("process.queueFull", waiting, settings.queueLength());
        removeOld();
        String id = newId();
        Instant now = Instant.now();
        Job job = new Job(
                id,
                process.description().id(),
                "process",
                Status.ACCEPTED,
                Text.of("process.waiting").toString(),
                0,
                now,
                null,
                null,
                now);
        String language = Texts.currentLanguage().equals(Texts.ENGLISH) ? "en" : "zh";
        Asked asked = new Asked(
                process.description().id(),
                inputs,
                outputs,
                language,
                Asker.current().account(),
                0);
        Work work = new Work(asked, job);
        save(id, "request.json", asked);
        save(id, "status.json", job);
        known.put(id, work);
        workers.execute(() -> run(work));
        return job;
    }

    public Optional<Job> find(String id) {
        return Optional.ofNullable(known.get(id)).map(work -> work.job);
    }

    /** Newest first: all for those who may, else the asker's own. */
    public List<Job> list(Asker asker, boolean all) {
        return known.values().stream()
                .filter(work -> all || work.asked.account().equals(asker.account()))
                .map(work -> work.job)
                .sorted(Comparator.comparing(Job::created).reversed())
                .toList();
    }

    /** What a job that ended gave, in one of the formats of its process; empty where it has not that format. */
    public Optional<Path> result(String id, String mediaType) {
        if (find(id).isEmpty()) return Optional.empty();
        Path file = folder(id).resolve(resultName(mediaType));
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /** Why a job failed: a problem as it would have been answered. */
    public Optional<JsonNode> failure(String id) {
        Path file = folder(id).resolve("problem.json");
        if (!Files.isRegularFile(file)) return Optional.empty();
        return Optional.of(json.readTree(file.toFile()));
    }

    /** Stops a job that waits or runs; takes away one that ended. */
    public Optional<Job> dismiss(String id) {
        Work work = known.get(id);
        if (work == null) return Optional.empty();
        synchronized (work) {
            boolean ended = work.job.status().ended();
            work.cancelled = true;
            Job job = work.job;
            Instant now = Instant.now();
            work.job = new Job(
                    job.id(),
                    job.process(),
                    job.type(),
                    Status.DISMISSED,
                    Text.of("process.dismissed").toString(),
                    job.progress(),
                    job.created(),
                    job.started(),
                    now,
                    now);
            if (ended) {
                known.remove(id);
                delete(folder(id));
            } else save(id, "status.json", work.job);
            return Optional.of(work.job);
        }
    }

    /** Takes up what an earlier run of the service left. */
    void takeUp() {
        Path all = home.folder().resolve("jobs");
        if (!Files.isDirectory(all)) return;
        try (Stream<Path> folders = Files.list(all)) {
            folders.filter(Files::isDirectory).sorted().forEach(this::takeUp);
        } catch (IOException e) {
            LOG.warn("The jobs in {} cannot be listed", all, e);
        }
        removeOld();
    }

    private void takeUp(Path folder) {
        String id = folder.getFileName().toString();
        try {
            Asked asked = json.readValue(folder.resolve("request.json").toFile(), Asked.class);
            Job job = json.readValue(folder.resolve("status.json").toFile(), Job.class);
            Work work = new Work(asked, job);
            if (known.putIfAbsent(id, work) != null || job.status().ended()) return;
            if (asked.starts() >= MOST_STARTS) inLanguageOf(work, () -> fail(work, interrupted()));
            else workers.execute(() -> run(work));
        } catch (JacksonException e) {
            LOG.warn("The job in {} cannot be read and is left aside: {}", folder, e.getMessage());
        }
    }

    private static ProblemBody interrupted() {
        return ProblemBody.of(ProblemException.unavailable("process.interrupted", MOST_STARTS));
    }

    private void run(Work work) {
        if (closing || work.cancelled) return;
        Asker asker = users.find(work.asked.account())
                .map(account -> new Asker(account.name(), account.roles()))
                .orElse(Asker.PUBLIC);
        asker.run(() -> inLanguageOf(work, () -> answer(work)));
    }

    private static void inLanguageOf(Work work, Runnable doing) {
        LocaleContextHolder.setLocale(Locale.forLanguageTag(work.asked.language()));
        try {
            doing.run();
        } finally {
            LocaleContextHolder.resetLocaleContext();
        }
    }

    private void answer(Work work) {
        String id = work.job.id();
        Process process = processes.get(work.asked.process());
        try {
            if (process == null)
                throw ProblemException.notFound("process.noSuchProcess", work.asked.process(), processes.keySet());
            keepStarts(work, work.asked.starts() + 1);
            move(work, Status.RUNNING, Text.of("process.running"), 0);
            Object answer = process.execute(work.asked.inputs().deepCopy(), new Watched(work));
            for (String mediaType : process.otherFormats())
                write(
                        folder(id).resolve(resultName(mediaType)),
                        answers.written(process, answer, List.of(), mediaType));
            write(
                    folder(id).resolve(resultName(Answers.JSON)),
                    answers.written(process, answer, work.asked.outputs(), Answers.JSON));
            move(work, Status.SUCCESSFUL, Text.of("process.successful"), 100);
            delete(parts(id));
        } catch (ProblemException e) {
            if (e.kind() == ProblemException.Kind.CANCELLED && closing) keepStarts(work, work.asked.starts());
            else if (!work.cancelled) fail(work, ProblemBody.of(e));
        } catch (Throwable e) {
            String reference = "%08X".formatted(ThreadLocalRandom.current().nextInt());
            LOG.error("Job {} of {} failed, reference {}", id, work.asked.process(), reference, e);
            if (!work.cancelled) fail(work, ProblemBody.bug(reference));
        }
    }

    /** How often it began stands on disk before it begins, so that a crash is counted. */
    private void keepStarts(Work work, int starts) {
        Asked asked = work.asked;
        save(
                work.job.id(),
                "request.json",
                new Asked(asked.process(), asked.inputs(), asked.outputs(), asked.language(), asked.account(), starts));
    }

    private void fail(Work work, ProblemBody problem) {
        save(work.job.id(), "problem.json", problem);
        move(work, Status.FAILED, problem.detail(), work.job.progress());
    }

    private void move(Work work, Status status, Text message, int progress) {
        synchronized (work) {
            if (work.cancelled) return;
            Job job = work.job;
            Instant now = Instant.now();
            work.job = new Job(
                    job.id(),
                    job.process(),
                    job.type(),
                    status,
                    message.toString(),
                    progress,
                    job.created(),
                    status == Status.RUNNING ? now : job.started(),
                    status.ended() ? now : null,
                    now);
            save(job.id(), "status.json", work.job);
        }
    }

    /** Progress is kept in memory only: after a restart the job begins anew, but for the parts that it kept. */
    private final class Watched implements Progress {
        private final Work work;

        Watched(Work work) {
            this.work = work;
        }

        @Override
        public void report(double share, Text what) {
            String words = Texts.in(Locale.forLanguageTag(work.asked.language()), what);
            int percent = (int) Math.round(100 * Math.max(0, Math.min(1, share)));
            synchronized (work) {
                Job job = work.job;
                if (job.status() != Status.RUNNING) return;
                work.job = new Job(
                        job.id(),
                        job.process(),
                        job.type(),
                        job.status(),
                        words,
                        percent,
                        job.created(),
                        job.started(),
                        null,
                        Instant.now());
            }
        }

        @Override
        public boolean cancelled() {
            return work.cancelled || closing;
        }

        @Override
        public boolean background() {
            return true;
        }

        @Override
        public void keep(String part, byte[] content) {
            write(parts(work.job.id()).resolve(part), content);
        }

        @Override
        public byte @Nullable [] kept(String part) {
            Path file = parts(work.job.id()).resolve(part);
            try {
                return Files.exists(file) ? Files.readAllBytes(file) : null;
            } catch (IOException e) {
                LOG.warn("A kept part of a job, {}, cannot be read and is done again", file, e);
                return null;
            }
        }
    }

    private Path parts(String id) {
        return folder(id).resolve("parts");
    }

    private void removeOld() {
        List<Job> ended = new ArrayList<>(known.values().stream()
                .map(work -> work.job)
                .filter(job -> job.status().ended())
                .sorted(Comparator.comparing(Job::updated).reversed())
                .toList());
        Instant oldest = Instant.now().minus(settings.keptFor());
        for (int i = 0; i < ended.size(); i++) {
            Job job = ended.get(i);
            if (i < settings.keptJobs() && job.updated().isAfter(oldest)) continue;
            known.remove(job.id());
            delete(folder(job.id()));
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        closing = true;
        workers.shutdown();
        if (!workers.awaitTermination(10, TimeUnit.SECONDS))
            LOG.warn("A job still runs; it begins anew at the next start");
    }

    /** 128 random bits: who knows the id may see the job. */
    private static String newId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Path folder(String id) {
        return home.folder().resolve("jobs").resolve(id);
    }

    private static String resultName(String mediaType) {
        return "result-" + mediaType.replaceAll("[^A-Za-z0-9.+-]", "_");
    }

    private void save(String id, String name, Object content) {
        write(folder(id).resolve(name), json.writeValueAsBytes(content));
    }

    private void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
            try (FileChannel out = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) out.write(bytes);
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", home.folder())
                    .causedBy(e);
        }
    }

    private static void delete(@Nullable Path folder) {
        if (folder == null || !Files.isDirectory(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The files of a job in {} cannot be removed", folder, e);
        }
    }
}
