package org.anquan.catalog;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A moment as it stands in a sentence: date and time in China's time. */
public final class SpokenTime {
    /** All of China keeps one time, whatever the clock of the machine is set to; the page does the same. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private SpokenTime() {}

    public static String of(Instant at) {
        return FORMAT.format(at.atZone(ZONE));
    }
}
