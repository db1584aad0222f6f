package org.anquan.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down the guessing of passwords. Three counts run: for an account from one address, for an address over all
 * accounts (four times as patient, since an office may share one), and for an account from everywhere (twenty times as
 * patient, so that a stranger cannot easily lock its owner out). Each failure past the patience doubles the wait.
 */
@Component
final class SignInGuard {
    private static final int MOST_REMEMBERED = 20_000;

    private record Failures(int count, Instant last) {}

    private final SecuritySettings settings;
    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    @org.springframework.beans.factory.annotation.Autowired
    SignInGuard(SecuritySettings settings) {
        this(settings, Clock.systemUTC());
    }

    SignInGuard(SecuritySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** How long to wait before the next try; zero when one may try now. */
    synchronized Duration waitFor(String account, String address) {
        Duration longest = wait("pair " + address + " " + account, 1);
        longest = longer(longest, wait("address " + address, 4));
        return longer(longest, wait("account " + account, 20));
    }

    synchronized void failed(String account, String address) {
        Instant now = clock.instant();
        count("pair " + address + " " + account, now);
        count("address " + address, now);
        count("account " + account, now);
        Iterator<String> oldest = failures.keySet().iterator();
        while (failures.size() > MOST_REMEMBERED) {
            oldest.next();
            oldest.remove();
        }
    }

    synchronized void succeeded(String account, String address) {
        failures.remove("pair " + address + " " + account);
    }

    private void count(String key, Instant now) {
        Failures before = failures.remove(key);
        int past = before == null || forgotten(before, now) ? 0 : before.count();
        failures.put(key, new Failures(past + 1, now));
    }

    private Duration wait(String key, int patience) {
        Failures past = failures.get(key);
        Instant now = clock.instant();
        if (past == null || forgotten(past, now)) return Duration.ZERO;
        int over = past.count() - settings.failuresBeforeWait() * patience;
        if (over < 0) return Duration.ZERO;
        Duration wait = settings.firstWait().multipliedBy(1L << Math.min(over, 20));
        if (wait.compareTo(settings.longestWait()) > 0) wait = settings.longestWait();
        Duration left = Duration.between(now, past.last().plus(wait));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private boolean forgotten(Failures past, Instant now) {
        return past.last().plus(settings.failuresForgottenAfter()).isBefore(now);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
