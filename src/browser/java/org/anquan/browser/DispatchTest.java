package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anquan.browser.Workspace.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A landslide is reported at the dispatch desk, its road closed, and every open map follows. */
class DispatchTest {
    /** On G212 between Baolun and Sandui. */
    private static final double LON = 105.632463;

    private static final double LAT = 32.4243;

    private final List<Workspace> open = new ArrayList<>();

    @BeforeAll
    static void needChromium() {
        Workspace.needChromium();
    }

    @AfterEach
    void close() {
        open.forEach(Workspace::close);
    }

    private Workspace keep(Workspace one) {
        open.add(one);
        return one;
    }

    private static void clickAt(Workspace desk, double lon, double lat) {
        desk.page.waitForFunction("() => document.getElementById('map').dataset.view");
        String[] view = still(desk).split(",");
        BoundingBox map = desk.find("#map").boundingBox();
        double scale = 256 * Math.pow(2, Double.parseDouble(view[2]));
        double x = (lon - Double.parseDouble(view[0])) / 360 * scale;
        double y = (north(Double.parseDouble(view[1])) - north(lat)) / (2 * Math.PI) * scale;
        desk.page.mouse().click(map.x + map.width / 2 + x, map.y + map.height / 2 + y);
    }

    /** Where the map stands, once it has stood there for half a second. */
    private static String still(Workspace desk) {
        String now = desk.find("#map").getAttribute("data-view");
        for (int looks = 0; looks < 20; looks++) {
            desk.page.waitForTimeout(500);
            String then = now;
            now = desk.find("#map").getAttribute("data-view");
            if (now.equals(then)) return now;
        }
        throw new AssertionError("the map does not come to rest");
    }

    /** Corner by corner; the last is clicked twice. */
    private static void drawn(Workspace desk, double[][] corners) {
        for (double[] corner : corners) clickAt(desk, corner[0], corner[1]);
        double[] last = corners[corners.length - 1];
        clickAt(desk, last[0], last[1]);
    }

    private static double north(double lat) {
        return Math.log(Math.tan(Math.PI / 4 + Math.toRadians(lat) / 2));
    }

    private static double arrival(Workspace desk, String force) {
        return Double.parseDouble(desk.find("[data-force='" + force + "']").getAttribute("data-arrival"));
    }

    private static Page.WaitForSelectorOptions hidden() {
        return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN);
    }

    @Test
    void aLandslideOnG212IsReportedItsRoadClosedAndTwoOpenPagesShowTheEffect() {
        Workspace map = keep(Workspace.open(Size.DESK, "?from=rescue_station&minutes=15,20&if=b~now"));
        map.answered();
        String circleBefore = map.text("#sentence");
        Workspace desk = keep(Workspace.onDuty(Size.DESK, "dispatch", "duty-officer"));
        desk.page.waitForSelector("#live.on");
        assertThat(desk.page.evaluate("() => document.documentElement.dataset.theme"))
                .isEqualTo("night");

        // Within an hour Sandui and Baolun still reach all between them; of twenty minutes some 900 people drop out.
        // Reported with the keyboard and one click on the map.
        desk.page.keyboard().press("n");
        desk.page.selectOption("#report-kind", "geological");
        desk.page.fill("#report-name", "G212 三堆南滑坡");
        clickAt(desk, LON, LAT);
        desk.page.waitForFunction("() => !document.getElementById('report-send').disabled");
        desk.page.waitForSelector("#answer:not(.old)");
        List<Route> held = new ArrayList<>();
        String question = "**/processes/nearest-resources/execution";
        desk.page.route(question, held::add);
        desk.page.click("#report-send");
        desk.page.waitForSelector(".incident[aria-pressed=true]");
        desk.page.waitForCondition(() -> !held.isEmpty());
        // Its answer comes while a closure's tool is in hand: the map does not move away from under it.
        String view = still(desk);
        desk.page.keyboard().press("b");
        desk.page.unroute(question);
        held.forEach(Route::resume);
        desk.page.waitForSelector("#answer:not(.old) #chosen .force");
        assertThat(still(desk)).isEqualTo(view);
        desk.page.keyboard().press("Escape");
        desk.page.keyboard().press("f");
        assertThat(still(desk)).isNotEqualTo(view);
        assertThat(desk.text(".incident[aria-pressed=true]")).contains("G212 三堆南滑坡");
        assertThat(desk.text("#outcome")).contains("全部到齐");
        assertThat(desk.find("#chosen .countdown").first().evaluate("one => getComputedStyle(one).fontSize"))
                .isEqualTo("28px");
        assertThat(desk.find("#chosen .force-more li").count()).isPositive();
        desk.screenshot("dispatch-desk");
        double sandui = arrival(desk, "hospital/hospital-05");
        double baolun = arrival(desk, "rescue_station/rs-baolun");

        // The road is closed two kilometres north of it: those from Sandui have to go round, those from Baolun not.
        long closed = System.nanoTime();
        desk.page.keyboard().press("b");
        clickAt(desk, 105.6414, 32.4685);
        // A busy machine: the map tells late of the click that drew the closure, and it is no new place to ask about.
        desk.page.evaluate("() => { const end = performance.now() + 900; while (performance.now() < end); }");
        map.page.waitForSelector("#now");
        System.out.printf(
                Locale.ROOT,
                "dispatch: the other map showed the closure %d ms after the drawing began%n",
                (System.nanoTime() - closed) / 1_000_000);
        assertThat(map.text("#now")).contains("封路");
        desk.page.waitForSelector("#answer .change.later, #lost");
        desk.page.waitForTimeout(1000);
        // Those in Sandui go round by Baichao, or not at all within two hours; those in Baolun come as before.
        if (desk.find("[data-force='hospital/hospital-05']").count() > 0)
            assertThat(arrival(desk, "hospital/hospital-05")).isGreaterThan(sandui + 60);
        else assertThat(desk.text("#lost")).contains("三堆镇中心卫生院");
        assertThat(arrival(desk, "rescue_station/rs-baolun")).isEqualTo(baolun);
        map.page.waitForFunction(
                "before => document.getElementById('sentence')?.textContent.trim() !== before", circleBefore.strip());
        map.answered();
        desk.screenshot("dispatch-closed");
        map.screenshot("dispatch-other-map");

        // Sent: they count down, and are no longer proposed.
        int chosen = desk.find("#chosen .force").count();
        desk.page.click("#send");
        desk.page.waitForSelector("#sent");
        desk.page.waitForFunction("n => document.querySelectorAll('#sent .countdown').length === n", chosen);
        assertThat(desk.text("#sent .countdown")).matches("\\d+:\\d\\d(:\\d\\d)?");
        desk.page.waitForSelector(".left-out");
        desk.page.waitForTimeout(600);
        // What they bring is taken off the need, and nobody is asked for twice.
        desk.page.waitForSelector(".need-sent.enough");
        assertThat(desk.text("[data-need=search] .need-sent")).contains("已派").contains("够了");
        assertThat(desk.text("#outcome")).isEqualTo("需要的力量已全部派出");
        assertThat(desk.find("#chosen .force").count()).isZero();
        desk.screenshot("dispatch-sent");

        // Open again, by key: the other map follows.
        desk.page.keyboard().press("z");
        map.page.waitForSelector("#now", hidden());

        // A line across the road, and an area over it.
        desk.page.keyboard().press("l");
        drawn(desk, new double[][] {{105.630, 32.4685}, {105.655, 32.4685}});
        desk.page.waitForFunction("() => document.getElementById('incidents').innerText.includes('封闭线 1')");
        desk.page.keyboard().press("g");
        drawn(desk, new double[][] {{105.630, 32.460}, {105.655, 32.460}, {105.655, 32.475}});
        desk.page.waitForFunction("() => document.getElementById('incidents').innerText.includes('封闭区域 2')");
        map.page.waitForFunction("() => document.getElementById('now')?.innerText.includes('封路 2 处')");
        desk.screenshot("dispatch-line-and-area");
        for (int left = 1; left >= 0; left--) {
            desk.page.keyboard().press("z");
            desk.page.waitForFunction("left => document.querySelectorAll('.closure').length === left", left);
        }

        desk.page.keyboard().press("e");
        desk.page.waitForSelector(".incident", hidden());
        assertThat(desk.strayRequests()).isEmpty();
        assertThat(desk.errors()).isEmpty();
    }

    @Test
    void onAPhoneItIsOneColumnAndAPlaceCanBeAskedAboutWithoutAnAccount() {
        Workspace phone =
                keep(Workspace.open(Size.PHONE, "dispatch?at=" + LON + "," + LAT + "&need=search:1:,medical:1:"));
        phone.page.waitForSelector("#chosen .force");
        phone.page.waitForTimeout(800);
        phone.screenshot("dispatch-phone");
        assertThat((Boolean) phone.page.evaluate(
                        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isTrue();
        // The clock is China's, wherever the browser's machine stands.
        int told = LocalTime.parse(phone.text("#clock").strip()).toSecondOfDay();
        int now = LocalTime.now(ZoneId.of("Asia/Shanghai")).toSecondOfDay();
        assertThat(Math.floorMod(now - told, 24 * 3600)).isLessThan(60);
        // The short question names the same forces in the same order.
        List<String> named = new ArrayList<>();
        RunningService.get("/api/nearest-resources?lon=" + LON + "&lat=" + LAT + "&skill=search,medical&routes=false")
                .path("assignments")
                .forEach(one -> named.add(
                        one.path("layer").asString() + "/" + one.path("id").asString()));
        assertThat(phone.find("#chosen .force").all().stream().map(one -> one.getAttribute("data-force")))
                .containsExactlyElementsOf(named);
        phone.find("#forces").scrollIntoViewIfNeeded();
        phone.page.waitForTimeout(200);
        phone.screenshot("dispatch-phone-forces");
        assertThat(phone.violations()).isEmpty();
    }

    @Test
    void itSpeaksEnglishAndShowsAllItsKeysAndIsReadableByAll() {
        Workspace desk = keep(Workspace.open(Size.DESK, "dispatch?lang=en&at=" + LON + "," + LAT));
        desk.page.waitForSelector("#others .force");
        desk.page.waitForTimeout(500);
        assertThat(desk.violations()).isEmpty();
        desk.page.keyboard().press("?");
        desk.page.waitForSelector("#keys[open]");
        assertThat(desk.text("#keys")).contains("Next incident", "Close point", "Send the chosen forces");
        assertThat((String) desk.page.evaluate("() => document.body.innerText.replace(/[\\s\\S]*?/, '')"))
                .contains("Who comes first");
        desk.screenshot("dispatch-keys");
    }
}
