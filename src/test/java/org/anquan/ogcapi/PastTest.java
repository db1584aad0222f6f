package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Change;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.FeatureDraft;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A layer as it was at a time, over HTTP. */
class PastTest extends ApiWorld {
    private static final String ITEMS = "/ogc/collections/probe_edit/items";

    private Instant loaded = Instant.EPOCH;
    private Instant edited = Instant.EPOCH;

    @BeforeEach
    void threeThenTwoMovedAndOneNew() throws IOException, InterruptedException {
        Map<String, Object> is = new LinkedHashMap<>(Map.of("name", "甲", "people", 10L));
        load(
                "probe_edit",
                List.of(
                        new FeatureDraft("a", wkt("POINT(105.1 32.4)"), is, null),
                        new FeatureDraft("b", wkt("POINT(105.2 32.4)"), Map.of("name", "乙", "people", 20L), null),
                        new FeatureDraft("c", wkt("POINT(105.3 32.4)"), Map.of("name", "丙", "people", 30L), null)));
        loaded = Instant.now();
        Thread.sleep(5);
        edits.apply(
                new ChangeContext("test", ""),
                List.of(
                        new Change.Patch("probe_edit", "a", null, wkt("POINT(106 33)"), Map.of("people", 11)),
                        new Change.Delete("probe_edit", "b", null),
                        new Change.Create("probe_edit", "d", wkt("POINT(105.4 32.4)"), Map.of("name", "丁"))));
        edited = Instant.now();
    }

    @Test
    void theLayerIsAsItWasWithBoxFilterAndPaging() {
        assertThat(get(ITEMS).ids()).containsExactly("a", "c", "d");
        assertThat(get(ITEMS + "?datetime=" + edited).ids()).containsExactly("a", "c", "d");
        Reply then = get(ITEMS + "?datetime=" + loaded);
        assertThat(then.ids()).containsExactly("a", "b", "c");
        assertThat(then.json().at("/features/0/properties/people").asInt()).isEqualTo(10);
        assertThat(then.json().at("/features/0/geometry/coordinates/0").asDouble())
                .isEqualTo(105.1);
        assertThat(then.json().at("/asOf/note").asString("")).isNotEmpty();
        assertThat(get(ITEMS + "?bbox=105,32,105.25,33&datetime=" + loaded).ids())
                .containsExactly("a", "b");
        assertThat(get(ITEMS + "?filter=people%20%3E%2015&datetime=" + loaded).ids())
                .containsExactly("b", "c");
        Reply page = get(ITEMS + "?limit=2&offset=1&datetime=" + loaded);
        assertThat(page.ids()).containsExactly("b", "c");
        assertThat(page.json().path("numberMatched").asInt()).isEqualTo(3);
        Reply first = get(ITEMS + "?limit=2&datetime=" + loaded);
        String next = "";
        for (var link : first.json().path("links"))
            if (link.path("rel").asString("").equals("next"))
                next = link.path("href").asString("");
        assertThat(get(next).ids()).containsExactly("c");
        assertThat(get(ITEMS + "?f=html&datetime=" + loaded).text()).contains("乙");
    }

    @Test
    void oneFeatureIsAsItWas() {
        assertThat(get(ITEMS + "/b?datetime=" + loaded).json().path("id").asString(""))
                .isEqualTo("b");
        assertThat(get(ITEMS + "/b").status()).isEqualTo(404);
        assertThat(get(ITEMS + "/a?datetime=" + loaded)
                        .json()
                        .at("/properties/people")
                        .asInt())
                .isEqualTo(10);
        Reply early = get(ITEMS + "/d?datetime=" + loaded);
        assertThat(early.status()).isEqualTo(404);
        assertThat(early.json().path("help").asString("")).isNotEmpty();
        assertThat(get(ITEMS + "/a?datetime=yesterday").status()).isEqualTo(400);
    }

    @Test
    void beforeItsBeginningALayerIsEmptyAndSaysSo() {
        Reply reply = get(ITEMS + "?datetime=1999-01-01T00:00:00Z");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.ids()).isEmpty();
        assertThat(reply.json().at("/asOf/layerVersion").asLong(-1)).isZero();
        assertThat(reply.json().at("/asOf/note").asString("")).isNotEmpty();
    }

    @Test
    void whatIsHiddenNowIsHiddenThen() {
        assertThat(get(ITEMS + "?datetime=" + loaded).text()).doesNotContain("keeper");
        assertThat(get("/ogc/collections/probe_hidden/items?datetime=" + loaded).status())
                .isEqualTo(404);
    }
}
