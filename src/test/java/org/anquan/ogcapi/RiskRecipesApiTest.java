package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anquan.home.AnquanHome;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Recipes of the county's own over HTTP: copied from what ships, kept, guarded, and zoned with. */
class RiskRecipesApiTest extends ApiWorld {
    @Autowired
    private AnquanHome home;

    /** One factor of a layer that this world has. */
    private static String ofLayer(String layer) {
        String factor = "{\"kind\": \"distance\", \"layer\": \"" + layer + "\", \"reach\": 400, \"source\": \"t\"}";
        return "{\"title\": \"甲\", \"hazards\": [{\"id\": \"a\", \"hazard\": [" + factor + "], \"exposure\": [" + factor
                + "], \"vulnerability\": [" + factor + "], \"capacity\": []}]}";
    }

    private Reply put(String name, String json, String account, String... more) {
        String[] headers = new String[4 + more.length];
        headers[0] = "Authorization";
        headers[1] = basic(account);
        headers[2] = "Content-Type";
        headers[3] = "application/json";
        System.arraycopy(more, 0, headers, 4, more.length);
        return ask("PUT", "/api/risk-recipes/" + name, json, headers);
    }

    private Reply delete(String name, String account, String... more) {
        String[] headers = new String[2 + more.length];
        headers[0] = "Authorization";
        headers[1] = basic(account);
        System.arraycopy(more, 0, headers, 2, more.length);
        return ask("DELETE", "/api/risk-recipes/" + name, null, headers);
    }

    private JsonNode listed(String name) {
        for (JsonNode one : post("/ogc/processes/risk-recipes/execution", "{\"inputs\":{}}")
                .json()
                .path("recipes")) if (one.path("name").asString().equals(name)) return one;
        return MissingNode.getInstance();
    }

    @Test
    void whatShipsIsReadByEverybodyAndChangedByNobody() {
        Reply shipped = get("/api/risk-recipes/comprehensive");
        assertThat(shipped.status()).isEqualTo(200);
        assertThat(shipped.json().path("origin").asString()).isEqualTo("shipped");
        assertThat(shipped.json().at("/recipe/hazards/0/recipe").asString()).isEqualTo("geological");
        assertThat(get("/api/risk-recipes")
                        .json()
                        .path("recipes")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("comprehensive");
        Reply refused = put("comprehensive", ofLayer("probe_point"), ADMIN);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("副本");
        Reply kept = delete("comprehensive", ADMIN, "If-Match", "*");
        assertThat(kept.status()).isEqualTo(400);
        assertThat(get("/api/risk-recipes/nobody").status()).isEqualTo(404);
    }

    @Test
    void aCopyWithOtherWeightsIsKeptGuardedAndDeleted() {
        ObjectNode copy = (ObjectNode) JsonMapper.builder().build().readTree("""
                {"title": {"zh": "两样合在一起"}, "hazards": [
                   {"id": "a", "weight": 0.5, "weightSource": "旧", "hazard": [HERE], "exposure": [HERE], "vulnerability": [HERE]},
                   {"id": "b", "weight": 0.5, "hazard": [HERE], "exposure": [HERE], "vulnerability": [HERE]}],
                 "weights": {"a": 0.9}, "weightSource": "县规划 2026", "weightMark": "S"}""".replace(
                        "HERE", "{\"kind\":\"distance\",\"layer\":\"probe_point\",\"reach\":9,\"source\":\"t\"}"));
        Reply first = put("own-copy", copy.toString(), PLANNER);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.json().path("author").asString()).isEqualTo("规划员");
        // The weight of the top stands in place of the hazard's, with its own source; the other keeps its own.
        JsonNode hazards = listed("own-copy").path("hazards");
        assertThat(hazards.get(0).path("weight").asDouble()).isEqualTo(0.9);
        assertThat(hazards.get(0).path("source").asString()).isEqualTo("县规划 2026");
        assertThat(hazards.get(0).path("mark").asString()).isEqualTo("S");
        assertThat(hazards.get(1).path("weight").asDouble()).isEqualTo(0.5);
        assertThat(listed("own-copy").path("origin").asString()).isEqualTo("stored");

        assertThat(put("own-copy", copy.toString(), PLANNER).status()).isEqualTo(428);
        Reply second = put("own-copy", copy.put("cell", 50).toString(), ADMIN, "If-Match", first.header("ETag"));
        assertThat(second.status()).isEqualTo(200);
        Reply stale = put("own-copy", copy.toString(), PLANNER, "If-Match", first.header("ETag"));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.json().path("detail").asString("")).contains("admin");
        assertThat(delete("own-copy", PLANNER).status()).isEqualTo(428);
        assertThat(delete("own-copy", PLANNER, "If-Match", second.header("ETag"))
                        .status())
                .isEqualTo(204);
        assertThat(get("/api/risk-recipes/own-copy").status()).isEqualTo(404);
        assertThat(delete("own-copy", PLANNER, "If-Match", "*").status()).isEqualTo(404);
    }

    @Test
    void everythingWrongInOneIsToldAtOnce() {
        Reply reply = put("common", """
                {"colour": 1, "cell": 0, "weights": {"a": -1, "x": 1}, "weightMark": "Q", "hazards": [
                  {"id": "a", "hazard": [{"kind": "distance", "layer": "nowhere", "source": ""}],
                   "exposure": [], "vulnerability": [{"kind": "colour", "source": "t"}]}]}""", PLANNER);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("mistakes").findValuesAsString("where"))
                .contains(
                        "name",
                        "recipe.colour",
                        "recipe.cell",
                        "recipe.weights.a",
                        "recipe.weights.x",
                        "recipe.weightMark",
                        "recipe.hazards[0].hazard.factors[0].reach",
                        "recipe.hazards[0].hazard.factors[0].source",
                        "recipe.hazards[0].exposure",
                        "recipe.hazards[0].vulnerability.factors[0].kind");
        Reply layer = put("no-layer", ofLayer("nowhere"), PLANNER);
        assertThat(layer.status()).isEqualTo(400);
        assertThat(layer.text()).contains("nowhere", "probe_point");
        assertThat(put("no-object", "[1]", PLANNER).status()).isEqualTo(400);
        assertThat(put("no-json", "{", PLANNER).status()).isEqualTo(400);
        assertThat(get("/api/risk-recipes/no-object").status()).isEqualTo(404);
    }

    @Test
    void onlyPlannersAndAdministratorsWrite() {
        String body = ofLayer("probe_point");
        assertThat(ask("PUT", "/api/risk-recipes/x", body, "Content-Type", "application/json")
                        .status())
                .isEqualTo(401);
        assertThat(put("x", body, VIEWER).status()).isEqualTo(403);
        assertThat(ask("DELETE", "/api/risk-recipes/x", null).status()).isEqualTo(401);
        assertThat(delete("x", VIEWER, "If-Match", "*").status()).isEqualTo(403);
        assertThat(put("x", body, PLANNER).status()).isEqualTo(201);
    }

    @Test
    void aRecipeOfALayerThatIsHiddenIsItselfHidden() {
        assertThat(put("of-hidden", ofLayer("probe_hidden"), PLANNER).status()).isEqualTo(201);
        assertThat(get("/api/risk-recipes/of-hidden").status()).isEqualTo(404);
        assertThat(get("/api/risk-recipes").text()).doesNotContain("of-hidden", "probe_hidden");
        assertThat(listed("of-hidden").isMissingNode()).isTrue();
        assertThat(get("/api/risk-recipes/of-hidden", "Authorization", basic(PLANNER))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aFileOfTheDataFolderAddsARecipeOrStandsInForOneThatShips() throws IOException {
        Path folder = Files.createDirectories(home.folder().resolve("recipes"));
        Path own = folder.resolve("our-county.yaml");
        Path replaced = folder.resolve("earthquake.yaml");
        String factor = "[{kind: distance, layer: probe_point, reach: 400, source: 县规划, mark: S}]";
        String yaml = "title: {zh: 我县的, en: Ours}\nhazards:\n  - {id: a, hazard: " + factor + ", exposure: " + factor
                + ", vulnerability: " + factor + "}\n";
        try {
            Files.writeString(own, yaml);
            Files.writeString(replaced, yaml);
            JsonNode read = get("/api/risk-recipes/our-county").json();
            assertThat(read.path("origin").asString()).isEqualTo("file");
            assertThat(read.path("title").asString()).isEqualTo("我县的");
            assertThat(listed("our-county").path("hazards").get(0).path("id").asString())
                    .isEqualTo("a");
            assertThat(get("/api/risk-recipes/earthquake").json().path("origin").asString())
                    .isEqualTo("file");
            assertThat(put("our-county", ofLayer("probe_point"), ADMIN).text()).contains("recipes/");
            // One that is broken stands in the list with what is wrong, and spoils no other.
            Files.writeString(own, "hazards: [");
            assertThat(listed("our-county").path("broken").asString()).contains("YAML");
            assertThat(listed("geological").path("broken").isNull()).isTrue();
        } finally {
            Files.deleteIfExists(own);
            Files.deleteIfExists(replaced);
        }
        assertThat(get("/api/risk-recipes/earthquake").json().path("origin").asString())
                .isEqualTo("shipped");
    }
}
