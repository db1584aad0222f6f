package org.anquan.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Geolocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A phone on a page of the service: its size, its position, its network. */
final class Phone implements AutoCloseable {
    final BrowserContext context;
    final Page page;
    private final List<String> errors = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();

    /** @param lon where the phone is, degrees */
    Phone(String path, double lon, double lat, String language) {
        context = Workspace.phone(language);
        context.grantPermissions(List.of("geolocation"));
        context.setGeolocation(new Geolocation(lat, lon));
        page = context.newPage();
        page.setDefaultTimeout(20_000);
        page.onPageError(errors::add);
        // What comes over the wire, as it comes: compressed, with its headers.
        CDPSession wire = context.newCDPSession(page);
        wire.send("Network.enable");
        wire.on(
                "Network.loadingFinished",
                event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        page.navigate(RunningService.address() + path);
    }

    long bytes() {
        return bytes.get();
    }

    List<String> errors() {
        return errors;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    String text(String selector) {
        return page.locator(selector).first().innerText();
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    List<String> violations() {
        return Axe.violations(page);
    }

    static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    @Override
    public void close() {
        context.close();
    }
}
