package org.anquan.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anquan.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
    private static final String PASSWORD = "correct-horse";

    @TempDir
    Path folder;

    @Test
    void theFileHoldsNoPasswordAndIsForItsOwnerOnly() throws Exception {
        Users users = TestUsers.in(folder);
        users.add("李雷", PASSWORD, Set.of(Role.EDITOR));
        Path file = folder.resolve("users.json");
        assertThat(Files.readString(file)).contains("李雷").contains("$2").doesNotContain(PASSWORD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(users.check("李雷", PASSWORD)).isPresent();
        assertThat(users.check("李雷", PASSWORD + "x")).isEmpty();
        assertThat(users.check("韩梅梅", PASSWORD)).isEmpty();
    }

    @Test
    void aChangeByAnotherProcessIsSeen() throws Exception {
        Users service = TestUsers.in(folder);
        service.add("a", PASSWORD, Set.of(Role.VIEWER));
        assertThat(service.check("a", PASSWORD)).isPresent();
        Thread.sleep(20);
        TestUsers.in(folder).setPassword("a", "another-one-entirely");
        assertThat(service.check("a", PASSWORD)).isEmpty();
        assertThat(service.check("a", "another-one-entirely")).isPresent();
        TestUsers.in(folder).remove("a");
        assertThat(service.list()).isEmpty();
    }

    @Test
    void allThatIsWrongWithAnAccountIsSaid() {
        Users users = TestUsers.in(folder);
        assertThatThrownBy(() -> users.add("a b", "short", Set.of()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.mistakes()).hasSize(3));
        // 30 Chinese characters are 90 bytes.
        assertThatThrownBy(() -> users.add("a", "密".repeat(30), Set.of(Role.VIEWER)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes().get(0).what().toString()).contains("90"));
        users.add("a", PASSWORD, Set.of(Role.VIEWER));
        assertThatThrownBy(() -> users.add("a", PASSWORD, Set.of(Role.VIEWER)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.kind()).isEqualTo(ProblemException.Kind.CONFLICT));
        assertThatThrownBy(() -> users.setPassword("b", PASSWORD)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aDamagedFileLocksOutInsteadOfLettingIn() throws Exception {
        Files.writeString(folder.resolve("users.json"), "{\"users\": [");
        Users users = TestUsers.in(folder);
        assertThatThrownBy(() -> users.check("admin", PASSWORD))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.kind()).isEqualTo(ProblemException.Kind.UNAVAILABLE));
        assertThatThrownBy(() -> users.add("a", PASSWORD, Set.of(Role.ADMIN))).isInstanceOf(ProblemException.class);
        assertThat(Files.readString(folder.resolve("users.json"))).isEqualTo("{\"users\": [");
    }

    @Test
    void theFirstPasswordIsShownOnceAndWorks() {
        Users users = TestUsers.in(folder);
        String shown = printed(users);
        Matcher password = Pattern.compile("Password: +(\\S+)").matcher(shown);
        assertThat(password.find()).isTrue();
        assertThat(users.check("admin", password.group(1))).isPresent();
        assertThat(users.find("admin").orElseThrow().roles()).containsExactly(Role.ADMIN);
        assertThat(printed(users)).isEmpty();
        assertThat(printed(TestUsers.in(folder))).isEmpty();
    }

    private static String printed(Users users) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FirstAdministrator(users).makeIfNone(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void guessingGetsSlowerAndIsForgivenInTime() {
        Clocked clock = new Clocked();
        SignInGuard guard = new SignInGuard(TestUsers.settings(), clock);
        // Three are free; then 2, 4, 8 … seconds, at most 60.
        for (int i = 0; i < 3; i++) {
            assertThat(guard.waitFor("admin", "10.0.0.1")).isZero();
            guard.failed("admin", "10.0.0.1");
        }
        assertThat(guard.waitFor("admin", "10.0.0.1")).isEqualTo(Duration.ofSeconds(2));
        clock.pass(Duration.ofSeconds(2));
        assertThat(guard.waitFor("admin", "10.0.0.1")).isZero();
        guard.failed("admin", "10.0.0.1");
        assertThat(guard.waitFor("admin", "10.0.0.1")).isEqualTo(Duration.ofSeconds(4));
        assertThat(guard.waitFor("admin", "10.0.0.2")).as("its owner elsewhere").isZero();
        assertThat(guard.waitFor("other", "10.0.0.1"))
                .as("a colleague in the same office")
                .isZero();
        for (int i = 0; i < 8; i++) guard.failed("admin", "10.0.0.1");
        assertThat(guard.waitFor("admin", "10.0.0.1")).isEqualTo(Duration.ofSeconds(60));
        assertThat(guard.waitFor("other", "10.0.0.1"))
                .as("twelve from one address")
                .isPositive();
        clock.pass(Duration.ofMinutes(61));
        assertThat(guard.waitFor("admin", "10.0.0.1")).isZero();
    }

    @Test
    void aRightPasswordIsRememberedButNotBeyondItsChange() throws Exception {
        Users users = TestUsers.in(folder);
        users.add("a", PASSWORD, Set.of(Role.VIEWER));
        SignIn signIn = new SignIn(users, new SignInGuard(TestUsers.settings()));
        assertThat(signIn.check("a", PASSWORD, "::1").account()).isEqualTo("a");
        assertThat(signIn.check("a", PASSWORD, "::1").roles()).containsExactly(Role.VIEWER);
        Thread.sleep(20);
        users.setPassword("a", "another-one-entirely");
        assertThatThrownBy(() -> signIn.check("a", PASSWORD, "::1"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.kind()).isEqualTo(ProblemException.Kind.NOT_SIGNED_IN));
    }

    @Test
    void aChangedPasswordEndsTheSessions() throws Exception {
        Users users = TestUsers.in(folder);
        users.add("a", PASSWORD, Set.of(Role.VIEWER));
        Sessions sessions = new Sessions(users, TestUsers.settings());
        String token = sessions.open(new Asker("a", Set.of(Role.VIEWER)));
        assertThat(sessions.find(token)).isPresent();
        Thread.sleep(20);
        users.setPassword("a", "another-one-entirely");
        assertThat(sessions.find(token)).isEmpty();
    }

    private static final class Clocked extends Clock {
        private Instant now = Instant.parse("2026-03-05T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
