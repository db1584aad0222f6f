package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.List;
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
        workspace.screenshot("whatif-flood");
        JsonNode difference = compared(flood(workspace)).get("difference");
        assertThat(difference.get("people").asInt())
                .as("a flood in the middle of the district cuts people off")
                .isNegative();
        sameNumbers(workspace, difference);
        assertThat(workspace.text("#effect")).contains("封路后").contains("圈内少");
    }
}
