package org.anquan.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class SpokenTimeTest {
    @Test
    void aMomentIsToldInChinasTimeWhereverTheMachineStands() {
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            // China is eight hours ahead of Greenwich: four in the morning there is noon here.
            assertThat(SpokenTime.of(Instant.parse("2026-03-01T04:00:00Z"))).isEqualTo("2026-03-01 12:00:00");
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
