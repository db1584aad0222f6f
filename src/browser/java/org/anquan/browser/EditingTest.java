package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.anquan.browser.Workspace.Size;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.LoadMode;
import org.anquan.geo.GeoJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Envelope;
import tools.jackson.databind.JsonNode;

/**
 * A planner changes the county's data on the map and in the table, sees what happened and takes it back. Each test makes
 * what it changes, or changes a thing that no other test looks at.
 */
class EditingTest {
    private static final String WANG = "王芳";
    private static final String LI = "李强";

    private final List<Workspace> open = new ArrayList<>();
    private boolean errorsExpected;

    @BeforeAll
    static void needChromium() {
        Workspace.needChromium();
    }

    @AfterEach
    void nothingLeftTheHostAndNothingBroke() {
        try {
            for (Workspace workspace : open) {
                assertThat(workspace.strayRequests()).isEmpty();
                if (!errorsExpected) assertThat(workspace.errors()).isEmpty();
            }
        } finally {
            open.forEach(Workspace::close);
        }
    }

    private Workspace planner(Size size, String query, String account) {
        Workspace workspace = Workspace.asPlanner(size, query, account);
        open.add(workspace);
        return workspace.drawn();
    }

    private Workspace planner(String query) {
        return planner(Size.DESK, query, WANG);
    }

    /** The newest feature with this name. */
    private static JsonNode named(Workspace workspace, String layer, String name) {
        JsonNode found = workspace.ask("/ogc/collections/" + layer + "/items?name=" + encoded(name));
        assertThat(found.get("numberMatched").asInt()).as(name).isEqualTo(1);
        return found.get("features").get(0);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void save(Workspace workspace) {
        workspace.page.click("#edit-save");
        workspace.page.waitForSelector(".told");
    }

    /** A new shelter in the middle of the map. */
    private static void drawShelter(Workspace workspace, String name, double lon, double lat) {
        workspace.page.click("#edit-new");
        workspace.page.waitForSelector("[data-tool=draw][aria-pressed=true]");
        workspace.clickMap(lon, lat);
        workspace.page.fill("#field-name", name);
        workspace.page.fill("#field-occupancy", "500");
        workspace.page.click("#field-hazards [data-value=seismic]");
        workspace.page.fill("#edit-why", "新建成");
        save(workspace);
    }

    @Test
    void aShelterIsDrawnWhereOneClicksAndSavedWithItsForm() {
        Workspace workspace = planner("?task=edit&of=shelter&at=105.83,32.45,12");
        workspace.page.waitForSelector("#edit-new");
        drawShelter(workspace, "城北小学操场", 105.84, 32.46);
        workspace.screenshot("edit-saved");

        JsonNode saved = named(workspace, "shelter", "城北小学操场");
        // A pixel at this zoom is 0.0003 degrees wide.
        assertThat(saved.get("geometry").get("coordinates").get(0).asDouble())
                .isCloseTo(105.84, org.assertj.core.data.Offset.offset(0.001));
        assertThat(saved.get("geometry").get("coordinates").get(1).asDouble())
                .isCloseTo(32.46, org.assertj.core.data.Offset.offset(0.001));
        assertThat(saved.get("properties").get("occupancy").asInt()).isEqualTo(500);
        assertThat(saved.get("properties").get("hazards").get(0).asString()).isEqualTo("seismic");

        workspace.page.click(".told .button");
        workspace.page.waitForFunction("() => document.querySelector('.told')?.innerText.includes('已撤销')");
        assertThat(workspace
                        .ask("/ogc/collections/shelter/items?name=" + encoded("城北小学操场"))
                        .get("numberMatched")
                        .asInt())
                .isZero();
    }

    @Test
    void mistakesAreSaidBesideTheirFieldsAndNothingIsSent() {
        Workspace workspace = planner("?task=edit&of=shelter&at=105.83,32.45,12");
        workspace.page.click("#edit-new");
        workspace.clickMap(105.8, 32.43);
        workspace.page.fill("#field-occupancy", "-5");
        workspace.page.fill("#field-entrances", "2.5");
        workspace.page.click("#edit-save");
        assertThat(workspace.text("#field-occupancy-wrong")).contains("0", "-5");
        assertThat(workspace.text("#field-entrances-wrong")).contains("整数", "2.5");
        assertThat(workspace.text("#field-name-wrong")).isEqualTo("必填。");
        workspace.screenshot("edit-mistakes");
        workspace.page.click("#edit-cancel");
        workspace.page.waitForSelector("#edit-new");
    }

    @Test
    void whatTheServiceRefusesIsSaidBesideTheField() {
        errorsExpected = true; // the answer 400 is logged
        Workspace workspace = planner("?task=edit&of=shelter&at=105.83,32.45,12");
        workspace.page.click("#edit-new");
        workspace.clickMap(105.8, 32.43);
        workspace.page.fill("#field-name", "名称里有\u0007控制字符");
        workspace.page.click("#edit-save");
        workspace.page.waitForFunction("() => document.getElementById('field-name-wrong').textContent !== ''");
        workspace.page.click("#edit-cancel");
    }

    @Test
    void unsavedChangesSurviveAReload() {
        Workspace workspace = planner("?task=edit&of=shelter/shelter-05");
        workspace.page.waitForSelector("#field-occupancy");
        workspace.page.fill("#field-occupancy", "1234");
        workspace.page.waitForTimeout(500);
        workspace.page.onDialog(dialog -> dialog.accept());
        workspace.page.reload();
        workspace.page.waitForSelector("#field-occupancy");
        assertThat(workspace.find("#field-occupancy").inputValue()).isEqualTo("1234");
        workspace.page.click("#edit-cancel");
        workspace.page.waitForSelector("#edit-new");
        assertThat(workspace.find(".drafts").count()).isZero();
    }

    @Test
    void aStaleEditShowsBothVersionsAndOneChoosesFieldByField() {
        errorsExpected = true; // the answer 412 is logged
        Workspace workspace = planner("?task=edit&of=shelter/shelter-02");
        Workspace other = planner(Size.DESK, "", LI);
        workspace.page.waitForSelector("#field-occupancy");
        // The news of it comes while the cursor stands in a field: it stays there.
        workspace.page.focus("#field-occupancy");
        workspace.page.waitForResponse(
                answer -> answer.url().endsWith("/api/info"),
                () -> other.patch(
                        "shelter", "shelter-02", "现场核对", Map.of("occupancy", 4321, "level", "city", "status", "open")));
        workspace.page.waitForTimeout(300);
        workspace.page.keyboard().press("Control+A");
        workspace.page.keyboard().insertText("999");
        assertThat(workspace.page.inputValue("#field-occupancy")).isEqualTo("999");
        workspace.page.selectOption("#field-level", "township");
        workspace.page.fill("#field-phone", "0839-1234567");
        workspace.page.click("#edit-save");
        workspace.page.waitForSelector(".conflict");
        workspace.screenshot("edit-conflict");
        assertThat(workspace.text(".conflict")).contains(LI, "现场核对", "年", "月");
        assertThat(workspace.find(".dispute").count()).isEqualTo(2);
        assertThat(workspace.text("[data-dispute=occupancy] [data-choice=theirs]"))
                .contains("4,321");
        assertThat(workspace.find("#edit-merge").isDisabled())
                .as("before all is chosen")
                .isTrue();
        workspace.page.click("[data-dispute=occupancy] [data-choice=mine]");
        workspace.page.click("[data-dispute=level] [data-choice=theirs]");
        workspace.page.click("#edit-merge");
        workspace.page.waitForSelector(".told");

        JsonNode now =
                workspace.ask("/ogc/collections/shelter/items/shelter-02").get("properties");
        assertThat(now.get("occupancy").asInt()).as("mine").isEqualTo(999);
        assertThat(now.get("level").asString()).as("theirs").isEqualTo("city");
        assertThat(now.get("status").asString())
                .as("theirs, which I had not touched")
                .isEqualTo("open");
        assertThat(now.get("phone").asString())
                .as("mine, which they had not touched")
                .isEqualTo("0839-1234567");
    }

    /** A square of about 1.9 km (0.02° × 0.02·cos 32.5°) in the middle of the map. */
    private static void drawSquare(Workspace workspace, String name) {
        workspace.page.click("#edit-new");
        workspace.page.waitForSelector("[data-tool=draw][aria-pressed=true]");
        workspace.clickMap(105.80, 32.44);
        workspace.clickMap(105.82, 32.44);
        workspace.clickMap(105.82, 32.46);
        workspace.doubleClickMap(105.80, 32.46);
        workspace.page.waitForSelector("[data-tool=corners][aria-pressed=true]");
        workspace.page.fill("#field-name", name);
    }

    @Test
    void anAreaIsSplitByADrawnLineIntoTwoThatTogetherAreTheWhole() {
        Workspace workspace = planner("?task=edit&of=flash_flood_zone&at=105.81,32.45,13.5");
        drawSquare(workspace, "切开的区");
        save(workspace);
        JsonNode whole = named(workspace, "flash_flood_zone", "切开的区");
        String id = whole.get("id").asString();
        workspace.page.navigate(RunningService.address() + "/?task=edit&of=flash_flood_zone/" + id);
        workspace.page.waitForSelector("[data-tool=split]");
        workspace.page.waitForTimeout(600);
        // So that the line can begin and end beside the area.
        workspace.drawnAgain(() -> workspace.page.click("#zoom-out"));
        workspace.page.waitForTimeout(300);
        workspace.page.click("[data-tool=split]");
        workspace.clickMap(105.798, 32.448);
        workspace.doubleClickMap(105.822, 32.448);
        workspace.page.waitForSelector(".edit-shape .note");
        workspace.screenshot("edit-split");
        save(workspace);

        JsonNode parts = workspace.ask("/ogc/collections/flash_flood_zone/items?name=" + encoded("切开的区"));
        assertThat(parts.get("numberMatched").asInt()).isEqualTo(2);
        double sum = all(parts.get("features")).stream()
                .mapToDouble(one -> area(one.get("geometry").get("coordinates")))
                .sum();
        assertThat(sum)
                .isCloseTo(
                        area(whole.get("geometry").get("coordinates")),
                        org.assertj.core.data.Percentage.withPercentage(0.01));
        assertThat(all(parts.get("features")).stream().map(one -> one.get("id").asString()))
                .as("the larger piece keeps the id")
                .contains(id);
        JsonNode kept = workspace.ask("/ogc/collections/flash_flood_zone/items/" + id);
        assertThat(area(kept.get("geometry").get("coordinates"))).isGreaterThan(sum / 2);
        JsonNode changes = workspace
                .ask("/ogc/collections/flash_flood_zone/changes?limit=1")
                .get("changes")
                .get(0);
        assertThat(changes.get("updated").asInt()).as("one change set").isEqualTo(1);
        assertThat(changes.get("created").asInt()).as("one change set").isEqualTo(1);
    }

    @Test
    void aHoleIsCutAndOneThatTouchesTheEdgeIsRefused() {
        Workspace workspace = planner("?task=edit&of=flash_flood_zone&at=105.81,32.45,13.5");
        drawSquare(workspace, "挖洞的区");
        workspace.page.click("[data-tool=hole]");
        workspace.clickMap(105.815, 32.445);
        workspace.clickMap(105.825, 32.447);
        workspace.doubleClickMap(105.815, 32.449);
        workspace.page.waitForSelector(".edit-shape .note");
        assertThat(workspace.text(".edit-shape .note")).contains("洞");

        workspace.page.click("[data-tool=hole]");
        workspace.clickMap(105.806, 32.446);
        workspace.clickMap(105.812, 32.446);
        workspace.doubleClickMap(105.809, 32.452);
        assertThat(workspace.text(".edit-figures")).contains("1 个洞");
        workspace.screenshot("edit-hole");
        workspace.page.click("[data-tool=undo]");
        assertThat(workspace.text(".edit-figures")).doesNotContain("洞");
        workspace.page.click("[data-tool=redo]");
        save(workspace);
        JsonNode saved = named(workspace, "flash_flood_zone", "挖洞的区");
        assertThat(saved.get("geometry").get("coordinates").size())
                .as("shell and hole")
                .isEqualTo(2);
    }

    @Test
    void anAreaThatCrossesItselfIsNotSaved() {
        Workspace workspace = planner("?task=edit&of=flash_flood_zone&at=105.81,32.45,13.5");
        workspace.page.click("#edit-new");
        workspace.clickMap(105.80, 32.44);
        workspace.clickMap(105.82, 32.46);
        workspace.clickMap(105.82, 32.44);
        workspace.doubleClickMap(105.80, 32.455);
        workspace.page.fill("#field-name", "交叉的区");
        workspace.page.click("#edit-save");
        assertThat(workspace.text(".edit-shape .mistake")).contains("交叉");
        workspace.screenshot("edit-crossing");
        assertThat(workspace
                        .ask("/ogc/collections/flash_flood_zone/items?name=" + encoded("交叉的区"))
                        .get("numberMatched")
                        .asInt())
                .isZero();
        workspace.page.click("#edit-cancel");
    }

    @Test
    void aPointIsDrawnAndSavedWithoutAMouse() {
        Workspace workspace = planner("?task=edit&of=shelter&at=105.79,32.44,13");
        workspace.page.focus("#edit-new");
        workspace.page.keyboard().press("Enter");
        workspace.page.waitForFunction("() => document.activeElement.id === 'map'");
        workspace.screenshot("edit-keyboard");
        workspace.page.keyboard().press("Enter");
        workspace.page.waitForSelector("#edit-lon");
        assertThat(Double.parseDouble(workspace.find("#edit-lon").inputValue()))
                .isCloseTo(105.79, org.assertj.core.data.Offset.offset(1e-4));
        workspace.page.focus("#field-name");
        workspace.page.keyboard().type("键盘画的点");
        workspace.page.keyboard().press("Control+s");
        workspace.page.waitForSelector(".told");
        assertThat(named(workspace, "shelter", "键盘画的点")
                        .get("geometry")
                        .get("coordinates")
                        .get(1)
                        .asDouble())
                .isCloseTo(32.44, org.assertj.core.data.Offset.offset(1e-4));
    }

    @Test
    void onAPhoneThePositionBecomesThePoint() {
        Workspace workspace = planner(Size.PHONE, "?task=edit&of=shelter", WANG);
        workspace.page.click("#edit-here");
        workspace.page.waitForSelector("#edit-lon");
        assertThat(workspace.find("#edit-lon").inputValue()).isEqualTo("105.83");
        assertThat(workspace.find("#edit-lat").inputValue()).isEqualTo("32.44");
        workspace.screenshot("edit-phone");
        @SuppressWarnings("unchecked")
        List<String> small = (List<String>) workspace.page.evaluate("""
                () => [...document.querySelectorAll('#panel button, #panel select, #panel input, #panel textarea, #tools button')]
                    .map(e => [e, e.getBoundingClientRect()])
                    .filter(([e, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
                    .map(([e, box]) => e.outerHTML.slice(0, 120) + ' ' + box.width + '×' + box.height)
                """);
        assertThat(small).as("too small for a finger").isEmpty();
        workspace.page.click("#edit-cancel");
    }

    @Test
    void theHistoryTellsFieldByFieldAndOneChangeIsTakenBack() {
        Workspace workspace = planner("");
        workspace.patch("shelter", "shelter-03", "扩建", Map.of("occupancy", 8888));
        workspace.page.navigate(RunningService.address() + "/?task=changes&of=shelter/shelter-03");
        workspace.page.waitForSelector(".event");
        String row = workspace.text(".event .differences tbody tr");
        assertThat(row).contains("现有人数", "8,888 人");
        assertThat(workspace.text(".event-who")).contains(WANG, "扩建");
        workspace.screenshot("history");
        workspace.page.click(".event [data-action=undo]");
        workspace.page.waitForSelector(".told");
        assertThat(workspace.text(".told")).contains("已撤销");
        assertThat(workspace
                        .ask("/ogc/collections/shelter/items/shelter-03")
                        .get("properties")
                        .get("occupancy")
                        .asInt())
                .isNotEqualTo(8888);
    }

    /** Buildings on a grid of 80 by 65, each of a height of its own from 0 to 519.9 m, in no order. */
    private static void load(int howMany) throws IOException {
        RunningService.part(LayerEdits.class)
                .load(new ChangeContext("test", "many"), "building", LoadMode.REPLACE, sink -> {
                    for (int i = 0; i < howMany; i++) {
                        double x = 105.6 + i % 80 * 0.001;
                        double y = 32.4 + i / 80 * 0.001;
                        Envelope square = new Envelope(x, x + 0.0002, y, y + 0.0002);
                        sink.add(new FeatureDraft(
                                "b" + i,
                                GeoJson.FACTORY.toGeometry(square),
                                Map.of("name", "楼" + i, "heightM", i * 7919 % howMany / 10.0),
                                null));
                    }
                });
    }

    @Test
    void aTableOfManyRowsIsSortedByTheServiceAndNotFetchedWhole() throws IOException {
        load(5200);
        try {
            Workspace workspace = planner("?task=layers&table=layer:building");
            List<String> asked = new ArrayList<>();
            workspace.page.onRequest(request -> {
                if (request.url().contains("/collections/building/items")) asked.add(request.url());
            });
            workspace.page.waitForSelector("#sheet tbody tr[data-id]");
            // 7919 and 5200 share no divisor, so the heights are 0, 0.1 … 519.9 in some order. Numbers begin with the
            // largest.
            workspace.page.click("#sheet th .sort:has-text('高度')");
            workspace.page.waitForSelector("#sheet th[aria-sort=descending]:has-text('高度')");
            workspace.page.waitForFunction(
                    "() => document.querySelector('#sheet tbody tr[data-id]').innerText.includes('519.9')");
            workspace.page.click("#sheet th .sort:has-text('高度')");
            workspace.page.waitForSelector("#sheet th[aria-sort=ascending]:has-text('高度')");
            workspace.page.waitForSelector("#sheet tbody tr[data-id]:first-child[data-id=b0]");
            assertThat(asked).as("asked in that order").anyMatch(url -> url.contains("sortby=-heightM"));
            assertThat(asked.size()).as("pages, not the layer: %s", asked).isLessThan(8);
        } finally {
            load(0);
        }
    }

    @Test
    void theLayerIsSeenAsItWasBeforeAChangeAndABannerSaysSo() {
        Workspace workspace = planner("");
        workspace.patch("hospital", "hospital-01", "更名", Map.of("name", "更名后的医院"));
        workspace.page.navigate(RunningService.address() + "/?task=changes&of=hospital&table=layer:hospital");
        workspace.page.waitForSelector(".event");
        workspace.page.waitForFunction("() => document.querySelector('#sheet tbody')?.innerText.includes('更名后的医院')");
        // The second link of the newest change: before it.
        workspace.find(".event").first().locator(".event-actions .link").nth(1).click();
        workspace.page.waitForFunction(
                "() => !document.querySelector('#sheet tbody').innerText.includes('更名后的医院') && document.querySelector('#sheet tbody tr[data-id]')");
        assertThat(workspace.text("#then")).contains("医疗机构", "的样子");
        assertThat(workspace.find(".batch, .pick").count())
                .as("the past is not edited")
                .isZero();
        workspace.screenshot("then");
        workspace.page.click("#then .button");
        workspace.page.waitForFunction("() => document.querySelector('#sheet tbody').innerText.includes('更名后的医院')");
        assertThat(workspace.find("#then").isVisible()).isFalse();
    }

    @Test
    void axeFindsNothingToMendWhileOneEdits() {
        axeFindsNothing(Size.DESK, "&lang=en");
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"PHONE, ''", "DESK, ''"})
    void axeFindsNothingToMendInTheOtherLooks(Size size, String language) {
        axeFindsNothing(size, language);
    }

    private void axeFindsNothing(Size size, String language) {
        String look = size + (language.isEmpty() ? "-zh" : "-en");
        Workspace workspace = planner(size, "?task=data&of=shelter" + language, WANG);
        workspace.page.waitForSelector("[data-action=changes]");
        workspace.page.click("[data-row=shelter] [data-action=export]");
        workspace.screenshot("axe-data-" + look);
        assertThat(workspace.violations()).as("data").isEmpty();
        workspace.page.navigate(RunningService.address() + "/?task=edit&of=shelter/shelter-06" + language);
        workspace.page.waitForSelector("#field-occupancy");
        workspace.page.fill("#field-occupancy", "-1");
        workspace.page.waitForTimeout(300);
        workspace.screenshot("axe-edit-" + look);
        assertThat(workspace.violations()).as("form").isEmpty();
        workspace.page.click("#edit-cancel");
        workspace.page.navigate(RunningService.address() + "/?task=changes&of=shelter/shelter-06" + language);
        workspace.page.waitForSelector(".event");
        workspace.screenshot("axe-history-" + look);
        assertThat(workspace.violations()).as("history").isEmpty();
        workspace.page.navigate(RunningService.address() + "/?task=layers&table=layer:warehouse" + language);
        workspace.page.waitForSelector("#sheet tbody tr[data-id]");
        workspace.page.click("#sheet tbody tr:nth-child(1) .pick input");
        workspace.page.waitForSelector(".batch");
        workspace.page.fill(".search-input", "fhs");
        workspace.page.waitForSelector(".found");
        workspace.screenshot("axe-search-" + look);
        assertThat(workspace.violations()).as("table and search").isEmpty();
    }

    /** On the page's own geometry, with random stars around a hole, cut by random lines. */
    @Test
    void whateverIsSplitThePiecesAreSoundAndMakeUpTheWhole() {
        Workspace workspace = planner("");
        @SuppressWarnings("unchecked")
        Map<String, Object> found = (Map<String, Object>) workspace.page.evaluate("""
                async () => {
                    const { mistakeOfAreas, splitPolygon } = await import('./geometry.js');
                    let seed = 7;
                    const random = () => (seed = seed * 16807 % 2147483647) / 2147483647;
                    const area = (ring) => Math.abs(ring.slice(1).reduce((sum, p, i) => sum + (ring[i][0] - 1e7) * (p[1] - 3e6) - (p[0] - 1e7) * (ring[i][1] - 3e6), 0)) / 2;
                    const size = (rings) => rings.reduce((sum, ring, i) => sum + (i ? -1 : 1) * area(ring), 0);
                    let split = 0;
                    const wrong = [];
                    for (let k = 0; k < 1000; k++) {
                        const n = 5 + Math.floor(random() * 12);
                        const ring = Array.from({ length: n }, (_, i) => {
                            const r = 20 + random() * 80;
                            return [1e7 + r * Math.cos(2 * Math.PI * i / n), 3e6 + r * Math.sin(2 * Math.PI * i / n)];
                        });
                        ring.push(ring[0]);
                        const hole = [[1e7 - 5, 3e6 - 5], [1e7 + 3, 3e6 - 5], [1e7 + 3, 3e6 + 3], [1e7 - 5, 3e6 + 3], [1e7 - 5, 3e6 - 5]];
                        const whole = random() < 0.5 ? [ring, hole] : [ring];
                        // A straight line cannot cross itself: then every piece must be sound.
                        const line = [0, 1].map(() => [1e7 + (random() - 0.5) * 400, 3e6 + (random() - 0.5) * 400]);
                        if (mistakeOfAreas([whole])) continue;
                        const pieces = splitPolygon(whole, line);
                        if (pieces.length > 1) split++;
                        const sum = pieces.reduce((all, one) => all + size(one), 0);
                        if (Math.abs(sum - size(whole)) > 0.01 || pieces.some((one) => mistakeOfAreas([one]))) wrong.push(k);
                    }
                    return { split, wrong: wrong.join(' ') };
                }
                """);
        assertThat(found.get("wrong")).as("cases, by number").isEqualTo("");
        assertThat((Integer) found.get("split")).isGreaterThan(200);
    }

    @Test
    void whoIsNotSignedInIsAskedToAndMayStillLook() {
        Workspace workspace = Workspace.open(Size.DESK, "?task=data&of=shelter");
        open.add(workspace);
        workspace.page.waitForSelector("[data-row=shelter] .data-details");
        assertThat(workspace.find("[data-action=edit]").count()).isZero();
        assertThat(workspace.find("[data-action=table]").count()).isEqualTo(1);
        workspace.screenshot("data-public");
    }

    // ---- search ---------------------------------------------------------------------------------------------------

    @Test
    void theSearchFindsByChineseAndByInitialsAndShowsItOnTheMap() {
        Workspace workspace = planner("");
        workspace.page.keyboard().press("/");
        workspace.page.keyboard().type("凤凰山公");
        workspace.page.waitForSelector(".found mark");
        assertThat(workspace.text(".found mark")).isEqualTo("凤凰山公");
        workspace.screenshot("search");
        workspace.page.keyboard().press("Enter");
        workspace.page.waitForSelector(".popup .facts");
        assertThat(workspace.text(".popup h3")).startsWith("凤凰山公园");

        workspace.page.fill(".search-input", "fhsgy");
        workspace.page.waitForFunction("() => document.querySelector('.found mark')?.textContent === '凤凰山公园'");
        workspace.page.keyboard().press("Escape");
        assertThat(workspace.find(".search-drop").isVisible()).isFalse();
    }

    @Test
    void coordinatesInAnyUsualFormAreAPlaceToGoTo() {
        Workspace workspace = planner("");
        for (String typed : List.of(
                "105.82, 32.4342",
                "32.4342N 105.82E",
                "105°49′12″E 32°26′03″N",
                "105-49-12 32-26-03",
                "E105.49.12 N32.26.03",
                "东经105度49分12秒 北纬32度26分3秒")) {
            workspace.page.fill(".search-input", "");
            workspace.page.fill(".search-input", typed);
            workspace.page.waitForSelector(".found");
            workspace.page.keyboard().press("Enter");
            workspace.page.waitForFunction(
                    "() => Math.abs(Number(new URLSearchParams(location.search).get('at')?.split(',')[0]) - 105.82) < 1e-3");
            // 105°49′12″ is 105 + 49/60 + 12/3600 = 105.82; 32°26′03″ is 32.434167.
            assertThat(workspace.view()[0]).as(typed).isCloseTo(105.82, org.assertj.core.data.Offset.offset(1e-3));
            assertThat(workspace.view()[1]).as(typed).isCloseTo(32.4342, org.assertj.core.data.Offset.offset(1e-3));
            workspace.page.click("#zoom-home");
            workspace.page.waitForTimeout(200);
        }
    }

    // ---- table ----------------------------------------------------------------------------------------------------

    @Test
    void oneAttributeIsSetForAllTickedRowsAsOneChange() {
        Workspace workspace = planner("?task=layers&table=layer:care_site");
        workspace.page.waitForSelector("#sheet tbody tr[data-id]");
        workspace.page.click("#sheet tbody tr:nth-child(1) .pick input");
        workspace.page.click("#sheet tbody tr:nth-child(3) .pick input");
        workspace.page.waitForSelector(".batch");
        workspace.page.selectOption(".batch > select", "source");
        workspace.page.fill(".batch-value input", "民政局名单");
        workspace.page.fill(".batch-why", "核对来源");
        workspace.screenshot("table-batch");
        workspace.page.click(".batch .primary");
        workspace.page.waitForSelector(".told");
        JsonNode change = workspace
                .ask("/ogc/collections/care_site/changes?limit=1")
                .get("changes")
                .get(0);
        assertThat(change.get("updated").asInt()).isEqualTo(2);
        assertThat(change.get("why").asString()).isEqualTo("核对来源");
        assertThat(workspace
                        .ask("/ogc/collections/care_site/items?source=" + encoded("民政局名单"))
                        .get("numberMatched")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aCellIsChangedInTheTableAndAWrongValueIsRefusedThere() {
        Workspace workspace = planner("?task=layers&table=layer:hospital");
        workspace.page.waitForSelector("#sheet tbody tr[data-id]");
        String id = workspace.find("#sheet tbody tr:nth-child(2)").getAttribute("data-id");
        workspace.find("#sheet tbody tr:nth-child(2) td:nth-child(2)").dblclick();
        workspace.page.waitForSelector(".cell-editor input");
        workspace.page.fill(".cell-editor input", "");
        workspace.page.keyboard().press("Enter");
        assertThat(workspace.text(".cell-editor .mistake")).isEqualTo("必填。");
        workspace.page.fill(".cell-editor input", "改了名的医院");
        workspace.page.keyboard().press("Enter");
        workspace.page.waitForSelector(".told");
        assertThat(workspace
                        .ask("/ogc/collections/hospital/items/" + id)
                        .get("properties")
                        .get("name")
                        .asString())
                .isEqualTo("改了名的医院");
    }

    @Test
    void aTableOfManyRowsScrollsThroughAllOfThemWithFewInThePage() {
        Workspace workspace = planner("?task=layers&table=layer:hydrant");
        workspace.page.waitForSelector("#sheet tbody tr[data-id]");
        int all = workspace
                .ask("/ogc/collections/hydrant/items?limit=1")
                .get("numberMatched")
                .asInt();
        assertThat(all).isGreaterThan(500);
        workspace.page.focus("#sheet tbody tr:nth-child(1)");
        workspace.page.keyboard().press("End");
        workspace.page.waitForFunction(
                "all => document.activeElement?.getAttribute('aria-rowindex') === String(all + 1) && document.activeElement?.hasAttribute('data-id')",
                all);
        assertThat(workspace.find("#sheet tbody tr").count()).isLessThan(80);
        workspace.page.click("#sheet thead th:nth-child(2) button");
        workspace.page.waitForSelector(
                ".waiting", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
        workspace.page.click("#sheet .sheet-copy");
        workspace.page.waitForFunction(
                "all => document.querySelector('.sheet-count').textContent.replace(/,/g, '').includes(String(all))",
                all);
        String copied = (String) workspace.page.evaluate("() => navigator.clipboard.readText()");
        assertThat(copied.lines().count()).as("head and all rows").isEqualTo(all + 1L);
    }

    @Test
    void aSearchThatTheServiceCannotAnswerSaysSo() {
        errorsExpected = true;
        Workspace workspace = planner("");
        workspace.page.route(
                "**/api/find**",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("")));
        workspace.page.fill(".search-input", "学校");
        workspace.page.waitForSelector(".search-note");
        assertThat(workspace.text(".search-note")).isNotEmpty();
    }

    private static List<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** In square degrees: shell less holes, by the shoelace formula. */
    private static double area(JsonNode rings) {
        double sum = 0;
        for (int r = 0; r < rings.size(); r++) {
            double twice = 0;
            JsonNode ring = rings.get(r);
            for (int i = 0; i + 1 < ring.size(); i++)
                twice += (ring.get(i).get(0).asDouble() - 105)
                                * (ring.get(i + 1).get(1).asDouble() - 32)
                        - (ring.get(i + 1).get(0).asDouble() - 105)
                                * (ring.get(i).get(1).asDouble() - 32);
            sum += (r == 0 ? 1 : -1) * Math.abs(twice) / 2;
        }
        return sum;
    }
}
