package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The abstract tests of OGC API Features Core (17-069r4) as far as they apply, and what we promise beyond. */
class FeaturesTest extends ApiWorld {
    private static final String ITEMS = "/ogc/collections/probe_point/items";

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> relations(JsonNode document) {
        List<String> all = new ArrayList<>();
        document.path("links").forEach(link -> all.add(link.path("rel").asString("")));
        return all;
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj("p%02d"::formatted).toList();
    }

    @Test
    void theLandingPageLeadsEverywhere() {
        Reply landing = get("/ogc");
        assertThat(landing.status()).isEqualTo(200);
        assertThat(landing.header("Content-Type")).isEqualTo("application/json");
        assertThat(relations(landing.json()))
                .contains("self", "alternate", "service-desc", "service-doc", "conformance", "data");
        for (JsonNode link : landing.json().path("links")) {
            if (link.path("href").asString("").endsWith("/jobs")) continue; // for accounts only
            assertThat(get(link.path("href").asString("")).status())
                    .as(link.path("href").asString(""))
                    .isEqualTo(200);
        }
    }

    @Test
    void conformanceNamesTheCoreAndItsEncodings() {
        List<String> classes = new ArrayList<>();
        get("/ogc/conformance").json().path("conformsTo").forEach(one -> classes.add(one.asString("")));
        assertThat(classes)
                .contains(
                        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
                        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
                        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
                        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30");
    }

    @Test
    void everyCollectionLeadsToItselfItsItemsTilesStyleAndSchema() {
        JsonNode all = get("/ogc/collections").json();
        assertThat(all.path("collections").size()).isGreaterThan(3);
        for (JsonNode one : all.path("collections")) {
            assertThat(relations(one)).contains("self", "items", "describedby");
            JsonNode alone =
                    get("/ogc/collections/" + one.path("id").asString("")).json();
            assertThat(alone).isEqualTo(one);
            for (JsonNode link : alone.path("links"))
                assertThat(get(link.path("href").asString("")).status())
                        .as(link.path("href").asString(""))
                        .isEqualTo(200);
        }
    }

    @Test
    void aCollectionTellsItsExtentAndCoordinateSystems() {
        JsonNode one = get("/ogc/collections/probe_point").json();
        assertThat(one.path("itemType").asString("")).isEqualTo("feature");
        JsonNode box = one.path("extent").path("spatial").path("bbox").get(0);
        assertThat(box.get(0).asDouble()).isEqualTo(-179.5);
        assertThat(box.get(3).asDouble()).isEqualTo(32.4);
        assertThat(one.path("extent")
                        .path("temporal")
                        .path("interval")
                        .get(0)
                        .get(1)
                        .asString(""))
                .isEqualTo("2026-03-25T04:00:00Z");
        assertThat(one.path("crs").get(0).asString("")).isEqualTo("http://www.opengis.net/def/crs/OGC/1.3/CRS84");
        assertThat(one.path("storageCrs").asString("")).isEqualTo("http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    }

    @Test
    void aPageSaysHowManyThereAreAndWhen() {
        Reply page = get(ITEMS + "?limit=3");
        assertThat(page.header("Content-Type")).isEqualTo("application/geo+json");
        JsonNode json = page.json();
        assertThat(json.path("type").asString("")).isEqualTo("FeatureCollection");
        assertThat(json.path("numberMatched").asInt()).isEqualTo(27);
        assertThat(json.path("numberReturned").asInt()).isEqualTo(3);
        assertThat(json.path("timeStamp").asString("")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(json.path("features").size()).isEqualTo(3);
        JsonNode p01 = get(ITEMS + "/p01").json();
        assertThat(p01.path("properties").path("people").asInt()).isEqualTo(10);
        assertThat(p01.path("properties").path("heightM").asDouble()).isEqualTo(1.5);
        assertThat(p01.path("properties").path("staffed").asBoolean()).isTrue();
        assertThat(p01.path("properties").path("opened").asString("")).isEqualTo("2026-01-01");
        assertThat(p01.path("properties").path("observedAt").asString("")).isEqualTo("2026-03-01T04:00:00Z");
        assertThat(p01.path("properties").path("hazards").get(0).asString("")).isEqualTo("fire");
        assertThat(p01.path("geometry").path("coordinates").toString()).isEqualTo("[105.81,32.4]");
    }

    @Test
    void pagingVisitsEachFeatureExactlyOnceAndBack() {
        List<String> seen = new ArrayList<>();
        String address = ITEMS + "?limit=4&kind=a&lang=en";
        String last = address;
        int pages = 0;
        while (!address.isEmpty()) {
            Reply page = get(address);
            assertThat(page.status()).isEqualTo(200);
            seen.addAll(page.ids());
            last = address;
            address = "";
            for (JsonNode link : page.json().path("links"))
                if (link.path("rel").asString("").equals("next"))
                    address = link.path("href").asString("");
            if (!address.isEmpty()) assertThat(address).contains("kind=a").contains("lang=en");
            assertThat(++pages).isLessThan(20);
        }
        // The even ones of 25: twelve, four on a page.
        assertThat(seen)
                .containsExactly("p02", "p04", "p06", "p08", "p10", "p12", "p14", "p16", "p18", "p20", "p22", "p24");
        assertThat(pages).isEqualTo(3);
        assertThat(relations(get(last).json())).contains("prev").doesNotContain("next");
    }

    @Test
    void pagesAreSortedByAttributesAndFitTogether() {
        // Odd ones are b, even ones a; ten people more from one to the next.
        assertThat(get(ITEMS + "?sortby=-kind,-people&limit=4").ids()).containsExactly("p25", "p23", "p21", "p19");
        assertThat(get(ITEMS + "?sortby=kind,%2Bpeople&limit=3").ids()).containsExactly("p02", "p04", "p06");
        assertThat(get(ITEMS + "?sortby=-people&bbox=105.85,32.3,105.87,32.5").ids())
                .containsExactly("p07", "p06", "p05");
        assertThat(get(ITEMS + "?sortby=-people&limit=1&datetime=2099-01-01T00:00:00Z")
                        .ids())
                .containsExactly("p25");
        List<String> seen = new ArrayList<>();
        String address = ITEMS + "?sortby=-people&limit=10";
        while (!address.isEmpty()) {
            Reply page = get(address);
            seen.addAll(page.ids());
            address = "";
            for (JsonNode link : page.json().path("links"))
                if (link.path("rel").asString("").equals("next"))
                    address = link.path("href").asString("");
        }
        List<String> downward = new ArrayList<>(numbered(1, 25));
        java.util.Collections.reverse(downward);
        // How many people are in the two beyond is unknown: last, in the order of their ids.
        downward.addAll(List.of("east", "west"));
        assertThat(seen).isEqualTo(downward);
    }

    @Test
    void sortingByWhatCannotBeSortedByIsRefusedWithTheNamesThereAre() {
        for (String wrong : List.of("keeper", "hazards", "nothing", "people,-people", "", "people,"))
            if (!wrong.isEmpty())
                assertThat(get(ITEMS + "?sortby=" + wrong).status()).as(wrong).isEqualTo(400);
        assertThat(get(ITEMS + "?sortby=keeper&lang=en").json().toString())
                .contains("Cannot sort by", "heightM")
                .doesNotContain("phone");
    }

    @Test
    void aLimitOverTheMostIsCutAndANonsenseLimitIsRefused() {
        assertThat(get(ITEMS + "?limit=1000000").status()).isEqualTo(200);
        for (String limit : List.of("0", "-1", "abc", "1.5", ""))
            if (!limit.isEmpty())
                assertThat(get(ITEMS + "?limit=" + limit).status()).as(limit).isEqualTo(400);
    }

    @Test
    void aBoxTakesWhatItTouchesEdgesIncluded() {
        // p05 stands at 105.85, p07 at 105.87.
        assertThat(get(ITEMS + "?bbox=105.85,32.3,105.87,32.5").ids()).isEqualTo(numbered(5, 7));
        assertThat(get(ITEMS + "?bbox=105.85,32.3,0,105.87,32.5,100").ids()).isEqualTo(numbered(5, 7));
        assertThat(get(ITEMS + "?bbox=105.85,32.4,105.85,32.4").ids()).containsExactly("p05");
        assertThat(get(ITEMS + "?bbox=0,0,1,1").json().path("numberMatched").asInt())
                .isZero();
    }

    @Test
    void aBoxOverTheAntimeridianTakesBothSidesAndNothingBetween() {
        assertThat(get(ITEMS + "?bbox=179,9,-179,11").ids()).containsExactly("east", "west");
        assertThat(get(ITEMS + "?bbox=179,9,-179,11&limit=1&offset=1").ids()).containsExactly("west");
        assertThat(get(ITEMS + "?bbox=-179.6,9,179.6,11").ids()).containsExactly("east", "west");
    }

    @Test
    void aLineOrAreaIsFoundByItsShapeNotByItsBox() {
        // The diagonal's own box fills the square; the corner south-east of it is empty.
        assertThat(get("/ogc/collections/probe_line/items?bbox=105.8,32.1,105.9,32.2")
                        .ids())
                .isEmpty();
        assertThat(get("/ogc/collections/probe_line/items?bbox=105.4,32.4,105.6,32.6")
                        .ids())
                .containsExactly("diagonal");
        assertThat(get("/ogc/collections/probe_area/items?bbox=105.5,32.5,105.6,32.6")
                        .ids())
                .isEmpty();
        assertThat(get("/ogc/collections/probe_area/items?bbox=107.45,32.45,107.55,32.55")
                        .ids())
                .as("inside the hole")
                .isEmpty();
        assertThat(get("/ogc/collections/probe_area/items?bbox=105.02,32.5,105.03,32.6")
                        .ids())
                .containsExactly("corner");
    }

    @ParameterizedTest
    @CsvSource({
        // EPSG:4326 and 4490: latitude first; EPSG:3857: metres; EPSG:4544: northing first, central meridian 105.
        "http://www.opengis.net/def/crs/EPSG/0/4326, '32.3,105.845,32.5,105.875'",
        "http://www.opengis.net/def/crs/EPSG/0/4490, '32.3,105.845,32.5,105.875'",
        "EPSG:3857, '11782611,3800000,11785951,3830000'",
        "EPSG:4544, '3570000,579000,3610000,582500'"
    })
    void aBoxMayBeGivenInOtherSystems(String crs, String box) {
        assertThat(get(ITEMS + "?bbox=" + box + "&bbox-crs=" + encoded(crs)).ids())
                .as(crs)
                .containsSubsequence("p05", "p06")
                .doesNotContain("p03", "p09");
    }

    @Test
    void answersComeInTheSystemAskedForWithItsAxes() {
        Reply latFirst = get(ITEMS + "/p01?crs=" + encoded("http://www.opengis.net/def/crs/EPSG/0/4326"));
        assertThat(latFirst.header("Content-Crs")).isEqualTo("<http://www.opengis.net/def/crs/EPSG/0/4326>");
        assertThat(latFirst.json().path("geometry").path("coordinates").toString())
                .isEqualTo("[32.4,105.81]");
        assertThat(get(ITEMS + "?limit=1").header("Content-Crs"))
                .isEqualTo("<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
        JsonNode mercator =
                get(ITEMS + "/p01?crs=EPSG:3857").json().path("geometry").path("coordinates");
        // x = 6378137 · 105.81 · π/180
        assertThat(mercator.get(0).asDouble()).isCloseTo(11_778_715.33, org.assertj.core.data.Offset.offset(0.5));
        JsonNode metric =
                get(ITEMS + "/p01?crs=EPSG:4544").json().path("geometry").path("coordinates");
        assertThat(metric.get(0).asDouble()).as("northing first").isBetween(3_580_000.0, 3_590_000.0);
        assertThat(metric.get(1).asDouble()).isBetween(576_000.0, 577_000.0);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-05T04:00:00Z/2026-03-05T04:00:00Z, 5, 5",
        "2026-03-05T12:00:00%2B08:00/2026-03-05T12:00:00%2B08:00, 5, 5",
        "2026-03-05, 5, 5",
        "2026-03-05T00:00:00Z/2026-03-07T23:59:59Z, 5, 7",
        "2026-03-23/.., 23, 25",
        "../2026-03-02, 1, 2",
        "2026-03-24/, 24, 25",
    })
    void datetimeTakesDaysAndIntervals(String datetime, int from, int to) {
        // The two beyond the sea have no time, and so belong to every one.
        List<String> expected = new ArrayList<>(List.of("east"));
        expected.addAll(numbered(from, to));
        expected.add("west");
        assertThat(get(ITEMS + "?limit=100&datetime=" + datetime).ids()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2026-13-01", "yesterday", "2026-03-05/2026-03-01", "a/b/c", ".."})
    void aWrongDatetimeIsRefused(String datetime) {
        assertThat(get(ITEMS + "?datetime=" + datetime).status()).isEqualTo(400);
    }

    @Test
    void attributesAreComparedInTheirOwnType() {
        assertThat(get(ITEMS + "?people=50").ids()).containsExactly("p05");
        assertThat(get(ITEMS + "?heightM=5.5").ids()).containsExactly("p05");
        assertThat(get(ITEMS + "?staffed=true").ids()).isEqualTo(numbered(1, 5));
        assertThat(get(ITEMS + "?opened=2026-01-07").ids()).containsExactly("p07");
        assertThat(get(ITEMS + "?hazards=flood").ids()).containsExactly("p05", "p10", "p15", "p20", "p25");
        assertThat(get(ITEMS + "?name=" + encoded("点3")).ids()).containsExactly("p03");
        assertThat(get(ITEMS + "?id=p09").ids()).containsExactly("p09");
        assertThat(get(ITEMS + "?name=" + encoded("x' OR 'a'='a")).ids()).isEmpty();
        assertThat(get(ITEMS + "?people=many").status()).isEqualTo(400);
    }

    @Test
    void aFilterIsCql2TextAndMeetsTheOtherConditions() {
        assertThat(get(ITEMS + "?filter=" + encoded("people > 200 OR people = 10") + "&kind=b")
                        .ids())
                .containsExactly("p01", "p21", "p23", "p25");
        Reply wrong = get(ITEMS + "?filter=" + encoded("nosuch = 1"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("nosuch").contains("people");
        assertThat(get(ITEMS + "?filter=people%3D10&filter-lang=cql2-json").status())
                .isEqualTo(400);
    }

    @Test
    void anUnknownParameterIsRefusedWithTheNamesThereAre() {
        Reply reply = get(ITEMS + "?colour=red&limit=x&bbox=1,2");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        List<String> where = new ArrayList<>();
        reply.json()
                .path("mistakes")
                .forEach(mistake -> where.add(mistake.path("where").asString("")));
        assertThat(where).as("all at once").containsExactlyInAnyOrder("colour", "limit", "bbox");
        assertThat(reply.text()).contains("people").contains("bbox-crs").doesNotContain("keeper");
    }

    @ParameterizedTest
    @CsvSource({"'1,2,3'", "'a,b,c,d'", "'0,0,NaN,1'", "'0,10,1,5'", "'0,0,500,1'"})
    void aWrongBoxIsRefused(String box) {
        assertThat(get(ITEMS + "?bbox=" + box).status()).isEqualTo(400);
    }

    @Test
    void anUnchangedAnswerIsNotSentAgain() {
        Reply first = get(ITEMS + "?limit=2");
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        Reply again = get(ITEMS + "?limit=2", "If-None-Match", first.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(get(ITEMS + "?limit=3", "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(200);
        Reply one = get(ITEMS + "/p01");
        assertThat(one.header("ETag")).as("strong, to guard edits").startsWith("\"");
        assertThat(get(ITEMS + "/p01", "If-None-Match", one.header("ETag")).status())
                .isEqualTo(304);
    }

    @Test
    void aFeatureThatIsNotThereIsNamed() {
        Reply reply = get(ITEMS + "/nobody");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("detail").asString("")).contains("探点").contains("nobody");
    }

    @Test
    void eachSeesNoMoreThanTheyMay() {
        assertThat(get(ITEMS + "/p01").json().path("properties").has("phone")).isFalse();
        JsonNode viewer =
                get(ITEMS + "/p01", "Authorization", basic(VIEWER)).json().path("properties");
        assertThat(viewer.has("phone")).isTrue();
        assertThat(viewer.has("keeper")).isFalse();
        JsonNode planner =
                get(ITEMS + "/p01", "Authorization", basic(PLANNER)).json().path("properties");
        assertThat(planner.path("keeper").asString("")).isEqualTo("张1");

        assertThat(get("/ogc/collections/probe_hidden/items").status()).isEqualTo(404);
        assertThat(get("/ogc/collections").text()).doesNotContain("probe_hidden");
        assertThat(get("/api/info").text()).doesNotContain("probe_hidden");
        Reply api = get("/ogc/api");
        assertThat(api.text()).doesNotContain("probe_hidden");
        // Other layers have a public attribute of that name.
        api.json().path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/collections/probe_"))
                .forEach(path ->
                        assertThat(path.getValue().toString()).as(path.getKey()).doesNotContain("keeper"));
        assertThat(get("/ogc/collections/probe_hidden/items", "Authorization", basic(VIEWER))
                        .ids())
                .containsExactly("h1");
    }

    @Test
    void hiddenAttributesCannotBeAskedOutByAFilter() {
        assertThat(get(ITEMS + "?filter=" + encoded("keeper LIKE '张%'")).status())
                .isEqualTo(400);
        assertThat(get(ITEMS + "?keeper=" + encoded("张1")).status()).isEqualTo(400);
        assertThat(get(ITEMS + "?keeper=" + encoded("张1"), "Authorization", basic(PLANNER))
                        .ids())
                .containsExactly("p01");
    }

    @Test
    void theSchemaSaysTitlesUnitsAndValuesInBothLanguages() {
        Reply reply = get("/ogc/collections/probe_point/schema?lang=en");
        assertThat(reply.header("Content-Type")).startsWith("application/schema+json");
        JsonNode people = reply.json().path("properties").path("people");
        assertThat(people.path("title").asString("")).isEqualTo("People");
        assertThat(people.path("x-anquan-titles").path("zh").asString("")).isEqualTo("人数");
        assertThat(people.path("x-ogc-unit").asString("")).isEqualTo("persons");
        // The sentence for whoever fills it in, which the form shows.
        assertThat(reply.json()
                        .path("properties")
                        .path("heightM")
                        .path("description")
                        .asString(""))
                .isEqualTo("1985 national height datum.");
        assertThat(people.has("description")).isFalse();
        JsonNode kind =
                reply.json().path("properties").path("kind").path("oneOf").get(0);
        assertThat(kind.path("const").asString("")).isEqualTo("a");
        assertThat(kind.path("title").asString("")).isEqualTo("First");
        assertThat(reply.json().path("properties").has("keeper")).isFalse();
        JsonNode queryables = get("/ogc/collections/probe_point/queryables").json();
        assertThat(queryables.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(queryables.path("properties").has("id")).isTrue();
    }

    @Test
    void peopleGetAPageWithTheTableAndNothingInItRuns() {
        Reply page = get(ITEMS + "?limit=50", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text())
                .contains("<th scope=\"col\">人数 (人)</th>")
                .contains("&lt;b&gt;东&lt;/b&gt;")
                .doesNotContain("<b>东</b>")
                .doesNotContain("<script");
        assertThat(get("/ogc/collections/probe_point?f=html").text()).contains("探点");
        assertThat(get(ITEMS + "/p01?f=html&lang=en").text()).contains("Staffed");
        assertThat(get("/ogc/pages.css").header("Content-Type")).startsWith("text/css");
    }

    @Test
    void theMapIsToldTheTreeOfLayersInBothLanguages() {
        JsonNode info = get("/api/info").json();
        assertThat(info.path("basemap").isNull()).isTrue();
        assertThat(info.path("illustrative").asBoolean(true)).isFalse();
        JsonNode event = null;
        for (JsonNode group : info.path("groups"))
            if (group.path("id").asString("").equals("event")) event = group;
        assertThat(event).isNotNull();
        assertThat(event.path("title").path("en").asString("")).isEqualTo("Events");
        // Its own layers of events come first, the probes have order 900 and more.
        List<String> ids = new ArrayList<>();
        event.path("layers").forEach(layer -> ids.add(layer.path("id").asString("")));
        assertThat(ids).containsSubsequence("alert", "probe_point", "probe_line", "probe_area", "probe_edit");
        JsonNode first = event.path("layers").get(ids.indexOf("probe_point"));
        assertThat(first.path("title").path("zh").asString("")).isEqualTo("探点");
        assertThat(first.path("count").asInt()).isEqualTo(27);
        assertThat(get(first.path("links").path("style").asString("")).status()).isEqualTo(200);
    }

    @Test
    void theMapItselfComesFromTheJarWithAStrictPolicy() {
        Reply page = get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("http");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(get("/", "If-None-Match", page.header("ETag")).status()).isEqualTo(304);
        assertThat(get("/webjars/ol/dist/ol.js").header("Cache-Control")).contains("max-age");
    }
}
