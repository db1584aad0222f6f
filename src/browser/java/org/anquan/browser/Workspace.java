package org.anquan.browser;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Geolocation;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anquan.security.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One look at the workspace, as a person has it: a page of a size, a language and a theme. */
final class Workspace implements AutoCloseable {
    /** A planner's screen and a phone. */
    enum Size {
        DESK(1440, 900),
        PHONE(390, 844);

        final int width;
        final int height;

        Size(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    static final String PASSWORD = "Anquan-Lizhou-2026";

    /** The build without windows where it is there: a page costs it half as much, on a machine of two cores. */
    private static final Path CHROMIUM = Stream.of("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("chromium"));

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // A page that lives for seconds is done sooner where none of its code is made faster.
            "--js-flags=--no-opt,--no-maglev");

    private static @Nullable Browser browser;

    final Page page;
    final Size size;
    private final BrowserContext context;
    private final String host;
    private final List<String> strayRequests = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    private Workspace(Size size, boolean night, String query, String account) {
        this.size = size;
        String address = RunningService.address();
        host = URI.create(address).getAuthority();
        context = browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(size.width, size.height)
                        .setHasTouch(size == Size.PHONE)
                        .setIsMobile(size == Size.PHONE)
                        .setColorScheme(night ? ColorScheme.DARK : ColorScheme.LIGHT)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setAcceptDownloads(true));
        context.grantPermissions(List.of("clipboard-read", "clipboard-write", "geolocation"));
        context.setGeolocation(new Geolocation(32.44, 105.83));
        if (!account.isEmpty()) signIn(address, account);
        page = context.newPage();
        page.setDefaultTimeout(30_000);
        page.onRequest(request -> {
            URI uri = URI.create(request.url().replaceAll("[{}|\\s]", "_"));
            boolean own = host.equals(uri.getAuthority());
            boolean inside = List.of("data", "blob", "about").contains(uri.getScheme());
            if (!own && !inside) strayRequests.add(request.url());
        });
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) errors.add(message.text() + " " + message.location());
        });
        page.onPageError(errors::add);
        page.navigate(address + "/" + query);
    }

    static Workspace open(Size size, String query) {
        return new Workspace(size, false, query, "");
    }

    /** As a planner who is signed in. */
    static Workspace asPlanner(Size size, String query, String account) {
        RunningService.account(account, PASSWORD, Role.EDITOR);
        return new Workspace(size, false, query, account);
    }

    static Workspace asAdministrator(Size size, String query, String account) {
        RunningService.account(account, PASSWORD, Role.ADMIN);
        return new Workspace(size, false, query, account);
    }

    /** As a duty officer who is signed in. */
    static Workspace onDuty(Size size, String query, String account) {
        RunningService.account(account, PASSWORD, Role.DISPATCHER);
        return new Workspace(size, false, query, account);
    }

    private void signIn(String address, String account) {
        APIResponse answer = context.request()
                .post(
                        address + "/api/session",
                        RequestOptions.create()
                                .setHeader("X-Requested-With", "anquan")
                                .setData(Map.of("user", account, "password", PASSWORD)));
        if (!answer.ok()) throw new IllegalStateException(answer.text());
    }

    static Workspace atNight(Size size, String query) {
        return new Workspace(size, true, query, "");
    }

    /** Skips the test with one line where there is no browser. */
    static void needChromium() {
        boolean there = Files.isExecutable(CHROMIUM);
        if (!there) System.out.println("skipped: browser tests (" + CHROMIUM + " is missing)");
        Assumptions.assumeTrue(there, "chromium is missing");
    }

    /** A phone of its own, with nothing kept on it. */
    static BrowserContext phone(String language) {
        return browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(Size.PHONE.width, Size.PHONE.height)
                        .setHasTouch(true)
                        .setIsMobile(true)
                        .setLocale(language)
                        .setReducedMotion(ReducedMotion.REDUCE));
    }

    private static synchronized Browser browser() {
        if (browser != null) return browser;
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser started = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(ARGUMENTS));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        browser = started;
        return started;
    }

    /** Until the map has drawn everything it has. */
    Workspace drawn() {
        page.waitForFunction("() => Number(document.getElementById('map').dataset.rendered ?? 0) > 0");
        return this;
    }

    /** Until the map has drawn once more than now. */
    void drawnAgain(Runnable change) {
        String before = page.getAttribute("#map", "data-rendered");
        change.run();
        page.waitForFunction(
                "before => Number(document.getElementById('map').dataset.rendered) > Number(before)", before);
    }

    /** Asks for the circle as the form stands, and waits for the answer in words. */
    Workspace run() {
        page.click("#run");
        return answered();
    }

    Workspace answered() {
        page.waitForSelector("#sentence");
        page.waitForSelector(".progress", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
        // The bar comes only after a quarter of a second; until then the answer before is only greyed.
        page.waitForSelector(
                ".answer-head.old", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
        return drawn();
    }

    /** Where a place lies on the page, in pixels, as the map stands now. */
    double[] pixel(double lon, double lat) {
        double[] view = view();
        BoundingBox box = find("#map").boundingBox();
        double scale = 256 * Math.pow(2, view[2]) / (2 * Math.PI);
        double x = Math.toRadians(lon - view[0]) * scale;
        double y = (north(view[1]) - north(lat)) * scale;
        return new double[] {box.x + box.width / 2 + x, box.y + box.height / 2 + y};
    }

    /** Web Mercator's y on a ball of radius 1. */
    private static double north(double lat) {
        return Math.log(Math.tan(Math.PI / 4 + Math.toRadians(lat) / 2));
    }

    /** Clicks a place on the map, as a person does who looks before the next click. */
    void clickMap(double lon, double lat) {
        double[] at = pixel(lon, lat);
        page.mouse().click(at[0], at[1]);
        page.waitForTimeout(350);
    }

    void doubleClickMap(double lon, double lat) {
        double[] at = pixel(lon, lat);
        page.mouse().dblclick(at[0], at[1]);
        page.waitForTimeout(400);
    }

    /** The service's own answer, asked with this page's session. */
    JsonNode ask(String path) {
        APIResponse answer = context.request()
                .get(RunningService.address() + path, RequestOptions.create().setHeader("Cache-Control", "no-cache"));
        if (!answer.ok()) throw new IllegalStateException(path + ": " + answer.text());
        return JsonMapper.builder().build().readTree(answer.text());
    }

    /** Takes back a change set as this page's account, from somewhere else. */
    void undo(String layer, long changeSet) {
        APIResponse answer = context.request()
                .post(
                        RunningService.address() + "/ogc/collections/" + layer + "/changes/" + changeSet + "/undo",
                        RequestOptions.create().setHeader("X-Requested-With", "anquan"));
        if (!answer.ok()) throw new IllegalStateException(answer.text());
    }

    /** Changes a feature as this page's account, from somewhere else. */
    void patch(String layer, String id, String reason, Map<String, Object> properties) {
        String address = RunningService.address() + "/ogc/collections/" + layer + "/items/" + id;
        String tag = context.request().get(address).headers().get("etag");
        APIResponse answer = context.request()
                .fetch(
                        address,
                        RequestOptions.create()
                                .setMethod("PATCH")
                                .setHeader("If-Match", tag)
                                .setHeader("X-Requested-With", "anquan")
                                .setHeader("Content-Type", "application/merge-patch+json")
                                .setHeader("Anquan-Reason", URLEncoder.encode(reason, StandardCharsets.UTF_8))
                                .setData(JsonMapper.builder()
                                        .build()
                                        .writeValueAsString(Map.of("properties", properties))));
        if (!answer.ok()) throw new IllegalStateException(answer.text());
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    String text(String selector) {
        return page.locator(selector).first().innerText();
    }

    /** Centre and zoom, as the address says them: lon, lat, zoom. */
    double[] view() {
        Object said = page.evaluate("() => new URLSearchParams(location.search).get('at')");
        if (said == null) return new double[] {0, 0, 0};
        String[] parts = said.toString().split(",");
        return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2])};
    }

    /** A place in the address: lon,lat. */
    String place(String parameter) {
        return (String) page.evaluate("name => new URLSearchParams(location.search).get(name)", parameter);
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }

    /** What axe finds against WCAG 2.2 AA, with the elements. */
    List<String> violations() {
        return Axe.violations(page);
    }

    List<String> strayRequests() {
        return strayRequests;
    }

    List<String> errors() {
        return errors;
    }

    @Override
    public void close() {
        context.close();
    }
}
