package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.anquan.browser.Workspace.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a planner sees and does, on the real service with the sample district. */
class WorkspaceTest {
    private static final String CIRCLE = "?from=rescue_station&minutes=15,30,60";
    private static final String CIRCLE_IN_ENGLISH = CIRCLE + "&lang=en";

    private final List<Workspace> open = new ArrayList<>();

    /** Set by the tests that break something on purpose. */
    private boolean errorsExpected;

    @BeforeAll
    static void needChromium() {
        Workspace.needChromium();
    }

    @AfterEach
    void nothingLeftTheHostAndNothingBroke() {
        try {
            for (Workspace workspace : open) {
                assertThat(workspace.strayRequests())
                        .as("requests to other hosts")
                        .isEmpty();
                if (!errorsExpected)
                    assertThat(workspace.errors()).as("errors in the console").isEmpty();
            }
        } finally {
            open.forEach(Workspace::close);
        }
    }

    private Workspace look(Size size, String query) {
        return kept(Workspace.open(size, query));
    }

    private Workspace kept(Workspace workspace) {
        open.add(workspace);
        return workspace;
    }

    private static JsonNode answer(String language) {
        return RunningService.ask(RunningService.circle("rescue_station", 15, 30, 60), language);
    }

    private static List<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** 58.6 万人; below ten thousand 9,800 人. */
    private static String peopleInChinese(JsonNode people) {
        if (people.isNull()) return "未知";
        double value = people.asDouble();
        return value >= 9_999.5 ? number(value / 10_000, 1) + " 万人" : number(Math.rint(value), 0) + " 人";
    }

    private static String number(double value, int digits) {
        NumberFormat format = NumberFormat.getInstance(Locale.ROOT);
        format.setMaximumFractionDigits(digits);
        format.setRoundingMode(java.math.RoundingMode.HALF_UP);
        return format.format(value);
    }

    @ParameterizedTest
    @EnumSource
    void thePanelSaysWhatTheProcessAnswers(Size size) {
        JsonNode asked = answer("zh-CN");
        Workspace workspace = look(size, "").drawn();
        workspace.screenshot("start-" + size);
        workspace.run();
        workspace.screenshot("circle-" + size);

        JsonNode covered = asked.get("covered");
        int outside = asked.get("uncovered").size();
        assertThat(workspace.text("[data-figure=share] strong"))
                .isEqualTo(number(covered.get("shareOfPeople").asDouble() * 100, 1) + "%");
        assertThat(workspace.text("[data-figure=uncovered] strong")).isEqualTo(number(outside, 0));
        assertThat(workspace.text("#sentence"))
                .contains("1 小时救援圈", peopleInChinese(covered.get("people")))
                .contains(outside == 0 ? "没有村在圈外" : outside + " 个村在圈外");
        for (JsonNode band : all(asked.get("bands").get("features"))) {
            JsonNode said = band.get("properties");
            String row =
                    workspace.text("tr[data-minutes=\"" + said.get("minutes").asInt() + "\"]");
            assertThat(row).contains(peopleInChinese(said.get("people")));
        }
        assertThat(workspace.find("[data-village]").count()).isEqualTo(Math.min(30, outside));
        assertThat(outside).as("the sample has villages outside the hour").isPositive();
        JsonNode worst = asked.get("uncovered").get(0);
        assertThat(workspace.text("[data-village]"))
                .contains(worst.get("name").asString(), worst.get("reasonText").asString());
        if (!worst.get("seconds").isNull()) {
            int minutes = (int) Math.ceil(worst.get("seconds").asDouble() / 60);
            assertThat(workspace.text("[data-village]")).contains(minutes + " 分钟");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aVillageOutsideIsShownWhereItLies(Size size) {
        JsonNode village = answer("zh-CN").get("uncovered").get(0);
        Workspace workspace = look(size, CIRCLE).answered();
        double[] before = workspace.view();
        workspace.drawnAgain(() -> workspace.page.click("[data-village]"));
        workspace.page.waitForSelector(".popup .facts-danger");
        workspace.page.waitForTimeout(400);
        double[] now = workspace.view();
        assertThat(now[2]).as("zoom").isGreaterThan(before[2]);
        // A web map is 256 · 2^zoom pixels wide for 360 degrees; the village must lie on the piece that is shown.
        double pixelsAside = Math.abs(village.get("lon").asDouble() - now[0]) * 256 * Math.pow(2, now[2]) / 360;
        double pixelsAbove = Math.abs(village.get("lat").asDouble() - now[1]) * 256 * Math.pow(2, now[2]) / 360;
        assertThat(pixelsAside).isLessThan(workspace.find("#map").boundingBox().width / 2);
        assertThat(pixelsAbove).isLessThan(workspace.find("#map").boundingBox().height / 2);
        assertThat(workspace.text(".popup h3")).isEqualTo(village.get("name").asString());
        workspace.screenshot("village-" + size);
    }

    @Test
    void theEnglishPageHasNoChineseWordsOfItsOwn() {
        Workspace workspace =
                look(Size.DESK, CIRCLE_IN_ENGLISH + "&table=uncovered").answered();
        workspace.page.click("[data-village]");
        workspace.page.waitForSelector(".popup .facts");
        workspace.page.click(".how summary");
        workspace.screenshot("english-circle");
        assertThat(ownWords(workspace, "zh"))
                .filteredOn(WorkspaceTest::hasChinese)
                .isEmpty();
        workspace.page.click("[data-task=layers]");
        workspace.page.waitForSelector(".layer");
        workspace.screenshot("english-layers");
        assertThat(ownWords(workspace, "zh"))
                .filteredOn(WorkspaceTest::hasChinese)
                .isEmpty();
    }

    @Test
    void theChinesePageHasNoEnglishWordsLeft() {
        Workspace workspace =
                look(Size.DESK, CIRCLE_IN_ENGLISH + "&table=stations").answered();
        workspace.page.click("#language");
        workspace.page.waitForFunction("() => document.documentElement.lang === 'zh-CN'");
        workspace.page.waitForFunction("() => /救援圈/.test(document.getElementById('sentence')?.innerText ?? '')");
        workspace.page.click("[data-figure=uncovered]");
        workspace.page.click("[data-village]");
        workspace.page.waitForSelector(".popup .facts");
        assertThat(ownWords(workspace, "en"))
                .filteredOn(WorkspaceTest::hasEnglish)
                .isEmpty();
        workspace.page.click("[data-task=layers]");
        workspace.page.waitForSelector(".layer");
        assertThat(ownWords(workspace, "en"))
                .filteredOn(WorkspaceTest::hasEnglish)
                .isEmpty();
    }

    /** Every visible text and every label of the page that is not data and not in the given other language. */
    @SuppressWarnings("unchecked")
    private static List<String> ownWords(Workspace workspace, String otherLanguage) {
        return (List<String>) workspace.page.evaluate("""
                other => {
                    const found = [];
                    const skipped = element => element.closest('.data, .only-spoken, code, script, style, noscript, [lang^="' + other + '"]');
                    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                        const parent = node.parentElement;
                        const words = node.textContent.trim();
                        if (words && !skipped(parent) && parent.getClientRects().length) found.push(words);
                    }
                    for (const element of document.querySelectorAll('[title], [aria-label], [placeholder]')) {
                        if (skipped(element)) continue;
                        for (const name of ['title', 'aria-label', 'placeholder']) {
                            const words = element.getAttribute(name);
                            if (words) found.push(words);
                        }
                    }
                    return found;
                }
                """, otherLanguage);
    }

    /** Sentences name places of the sample, which are called in Chinese in either language. */
    private static final String SAMPLE_NAME = "\\p{IsHan}+（示例[^）]*）";

    private static boolean hasChinese(String words) {
        return words.replaceAll(SAMPLE_NAME, "")
                .codePoints()
                .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }

    /** Names and symbols that Chinese writes in Latin letters too. */
    private static boolean hasEnglish(String words) {
        String rest = words.replaceAll(
                "km²|km|m²|m³|CQL2|GeoJSON|GeoPackage|GeoTIFF|Excel|Ctrl|OSM|OpenStreetMap|Shapefile", "");
        return rest.matches("(?s).*[A-Za-z]{2,}.*");
    }

    @ParameterizedTest
    @CsvSource({"DESK, true, &lang=en", "PHONE, false, ''"})
    void axeFindsNothingToMend(Size size, boolean night, String language) {
        axeFindsNothing(size, night, language);
    }

    /** The other looks share their elements with the two above; they take half a minute each. */
    @Tag("long")
    @ParameterizedTest
    @CsvSource({"DESK, false, ''", "PHONE, false, &lang=en", "PHONE, true, ''"})
    void axeFindsNothingToMendInTheOtherLooks(Size size, boolean night, String language) {
        axeFindsNothing(size, night, language);
    }

    private void axeFindsNothing(Size size, boolean night, String language) {
        String query = CIRCLE + language;
        Workspace workspace = kept(night ? Workspace.atNight(size, query) : Workspace.open(size, query));
        workspace.answered();
        String look = size + (night ? "-night" : "-day") + (language.isEmpty() ? "-zh" : "-en");
        workspace.screenshot("axe-circle-" + look);
        assertThat(workspace.violations()).as("circle").isEmpty();
        workspace.page.click(".how summary");
        workspace.page.click("[data-village]");
        workspace.page.waitForSelector(".popup .facts");
        assertThat(workspace.violations()).as("pop-up").isEmpty();
        workspace.page.click(".popup .icon-button[aria-label]:last-child");
        workspace.page.click("[data-figure=uncovered]");
        workspace.page.waitForSelector("#sheet tbody tr");
        workspace.screenshot("axe-table-" + look);
        assertThat(workspace.violations()).as("table").isEmpty();
        workspace.page.click("#sheet .sheet-tools .icon-button");
        workspace.page.click("[data-task=layers]");
        workspace.page.waitForSelector(".layer");
        workspace.page.click(".account > button");
        workspace.screenshot("axe-layers-" + look);
        assertThat(workspace.violations()).as("layers and sign-in").isEmpty();
    }

    @Test
    void aLinkOpensTheSameAnswerAndBackTakesTheLastStepBack() {
        Workspace workspace = look(Size.DESK, "").drawn().run();
        String sentence = workspace.text("#sentence");
        workspace.page.click("[data-shading=areas]");
        String link = workspace.page.url().replaceFirst("^[^?]*", "");
        assertThat(link).contains("from=rescue_station", "by=station");

        Workspace other = look(Size.DESK, link).answered();
        assertThat(other.text("#sentence")).isEqualTo(sentence);
        assertThat(other.find("[data-shading=areas]").getAttribute("aria-pressed"))
                .isEqualTo("true");

        workspace.page.click("[data-task=layers]");
        workspace.page.waitForSelector(".layer");
        workspace.page.goBack();
        workspace.page.waitForSelector("#sentence");
        workspace.page.goBack();
        workspace.page.waitForSelector("[data-shading=bands][aria-pressed=true]");
        workspace.page.goBack();
        workspace.page.waitForFunction("() => !document.getElementById('sentence')");
    }

    @Test
    void minutesThatAreNoMinutesAreRefusedBesideTheField() {
        Workspace workspace = look(Size.DESK, "").drawn();
        workspace.page.fill(".minutes-own", "0");
        workspace.page.press(".minutes-own", "Enter");
        assertThat(workspace.text(".mistake")).contains("“0”", "1", "600");
        workspace.page.fill(".minutes-own", "45");
        workspace.page.press(".minutes-own", "Enter");
        assertThat(workspace.find(".mistake").count()).isZero();
        workspace.run();
        assertThat(workspace.find("tr[data-minutes]").count()).isEqualTo(4);
    }

    @Test
    void aFilterThatNamesNoAttributeIsSaidBesideTheFilterAndTheOldAnswerStays() {
        errorsExpected = true; // the browser logs the answer 400
        Workspace workspace = look(Size.DESK, CIRCLE).answered();
        String sentence = workspace.text("#sentence");
        workspace.page.click(".expert summary");
        workspace.page.fill("textarea", "nonsense = 'x'");
        workspace.page.click("#run");
        workspace.page.waitForSelector(".status .problem");
        assertThat(workspace.text(".expert .mistake")).contains("nonsense");
        assertThat(workspace.text("#sentence")).isEqualTo(sentence);
        assertThat(workspace.find(".answer.old").count()).isPositive();
        assertThat(workspace.find(".answer:not(.old)").count()).isZero();
        workspace.screenshot("wrong-filter");
    }

    @Test
    void aFilterPickedFromListsCountsOnlyThoseStations() {
        Workspace workspace = look(Size.DESK, "").drawn();
        workspace.page.waitForSelector(".conditions .link");
        workspace.page.click(".conditions .link");
        workspace.run();
        int some = areas(workspace);
        workspace.page.click(".condition .icon-button");
        workspace.run();
        workspace.page.waitForFunction(
                "some => Number(/\\d+/.exec(document.querySelector('.facts dd')?.textContent ?? '0')) !== some", some);
        assertThat(some).isPositive().isLessThan(areas(workspace));
    }

    private static int areas(Workspace workspace) {
        workspace.page.click("[data-figure=uncovered]");
        String tab = workspace.text("#tab-stations");
        workspace.page.click("#sheet .sheet-tools .icon-button");
        return Integer.parseInt(tab.replaceAll("\\D", ""));
    }

    @Test
    void aQuestionThatTakesLongCanBeStopped() {
        Workspace workspace = look(Size.DESK, "").drawn();
        List<Route> held = new ArrayList<>();
        workspace.page.route("**/execution", held::add);
        // The map may be drawn before the question can be asked.
        workspace.page.waitForSelector("#run");
        workspace.page.keyboard().press("Control+Enter");
        workspace.page.waitForSelector("#stop");
        workspace.page.waitForFunction("() => /[1-9] 秒/.test(document.querySelector('.running')?.innerText ?? '')");
        workspace.screenshot("running");
        workspace.page.click("#stop");
        workspace.page.waitForSelector(".status .note");
        assertThat(workspace.text(".status .note")).contains("已停止");
        workspace.page.unroute("**/execution");
        workspace.run();
    }

    @Test
    void aLayerThatFailsIsNamedAndTheRestOfTheMapStays() {
        errorsExpected = true; // the failing tiles are logged
        Workspace workspace = look(Size.DESK, "?task=layers");
        workspace.drawn();
        workspace.page.route(
                "**/collections/township/tiles/**",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(500).setBody("")));
        workspace.page.click("[data-layer=township]");
        workspace.page.click("[data-layer=township]");
        workspace.page.waitForSelector(".notice");
        assertThat(workspace.text(".notice")).contains("没有加载出来");
        workspace.page.click("[data-task=coverage]");
        workspace.run();
    }

    @Test
    void theTableSortsFiltersAndIsCopiedWithItsNumbers() {
        List<JsonNode> villages = all(answer("zh-CN").get("uncovered"));
        Workspace workspace = look(Size.DESK, CIRCLE + "&table=uncovered").answered();
        workspace.page.waitForSelector("#sheet tbody tr");
        assertThat(workspace.find("#sheet tbody tr").count()).isEqualTo(villages.size());

        workspace.page.click("#sheet thead th:nth-child(2) button");
        workspace.page.click("#sheet thead th:nth-child(2) button");
        String fewest = villages.stream()
                .filter(one -> !one.get("people").isNull())
                .min((a, b) ->
                        Integer.compare(a.get("people").asInt(), b.get("people").asInt()))
                .orElseThrow()
                .get("people")
                .asString();
        assertThat(workspace.text("#sheet tbody tr td:nth-child(2)").replace(",", ""))
                .isEqualTo(fewest);

        String name = villages.get(0).get("name").asString();
        workspace.page.fill(".sheet-search", name);
        long named = villages.stream()
                .filter(one -> one.get("name").asString().contains(name))
                .count();
        assertThat(workspace.find("#sheet tbody tr").count()).isGreaterThanOrEqualTo((int) named);

        workspace.page.click("#sheet .sheet-tools .button");
        String copied = (String) workspace.page.evaluate("() => navigator.clipboard.readText()");
        assertThat(copied.lines().toList().get(0).split("\t")).hasSize(5);
        assertThat(copied).contains(name + "\t" + villages.get(0).get("people").asString() + "\t");
    }

    @Test
    void theTableOfALayerIsChosenOnTheMapAndTheOtherWayRound() {
        Workspace workspace =
                look(Size.DESK, "?task=layers&table=layer:rescue_station").drawn();
        workspace.page.waitForSelector("#sheet tbody tr");
        workspace.page.click("#sheet tbody tr:nth-child(2)");
        workspace.page.waitForSelector(".popup .facts");
        String name = workspace.text("#sheet tbody tr:nth-child(2) td");
        assertThat(workspace.text(".popup h3")).isEqualTo(name);
        workspace.page.waitForTimeout(300);
        workspace.page.click(".popup .icon-button[aria-label]:last-child");
        // The station is in the middle of the map now: a click there finds it again.
        workspace.drawnAgain(() -> workspace.page.click("#sheet tbody tr:nth-child(2)"));
        workspace.screenshot("table-of-a-layer");
        assertThat(workspace.find("#sheet tr[aria-selected=true]").count()).isEqualTo(1);
    }

    @Test
    void theAnswerIsGivenAsGeoJsonExcelGeoPackageAndGeoTiff() throws IOException {
        Workspace workspace = look(Size.DESK, CIRCLE).answered();
        Download geoJson = workspace.page.waitForDownload(() -> workspace.page.click("#geojson"));
        JsonNode read = JsonMapper.builder().build().readTree(Files.readString(geoJson.path(), StandardCharsets.UTF_8));
        JsonNode asked = answer("zh-CN");
        int expected = asked.get("bands").get("features").size()
                + asked.get("areas").get("features").size()
                + asked.get("uncovered").size();
        assertThat(read.get("features").size()).isEqualTo(expected);
        assertThat(geoJson.suggestedFilename()).endsWith(".geojson");

        Download excel = workspace.page.waitForDownload(() -> workspace.page.click("#excel"));
        assertThat(excel.suggestedFilename()).endsWith(".xlsx");
        byte[] bytes = Files.readAllBytes(excel.path());
        assertThat(new String(bytes, 0, 2, StandardCharsets.ISO_8859_1))
                .as("a zip file")
                .isEqualTo("PK");

        Download geoPackage = workspace.page.waitForDownload(() -> workspace.page.click("#geopackage"));
        assertThat(geoPackage.suggestedFilename()).endsWith(".gpkg");
        assertThat(new String(Files.readAllBytes(geoPackage.path()), 0, 15, StandardCharsets.ISO_8859_1))
                .as("a database of SQLite")
                .isEqualTo("SQLite format 3");

        Download geoTiff = workspace.page.waitForDownload(() -> workspace.page.click("#geotiff"));
        assertThat(geoTiff.suggestedFilename()).endsWith(".tif");
        assertThat(new String(Files.readAllBytes(geoTiff.path()), 0, 2, StandardCharsets.ISO_8859_1))
                .as("byte order of a TIFF")
                .isIn("II", "MM");
    }

    @Test
    void thePrintedPageHasTitleMapLegendScaleSourcesAndDate() {
        Workspace workspace = look(Size.DESK, CIRCLE).answered();
        workspace.page.evaluate("() => dispatchEvent(new Event('beforeprint'))");
        workspace.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        workspace.page.waitForTimeout(1000);
        workspace.screenshot("print");
        assertThat(workspace.text("#print-head"))
                .contains(workspace.find("#sentence").textContent());
        assertThat(workspace.text("#print-foot")).contains("数据截至", "制图时间", "比例尺");
        assertThat(workspace.find("#legend").isVisible()).isTrue();
        assertThat(workspace.find("#scale").isVisible()).isTrue();
        assertThat(workspace.find(".bar").isVisible()).isFalse();
        assertThat(workspace.find("#panel").isVisible()).isFalse();
        // The circle and the townships, which are half transparent, are in the picture for the paper: the district
        // alone takes a third of it, roads and names a few hundredths.
        assertThat(((Number)
                                workspace.page.evaluate(
                                        "() => { const paper = document.querySelector('.map-paper');"
                                                + " const all = paper.getContext('2d').getImageData(0, 0, paper.width, paper.height).data;"
                                                + " return all.filter((one, i) => i % 4 === 3 && one > 0).length / (all.length / 4); }"))
                        .doubleValue())
                .isGreaterThan(0.2);
    }

    @Test
    void everyTargetOnAPhoneIsLargeEnoughForAFinger() {
        Workspace workspace = look(Size.PHONE, CIRCLE).answered();
        for (String task : List.of("coverage", "layers")) {
            if (task.equals("layers")) workspace.page.click("[data-task=layers]");
            @SuppressWarnings("unchecked")
            List<String> small = (List<String>) workspace.page.evaluate("""
                    () => [...document.querySelectorAll('button, select, input, summary, textarea')]
                        .map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()])
                        .filter(([e, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
                        .map(([e, box]) => e.outerHTML.slice(0, 120) + ' ' + box.width + '×' + box.height)
                    """);
            assertThat(small).as(task).isEmpty();
        }
        Object overflow = workspace.page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overflow).as("pixels cut off at the side").isEqualTo(0);
    }

    @Test
    void theMapAndTheAnswerAreReachedWithoutAMouse() {
        Workspace workspace = look(Size.DESK, "").drawn();
        workspace.page.keyboard().press("Tab");
        assertThat(workspace.page.evaluate("() => document.activeElement.className"))
                .isEqualTo("skip");
        workspace.page.keyboard().press("Enter");
        workspace.page.waitForTimeout(100);
        workspace.page.focus("#map");
        double[] before = workspace.view();
        workspace.page.keyboard().press("+");
        workspace.page.waitForTimeout(600);
        assertThat(workspace.view()[2]).isGreaterThan(before[2]);
        workspace.page.waitForSelector("#run");
        workspace.page.keyboard().press("Control+Enter");
        workspace.answered();
        assertThat(IntStream.range(0, 40).anyMatch(i -> {
                    workspace.page.keyboard().press("Tab");
                    return Boolean.TRUE.equals(
                            workspace.page.evaluate("() => document.activeElement.id === 'zoom-in'"));
                }))
                .as("the zoom buttons come within 40 tabs after the map")
                .isTrue();
    }
}
