package org.anquan.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anquan.coverage.CostRaster;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.springframework.stereotype.Component;

/** {@code cost-raster}: travel times from rasters and shapefiles alone, without a road network. */
@Component(CommandLine.BEAN + "cost-raster")
final class CostRasterCommand implements Command {
    private final CostRaster costRaster;

    CostRasterCommand(CostRaster costRaster) {
        this.costRaster = costRaster;
    }

    @Override
    public Text usage() {
        return Text.of("cli.costRaster.usage");
    }

    @Override
    public int run(Arguments arguments) {
        arguments.only(
                0,
                "land-cover",
                "dem",
                "speeds",
                "roads",
                "barriers",
                "facilities",
                "people",
                "zones",
                "zone-name",
                "minutes",
                "limit",
                "direction",
                "o");
        String direction = arguments.option("direction").orElse("from");
        if (!direction.equals("from") && !direction.equals("to"))
            throw ProblemException.invalid("cli.costRaster.direction", direction);
        List<Integer> minutes = minutes(arguments.option("minutes").orElse("30,60,120"));
        CostRaster.Report report = costRaster.run(
                new CostRaster.Request(
                        needed(arguments, "land-cover"),
                        path(arguments, "dem").orElse(null),
                        needed(arguments, "speeds"),
                        path(arguments, "roads").orElse(null),
                        paths(arguments.option("barriers").orElse("")),
                        needed(arguments, "facilities"),
                        path(arguments, "people").orElse(null),
                        path(arguments, "zones").orElse(null),
                        arguments.option("zone-name").orElse("name"),
                        minutes,
                        minutes(arguments.option("limit").orElse("600")).get(0),
                        direction.equals("to")),
                needed(arguments, "o"));
        report.warnings().forEach(System.err::println);
        report.lines().forEach(System.out::println);
        report.files().forEach(file -> System.err.println(Text.of("cli.written", file)));
        return 0;
    }

    private static Optional<Path> path(Arguments arguments, String option) {
        return arguments.option(option).map(Path::of);
    }

    private static Path needed(Arguments arguments, String option) {
        return path(arguments, option).orElseThrow(() -> ProblemException.invalid("cli.missing", "--" + option));
    }

    private static List<Path> paths(String list) {
        List<Path> all = new ArrayList<>();
        for (String one : list.split(",")) if (!one.isBlank()) all.add(Path.of(one.strip()));
        return all;
    }

    private static List<Integer> minutes(String list) {
        List<Integer> all = new ArrayList<>();
        for (String one : list.split(",")) {
            if (!one.strip().matches("[1-9][0-9]{0,4}")) throw ProblemException.invalid("cli.costRaster.minutes", list);
            all.add(Integer.valueOf(one.strip()));
        }
        return all;
    }
}
