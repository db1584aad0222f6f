package org.anquan.problem;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A start that fails for a reason that we know is told in our words, not as a stack trace. */
final class ProblemFailureAnalyzer extends AbstractFailureAnalyzer<ProblemException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ProblemException cause) {
        StringBuilder what =
                new StringBuilder().append(cause.title()).append('\n').append(cause.detail());
        cause.mistakes()
                .forEach(m -> what.append("\n  ").append(m.where()).append(": ").append(m.what()));
        return new FailureAnalysis(what.toString(), cause.help().toString(), cause);
    }
}
