package org.anquan.geoserver;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.anquan.problem.ProblemBody;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.Text;
import org.anquan.process.Progress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Publishing in the background, one run at a time, watched and stopped from the administrator's panel. */
@Component
@ConditionalOnWebApplication
final class PublishingRuns {
    private static final Logger LOG = LoggerFactory.getLogger(PublishingRuns.class);

    private final Publishing publishing;
    private @Nullable Running last;

    PublishingRuns(Publishing publishing) {
        this.publishing = publishing;
    }

    /**
     * Where a run stands.
     *
     * @param share 0 to 1
     * @param doing what it does now
     * @param writes what was done, or with a dry run would be; null until it has ended well
     * @param problem why it ended, or null
     */
    record State(
            boolean running,
            boolean dryRun,
            boolean stopped,
            String address,
            String workspace,
            double share,
            String doing,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable List<String> writes,
            @Nullable List<String> warnings,
            int layers,
            @Nullable ProblemBody problem) {}

    private static final class Running implements Progress {
        private final boolean dryRun;
        private final String address;
        private final String workspace;
        private final Instant startedAt = Instant.now();
        private volatile double share;
        private volatile String doing = "";
        private volatile boolean cancelled;
        private volatile @Nullable Instant endedAt;
        private volatile Publishing.@Nullable Report report;
        private volatile @Nullable ProblemBody problem;
        private volatile boolean stopped;

        Running(boolean dryRun, String address, String workspace) {
            this.dryRun = dryRun;
            this.address = address;
            this.workspace = workspace;
        }

        @Override
        public void report(double share, Text what) {
            this.share = share;
            doing = what.toString();
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }

        State state() {
            Publishing.Report made = report;
            return new State(
                    endedAt == null,
                    dryRun,
                    stopped,
                    address,
                    workspace,
                    share,
                    doing,
                    startedAt,
                    endedAt,
                    made == null
                            ? null
                            : made.writes().stream().map(Text::toString).toList(),
                    made == null
                            ? null
                            : made.warnings().stream().map(Text::toString).toList(),
                    made == null ? 0 : made.layers(),
                    problem);
        }
    }

    /** The present run, or the last one; null where there was none since the start. */
    synchronized @Nullable State state() {
        return last == null ? null : last.state();
    }

    /** @throws ProblemException of kind CONFLICT while another run is under way */
    synchronized State start(
            Target target, String address, String workspace, List<String> layers, boolean dryRun, Locale language) {
        if (last != null && last.endedAt == null) throw ProblemException.of(Kind.CONFLICT, "geoserver.running");
        Running run = new Running(dryRun, address, workspace);
        last = run;
        Thread thread = new Thread(() -> publish(run, target, layers, language), "geoserver");
        thread.setDaemon(true);
        thread.start();
        return run.state();
    }

    /** Stops after the present layer; what is published stays, and the next run goes on from there. */
    synchronized @Nullable State stop() {
        if (last == null) return null;
        last.cancelled = true;
        return last.state();
    }

    private void publish(Running run, Target target, List<String> layers, Locale language) {
        LocaleContextHolder.setLocale(language);
        try {
            run.report = publishing.publish(target, layers, run.dryRun, run);
        } catch (ProblemException e) {
            run.stopped = run.cancelled;
            run.problem = ProblemBody.of(e);
        } catch (RuntimeException e) {
            // Only its kind: what it says may hold what was sent.
            LOG.error("Publishing failed: {}", e.getClass().getName());
            run.problem = ProblemBody.of(ProblemException.of(Kind.INTERNAL, "geoserver.broken"));
        } finally {
            run.endedAt = Instant.now();
            LocaleContextHolder.resetLocaleContext();
        }
    }
}
