package org.anquan.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * The command line: {@code serve} starts the service, every other word runs one {@link Command} without the web side and
 * ends the process with 0 only if the command did what was asked. Words that begin with {@code --anquan.},
 * {@code --spring.}, {@code --server.} or {@code --logging.} are settings.
 */
@Component
public final class CommandLine {
    private static final Set<String> SWITCHES =
            Set.of("replace", "all-or-nothing", "dry-run", "resume", "titles", "help", "h");

    /** What a command's bean is called, before its word. */
    static final String BEAN = "command.";

    private final ListableBeanFactory beans;
    private final Locale language;

    /** @param beans where only the command that is asked for is made, with what it needs and nothing else */
    CommandLine(ListableBeanFactory beans, @Value("${anquan.language}") String language) {
        this.beans = beans;
        this.language = Texts.nearest(Locale.forLanguageTag(language));
    }

    private List<String> words() {
        return Arrays.stream(beans.getBeanNamesForType(Command.class, true, false))
                .map(bean -> bean.substring(BEAN.length()))
                .sorted()
                .toList();
    }

    private Command command(String word) {
        return beans.getBean(BEAN + word, Command.class);
    }

    public static void start(Class<?> application, String[] args) {
        List<String> settings = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String arg : args) (isSetting(arg) ? settings : words).add(arg);
        String command = words.isEmpty() ? "serve" : words.get(0);
        if (command.equals("serve")) {
            serve(application, words, settings);
            return;
        }
        int status;
        try (ConfigurableApplicationContext context = open(application, command, settings)) {
            status = context.getBean(CommandLine.class).run(command, words.subList(1, words.size()));
        }
        System.exit(status);
    }

    /** Only what is asked for is made, and nothing that only a service needs. */
    static ConfigurableApplicationContext open(Class<?> application, String command, List<String> settings) {
        SpringApplication spring = new SpringApplication(application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        spring.setBannerMode(Banner.Mode.OFF);
        spring.setLazyInitialization(true);
        List<String> all = new ArrayList<>(settings);
        all.add("--logging.level.root=WARN");
        all.add("--" + CommandParts.COMMAND + "=" + command);
        return spring.run(all.toArray(String[]::new));
    }

    private static void serve(Class<?> application, List<String> words, List<String> settings) {
        if (words.size() > 1) {
            System.err.println(
                    ProblemException.invalid("cli.tooMany", words.get(1)).getMessage());
            System.exit(2);
        }
        SpringApplication spring = new SpringApplication(application);
        spring.setBannerMode(Banner.Mode.OFF);
        spring.run(settings.toArray(String[]::new));
    }

    private static boolean isSetting(String arg) {
        return arg.startsWith("--anquan.")
                || arg.startsWith("--spring.")
                || arg.startsWith("--server.")
                || arg.startsWith("--management.")
                || arg.startsWith("--logging.");
    }

    /** @return what the process exits with: 0 only where it did what was asked */
    int run(String name, List<String> words) {
        LocaleContextHolder.setLocale(language);
        try {
            if (Set.of("help", "--help", "-h").contains(name)) return help();
            List<String> known = words();
            if (!known.contains(name)) throw ProblemException.invalid("cli.unknown", name, known);
            Command command = command(name);
            Arguments arguments = Arguments.of(words, SWITCHES);
            if (arguments.has("help") || arguments.has("h")) {
                System.out.println(command.usage());
                return 0;
            }
            return command.run(arguments);
        } catch (ProblemException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (Exception e) {
            ProblemException known = problem(e);
            if (known != null) {
                System.err.println(known.getMessage());
                return 2;
            }
            LoggerFactory.getLogger(CommandLine.class).error("command {} failed", name, e);
            System.err.println(Text.of("cli.failed", String.valueOf(e.getMessage())));
            return 3;
        }
    }

    /** What the command needs is made when it is asked for: a home that cannot be opened is told by the framework's own error. */
    private static @Nullable ProblemException problem(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause())
            if (cause instanceof ProblemException problem) return problem;
        return null;
    }

    private int help() {
        System.out.println(Text.of("cli.help"));
        for (String word : words()) System.out.println("  " + command(word).usage());
        return 0;
    }
}
