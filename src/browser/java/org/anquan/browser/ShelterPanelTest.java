package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.DecimalFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.anquan.browser.Workspace.Size;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Is there room, is it fit, who goes where: asked by clicks, read on the page and on the map. The processes are the judge. */
class ShelterPanelTest {
    private static final String DISTRICT = "at=105.7600000,32.4600000,10.4";
    /** As tokens.css has them: gained and warn. */
    private static final Color ON_FOOT = new Color(0x00796b);

    private static final Color BY_BUS = new Color(0xb26a00);
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

    private Workspace opened(Size size, String query) {
        Workspace workspace = Workspace.open(size, query);
        open.add(workspace);
        workspace.page.setDefaultTimeout(60_000);
        return workspace;
    }

    @Test
    void theThreeQuestionsAreAskedByClicksAndReadOnThePageAndTheMap() throws IOException {
        Workspace workspace = opened(Size.DESK, "?" + DISTRICT);
        workspace.page.click("#rail [data-task=shelter]");
        workspace.page.waitForSelector("#shelter-gap");
        roomIsReadBeforeAndAfterTheNewShelters(workspace);
        fitnessIsExplainedByAClickOnTheMap(workspace);
        theWaysOfTheAssignmentAreOnTheMapAndTheTableIsAnExcelFile(workspace);
        // Another task: neither the lines nor their signs stay behind.
        workspace.page.click("#rail [data-task=layers]");
        workspace.page.waitForFunction("() => !document.getElementById('legend').innerText.includes('步行转移')");
    }

    private static void roomIsReadBeforeAndAfterTheNewShelters(Workspace workspace) {
        workspace.page.selectOption("#shelter-stay", "emergency");
        JsonNode district = RunningService.ask("shelter-capacity", "{\"inputs\":{\"stay\":\"emergency\"}}", "zh-CN")
                .path("district");
        saysOnce(workspace, "#shelter-stage-now", lacks(district.path("now")));
        assertThat(workspace.text("#shelter-gap")).startsWith(lacks(district.path("now")));
        assertThat(workspace.text("#shelter-stage-new")).contains(lacks(district.path("withNew")));
        assertThat(workspace.text("#shelter-stage-all")).contains(lacks(district.path("withAll")));
        assertThat(workspace.text("#legend")).contains("服务半径内缺位置", "不缺位置");
        workspace.screenshot("shelter-capacity");
        workspace.page.click("#shelter-stage-all");
        workspace.page.waitForSelector("#shelter-stage-all[aria-pressed=true]");
    }

    private static void fitnessIsExplainedByAClickOnTheMap(Workspace workspace) {
        workspace.page.click("#shelter-audit");
        workspace.page.waitForSelector("#shelter-sound");
        JsonNode audit = RunningService.ask("shelter-audit", "{\"inputs\":{}}", "zh-CN");
        JsonNode totals = audit.path("totals");
        assertThat(workspace.text("#shelter-sound"))
                .contains(totals.path("shelters").asInt() + " 个场所中 "
                        + totals.path("failing").asInt() + " 个有不合格项")
                .contains("未知 " + totals.path("unknowns").asInt() + " 项");
        assertThat(workspace.text("#legend")).contains("有不合格项", "有未知项");
        JsonNode one = audit.path("shelters").get(0);
        workspace.clickMap(one.path("lon").asDouble(), one.path("lat").asDouble());
        workspace.page.waitForSelector("#shelter-one");
        assertThat(workspace.text("#shelter-one")).contains("限值", "GB");
        workspace.screenshot("shelter-audit");
    }

    private static void theWaysOfTheAssignmentAreOnTheMapAndTheTableIsAnExcelFile(Workspace workspace)
            throws IOException {
        long walking = pixels(workspace, ON_FOOT);
        long riding = pixels(workspace, BY_BUS);
        workspace.page.click("#shelter-assignment");
        workspace.page.waitForSelector("#shelter-placed");
        JsonNode answer = RunningService.ask(
                "shelter-assignment", "{\"inputs\":{\"stay\":\"emergency\",\"planned\":true}}", "zh-CN");
        JsonNode summary = answer.path("summary");
        assertThat(workspace.text("#shelter-placed"))
                .startsWith(people(summary.path("people").asLong()) + "中已安置 "
                        + people(summary.path("placed").asLong()));
        assertThat(summary.path("unplaced").asLong() > 0)
                .isEqualTo(workspace.text("#shelter-placed").contains("没有着落"));
        assertThat(workspace.text("#shelter-proof"))
                .contains(summary.path("optimalText").asString());
        assertThat(workspace.text("#legend")).contains("步行转移", "乘车转移");
        workspace.page.waitForTimeout(600);
        workspace.screenshot("shelter-assignment");
        assertThat(pixels(workspace, ON_FOOT)).as("ways on foot").isGreaterThan(walking + 150);
        assertThat(pixels(workspace, BY_BUS)).as("ways by bus").isGreaterThan(riding + 400);

        Download excel = workspace.page.waitForDownload(() -> workspace.page.click("#shelter-excel"));
        assertThat(excel.suggestedFilename()).isEqualTo("转移安置表.xlsx");
        try (InputStream bytes = Files.newInputStream(excel.path());
                ReadableWorkbook book = new ReadableWorkbook(bytes);
                Stream<Row> rows = book.getFirstSheet().openStream()) {
            String all = rows.map(row -> row.stream()
                                    .map(cell -> cell == null ? "" : cell.getText())
                                    .toList() + "\n")
                    .reduce("", String::concat);
            JsonNode first = answer.path("assignments").get(0);
            assertThat(all)
                    .contains("责任人")
                    .contains(first.path("village").asString())
                    .contains(first.path("shelter").asString());
            assertThat(all.lines().count())
                    .isGreaterThan(answer.path("assignments").size());
        }
    }

    @Test
    void onAPhoneInEnglishAtNightTheSameIsReached() {
        Workspace workspace = Workspace.atNight(Size.PHONE, "?task=shelter&lang=en&of=assignment&" + DISTRICT);
        open.add(workspace);
        workspace.page.setDefaultTimeout(60_000);
        workspace.page.waitForSelector("#shelter-proof");
        assertThat(workspace.text("#shelter-proof")).doesNotContainPattern("\\p{IsHan}");
        assertThat(workspace.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        workspace.screenshot("shelter-phone");
    }

    @Test
    void aDutyOfficerOpensASetForAnEventInOneActionAndTakesItBack() {
        Workspace workspace = Workspace.onDuty(Size.DESK, "?task=shelter&of=open&" + DISTRICT, "启用值班员");
        open.add(workspace);
        workspace.page.waitForSelector("#shelter-choices li");
        workspace.page.selectOption("#shelter-fit", "flood");
        long fit = RunningService.get("/ogc/collections/shelter/items?limit=1&filter="
                        + URLEncoder.encode(
                                "status = 'ready' AND A_CONTAINS(hazards, ('flood'))", StandardCharsets.UTF_8))
                .path("numberMatched")
                .asLong();
        long before = workspace.ask("/api/shelters?active=true").path("matched").asLong();
        saysOnce(workspace, ".shelter-open", "全选 " + fit + " 处待启用的");
        workspace.page.fill("#shelter-event", "汛期桌面演练");
        workspace.page.check("#shelter-drill");
        workspace.page.check("#shelter-all");
        assertThat(workspace.text("#shelter-go")).isEqualTo("启用 " + fit + " 处");
        saysOnce(workspace, "#legend", "将启用");
        workspace.screenshot("shelter-open");
        workspace.page.click("#shelter-go");
        workspace.page.waitForSelector("[data-event=汛期桌面演练]");
        assertThat(workspace.text("[data-event=汛期桌面演练]")).contains("演练", fit + " 处");
        saysOnce(workspace, "#drill", "演练");
        assertThat(workspace.ask("/api/shelters?active=true").path("matched").asLong())
                .isEqualTo(before + fit);
        workspace.screenshot("shelter-opened");
        workspace.page.click(".notice.told button:has-text('撤销')");
        saysOnce(workspace, "#notices", "已撤销");
        workspace.page.waitForFunction("() => !document.querySelector('[data-event=汛期桌面演练]')");
        assertThat(workspace.ask("/api/shelters?active=true").path("matched").asLong())
                .isEqualTo(before);
    }

    @Test
    void aStateThatNobodyHasToldForLongIsGreyedOutOnTheMap() throws IOException {
        Workspace workspace =
                Workspace.asPlanner(Size.DESK, "?task=&on=shelter&at=105.8220000,32.4430000,15.0", "状态核对");
        open.add(workspace);
        workspace.drawn();
        // Those that another test has left open.
        for (JsonNode row : RunningService.get("/api/shelters?active=true").path("shelters"))
            workspace.patch("shelter", row.path("id").asString(), "测试", Map.of("status", "ready"));
        workspace.page.waitForFunction("() => !document.getElementById('legend').innerText.includes('没有消息')");
        String id = "shelter-04";
        // Its state was told in March and is now said to be open: six hours are long over.
        workspace.patch("shelter", id, "测试", Map.of("status", "open"));
        try {
            workspace.page.waitForFunction(
                    "() => document.getElementById('legend').innerText.includes('状态超过 6 小时没有消息')");
            workspace.screenshot("shelter-stale");
            JsonNode row = RunningService.get("/api/shelters?active=true")
                    .path("shelters")
                    .get(0);
            assertThat(row.path("id").asString()).isEqualTo(id);
            assertThat(row.path("stale").asBoolean()).isTrue();
        } finally {
            workspace.patch("shelter", id, "测试", Map.of("status", "ready"));
        }
        workspace.page.waitForFunction("() => !document.getElementById('legend').innerText.includes('没有消息')");
    }

    private static void saysOnce(Workspace workspace, String selector, String words) {
        workspace.page.waitForFunction(
                "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)",
                List.of(selector, words));
    }

    private static String lacks(JsonNode stage) {
        long gap = stage.path("gap").asLong();
        return gap == 0 ? "总量够用" : "缺 " + people(gap);
    }

    /** As the page says it: 20.3 万人. */
    private static String people(long people) {
        if (people < 10_000) return String.format("%,d 人", people);
        return new DecimalFormat("0.#").format(people / 10_000.0) + " 万人";
    }

    /** How much of the map has nearly this colour. */
    private static long pixels(Workspace workspace, Color wanted) throws IOException {
        byte[] png = workspace.find("#map").screenshot();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        long found = 0;
        for (int y = 0; y < image.getHeight(); y++)
            for (int x = 0; x < image.getWidth(); x++) {
                Color is = new Color(image.getRGB(x, y));
                int away = Math.abs(is.getRed() - wanted.getRed())
                        + Math.abs(is.getGreen() - wanted.getGreen())
                        + Math.abs(is.getBlue() - wanted.getBlue());
                if (away < 24) found++;
            }
        return found;
    }
}
