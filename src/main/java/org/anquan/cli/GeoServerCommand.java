package org.anquan.cli;

import java.util.List;
import java.util.stream.Stream;
import org.anquan.geoserver.Publishing;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.springframework.stereotype.Component;

/** {@code geoserver publish [--dry-run] [--resume] [--layers a,b]}: the public layers on a GeoServer. */
@Component(CommandLine.BEAN + "geoserver")
final class GeoServerCommand implements Command {
    private final Publishing publishing;

    GeoServerCommand(Publishing publishing) {
        this.publishing = publishing;
    }

    @Override
    public Text usage() {
        return Text.of("cli.geoserver.usage");
    }

    @Override
    public int run(Arguments arguments) {
        // Each run goes on where the last one stopped; --resume says the same to whoever expects to have to say it.
        arguments.only(1, "dry-run", "resume", "layers");
        String what = arguments.word(0, "publish");
        if (!what.equals("publish")) throw ProblemException.invalid("cli.geoserver.unknown", what);
        List<String> layers = Stream.of(arguments.option("layers").orElse("").split("[,，]"))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toList();
        Publishing.Report report = publishing.publish(layers, arguments.has("dry-run"), new ProgressBar());
        report.writes().forEach(System.out::println);
        report.warnings().forEach(warning -> System.err.println("! " + warning));
        int count = report.writes().size();
        if (count == 0) System.out.println(Text.of("cli.geoserver.unchanged", report.layers(), report.workspace()));
        else if (report.dryRun()) System.out.println(Text.of("cli.geoserver.dryRun", count));
        else System.out.println(Text.of("cli.geoserver.done", count, report.layers(), report.workspace()));
        return 0;
    }
}
