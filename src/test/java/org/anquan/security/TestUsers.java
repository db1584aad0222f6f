package org.anquan.security;

import java.nio.file.Path;
import java.time.Duration;
import org.anquan.home.AnquanHome;

/** Accounts in a folder, with quick passwords. */
public final class TestUsers {
    private TestUsers() {}

    static SecuritySettings settings() {
        return new SecuritySettings(
                10,
                4,
                Duration.ofHours(1),
                Duration.ofHours(2),
                3,
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                true);
    }

    public static Users in(Path folder) {
        return new Users(new AnquanHome(folder), settings());
    }
}
