package org.anquan.cli;

import org.anquan.problem.Text;
import org.anquan.sample.SampleDistrict;
import org.springframework.stereotype.Component;

/** {@code sample}: loads the sample district, replacing the layers that it brings. */
@Component(CommandLine.BEAN + "sample")
final class SampleCommand implements Command {
    private final SampleDistrict sample;

    SampleCommand(SampleDistrict sample) {
        this.sample = sample;
    }

    @Override
    public Text usage() {
        return Text.of("cli.sample.usage");
    }

    @Override
    public int run(Arguments arguments) {
        arguments.only(0);
        ProgressBar bar = new ProgressBar();
        sample.load((what, count, share) -> bar.report(share));
        System.err.println(Text.of("cli.sample.done"));
        return 0;
    }
}
