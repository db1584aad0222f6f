package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Layer files that are put into the data folder while the service runs. */
class LayerFilesTest extends ApiWorld {
    private static final String RELOAD = "/api/layers/reload";
    private static final Path FILE = HOME.resolve("layers/probe_new.yaml");
    private static final Path STYLE = HOME.resolve("styles/probe_new.sld");
    private static final String DEFINITION = """
            id: probe_new
            title: {zh: 新图层, en: New layer}
            group: event
            order: 950
            geometry: point
            sensitivity: public
            attributes:
              - {name: depth, title: {zh: 深度, en: Depth}, type: number, unit: m}
            """;

    @AfterEach
    void away() throws IOException {
        Files.deleteIfExists(FILE);
        Files.deleteIfExists(STYLE);
        assertThat(post(RELOAD, "{}", "Authorization", basic(ADMIN)).status()).isEqualTo(200);
    }

    @Test
    void aNewFileIsALayerAfterOneRequestAndItsChangeToo() throws IOException {
        assertThat(get("/ogc/collections/probe_new").status()).isEqualTo(404);
        Files.writeString(FILE, DEFINITION);
        Reply first = post(RELOAD, "{}", "Authorization", basic(ADMIN));
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().path("added").get(0).asString("")).isEqualTo("probe_new");
        assertThat(get("/ogc/collections/probe_new/schema")
                        .json()
                        .path("properties")
                        .has("depth"))
                .isTrue();
        assertThat(get("/styles/probe_new").status()).isEqualTo(200);
        assertThat(post(
                                "/ogc/collections/probe_new/items",
                                "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[105.8,32.4]},"
                                        + "\"properties\":{\"name\":\"井\",\"depth\":3}}",
                                "Authorization",
                                basic(PLANNER))
                        .status())
                .isEqualTo(201);
        Files.writeString(FILE, DEFINITION.replace("name: depth", "name: depthM"));
        assertThat(post(RELOAD, "{}", "Authorization", basic(ADMIN))
                        .json()
                        .path("changed")
                        .get(0)
                        .asString(""))
                .isEqualTo("probe_new");
        assertThat(get("/ogc/collections/probe_new/queryables")
                        .json()
                        .path("properties")
                        .has("depthM"))
                .isTrue();
    }

    @Test
    void allMistakesOfAFileAreSaidAndNothingIsChanged() throws IOException {
        String before = get("/ogc/collections").json().path("collections").toString();
        Files.writeString(
                FILE, DEFINITION.replace("group: event", "group: nothing").replace("type: number", "type: real"));
        Reply refused = post(RELOAD, "{}", "Authorization", basic(ADMIN));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().toString()).contains("probe_new.yaml:3", "probe_new.yaml:8", "什么都没有改动");
        assertThat(get("/ogc/collections").json().path("collections").toString())
                .isEqualTo(before);
    }

    @Test
    void onlyAdministratorsMay() {
        assertThat(post(RELOAD, "{}", "Authorization", basic(PLANNER)).status()).isEqualTo(403);
        assertThat(post(RELOAD, "{}", "Authorization", basic(VIEWER)).status()).isEqualTo(403);
        assertThat(post(RELOAD, "{}").status()).isEqualTo(401);
    }
}
