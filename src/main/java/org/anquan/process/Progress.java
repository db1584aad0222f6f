package org.anquan.process;

import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;

/** How far long work is, and whether it should stop. Called by the work, from any thread. */
public interface Progress {
    /** Says how far the work is, 0 to 1, and what it does now. */
    void report(double share, Text what);

    boolean cancelled();

    /** Does nobody wait for the answer? Then it may take long. */
    default boolean background() {
        return false;
    }

    /** @throws ProblemException of kind CANCELLED once someone asked to stop */
    default void stopIfCancelled() {
        if (cancelled()) throw ProblemException.of(ProblemException.Kind.CANCELLED, "process.cancelled");
    }

    /** Nobody looks and nobody stops it. */
    static Progress none() {
        return new Progress() {
            @Override
            public void report(double share, Text what) {}

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }
}
