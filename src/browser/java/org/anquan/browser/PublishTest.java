package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.anquan.browser.Workspace.Size;
import org.anquan.geoserver.StubGeoServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The administrator publishes the sample to a GeoServer from the panel: tries, publishes, publishes again. */
class PublishTest {
    @BeforeAll
    static void needChromium() {
        Workspace.needChromium();
    }

    private static void begin(Page page, String button, String then) {
        page.click(button);
        page.waitForFunction("then => document.getElementById('publish-sentence')?.innerText.startsWith(then)", then);
    }

    @Test
    void theSampleIsTriedPublishedAndPublishedAgainWithoutChange() {
        try (StubGeoServer city = new StubGeoServer();
                Workspace workspace = Workspace.asAdministrator(Size.DESK, "?task=data", "publish-admin")) {
            Page page = workspace.page;
            page.setDefaultTimeout(60_000);
            page.click("#data-publish");
            page.waitForSelector("#publish-url");
            page.fill("#publish-url", city.url());
            page.fill("#publish-user", StubGeoServer.USER);
            page.fill("#publish-password", "falsch");
            begin(page, "#publish-try", "没有完成");
            assertThat(workspace.text(".publish-outcome .problem"))
                    .contains("不认这个用户或密码")
                    .contains("401");
            page.fill("#publish-password", StubGeoServer.PASSWORD);
            begin(page, "#publish-try", "试运行：将做");
            assertThat(workspace.text("#publish-steps")).startsWith("新建工作区 anquan");
            assertThat(city.writes).isEmpty();
            workspace.screenshot("publish-tried");
            begin(page, "#publish-run", "已发布");
            assertThat(city.refused).isEmpty();
            int writes = city.writes.size();
            assertThat(writes).isGreaterThan(50);
            workspace.screenshot("publish-done");
            begin(page, "#publish-run", "没有改动");
            assertThat(city.writes).hasSize(writes);
            // Neither stands in the address, nor in what the page keeps.
            Object kept = page.evaluate("() => location.href + JSON.stringify({...localStorage, ...sessionStorage})");
            assertThat(String.valueOf(kept)).doesNotContain(StubGeoServer.PASSWORD, StubGeoServer.USER);
            // The administrator's other task stands in the panel 数据: no layer file has changed.
            page.navigate(RunningService.address() + "/?task=data");
            page.click("#data-reload");
            page.waitForFunction("() => document.querySelector('.data-foot').innerText.includes('没有变化')");
            assertThat(workspace.errors()).isEmpty();
            assertThat(workspace.strayRequests()).isEmpty();
        }
    }
}
