package org.anquan.security;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Who is signed in on the map, in memory: a restart signs all out. */
@Component
final class Sessions {
    private static final int MOST = 10_000;

    private record Session(String account, String fingerprint, Instant since, Instant lastUsed) {}

    private final Users users;
    private final SecuritySettings settings;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, Session> open = new ConcurrentHashMap<>();

    Sessions(Users users, SecuritySettings settings) {
        this.users = users;
        this.settings = settings;
    }

    /** A new session's unguessable token (256 bits). */
    String open(Asker asker) {
        Instant now = Instant.now();
        open.values().removeIf(session -> ended(session, now));
        if (open.size() >= MOST) open.clear();
        byte[] token = new byte[32];
        random.nextBytes(token);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        open.put(text, new Session(asker.account(), fingerprint(asker.account()), now, now));
        return text;
    }

    /** A changed password or role ends the sessions of the account. */
    Optional<Asker> find(String token) {
        Instant now = Instant.now();
        Session session = open.get(token);
        if (session == null) return Optional.empty();
        if (ended(session, now) || !session.fingerprint().equals(fingerprint(session.account()))) {
            open.remove(token);
            return Optional.empty();
        }
        open.put(token, new Session(session.account(), session.fingerprint(), session.since(), now));
        return users.find(session.account()).map(account -> new Asker(account.name(), account.roles()));
    }

    void close(String token) {
        open.remove(token);
    }

    private String fingerprint(String account) {
        return users.fingerprint(account).orElse("");
    }

    private boolean ended(Session session, Instant now) {
        return session.lastUsed().plus(settings.sessionIdle()).isBefore(now)
                || session.since().plus(settings.sessionLongest()).isBefore(now);
    }
}
