package org.anquan.exchange;

/** Looks on while a file is read, and may stop it. Called by the importing thread, every thousand rows. */
public interface ImportProgress {
    /** @param share of the file that was read, 0 to 1 */
    void report(double share, long rows);

    boolean cancelled();

    /** Nobody looks and nobody stops it. */
    static ImportProgress none() {
        return new ImportProgress() {
            @Override
            public void report(double share, long rows) {}

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }
}
