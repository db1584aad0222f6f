package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.anquan.browser.Workspace.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What if, on the map: the numbers that the page says are those that the process answers for the same change. */
class WhatIfTest {
    private static final String CIRCLE = "?from=rescue_station&minutes=15,30,60";

    private final List<Workspace> open = new ArrayList<>();

    @BeforeAll
    static void needChromium() {
        Workspace.needChromium();
    }

    @AfterEach
    void nothingBroke() {
        try {
            for (Workspace workspace : open) {
                assertThat(workspace.strayRequests()).isEmpty();
                assertThat(workspace.errors()).isEmpty();
            }
        } finally {
            open.forEach(Workspace::close);
        }
    }

    private Workspace look(Size size, String query) {
        Workspace workspace = Workspace.open(size, query);
        open.add(workspace);
        return workspace;
    }

    /** Before and after, as the process compares them: the judge of what the page works out itself. */
    private static JsonNode compared(String scenario) {
        return RunningService.ask(
                "{\"inputs\":{\"facilities\":{\"layer\":\"rescue_station\"},\"minutes\":[15,30,60],"
                        + "\"profile\":\"fire_engine\",\"direction\":\"from\",\"compare\":" + scenario + "}}",
                "zh-CN");
    }

    private static void dragOntoTheMap(Workspace workspace, String tool, double rightShare, double downShare) {
        workspace.find("[data-tool=" + tool + "]").scrollIntoViewIfNeeded();
        BoundingBox from = workspace.find("[data-tool=" + tool + "]").boundingBox();
        BoundingBox map = workspace.find("#map").boundingBox();
        Page page = workspace.page;
        page.mouse().move(from.x + from.width / 2, from.y + from.height / 2);
        page.mouse().down();
        double x = map.x + map.width * rightShare;
        double y = map.y + map.height * downShare;
        page.mouse().move(x - 120, y - 40);
        for (int step = 6; step >= 0; step--) {
            page.mouse().move(x - 10 * step, y - 4 * step);
            page.waitForTimeout(60);
        }
        workspace.screenshot("whatif-dragging");
        page.mouse().up();
    }

    /** The change that stands in the address, as the process takes it. */
    private static String flood(Workspace workspace) {
        return (String)
                workspace.page.evaluate("async () => { const w = await import('./whatif.js'); return JSON.stringify("
                        + "w.toScenario(w.fromText(new URLSearchParams(location.search).get('if')).changes)); }");
    }

    private static void sameNumbers(Workspace workspace, JsonNode difference) {
        assertThat(workspace.find("#effect").getAttribute("data-people"))
                .isEqualTo(difference.get("people").asString());
        assertThat(workspace.find("#effect").getAttribute("data-lost"))
                .isEqualTo(String.valueOf(difference.get("lostVillages").size()));
        assertThat(workspace.find("#effect").getAttribute("data-gained"))
                .isEqualTo(String.valueOf(difference.get("gainedVillages").size()));
    }

    @Test
    void aFloodDraggedOntoTheMapChangesTheNumbersAsTheProcessSays() {
        Workspace workspace = look(Size.DESK, CIRCLE).answered();
        workspace.page.waitForSelector("[data-tool=flood]");
        dragOntoTheMap(workspace, "flood", 0.42, 0.55);
        workspace.page.waitForSelector("#effect");
        workspace.page.waitForFunction("() => new URLSearchParams(location.search).get('if')?.startsWith('c~')");
        workspace.answered();
        workspace.page.waitForTimeout(300);
        assertThat(workspace.text("#legend")).contains("封住的路段", "改动后出圈的村");
        workspace.screenshot("whatif-flood");
        JsonNode difference = compared(flood(workspace)).get("difference");
        assertThat(difference.get("people").asInt())
                .as("a flood in the middle of the district cuts people off")
                .isNegative();
        sameNumbers(workspace, difference);
        assertThat(workspace.text("#effect")).contains("封路后").contains("圈内少");
    }

    @Test
    void aStationIsSwitchedOffByAClickAndOnAgain() throws IOException {
        JsonNode station = RunningService.ask(RunningService.circle("rescue_station", 15, 30, 60), "zh-CN")
                .get("areas")
                .get("features")
                .get(0);
        String id = station.get("properties").get("facilityId").asString();
        Workspace workspace = look(Size.DESK, CIRCLE).answered();
        workspace.page.click("[data-tool=station]");
        clickStation(workspace, id);
        workspace.page.waitForFunction("id => new URLSearchParams(location.search).get('if') === 'off~' + id", id);
        workspace.answered();
        workspace.page.waitForSelector("#effect");
        workspace.page.waitForTimeout(300);
        assertThat(crossed(workspace, id))
                .as("a station that is off has a cross in its ring, not the colour alone")
                .isTrue();
        workspace.screenshot("whatif-station-off");
        sameNumbers(
                workspace,
                compared("{\"facilities\":{\"off\":[\"" + id + "\"]}}").get("difference"));
        assertThat(workspace.text("#effect")).contains("站点调整后");
        clickStation(workspace, id);
        workspace.page.waitForFunction("() => !new URLSearchParams(location.search).has('if')");
        workspace.page.waitForSelector(
                "#effect", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
    }

    private static void clickStation(Workspace workspace, String id) {
        // Where the station stands on the screen: Web Mercator around the centre that the address names.
        JsonNode feature = RunningService.get("/ogc/collections/rescue_station/items/" + id);
        double lon = feature.get("geometry").get("coordinates").get(0).asDouble();
        double lat = feature.get("geometry").get("coordinates").get(1).asDouble();
        clickMap(workspace, lon, lat);
    }

    /** 0 at the north of the web map, 1 at its south. */
    private static double mercator(double lat) {
        double radians = Math.toRadians(lat);
        return (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2;
    }

    @Test
    void theSwipeIsMovedByTheKeyboard() {
        Workspace workspace =
                look(Size.DESK, CIRCLE + "&if=c~105.66,32.42~3000").answered();
        workspace.page.waitForSelector("#swipe-toggle");
        workspace.page.click("#swipe-toggle");
        workspace.page.waitForFunction("() => document.activeElement?.id === 'swipe'");
        assertThat(workspace.find("#swipe").getAttribute("aria-valuenow")).isEqualTo("50");
        workspace.page.keyboard().press("ArrowLeft");
        assertThat(workspace.find("#swipe").getAttribute("aria-valuenow")).isEqualTo("48");
        workspace.page.waitForTimeout(400);
        workspace.screenshot("whatif-swipe");
        workspace.page.keyboard().press("End");
        assertThat(workspace.find("#swipe").getAttribute("aria-valuenow")).isEqualTo("100");
        workspace.page.waitForFunction("() => new URLSearchParams(location.search).get('swipe') === '100'");
        workspace.page.click("#swipe-toggle");
        assertThat(workspace.find("#swipe").isVisible()).isFalse();
    }

    @Test
    void theSliderSaysThePeopleOfEachMinuteWithoutAskingAgain() {
        Workspace workspace = look(Size.DESK, CIRCLE).answered();
        workspace.page.click("#timeline-on");
        workspace.page.waitForFunction("() => /%/.test(document.getElementById('timeline-value')?.innerText ?? '')");
        List<String> asked = new ArrayList<>();
        workspace.page.onRequest(request -> asked.add(request.url()));
        workspace.page.focus("#timeline");
        for (int step = 0; step < 4; step++) workspace.page.keyboard().press("ArrowRight");
        JsonNode fine = RunningService.ask(RunningService.circle("rescue_station", 25), "zh-CN");
        assertThat(workspace.text("#timeline-value"))
                .contains("25 分钟内")
                .contains(String.format(
                        java.util.Locale.ROOT,
                        "%.1f 万人",
                        fine.get("covered").get("people").asDouble() / 10_000));
        assertThat(asked).filteredOn(url -> url.contains("rescue-circle")).isEmpty();
        workspace.page.waitForTimeout(300);
        workspace.screenshot("whatif-timeline");
    }

    @Test
    void aLinkOpensTheSameWhatIf() {
        Workspace workspace = look(Size.DESK, CIRCLE + "&if=w~rain;p~105.7008,32.4119&lang=en")
                .answered();
        workspace.page.waitForSelector("#effect");
        assertThat(workspace.find("[data-tool=preset-rain]").getAttribute("aria-pressed"))
                .isEqualTo("true");
        sameNumbers(
                workspace,
                compared("{\"factors\":[{\"preset\":\"rain\"}],"
                                + "\"closures\":[{\"type\":\"Point\",\"coordinates\":[105.7008,32.4119]}]}")
                        .get("difference"));
        workspace.page.waitForTimeout(300);
        workspace.screenshot("whatif-link-en");
    }

    @Test
    void aClosureIsMovedAndRemovedByTheKeyboard() {
        Workspace workspace = look(Size.DESK, CIRCLE + "&if=p~105.7008,32.4119").answered();
        workspace.page.waitForSelector(".change-name");
        workspace.page.focus(".change-name");
        workspace.page.keyboard().press("ArrowRight");
        workspace.page.waitForFunction(
                "() => { const at = new URLSearchParams(location.search).get('if'); return at?.startsWith('p~') && at !== 'p~105.7008,32.4119'; }");
        workspace.page.focus(".change-name");
        workspace.page.keyboard().press("Delete");
        workspace.page.waitForFunction("() => !new URLSearchParams(location.search).has('if')");
        workspace.page.click("#whatif-undo");
        workspace.page.waitForFunction("() => new URLSearchParams(location.search).has('if')");
    }

    @Test
    void aClickSaysWhoComesAndByWhichWay() {
        Workspace workspace = look(Size.DESK, CIRCLE).answered();
        double[] place = {105.9, 32.452};
        clickMap(workspace, place[0], place[1]);
        workspace.page.waitForSelector(".arrival");
        workspace.page.waitForTimeout(300);
        workspace.page.click(".way summary");
        workspace.screenshot("whatif-who");
        assertThat(workspace.find(".arrival").count()).isEqualTo(3);
        List<Double> seconds = workspace.find(".arrival").all().stream()
                .map(one -> Double.valueOf(one.getAttribute("data-seconds")))
                .toList();
        assertThat(seconds).isSorted();
        JsonNode asked = RunningService.ask(
                "arrivals",
                "{\"inputs\":{\"facilities\":{\"layer\":\"rescue_station\"},\"place\":[" + workspace.place("who")
                        + "]}}",
                "zh-CN");
        JsonNode first = asked.get("arrivals").get(0);
        assertThat(seconds.get(0)).isEqualTo(first.get("seconds").asDouble());
        assertThat(workspace.text(".arrival")).contains(first.get("name").asString());
        JsonNode route = RunningService.ask(
                "route",
                "{\"inputs\":{\"from\":{\"layer\":\"rescue_station\",\"id\":\""
                        + first.get("facilityId").asString() + "\"},\"to\":"
                        + first.get("leave") + ",\"profile\":\"fire_engine\"}}",
                "zh-CN");
        assertThat(workspace.find(".steps li").count())
                .isEqualTo(route.get("routes").get(0).get("steps").size());
        assertThat(workspace.text(".steps li"))
                .contains(route.get("routes")
                        .get(0)
                        .get("steps")
                        .get(0)
                        .get("text")
                        .asString());
    }

    @Test
    void whereNobodyCanComeTheReasonIsSaid() {
        // A village that the flood cuts off, as the process lists it.
        String flood = "c~105.66,32.42~3000";
        Workspace first = look(Size.DESK, CIRCLE + "&if=" + flood).answered();
        JsonNode lost =
                compared(flood(first)).get("difference").get("lostVillages").get(0);
        Workspace workspace = look(
                        Size.DESK,
                        CIRCLE + "&if=" + flood + "&who=" + lost.get("lon").asDouble() + ","
                                + lost.get("lat").asDouble())
                .answered();
        workspace.page.waitForSelector(".arrivals-nobody");
        workspace.screenshot("whatif-nobody");
        assertThat(workspace.text(".arrivals-nobody")).contains("没有站点能到");
    }

    /** Jobs take their turns, one at a time, behind those of pages that were closed: longer than a click may take. */
    private static void runJob(Workspace workspace, String which) {
        String job = "[data-slow=" + which + "] ";
        workspace.page.click(job + ".slow-run");
        workspace.page.waitForSelector(job + ".slow-stop, " + job + ".slow-answer");
        workspace.page.waitForSelector(
                job + ".slow-answer:not(.old)", new Page.WaitForSelectorOptions().setTimeout(90_000));
    }

    @Test
    void theWorstRoadSectionsAreFoundAndTriedOut() {
        Workspace workspace = look(Size.DESK, CIRCLE).answered();
        workspace.page.click("[data-slow=critical] summary");
        workspace.page.check("#critical-shelters");
        runJob(workspace, "critical");
        workspace.page.waitForSelector("[data-link='1']");
        JsonNode asked = RunningService.ask(
                "critical-links",
                "{\"inputs\":{\"facilities\":{\"layer\":\"rescue_station\"},\"minutes\":[60],"
                        + "\"profile\":\"fire_engine\",\"direction\":\"from\",\"links\":[\"bridges\",\"tunnels\"],\"top\":10,\"shelters\":true}}",
                "zh-CN");
        JsonNode worst = asked.get("links").get("features").get(0).get("properties");
        assertThat(workspace.find("[data-link]").count())
                .isEqualTo(asked.get("links").get("features").size());
        assertThat(workspace.text("[data-link='1']"))
                .contains(worst.get("villages").asString() + " 个村");
        workspace.page.click("[data-lost=shelter]");
        JsonNode shelters = asked.get("shelters");
        assertThat(workspace.find("[data-link]").count())
                .isEqualTo(shelters.get("links").get("features").size());
        assertThat(workspace.text("[data-slow=critical]"))
                .contains("其中 " + shelters.get("missed").asInt() + " 处会让村里人步行 1 小时到不了避难场所");
        workspace.page.click("[data-lost=circle]");
        workspace.page.click("[data-link='1']");
        workspace.page.waitForTimeout(800);
        assertThat(workspace.text("#legend")).contains("最要紧的路段，1 最严重");
        workspace.screenshot("whatif-critical");
        workspace.page.click(".link-more .link");
        workspace.page.waitForFunction("() => new URLSearchParams(location.search).get('if')?.startsWith('r~')");
        // The bar shows only after a quarter of a second: its absence does not yet say that the answer is there. What
        // stands there is marked as old from the click until the new answer.
        workspace.page.waitForSelector(".answer-head:not(.old)");
        workspace.answered();
        assertThat(Integer.parseInt(workspace.find("#effect").getAttribute("data-lost")))
                .isGreaterThanOrEqualTo(worst.get("villages").asInt());
    }

    @Test
    void aLinkAsksForHelicoptersForSeveralKindsTogetherAndForWhoTakesOver() {
        Workspace workspace = look(
                        Size.DESK,
                        CIRCLE + "&air=25,220&with=all~rescue_station.30.fire_engine~hospital.60.car&table=backup")
                .answered();
        JsonNode asked = RunningService.ask(
                "{\"inputs\":{\"facilities\":{\"layer\":\"rescue_station\"},\"minutes\":[15,30,60],\"backup\":true,"
                        + "\"helicopters\":{\"launchMinutes\":25,\"speedKmh\":220}}}",
                "zh-CN");
        assertThat(workspace.find("#air").isChecked()).isTrue();
        assertThat(workspace.text("[data-figure=uncovered]"))
                .contains(String.valueOf(asked.get("uncovered").size()));
        workspace.page.waitForSelector("#sheet tbody tr");
        JsonNode out = asked.get("backup").get("stations").get(0);
        assertThat(workspace.text("#sheet tbody"))
                .contains(out.get("name").asString())
                .contains(String.format("%,d", out.get("losesPeople").asLong()))
                .contains(out.get("takenOverBy").get(0).get("name").asString());
        workspace.page.waitForSelector("#together-sentence");
        JsonNode together = RunningService.ask(
                "{\"inputs\":{\"kinds\":[{\"id\":\"fire\",\"facilities\":{\"layer\":\"rescue_station\"},\"minutes\":30,"
                        + "\"profile\":\"fire_engine\"},{\"id\":\"ambulance\",\"facilities\":{\"layer\":\"hospital\"},"
                        + "\"minutes\":60,\"profile\":\"car\"}],\"helicopters\":{\"launchMinutes\":25,\"speedKmh\":220,"
                        + "\"kind\":\"fire\"}}}",
                "zh-CN");
        assertThat(workspace.text("#together-sentence"))
                .contains(together.get("uncovered").size() + " 个村在圈外");
        // The road sections are asked about the same need, and the panel says so.
        assertThat(workspace.page.locator("[data-slow=critical] .counted").allTextContents())
                .hasSize(2)
                .anyMatch(words -> words.contains("都要按时到"))
                .anyMatch(words -> words.contains("直升机"));
        assertThat(workspace.text("#legend")).contains("几种力量都按时到").doesNotContain("30 分钟内");
    }

    @Test
    void teamsAreGivenTheirPlaces() {
        Workspace workspace = look(Size.DESK, CIRCLE).answered();
        workspace.page.click("[data-slow=teams] summary");
        runJob(workspace, "teams");
        workspace.page.waitForSelector("#teams-sentence");
        workspace.page.waitForTimeout(300);
        workspace.find("#teams-sentence").scrollIntoViewIfNeeded();
        workspace.screenshot("whatif-teams");
        assertThat(workspace.find("[data-team]").count()).isBetween(1, 3);
        assertThat(Integer.parseInt(workspace.find("#teams-sentence").getAttribute("data-people")))
                .isPositive();
    }

    private static void clickMap(Workspace workspace, double lon, double lat) {
        workspace.page.waitForFunction("() => new URLSearchParams(location.search).has('at')");
        workspace.page.waitForTimeout(400);
        double[] at = onScreen(workspace, lon, lat);
        workspace.page.mouse().click(at[0], at[1]);
    }

    private static double[] onScreen(Workspace workspace, double lon, double lat) {
        double[] view = workspace.view();
        double pixels = 256 * Math.pow(2, view[2]);
        BoundingBox map = workspace.find("#map").boundingBox();
        return new double[] {
            map.x + map.width / 2 + (lon - view[0]) / 360 * pixels,
            map.y + map.height / 2 + (mercator(lat) - mercator(view[1])) * pixels
        };
    }

    /** The middle of a station's sign: white where nothing is drawn inside its ring. */
    private static boolean crossed(Workspace workspace, String id) throws IOException {
        JsonNode at = RunningService.get("/ogc/collections/rescue_station/items/" + id)
                .get("geometry")
                .get("coordinates");
        double[] middle = onScreen(workspace, at.get(0).asDouble(), at.get(1).asDouble());
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(workspace.page.screenshot(
                new Page.ScreenshotOptions().setClip(Math.round(middle[0]) - 3, Math.round(middle[1]) - 3, 7, 7))));
        for (int x = 0; x < picture.getWidth(); x++)
            for (int y = 0; y < picture.getHeight(); y++) if ((picture.getRGB(x, y) >> 8 & 0xff) < 100) return true;
        return false;
    }

    @Test
    void whatIsMadeTheLiveOneHoldsForEveryNewCircleUntilItIsDeleted() {
        Workspace workspace = Workspace.asPlanner(Size.DESK, CIRCLE + "&if=c~105.66,32.42~3000", "duty");
        open.add(workspace);
        workspace.answered();
        JsonNode closed = compared(flood(workspace)).get("after").get("covered");
        workspace.page.click(".stored summary");
        workspace.page.click("#stored-new");
        workspace.page.fill(".stored-form input[maxlength='500']", "演练");
        workspace.page.click("#stored-save-now");
        workspace.page.waitForSelector("#now");
        workspace.screenshot("whatif-now");
        assertThat(workspace.text("#now")).contains("现况", "封路 1 处");
        Workspace other = look(Size.DESK, "").drawn();
        other.page.waitForSelector("#now");
        other.page.setViewportSize(360, 740);
        assertThat(other.page.evaluate("() => document.documentElement.scrollWidth"))
                .as("on a phone the bar is no wider than the screen")
                .isEqualTo(360);
        other.page.setViewportSize(1440, 900);
        other.run();
        assertThat(other.text("#sentence"))
                .contains(String.format(
                        java.util.Locale.ROOT, "%.1f 万人", closed.get("people").asDouble() / 10_000));
        workspace.page.click("[data-scenario=now] .icon-button");
        workspace.page.waitForSelector("#now", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN));
    }
}
