package org.anquan.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.anquan.doctor.Check;
import org.anquan.doctor.Diagnosis;
import org.anquan.doctor.Finding;
import org.anquan.doctor.Mending;
import org.anquan.doctor.Mending.Mended;
import org.anquan.doctor.Mending.Wanted;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.Process;
import org.anquan.process.Processes;
import org.anquan.security.Asker;
import org.anquan.security.Role;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code doctor LAYER [--mend CHECK,…] [--filter CQL2] [-o report.xlsx|report.json]}: what is wrong with a layer. */
@Component(CommandLine.BEAN + "doctor")
final class DoctorCommand implements Command {
    private static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int SHOWN = 5;

    private final List<Process> processes;
    private final Mending mending;
    private final JsonMapper json;

    DoctorCommand(Processes processes, Mending mending, JsonMapper json) {
        this.processes = processes.all();
        this.mending = mending;
        this.json = json;
    }

    @Override
    public Text usage() {
        return Text.of("cli.doctor.usage");
    }

    /** 0 where nothing is wrong (any more), 1 where there are errors or warnings; notices alone are no failure. */
    @Override
    public int run(Arguments arguments) throws IOException {
        arguments.only(1, "mend", "filter", "o");
        String layer = arguments.word(0, "LAYER");
        Set<Check> checks = checks(arguments.option("mend").orElse(""));
        Process process = processes.stream()
                .filter(p -> p.description().id().equals("data-doctor"))
                .findFirst()
                .orElseThrow();
        ObjectNode inputs = JsonNodeFactory.instance.objectNode().put("layer", layer);
        arguments.option("filter").ifPresent(filter -> inputs.put("filter", filter));
        AtomicReference<Diagnosis> answered = new AtomicReference<>();
        ProgressBar bar = new ProgressBar();
        // Whoever may run commands beside the data may see all of it.
        Asker asker = new Asker("command line", Set.of(Role.ADMIN));
        asker.run(() -> answered.set((Diagnosis) process.execute(inputs, bar)));
        Diagnosis diagnosis = Objects.requireNonNull(answered.get());
        if (!checks.isEmpty()) {
            AtomicReference<Mended> done = new AtomicReference<>();
            long version = diagnosis.version();
            asker.run(() ->
                    done.set(mending.mend(new Wanted(layer, Set.of(), checks, version), asker.account(), "", bar)));
            say(Objects.requireNonNull(done.get()));
            asker.run(() -> answered.set((Diagnosis) process.execute(inputs, bar)));
            diagnosis = Objects.requireNonNull(answered.get());
        }
        tell(diagnosis);
        if (arguments.has("o"))
            write(process, diagnosis, Path.of(arguments.option("o").orElseThrow()));
        boolean clean =
                diagnosis.counts().stream().allMatch(count -> count.severity() == org.anquan.doctor.Severity.NOTICE);
        return clean ? 0 : 1;
    }

    private static Set<Check> checks(String given) {
        Set<Check> checks = EnumSet.noneOf(Check.class);
        for (String id : given.split("[,，]"))
            if (!id.isBlank())
                checks.add(Check.of(id.strip())
                        .orElseThrow(() -> ProblemException.invalid("cli.doctor.check", id.strip(), Check.ids())));
        return checks;
    }

    private static void say(Mended mended) {
        if (mended.changeSet() == null) System.out.println(Text.of("cli.doctor.nothing"));
        else System.out.println(Text.of("cli.doctor.mended", mended.mended(), mended.features(), mended.changeSet()));
        for (Mending.Left left : mended.left()) System.out.println("  " + left.id() + ": " + left.reason());
    }

    private static void tell(Diagnosis diagnosis) {
        System.out.println(Text.of("cli.doctor.checked", diagnosis.layer(), diagnosis.checked(), diagnosis.version()));
        for (Text warning : diagnosis.provenance().warnings()) System.out.println("  ! " + warning);
        if (diagnosis.counts().isEmpty()) System.out.println(Text.of("cli.doctor.clean"));
        for (Diagnosis.Count count : diagnosis.counts()) {
            System.out.println(Text.of(
                    "cli.doctor.count",
                    new Text("doctor.severity." + count.severity().id(), List.of()),
                    count.title(),
                    count.count(),
                    count.check().id(),
                    count.mendable()));
            List<Finding> first = diagnosis.findings().stream()
                    .filter(finding -> finding.check() == count.check())
                    .limit(SHOWN)
                    .toList();
            for (Finding finding : first)
                System.out.println("    " + (finding.feature() == null ? "" : finding.feature() + " ") + finding.name()
                        + ": " + finding.text());
            if (count.count() > first.size())
                System.out.println("    " + Text.of("cli.doctor.more", count.count() - first.size()));
        }
    }

    private void write(Process process, Diagnosis diagnosis, Path out) throws IOException {
        try (OutputStream stream = Files.newOutputStream(out)) {
            if (out.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx")) process.write(diagnosis, EXCEL, stream);
            else json.writeValue(stream, diagnosis);
        }
        System.err.println(Text.of("cli.written", out));
    }
}
