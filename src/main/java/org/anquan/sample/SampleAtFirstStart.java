package org.anquan.sample;

import java.util.List;
import org.anquan.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** Fills an empty home with the sample district before the service says that it is ready ({@code anquan.sample}). */
@Component
@ConditionalOnWebApplication
final class SampleAtFirstStart implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SampleAtFirstStart.class);

    private final SampleDistrict sample;
    private final String wanted;

    SampleAtFirstStart(SampleDistrict sample, @Value("${anquan.sample}") String wanted) {
        this.sample = sample;
        this.wanted = wanted;
        List<String> known = List.of(SampleDistrict.LIZHOU, SampleDistrict.NONE);
        if (!known.contains(wanted)) throw ProblemException.invalid("sample.unknown", wanted, known);
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (wanted.equals(SampleDistrict.NONE) || !sample.isWanted()) return;
        long start = System.nanoTime();
        sample.load((what, count, share) -> {
            if (count >= 0) LOG.info("Sample district: {} {}", count, what);
        });
        LOG.info("Sample district loaded in {} ms", (System.nanoTime() - start) / 1_000_000);
    }
}
