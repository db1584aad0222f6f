package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
        Workspace workspace = Workspace.open(size, "?task=risk&at=105.7600000,32.4600000,10.4");
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
        assertThat(workspace.text("#risk-sentence")).contains("综合风险：" + name + "风险区");
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
