package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The search box over HTTP. */
class FindTest extends ApiWorld {
    private static String q(String text) {
        return "/api/find?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aHitHasAllThatTheMapNeeds() {
        Reply reply = get(q("点25"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("query").asString("")).isEqualTo("点25");
        assertThat(reply.json().path("more").asBoolean(true)).isFalse();
        assertThat(reply.json().path("hits").size()).isEqualTo(1);
        JsonNode hit = reply.json().path("hits").path(0);
        assertThat(hit.path("layer").asString("")).isEqualTo("probe_point");
        assertThat(hit.path("id").asString("")).isEqualTo("p25");
        assertThat(hit.path("attribute").asString("")).isEqualTo("name");
        assertThat(hit.path("match").toString()).isEqualTo("[0,3]");
        assertThat(hit.path("lon").asDouble()).isEqualTo(106.05);
        assertThat(hit.path("bbox").size()).isEqualTo(4);
        assertThat(hit.has("place")).isTrue();
        assertThat(hit.path("layerTitle").isString()).isTrue();
    }

    @Test
    void theLimitCutsAndSaysThatThereIsMore() {
        JsonNode answer =
                get(q("点") + "&limit=3&layers=probe_point&bbox=105.9,32,106,33").json();
        assertThat(answer.path("hits").size()).isEqualTo(3);
        assertThat(answer.path("more").asBoolean(false)).isTrue();
    }

    @Test
    void aHiddenLayerAndAHiddenAttributeAreNotFound() {
        assertThat(get(q("内部")).json().path("hits").size()).isZero();
        assertThat(get(q("内部"), "Authorization", basic(ADMIN))
                        .json()
                        .path("hits")
                        .size())
                .isEqualTo(1);
        assertThat(get(q("张3")).json().path("hits").size()).isZero();
        assertThat(get(q("内") + "&layers=probe_hidden").status()).isEqualTo(404);
    }

    @Test
    void allMistakesAreSaidAtOnce() {
        Reply reply = get("/api/find?limit=x&bbox=1,2&colour=red");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("mistakes").size()).isEqualTo(3);
        assertThat(get("/api/find").status()).isEqualTo(400);
    }
}
