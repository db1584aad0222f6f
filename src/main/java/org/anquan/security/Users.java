package org.anquan.security;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The accounts, in {@code users.json} of the home folder: only for its owner to read, passwords as bcrypt, each change
 * written whole and moved into place. A change by another process (the command line) is seen at the next look.
 */
@Service
@EnableConfigurationProperties(SecuritySettings.class)
public final class Users {
    /** bcrypt takes no more; a longer password would be cut silently. */
    private static final int LONGEST_PASSWORD_BYTES = 72;

    private static final SecureRandom RANDOM = new SecureRandom();
    /** Without letters and digits that look alike. */
    private static final String READABLE = "abcdefghijkmnpqrstuvwxyz23456789";

    private final Path file;
    private final SecuritySettings settings;
    private final BCryptPasswordEncoder encoder;
    private @Nullable String nobodysHash;
    private final JsonMapper json = JsonMapper.builder().build();
    private @Nullable FileTime readAt;
    private Map<String, Stored> known = Map.of();

    private record Stored(String name, String password, Set<Role> roles, Instant changedAt) {}

    private record Content(List<Stored> users) {}

    Users(AnquanHome home, SecuritySettings settings) {
        this.file = home.folder().resolve("users.json");
        this.settings = settings;
        this.encoder = new BCryptPasswordEncoder(settings.bcryptStrength());
    }

    public List<Account> list() {
        return stored().values().stream().map(Users::account).toList();
    }

    public Optional<Account> find(String name) {
        return Optional.ofNullable(stored().get(name)).map(Users::account);
    }

    /** @throws ProblemException invalid, with all that is wrong with the name or the password; conflict where it exists */
    public Account add(String name, String password, Set<Role> roles) {
        List<Mistake> mistakes = new ArrayList<>();
        if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}"))
            mistakes.add(new Mistake("user", Text.of("security.mistake.name", name)));
        if (roles.isEmpty())
            mistakes.add(new Mistake("roles", Text.of("security.mistake.roles", List.of(Role.values()))));
        checkPassword(password, mistakes);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("security.account").withMistakes(mistakes);
        Stored made = stored(name, password, roles);
        change(users -> {
            if (users.putIfAbsent(name, made) != null)
                throw ProblemException.of(Kind.CONFLICT, "security.accountExists", name);
            return users;
        });
        return account(made);
    }

    /** @throws ProblemException not found, or invalid where the password is too weak */
    public void setPassword(String name, String password) {
        List<Mistake> mistakes = new ArrayList<>();
        checkPassword(password, mistakes);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("security.account").withMistakes(mistakes);
        change(users -> {
            Stored old = users.get(name);
            if (old == null)
                throw ProblemException.notFound("security.noSuchAccount", name, List.copyOf(users.keySet()));
            users.put(name, stored(name, password, old.roles()));
            return users;
        });
    }

    public void remove(String name) {
        change(users -> {
            if (users.remove(name) == null)
                throw ProblemException.notFound("security.noSuchAccount", name, List.copyOf(users.keySet()));
            return users;
        });
    }

    /** Four groups of four readable letters and digits: 80 bits. */
    public static String randomPassword() {
        StringBuilder out = new StringBuilder(19);
        for (int i = 0; i < 16; i++) {
            if (i > 0 && i % 4 == 0) out.append('-');
            out.append(READABLE.charAt(RANDOM.nextInt(READABLE.length())));
        }
        return out.toString();
    }

    /** The account, if the password is right. Takes as long for an account that does not exist. */
    Optional<Account> check(String name, String password) {
        Stored stored = stored().get(name);
        boolean tooLong = password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_PASSWORD_BYTES;
        boolean right = encoder.matches(tooLong ? "" : password, stored == null ? nobodysHash() : stored.password());
        return right && !tooLong && stored != null ? Optional.of(account(stored)) : Optional.empty();
    }

    /** A hash that no password has, made when first needed: making it is slow by intention. */
    private synchronized String nobodysHash() {
        String hash = nobodysHash;
        if (hash == null) {
            hash = encoder.encode(randomPassword());
            nobodysHash = hash;
        }
        return hash;
    }

    /** Changes whenever the account's password or roles do; for remembering that a password was right. */
    Optional<String> fingerprint(String name) {
        return Optional.ofNullable(stored().get(name)).map(stored -> stored.password() + stored.roles());
    }

    private void checkPassword(String password, List<Mistake> mistakes) {
        int length = password.codePointCount(0, password.length());
        int bytes = password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (length < settings.passwordLength())
            mistakes.add(new Mistake(
                    "password", Text.of("security.mistake.passwordShort", length, settings.passwordLength())));
        if (bytes > LONGEST_PASSWORD_BYTES)
            mistakes.add(
                    new Mistake("password", Text.of("security.mistake.passwordLong", bytes, LONGEST_PASSWORD_BYTES)));
    }

    private Stored stored(String name, String password, Set<Role> roles) {
        return new Stored(
                name, encoder.encode(password), Set.copyOf(roles), Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static Account account(Stored stored) {
        return new Account(stored.name(), stored.roles(), stored.changedAt());
    }

    private synchronized Map<String, Stored> stored() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (changed.equals(readAt)) return known;
            Map<String, Stored> read = new TreeMap<>();
            for (Stored one :
                    json.readValue(Files.readAllBytes(file), Content.class).users()) read.put(one.name(), one);
            known = Map.copyOf(read);
            readAt = changed;
            return new TreeMap<>(read);
        } catch (NoSuchFileException none) {
            known = Map.of();
            readAt = null;
            return known;
        } catch (IOException | JacksonException e) {
            throw ProblemException.unavailable("security.usersUnreadable", file).causedBy(e);
        }
    }

    private synchronized void change(UnaryOperator<Map<String, Stored>> edit) {
        try {
            Files.createDirectories(file.getParent());
            Path lock = file.resolveSibling("users.lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                readAt = null;
                Map<String, Stored> after = edit.apply(new TreeMap<>(stored()));
                write(new Content(List.copyOf(after.values())));
                readAt = null;
            }
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", file).causedBy(e);
        }
    }

    private void write(Content content) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), "users", ".tmp");
        try {
            if (Files.getFileStore(fresh).supportsFileAttributeView("posix"))
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.write(fresh, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
