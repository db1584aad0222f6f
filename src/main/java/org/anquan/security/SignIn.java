package org.anquan.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.springframework.stereotype.Service;

/**
 * Checks a name and a password. A right one is remembered for ten minutes as a keyed hash in memory, because bcrypt is
 * slow by intention and HTTP Basic sends the password with every request.
 */
@Service
final class SignIn {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 1_000;

    private final Users users;
    private final SignInGuard guard;
    private final byte[] key = new byte[32];
    private final Map<String, Instant> right = new LinkedHashMap<>();

    SignIn(Users users, SignInGuard guard) {
        this.users = users;
        this.guard = guard;
        new SecureRandom().nextBytes(key);
    }

    /** @throws ProblemException not signed in where name or password is wrong; too many after too many wrong ones */
    Asker check(String name, String password, String address) {
        String hash = hash(name, password);
        Optional<Account> remembered = remembers(hash) ? users.find(name) : Optional.empty();
        if (remembered.isPresent()) return asker(remembered.get());
        Duration wait = guard.waitFor(name, address);
        if (!wait.isZero()) throw ProblemException.of(Kind.TOO_MANY, "security.wait", Math.max(1, wait.toSeconds()));
        Optional<Account> account = users.check(name, password);
        if (account.isEmpty()) {
            guard.failed(name, address);
            throw ProblemException.of(Kind.NOT_SIGNED_IN, "security.wrongPassword");
        }
        guard.succeeded(name, address);
        remember(hash);
        return asker(account.get());
    }

    private static Asker asker(Account account) {
        return new Asker(account.name(), account.roles());
    }

    private String hash(String name, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String all = name + "\0" + password + "\0" + users.fingerprint(name).orElse("");
            return Base64.getEncoder().encodeToString(mac.doFinal(all.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized boolean remembers(String hash) {
        Instant since = right.get(hash);
        return since != null && since.plus(REMEMBERED).isAfter(Instant.now());
    }

    private synchronized void remember(String hash) {
        right.put(hash, Instant.now());
        if (right.size() > MOST_REMEMBERED)
            right.remove(right.keySet().iterator().next());
    }
}
