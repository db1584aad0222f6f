package org.anquan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anquan.Anquan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The command line as {@code bin/run} opens it: quick to start, since a command makes only what it needs. */
@ExtendWith(OutputCaptureExtension.class)
class CommandLineTest {
    private static final List<String> WORDS =
            List.of("copy", "cost-raster", "doctor", "export", "find", "geoserver", "import", "run", "sample", "user");

    @TempDir
    Path home;

    private ConfigurableApplicationContext open(String command) {
        return CommandLine.open(
                Anquan.class,
                command,
                List.of("--anquan.home=" + home, "--anquan.sample=none", "--anquan.language=zh"));
    }

    @Test
    void anImportMakesNoProcessesNoMetricsAndNoOtherCommand(CapturedOutput said) throws Exception {
        Path file = home.resolve("pads.csv");
        Files.writeString(file, "name,lon,lat\n盘龙,105.8,32.4\n南河,105.82,32.44\n");
        try (ConfigurableApplicationContext context = open("import")) {
            int status = context.getBean(CommandLine.class).run("import", List.of("layer", "helipad", file.toString()));
            assertThat(status).isZero();
            assertThat(said.getOut()).contains("接受 2 行");

            List<String> known = List.of(context.getBeanDefinitionNames());
            assertThat(known).contains("jobs", "processes").noneMatch(name -> name.contains("meterRegistry"));
            List<String> made = known.stream()
                    .filter(name -> context.getBeanFactory().containsSingleton(name))
                    .toList();
            assertThat(made).contains("command.import").doesNotContain("jobs", "processes", "styles");
            assertThat(made.stream().filter(name -> name.startsWith(CommandLine.BEAN)))
                    .containsExactly("command.import");
        }
    }

    @Test
    void helpTellsOfEveryCommandAndAnUnknownWordNamesThemAll(CapturedOutput said) {
        try (ConfigurableApplicationContext context = open("help")) {
            CommandLine line = context.getBean(CommandLine.class);
            assertThat(line.run("help", List.of())).isZero();
            assertThat(said.getOut().lines().map(String::strip).map(text -> text.split(" ")[0]))
                    .containsAll(WORDS);
            assertThat(line.run("imprt", List.of())).isEqualTo(2);
            assertThat(said.getErr()).contains("imprt").contains(WORDS);
        }
    }

    @Test
    void aHomeThatCannotBeUsedIsToldInWordsAndNotAsAStackTrace(CapturedOutput said) throws Exception {
        Path file = Files.writeString(home.resolve("file"), "not a folder");
        try (ConfigurableApplicationContext context =
                CommandLine.open(Anquan.class, "find", List.of("--anquan.home=" + file, "--anquan.language=zh"))) {
            assertThat(context.getBean(CommandLine.class).run("find", List.of("广元")))
                    .isEqualTo(2);
        }
        assertThat(said.getErr()).contains("数据文件夹无法写入").contains(file.toString());
        assertThat(said.getAll()).doesNotContain("Exception");
    }
}
