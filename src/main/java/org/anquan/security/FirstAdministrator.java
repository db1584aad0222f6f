package org.anquan.security;

import java.io.PrintStream;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Makes the account {@code admin} at the first start of the service and shows its password once, on the console: not as
 * a log line, which would be written to a file.
 */
@Component
@ConditionalOnWebApplication
final class FirstAdministrator {
    private final Users users;

    FirstAdministrator(Users users) {
        this.users = users;
    }

    @EventListener(ApplicationReadyEvent.class)
    void makeIfNone() {
        makeIfNone(System.out);
    }

    void makeIfNone(PrintStream console) {
        boolean one = users.list().stream().anyMatch(account -> account.roles().contains(Role.ADMIN));
        if (one) return;
        String name = users.find("admin").isEmpty() ? "admin" : "administrator";
        String password = Users.randomPassword();
        users.add(name, password, Set.of(Role.ADMIN));
        console.println();
        console.println("  ------------------------------------------------------------");
        console.println("  管理员账号 Administrator account: " + name);
        console.println("  密码 Password:                    " + password);
        console.println("  只显示这一次，请立即记下。Shown only this once: write it down.");
        console.println("  修改 Change it:  bin/run user passwd " + name);
        console.println("  ------------------------------------------------------------");
        console.println();
        console.flush();
    }
}
