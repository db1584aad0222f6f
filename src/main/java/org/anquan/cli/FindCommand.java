package org.anquan.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.anquan.catalog.NameHit;
import org.anquan.catalog.NameHits;
import org.anquan.catalog.NameQuery;
import org.anquan.catalog.Names;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Visibility;
import org.anquan.problem.Text;
import org.springframework.stereotype.Component;

/** {@code find TEXT}: names, codes and addresses of all layers; exit code 1 where there is none. */
@Component(CommandLine.BEAN + "find")
final class FindCommand implements Command {
    private final Names names;

    FindCommand(Names names) {
        this.names = names;
    }

    @Override
    public Text usage() {
        return Text.of("cli.find.usage");
    }

    @Override
    public int run(Arguments arguments) {
        arguments.only(1, "layers");
        String query = arguments.word(0, "TEXT");
        List<String> layers = arguments
                .option("layers")
                .map(given -> Arrays.asList(given.split(",")))
                .orElse(List.of());
        // Whoever may run commands reads the database, too.
        NameHits found = names.find(new NameQuery(query, 0, layers, null), new Visibility(Sensitivity.RESTRICTED));
        for (NameHit hit : found.hits())
            System.out.println(String.format(
                    Locale.ROOT,
                    "%s\t%s\t%s\t%s\t%.6f,%.6f%s",
                    hit.layer().id(),
                    hit.id(),
                    hit.name(),
                    hit.text().equals(hit.name()) ? "" : hit.text(),
                    hit.lon(),
                    hit.lat(),
                    hit.place() == null ? "" : "\t" + hit.place()));
        if (found.hits().isEmpty()) System.out.println(Text.of("cli.find.nothing", query));
        if (found.more()) System.out.println(Text.of("cli.find.more"));
        return found.hits().isEmpty() ? 1 : 0;
    }
}
