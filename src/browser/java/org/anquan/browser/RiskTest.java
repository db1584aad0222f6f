package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anquan.browser.Workspace.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Risk zoning on the map: drawn, explained by a click, weighed anew by a slider. The process itself is the judge. */
class RiskTest {
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

    private Workspace zoned(Size size) {
        return zoned(Workspace.open(size, "?task=risk&at=105.7600000,32.4600000,10.4"));
    }

    private Workspace zoned(Workspace workspace) {
        open.add(workspace);
        workspace.page.setDefaultTimeout(90_000);
        workspace.page.waitForSelector("#risk-run:not([disabled])");
        workspace.page.click("#risk-run");
        workspace.page.waitForSelector("#risk-sentence");
        return workspace.drawn();
    }

    @Test
    void theComprehensiveZoningIsDrawnExplainedByAClickAndWeighedAnew() {
        Workspace workspace = zoned(Size.DESK);
        JsonNode answer = RunningService.ask(
                "risk-zoning", "{\"inputs\":{\"recipe\":\"comprehensive\",\"keep\":false}}", "zh-CN");
        // The sentence tells the highest level that there is.
        int level = 5;
        while (answer.path("summary")
                        .path("areaByLevel")
                        .path(String.valueOf(level))
                        .asDouble(0)
                == 0) level--;
        String name = List.of("", "低", "中低", "中", "中高", "高").get(level);
        assertThat(workspace.text("#risk-sentence"))
                .contains(level < 4 ? "综合风险：没有中高以上风险区；最高为" + name : "综合风险：" + name + "风险区");
        assertThat(workspace.text(".risk-levels")).contains("低").contains("km²");
        workspace.screenshot("risk-desk");

        workspace.clickMap(105.845, 32.434);
        workspace.page.waitForSelector("#risk-reason-title");
        workspace.page.waitForTimeout(500);
        JsonNode why = RunningService.ask(
                "risk-reason",
                "{\"inputs\":{\"run\":\"" + run(workspace) + "\",\"location\":[105.845,32.434]}}",
                "zh-CN");
        assertThat(workspace.text("#risk-reason-title"))
                .isEqualTo("这里是" + why.path("levelName").asString() + "风险");
        assertThat(workspace.text(".risk-reason")).contains(why.path("township").asString());
        String first = why.path("hazards").get(0).path("id").asString();
        workspace.page.click("[data-reason=" + first + "] summary");
        assertThat(workspace.text("[data-reason=" + first + "] .risk-factors"))
                .contains("危险性")
                .contains("GB");
        workspace.screenshot("risk-why");

        String before = workspace.text(".risk-levels");
        workspace.page.locator("[data-hazard=flash_flood]").fill("0");
        workspace.page.waitForFunction("before => document.querySelector('.risk-levels').innerText !== before", before);
        assertThat(workspace.text("[data-hazard=flash_flood] + output")).isEqualTo("0.0%");
        // Another page opens the same map with the same weights from the address.
        String address = (String) workspace.page.evaluate("() => location.search");
        Workspace other = Workspace.open(Size.DESK, address);
        open.add(other);
        other.page.setDefaultTimeout(60_000);
        other.page.waitForSelector("#risk-sentence");
        assertThat(other.text(".risk-levels")).isEqualTo(workspace.text(".risk-levels"));
        assertThat(workspace.violations()).isEmpty();
    }

    /** What a planner does with a zoning: keeps its weights, compares, prints, takes it away, stops one that is too fine. */
    @Test
    void aPlannerKeepsTheWeightsComparesPrintsDownloadsAndStops() throws IOException {
        Workspace workspace = zoned(Workspace.asPlanner(Size.DESK, "?task=risk&at=105.76,32.46,10.4", "risk-planner"));
        Page page = workspace.page;
        String first = run(workspace);
        page.locator("[data-hazard=flash_flood]").fill("0");
        page.waitForFunction("() => document.querySelector('[data-hazard=flash_flood] + output').innerText === '0.0%'");
        String kept = workspace.text(".risk-levels");

        // Kept as a recipe of their own, with where the weights come from; chosen at once, and zoned with.
        page.click(".risk-own summary");
        page.fill("#risk-own-title", "利州区 综合（试）");
        page.fill("#risk-own-source", "区防灾减灾规划（示例）");
        workspace.screenshot("risk-own");
        page.click("#risk-own-save");
        page.waitForFunction(
                "() => document.querySelector('#risk-recipe').selectedOptions[0].innerText === '利州区 综合（试）（自定）'");
        JsonNode written = workspace.ask("/api/risk-recipes/利州区-综合-试").path("recipe");
        assertThat(written.path("weights").path("flash_flood").asDouble()).isZero();
        assertThat(written.path("weightSource").asString()).isEqualTo("区防灾减灾规划（示例）");
        page.click("#risk-run");
        page.waitForFunction("first => new URLSearchParams(location.search).get('of').split('~')[3] !== first", first);
        assertThat(workspace.text(".risk-levels")).isEqualTo(kept);

        // Compared with the first: as the process itself compares them.
        page.locator("summary", new Page.LocatorOptions().setHasText("与另一次区划比较"))
                .click();
        page.selectOption("select[aria-label=比较对象]", first);
        page.waitForSelector("#risk-compared");
        JsonNode compared = RunningService.ask(
                "risk-compare", "{\"inputs\":{\"runs\":[\"" + first + "\",\"" + run(workspace) + "\"]}}", "zh-CN");
        assertThat(compared.path("lower").path("areaSquareMetres").asDouble()).isPositive();
        assertThat(workspace.text("#risk-compared"))
                .contains(String.format(
                        Locale.ROOT,
                        "%,.0f",
                        compared.path("same").path("areaSquareMetres").asDouble() / 1e6));
        assertThat(page.inputValue("select[aria-label=比较对象]")).isEqualTo(first);
        assertThat(workspace.text("#legend")).contains("降级");
        workspace.screenshot("risk-compared");

        page.locator("summary", new Page.LocatorOptions().setHasText("下载"))
                .last()
                .click();
        // A TIFF begins with II or MM, after the order of its bytes; Java's writer begins with the greatest.
        Map<String, String> begins = Map.of("xlsx", "PK", "gpkg", "SQLite format 3", "geojson", "{", "tif", "MM");
        for (String ending : List.of("xlsx", "gpkg", "geojson", "tif")) {
            page.waitForSelector("[data-file=" + ending + "]:not([disabled])");
            Download file = page.waitForDownload(() -> page.click("[data-file=" + ending + "]"));
            assertThat(file.suggestedFilename()).isEqualTo("利州区 综合（试）." + ending);
            assertThat(head(file)).as(ending).startsWith(begins.get(ending));
        }
        page.click(".risk-answer ~ * #print-sheet, #print-sheet");
        Download sheet = page.waitForDownload(() -> page.click("#make-sheet"));
        assertThat(sheet.suggestedFilename()).endsWith(".pdf").contains("综合");
        assertThat(head(sheet)).startsWith("%PDF");

        // One of forty metres is stopped: the answer that was there stays, and nothing is kept of it.
        String answer = workspace.text("#risk-sentence");
        page.fill("#risk-cell", "40");
        page.click("#risk-run");
        page.click("#risk-stop");
        page.waitForSelector("#risk-run");
        assertThat(workspace.text("#risk-sentence")).isEqualTo(answer);
        assertThat(workspace.find(".problem").count()).isZero();

        page.click(".risk-own summary");
        page.click("#risk-own-delete");
        page.waitForFunction("() => document.querySelector('#risk-recipe').value === 'comprehensive'");
        assertThat(workspace.ask("/api/risk-recipes").toString()).doesNotContain("利州区-综合-试");
    }

    private static String head(Download file) throws IOException {
        try (var in = file.createReadStream()) {
            return new String(in.readNBytes(16), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void theListsAreShownAndTheirRowsFoundOnTheMap() {
        Workspace workspace = Workspace.open(Size.DESK, "?task=risk");
        open.add(workspace);
        workspace.page.waitForSelector("#risk-run:not([disabled])");
        workspace.page.click(".risk-lists summary");
        workspace.page.click("#risk-lists-run");
        workspace.page.waitForSelector("[data-list=threatened]");
        workspace.page.click("[data-list=threatened]");
        JsonNode lists = RunningService.ask("risk-lists", "{\"inputs\":{}}", "zh-CN");
        JsonNode first = lists.path("lists").get(0);
        assertThat(workspace.text("[data-list=threatened]"))
                .contains(first.path("count").asString() + " 处");
        JsonNode row = first.path("rows").get(0);
        workspace.page.click("[data-row=" + row.path("id").asString() + "]");
        workspace.page.waitForFunction(
                "lon => Math.abs(Number(new URLSearchParams(location.search).get('at').split(',')[0]) - lon) < 0.01",
                row.path("lon").asDouble());
        workspace.screenshot("risk-lists");
    }

    @Test
    void onAPhoneTheSameIsReached() {
        Workspace workspace = zoned(Size.PHONE);
        assertThat(workspace.text("#risk-sentence")).contains("风险区");
        workspace.screenshot("risk-phone");
        Object wide = workspace.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth");
        assertThat(wide).isEqualTo(true);
    }

    private static String run(Workspace workspace) {
        return workspace.place("of").split("~", -1)[3];
    }
}
