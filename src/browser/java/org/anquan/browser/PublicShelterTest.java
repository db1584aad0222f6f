package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Map;
import org.anquan.security.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The public page at the size of a phone, with the sample district. */
class PublicShelterTest {
    private static final double LON = 105.845;
    private static final double LAT = 32.434;

    @BeforeAll
    static void needChromium() {
        Workspace.needChromium();
    }

    private static Phone phone() {
        return new Phone("/shelter", LON, LAT, "zh-CN");
    }

    private static void choose(Phone phone, String hazard) {
        phone.find(".hazard:has(input[value=" + hazard + "])").click();
    }

    @Test
    void oneTapFindsAShelterWithTheWayAndTheAnswerIsSmallEnoughForASlowLine() {
        try (Phone phone = phone()) {
            choose(phone, "seismic");
            phone.find("#go").click();
            phone.find("article.card").waitFor();
            // Page, words, script, style and answer together; the map and what the phone keeps come after them.
            assertThat(phone.bytes()).isLessThan(150_000);
            assertThat(phone.text("article h2")).contains("（示例）");
            assertThat(Integer.parseInt(phone.text("#minutes"))).isBetween(1, 60);
            assertThat(phone.text("#free")).matches("[\\d,]+");
            assertThat(phone.text("#as-of")).startsWith("数据截至 2026年");
            String first = phone.text("article h2");
            phone.find(".navigate summary").click();
            assertThat(phone.find(".navigate a").count()).isEqualTo(3);
            assertThat(phone.find(".navigate a").nth(1).getAttribute("href")).contains("coordinate=gaode");
            assertThat(phone.find(".steps li").count()).isGreaterThan(1);
            phone.page.waitForSelector("#map[data-rendered]");
            phone.screenshot("shelter-found");
            phone.find("#next").click();
            assertThat(phone.text("article h2")).isNotEqualTo(first);
            assertThat(phone.errors()).isEmpty();
        }
    }

    @Test
    void aNearerOneThatIsOutIsExplained() {
        try (Phone phone = phone()) {
            choose(phone, "flood");
            phone.find("#go").click();
            phone.find("article.card").waitFor();
            phone.find("#refused summary").click();
            assertThat(phone.text("#refused")).containsAnyOf("不适用于洪涝", "在洪涝危险区内", "规划中");
            phone.screenshot("shelter-refused");
        }
    }

    @Test
    void withoutANetworkTheCompassLeadsToAShelter() {
        try (Phone phone = phone()) {
            phone.page.waitForSelector("#kept[data-ready]");
            phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)");
            phone.page.waitForFunction("() => caches.match('/shelter/page.js').then(Boolean)");
            phone.context.setOffline(true);
            phone.page.reload();
            choose(phone, "seismic");
            phone.find("#go").click();
            phone.find("article[data-offline]").waitFor();
            assertThat(phone.text("#offline-age")).contains("没有网络", "截至");
            assertThat(phone.text("#metres")).matches("[\\d.,]+ (米|公里)");
            assertThat(phone.text("#direction")).isNotBlank();
            phone.screenshot("shelter-offline");
            assertThat(phone.violations()).isEmpty();
            phone.context.setOffline(false);
        }
    }

    @Test
    void aPlaceCanBeTypedAndNoPositionIsNoDeadEnd() {
        try (Phone phone = phone()) {
            phone.context.clearPermissions();
            phone.find("#go").click();
            phone.page.waitForFunction("() => document.getElementById('line').textContent.length > 0");
            assertThat(phone.text("#line")).contains("请输入村名");
            phone.find("#place").fill("三堆中学");
            phone.find("#find").click();
            phone.find("#hits button").first().click();
            phone.find("article.card").waitFor();
            assertThat(phone.text("article h2")).contains("三堆");
        }
    }

    @Test
    void farFromEverythingThePageSaysWhatToDoInsteadOfAnError() {
        try (Phone phone = new Phone("/shelter?at=124.5,30.0", LON, LAT, "zh-CN")) {
            phone.find(".card.bad").waitFor();
            assertThat(phone.text(".card.bad")).contains("没有找到安全可去的避难场所", "公里以外");
            phone.screenshot("shelter-nowhere");
        }
    }

    @Test
    void whateverGoesWrongThePublicReadsWordsAndNeverTheErrorItself() {
        try (Phone phone = phone()) {
            phone.page.evaluate("() => localStorage.clear()");
            // What the phone keeps for the hour without a network shall not help here.
            phone.context.route("**/api/shelters/offline*", Route::abort);
            phone.page.reload();
            phone.page.evaluate("() => localStorage.clear()");
            for (Route.FulfillOptions broken : List.of(
                    new Route.FulfillOptions()
                            .setStatus(500)
                            .setContentType("application/problem+json")
                            .setBody("{\"title\":\"java.lang.NullPointerException\",\"detail\":\"at org.anquan.Xyz\"}"),
                    new Route.FulfillOptions()
                            .setStatus(502)
                            .setContentType("text/html")
                            .setBody("<html><h1>502 Bad Gateway</h1><hr>proxy/1.2</html>"),
                    new Route.FulfillOptions().setStatus(200).setBody("{\"shelters\": [{"))) {
                phone.context.unroute("**/api/nearest-shelter*");
                phone.context.route("**/api/nearest-shelter*", route -> route.fulfill(broken));
                phone.find("#go").click();
                phone.find("#answer .problem").waitFor();
                phone.page.waitForSelector("#answer[aria-busy=false]");
                assertThat(phone.text("#answer")).contains("现在查不到答案", "119");
                assertThat(phone.page.content())
                        .doesNotContain(
                                "NullPointer", "org.anquan.Xyz", "Bad Gateway", "SyntaxError", "nearest-shelter?");
            }
            phone.context.unroute("**/api/nearest-shelter*");
            phone.find("#answer .problem button").click();
            phone.find("article.card").waitFor();
        }
    }

    @Test
    void axeFindsNoFaultInEitherLanguage() {
        for (String language : new String[] {"zh-CN", "en"}) {
            try (Phone phone = new Phone("/shelter", LON, LAT, language)) {
                assertThat(phone.violations()).as(language).isEmpty();
                phone.find("#go").click();
                phone.find("article.card").waitFor();
                phone.find(".navigate summary").click();
                phone.page.waitForSelector("#map[data-rendered]");
                assertThat(phone.violations()).as(language).isEmpty();
                phone.screenshot("shelter-" + language);
                if (language.equals("en")) assertThat(phone.text("#ask")).doesNotContainPattern("\\p{IsHan}");
            }
        }
    }

    @Test
    void theKeeperCountsWithoutANetworkAndNobodyIsCountedTwice() {
        RunningService.account("门口值守", Workspace.PASSWORD, Role.KEEPER);
        try (Phone phone = new Phone("/shelter/keeper", LON, LAT, "zh-CN")) {
            phone.find("#user").fill("门口值守");
            phone.find("#password").fill(Workspace.PASSWORD);
            phone.find("button[type=submit]").click();
            phone.find("#words").fill("荣山小学");
            phone.find("#pick button").first().click();
            phone.find("#in").waitFor();
            phone.find("#in").click();
            phone.find("#in").click();
            phone.page.waitForSelector("#queue[data-waiting='0']");
            phone.page.waitForFunction("() => document.getElementById('inside').textContent === '2'");
            // The line is gone: taps are kept on the phone, over a lost answer too.
            phone.context.route("**/count", route -> {
                route.fetch();
                route.abort();
            });
            phone.find("#many-5").click();
            phone.find("#in").click();
            phone.page.waitForSelector("#queue[data-waiting='1']");
            assertThat(phone.text("#inside")).isEqualTo("7");
            assertThat(phone.violations()).isEmpty();
            phone.screenshot("shelter-keeper");
            phone.context.unrouteAll();
            phone.page.evaluate("() => dispatchEvent(new Event('online'))");
            phone.page.waitForSelector("#queue[data-waiting='0']");
            assertThat(phone.text("#inside")).isEqualTo("7");
            String id = (String) phone.page.evaluate("() => new URLSearchParams(location.search).get('id')");
            assertThat(RunningService.get("/api/shelters/" + id + "/count")
                            .path("occupancy")
                            .asInt())
                    .isEqualTo(7);
            // As it was, for the other tests.
            APIResponse back = phone.context
                    .request()
                    .post(
                            RunningService.address() + "/api/shelters/" + id + "/state",
                            RequestOptions.create()
                                    .setHeader("X-Requested-With", "anquan")
                                    .setData(Map.of("status", "ready")));
            assertThat(back.ok()).as(back.text()).isTrue();
        }
    }

    @Test
    void aDrillIsWrittenAcrossThePage() {
        RunningService.account("演练值班员", Workspace.PASSWORD, Role.DISPATCHER);
        try (Phone phone = phone()) {
            APIResponse signedIn = phone.context
                    .request()
                    .post(
                            RunningService.address() + "/api/session",
                            RequestOptions.create()
                                    .setHeader("X-Requested-With", "anquan")
                                    .setData(Map.of("user", "演练值班员", "password", Workspace.PASSWORD)));
            assertThat(signedIn.ok()).isTrue();
            APIResponse opened = phone.context
                    .request()
                    .post(
                            RunningService.address() + "/api/shelters/state",
                            RequestOptions.create()
                                    .setHeader("X-Requested-With", "anquan")
                                    .setHeader("Content-Type", "application/json")
                                    .setData("{\"status\":\"open\",\"event\":\"春季地震演练\",\"drill\":true,"
                                            + "\"filter\":\"level = 'county' AND status = 'ready'\"}"));
            assertThat(opened.ok()).as(opened.text()).isTrue();
            long changeSet = Phone.json(opened.text()).path("changeSet").asLong();
            try {
                phone.page.waitForTimeout(400);
                choose(phone, "seismic");
                phone.find("#go").click();
                phone.find("article.card").waitFor();
                phone.page.waitForSelector("body.in-drill");
                assertThat(phone.text("#drill")).contains("演练");
                phone.screenshot("shelter-drill");
                // The keeper's page, the sheet for the wall and the workspace map wear it too; a ready one does not.
                String first = Phone.json(opened.text())
                        .path("changed")
                        .get(0)
                        .path("id")
                        .asString();
                phone.page.navigate(RunningService.address() + "/shelter/keeper?id=" + first);
                phone.page.waitForSelector("body.in-drill #inside");
                assertThat(phone.text("#drill")).contains("演练");
                phone.screenshot("shelter-keeper-drill");
                phone.page.navigate(RunningService.address() + "/shelter/sheet?village=village-dongba-11");
                phone.page.waitForSelector("body.in-drill");
                phone.page.navigate(RunningService.address() + "/?at=105.8450000,32.4340000,12.0");
                phone.page.waitForSelector("#drill strong");
                assertThat(phone.text("#drill strong")).isEqualTo("演练");
                phone.page.waitForSelector("#map[data-rendered]");
                phone.screenshot("shelter-drill-map");
                phone.page.click("#language");
                phone.page.waitForFunction(
                        "() => document.querySelector('#drill strong').textContent.toUpperCase() === 'DRILL'");
                phone.page.navigate(RunningService.address() + "/dispatch");
                phone.page.waitForSelector("#drill strong");
            } finally {
                APIResponse undone = phone.context
                        .request()
                        .post(
                                RunningService.address() + "/api/shelters/state/" + changeSet + "/undo",
                                RequestOptions.create().setHeader("X-Requested-With", "anquan"));
                assertThat(undone.ok()).as(undone.text()).isTrue();
            }
            // Told as it happens: the page was not loaded anew.
            phone.page.waitForSelector(
                    "#drill", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN));
        }
    }
}
