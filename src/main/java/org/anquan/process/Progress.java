package org.anquan.process;

import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** How far long work is, and whether it should stop. Called by the work, from any thread. */
public interface Progress {
    /** Says how far the work is, 0 to 1, and what it does now. */
    void report(double share, Text what);

    boolean cancelled();

    /** Does nobody wait for the answer? Then it may take long. */
    default boolean background() {
        return false;
    }

    /** Keeps a finished part of the work, so that after a restart it need not be done again. Nothing where nobody waits. */
    default void keep(String part, byte[] content) {}

    /** A part that was kept before a restart, or null. */
    default byte @Nullable [] kept(String part) {
        return null;
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
