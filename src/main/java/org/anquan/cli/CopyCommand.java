package org.anquan.cli;

import org.anquan.catalog.CopyReceipt;
import org.anquan.catalog.StoreCopies;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.springframework.stereotype.Component;

/** {@code copy --to STORE [--from STORE]}: everything from one store into another. */
@Component(CommandLine.BEAN + "copy")
final class CopyCommand implements Command {
    private final StoreCopies copies;

    CopyCommand(StoreCopies copies) {
        this.copies = copies;
    }

    @Override
    public Text usage() {
        return Text.of("cli.copy.usage");
    }

    @Override
    public int run(Arguments arguments) {
        arguments.only(0, "to", "from", "replace");
        String to = arguments.option("to").orElseThrow(() -> ProblemException.invalid("cli.missing", "--to"));
        ProgressBar bar = new ProgressBar();
        CopyReceipt done =
                copies.copy(arguments.option("from").orElse(null), to, arguments.has("replace"), bar::report);
        System.err.println(
                Text.of("cli.copy.done", done.layers(), done.features(), done.historyEntries(), done.changeSets()));
        return 0;
    }
}
