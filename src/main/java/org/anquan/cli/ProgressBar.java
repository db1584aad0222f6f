package org.anquan.cli;

import org.anquan.problem.Text;
import org.anquan.process.Progress;

/** A progress bar on the terminal's error stream; silent where that is no terminal. */
final class ProgressBar implements Progress {
    private static final int WIDTH = 30;
    private final boolean shown = System.console() != null;
    private int last = -1;

    @Override
    public synchronized void report(double share, Text what) {
        show(share, what.toString());
    }

    synchronized void report(double share) {
        show(share, "");
    }

    private void show(double share, String what) {
        int percent = (int) Math.round(100 * Math.max(0, Math.min(1, share)));
        if (!shown || percent == last) return;
        last = percent;
        int full = WIDTH * percent / 100;
        System.err.print("\r[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + percent + " % " + what + "   ");
        if (percent == 100) System.err.println();
        System.err.flush();
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    /** Whoever runs a command can stop it. */
    @Override
    public boolean background() {
        return true;
    }
}
