package org.anquan.security;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who asks.
 *
 * @param account the account's name; empty for the public
 */
public record Asker(String account, Set<Role> roles) implements AuthenticatedPrincipal {
    public static final Asker PUBLIC = new Asker("", Set.of());

    public Asker {
        roles = Set.copyOf(roles);
    }

    /** Of the present request or job; the public where nobody is signed in. */
    public static Asker current() {
        Authentication present = SecurityContextHolder.getContext().getAuthentication();
        return present != null && present.getPrincipal() instanceof Asker asker ? asker : PUBLIC;
    }

    public boolean signedIn() {
        return !account.isEmpty();
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Runs work on this thread in the name of this asker: for jobs that outlive their request. */
    public void run(Runnable work) {
        SecurityContext before = SecurityContextHolder.getContext();
        SecurityContext mine = SecurityContextHolder.createEmptyContext();
        if (signedIn()) mine.setAuthentication(authentication());
        SecurityContextHolder.setContext(mine);
        try {
            work.run();
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }

    Authentication authentication() {
        List<SimpleGrantedAuthority> authorities = roles.stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(this, null, authorities);
    }

    static @Nullable Asker of(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof Asker asker ? asker : null;
    }

    @Override
    public String getName() {
        return account;
    }
}
