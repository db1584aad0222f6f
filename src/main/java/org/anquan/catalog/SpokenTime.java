package org.anquan.catalog;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A moment as it stands in a sentence: date and time of the service's own time zone. */
public final class SpokenTime {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private SpokenTime() {}

    public static String of(Instant at) {
        return FORMAT.format(at.atZone(ZoneId.systemDefault()));
    }
}
