package org.anquan.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sign-in for the map: a cookie that scripts cannot read and other sites cannot send. */
@RestController
@RequestMapping(path = "/api/session", produces = MediaType.APPLICATION_JSON_VALUE)
final class SessionController {
    static final String COOKIE = "anquan-session";

    private final SignIn signIn;
    private final Sessions sessions;
    private final SecuritySettings settings;

    SessionController(SignIn signIn, Sessions sessions, SecuritySettings settings) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.settings = settings;
    }

    record Credentials(@Nullable String user, @Nullable String password) {}

    /** @param user null where nobody is signed in */
    record WhoAmI(@Nullable String user, List<Role> roles) {
        static WhoAmI of(Asker asker) {
            return new WhoAmI(
                    asker.signedIn() ? asker.account() : null,
                    asker.roles().stream().sorted().toList());
        }
    }

    @GetMapping
    ResponseEntity<WhoAmI> who() {
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(WhoAmI.of(Asker.current()));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<WhoAmI> open(@RequestBody Credentials given, HttpServletRequest request) {
        String user = given.user();
        String password = given.password();
        if (user == null || password == null || user.isBlank())
            throw ProblemException.invalid("security.credentialsMissing");
        Asker asker = signIn.check(user, password, request.getRemoteAddr());
        token(request).ifPresent(sessions::close);
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .header(
                        "Set-Cookie",
                        cookie(sessions.open(asker), settings.sessionLongest().toSeconds(), request))
                .body(WhoAmI.of(asker));
    }

    @DeleteMapping
    ResponseEntity<Void> close(HttpServletRequest request) {
        token(request).ifPresent(sessions::close);
        return ResponseEntity.noContent()
                .header("Set-Cookie", cookie("", 0, request))
                .build();
    }

    static Optional<String> token(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) return Optional.empty();
        for (Cookie cookie : cookies) if (cookie.getName().equals(COOKIE)) return Optional.of(cookie.getValue());
        return Optional.empty();
    }

    private static String cookie(String token, long seconds, HttpServletRequest request) {
        return ResponseCookie.from(COOKIE, token)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.isSecure())
                .path("/")
                .maxAge(seconds)
                .build()
                .toString();
    }
}
