package org.anquan.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Takes the asker from the map's cookie. A request that changes something must also carry the header
 * {@code X-Requested-With}, which a foreign page cannot set.
 */
final class SessionFilter extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Sessions sessions;
    private final HandlerExceptionResolver problems;

    SessionFilter(Sessions sessions, HandlerExceptionResolver problems) {
        this.sessions = sessions;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Asker> asker = request.getHeader("Authorization") == null
                ? SessionController.token(request).flatMap(sessions::find)
                : Optional.empty();
        if (asker.isPresent()) {
            if (!READING.contains(request.getMethod()) && request.getHeader("X-Requested-With") == null) {
                problems.resolveException(
                        request, response, null, ProblemException.of(Kind.FORBIDDEN, "security.headerMissing"));
                return;
            }
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(asker.get().authentication());
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
