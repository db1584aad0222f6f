package org.anquan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anquan.Anquan;
import org.anquan.geoserver.StubGeoServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code geoserver publish} as a person types it: import, try, publish, publish again. */
@ExtendWith(OutputCaptureExtension.class)
class GeoServerCommandTest {
    @TempDir
    Path home;

    private ConfigurableApplicationContext open(String url, String password) {
        return CommandLine.open(
                Anquan.class,
                "geoserver",
                List.of(
                        "--anquan.home=" + home,
                        "--anquan.sample=none",
                        "--anquan.language=zh",
                        "--anquan.geoserver.url=" + url,
                        "--anquan.geoserver.user=" + StubGeoServer.USER,
                        "--anquan.geoserver.password=" + password,
                        "--anquan.geoserver.attempts=1"));
    }

    private static int type(ConfigurableApplicationContext context, String... words) {
        List<String> all = List.of(words);
        return context.getBean(CommandLine.class).run(all.get(0), all.subList(1, all.size()));
    }

    @Test
    void triedPublishedAndPublishedAgainWithoutChange(CapturedOutput said) throws IOException {
        Path file = home.resolve("pads.csv");
        Files.writeString(file, "name,lon,lat\n盘龙,105.8,32.4\n南河,105.82,32.44\n");
        try (StubGeoServer server = new StubGeoServer();
                ConfigurableApplicationContext context = open(server.url(), StubGeoServer.PASSWORD)) {
            assertThat(type(context, "import", "layer", "helipad", file.toString()))
                    .isZero();
            assertThat(type(context, "geoserver", "publish", "--layers", "helipad", "--dry-run"))
                    .isZero();
            assertThat(server.writes).isEmpty();
            assertThat(said.getOut())
                    .contains("新建工作区 anquan")
                    .contains("直升机起降点")
                    .contains("尚未执行");
            assertThat(type(context, "geoserver", "publish", "--layers", "helipad"))
                    .isZero();
            assertThat(server.refused).isEmpty();
            int writes = server.writes.size();
            assertThat(writes).isGreaterThan(4);
            assertThat(type(context, "geoserver", "publish", "--layers", "helipad"))
                    .isZero();
            assertThat(server.writes).hasSize(writes);
            assertThat(said.getOut()).contains("没有改动");
            // What is not done is said in words, with another exit.
            assertThat(type(context, "geoserver", "publish", "--layers", "no_such_layer"))
                    .isNotZero();
            assertThat(type(context, "geoserver", "unpublish")).isNotZero();
        }
        try (StubGeoServer server = new StubGeoServer();
                ConfigurableApplicationContext context = open(server.url(), "geo-falsch-2")) {
            assertThat(type(context, "geoserver", "publish")).isNotZero();
            assertThat(said.getErr()).contains("不认这个用户或密码");
        }
        assertThat(said.getAll()).doesNotContain(StubGeoServer.PASSWORD, "geo-falsch-2");
    }
}
