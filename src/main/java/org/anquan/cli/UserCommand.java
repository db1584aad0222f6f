package org.anquan.cli;

import java.io.Console;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.security.Account;
import org.anquan.security.Role;
import org.anquan.security.Users;
import org.springframework.stereotype.Component;

/**
 * {@code user add|passwd|list}. A password is asked for on the terminal; where there is none, a random one is made and
 * shown once.
 */
@Component(CommandLine.BEAN + "user")
final class UserCommand implements Command {
    private final Users users;

    UserCommand(Users users) {
        this.users = users;
    }

    @Override
    public Text usage() {
        return Text.of("cli.user.usage");
    }

    @Override
    public int run(Arguments arguments) {
        String what = arguments.word(0, "add|passwd|list");
        switch (what) {
            case "add" -> add(arguments);
            case "passwd" -> passwd(arguments);
            case "list" -> list(arguments);
            default -> throw ProblemException.invalid("cli.user.what", what);
        }
        return 0;
    }

    private void add(Arguments arguments) {
        arguments.only(2, "role");
        String name = arguments.word(1, "NAME");
        Role role = role(arguments.option("role").orElse(Role.VIEWER.name()));
        String password = password(name);
        users.add(name, password, Set.of(role));
        System.out.println(Text.of("cli.user.added", name, role));
    }

    private void passwd(Arguments arguments) {
        arguments.only(2);
        String name = arguments.word(1, "NAME");
        users.setPassword(name, password(name));
        System.out.println(Text.of("cli.user.changed", name));
    }

    private void list(Arguments arguments) {
        arguments.only(1);
        for (Account account : users.list()) System.out.println(account.name() + "\t" + account.roles());
    }

    private static Role role(String word) {
        return Arrays.stream(Role.values())
                .filter(r -> r.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("cli.user.role", word, Arrays.asList(Role.values())));
    }

    private static String password(String name) {
        Console console = System.console();
        if (console == null) {
            String made = Users.randomPassword();
            System.out.println(Text.of("cli.user.made", name, made));
            return made;
        }
        char[] first = console.readPassword("%s ", Text.of("cli.user.ask", name));
        char[] second = console.readPassword("%s ", Text.of("cli.user.again"));
        if (first == null || second == null || !Arrays.equals(first, second))
            throw ProblemException.invalid("cli.user.differ");
        return new String(first);
    }
}
