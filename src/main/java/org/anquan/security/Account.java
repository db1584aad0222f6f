package org.anquan.security;

import java.time.Instant;
import java.util.Set;

/** An account, without its password. */
public record Account(String name, Set<Role> roles, Instant changedAt) {
    public Account {
        roles = Set.copyOf(roles);
    }
}
