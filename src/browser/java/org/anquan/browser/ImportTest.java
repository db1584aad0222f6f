package org.anquan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anquan.browser.Workspace.Size;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a file on a planner's disk to a clean layer, in the browser. Each test takes back what it brought. */
class ImportTest {
    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    Path folder;

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

    private Workspace planner(Size size, String query) {
        Workspace workspace = Workspace.asPlanner(size, query, "importer");
        open.add(workspace);
        return workspace;
    }

    private static void gone(Workspace workspace, String selector) {
        workspace.find(selector).first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    /** Until the wizard shows what it took the file for. */
    private static void looked(Workspace workspace) {
        workspace.page.waitForSelector(".import-look:not(.old)");
        gone(workspace, ".doctor-meter");
    }

    private static void examined(Workspace workspace) {
        workspace.page.waitForSelector(".doctor-found:not(.old)");
        gone(workspace, ".doctor-meter");
    }

    private static String figure(Workspace workspace, String name) {
        return workspace.text(".import-figures [data-figure=" + name + "] strong");
    }

    /** The roster that docs/import.md tells of: good rows, two mistakes to refuse, three to mend. */
    private Path roster() throws IOException {
        Path file = folder.resolve("避难场所名册.xlsx");
        try (OutputStream out = Files.newOutputStream(file)) {
            Workbook book = new Workbook(out, "Test", "1.0");
            Worksheet sheet = book.newWorksheet("名册");
            sheet.value(0, 0, "利州区应急避难场所名册（示例）");
            String[] head = {"名称", "东经", "北纬", "行政区划代码", "占地面积", "有效避难面积", "可容纳人数", "启用状态", "备注"};
            for (int c = 0; c < head.length; c++) sheet.value(1, c, head[c]);
            Object[][] rows = {
                {"示例一小操场", "105°50′06″", "32°26′24″", "510802", 5200, 3100, 1550, "待启用", "南门进"},
                {"示例体育公园", "105°51′18″", "32°25′48″", "510802", 18000, 9000, 4500, "待启用", ""},
                {"示例体育公园", "105°51′18″", "32°25′48″", "510802", 18000, 9000, 4500, "待启用", ""},
                {"\u00A0示例文化广场", "105°52′12″", "32°26′06″", "510802", 7600, 4000, 2000, "待启用", ""},
                {"示例粮库大院", "105°48′36″", "32°24′54″", "510899", 6400, 3300, 1650, "待启用", "代码待核"},
                {"示例老年大学", "105°49′30″", "32°25′12″", "510802", "约300", 200, 100, "待启用", ""},
                {"示例临江绿地", "", "", "510802", 9000, 5000, 2500, "待启用", "坐标未测"},
                {"示例二小操场", "105°53′24″", "32°25′00″", "510802", 4800, 2600, 1300, "待启用", ""},
            };
            for (int r = 0; r < rows.length; r++)
                for (int c = 0; c < rows[r].length; c++) {
                    if (rows[r][c] instanceof Number number) sheet.value(r + 2, c, number);
                    else sheet.value(r + 2, c, rows[r][c].toString());
                }
            book.finish();
        }
        return file;
    }

    @Test
    void anExcelRosterBecomesACleanLayer() throws IOException {
        long before = count(planner(Size.DESK, ""), "shelter");
        Workspace workspace = planner(Size.DESK, "?task=import&of=shelter");
        workspace.page.setViewportSize(1120, 700);
        workspace.drawn();
        workspace.page.waitForSelector("#import-choose");
        workspace.page.setInputFiles("#import-files", roster());
        looked(workspace);
        // The title above the header is passed over; degrees, minutes and seconds are understood.
        assertThat(workspace.find("#import-layer").inputValue()).isEqualTo("shelter");
        assertThat(column(workspace, "东经").inputValue()).isEqualTo("lon");
        assertThat(column(workspace, "有效避难面积").inputValue()).isEqualTo("effectiveArea");
        assertThat(column(workspace, "备注").inputValue()).isEqualTo("aside");

        workspace.page.click("#import-try");
        workspace.page.waitForSelector(".import-report:not(.old)");
        assertThat(figure(workspace, "added")).isEqualTo("6");
        assertThat(figure(workspace, "refused")).isEqualTo("2");
        assertThat(workspace.text(".import-report")).contains("第 8 行", "约300", "第 9 行");
        assertThat(count(workspace, "shelter")).as("nothing is written yet").isEqualTo(before);

        workspace.page.click("#import-run");
        workspace.page.waitForSelector(".import-verdict.stored");
        assertThat(count(workspace, "shelter")).isEqualTo(before + 6);
        Download book = workspace.page.waitForDownload(() -> workspace.page.click("#import-workbook"));
        assertThat(Files.size(book.path())).isGreaterThan(1000);

        workspace.page.click("#import-doctor");
        examined(workspace);
        for (String check : List.of("exact-duplicate", "admin-code", "text"))
            assertThat(workspace.find("[data-check=" + check + "]").count())
                    .as(check)
                    .isEqualTo(1);
        // One by itself, the others by their check.
        workspace.page.click("[data-check=admin-code] .doctor-title");
        workspace.page.click("[data-check=admin-code] .finding-words");
        workspace.drawn();
        workspace.page.waitForTimeout(1500);
        workspace.screenshot("doctor-mend");
        workspace.page.click("[data-check=admin-code] [data-action=mend]");
        gone(workspace, "[data-check=admin-code]");
        examined(workspace);
        workspace.page.click("[data-check=exact-duplicate] [data-action=mend-all]");
        gone(workspace, "[data-check=exact-duplicate]");
        examined(workspace);
        workspace.page.click("[data-check=text] [data-action=mend-all]");
        gone(workspace, "[data-check=text]");
        examined(workspace);
        assertThat(workspace.find(".doctor-clean").count()).isEqualTo(1);
        workspace.screenshot("doctor-clean");
        assertThat(count(workspace, "shelter")).isEqualTo(before + 5);

        // Back again, newest first.
        for (int i = 0; i < 3; i++) {
            workspace.page.locator("[data-action=undo]").first().click();
            examined(workspace);
        }
        assertThat(count(workspace, "shelter")).isEqualTo(before + 6);
        workspace.page.click("#panel-back button");
        workspace.page.click("[data-action=changes]");
        workspace.page.waitForSelector(".timeline");
        assertThat(workspace.text(".timeline")).contains("数据体检");
        undoImport(workspace, "shelter");
        assertThat(count(workspace, "shelter")).isEqualTo(before);
    }

    /** What docs/import.md shows: pictures of it are taken here. */
    @Test
    void theRosterOfTheWalkThroughGoesTheWayThatIsToldThere() {
        Path roster = Path.of("data-samples/examples/shelter-roster.xlsx");
        Workspace workspace = planner(Size.DESK, "?task=import&of=shelter");
        workspace.page.setViewportSize(1120, 700);
        workspace.drawn();
        long before = count(workspace, "shelter");
        workspace.page.waitForSelector("#import-choose");
        workspace.page.waitForTimeout(1000);
        workspace.screenshot("import-drop");
        workspace.page.setInputFiles("#import-files", roster);
        looked(workspace);
        workspace.drawn();
        workspace.page.waitForTimeout(1500);
        workspace.screenshot("import-preview");
        workspace.find(".import-rows summary").click();
        workspace.find(".import-columns").evaluate("e => e.scrollIntoView({block: 'start'})");
        workspace.screenshot("import-columns");
        workspace.page.click("#import-try");
        workspace.page.waitForSelector(".import-report:not(.old)");
        workspace.page.waitForTimeout(500);
        workspace.screenshot("import-dry-run");
        long good = Long.parseLong(figure(workspace, "added"));
        workspace.page.fill("#import-why", "2026年避难场所名册");
        workspace.page.click("#import-run");
        workspace.page.waitForSelector(".import-verdict.stored");
        workspace.drawn();
        workspace.page.waitForTimeout(1500);
        workspace.screenshot("import-report");
        assertThat(count(workspace, "shelter")).isEqualTo(before + good);
        workspace.page.click("#import-doctor");
        examined(workspace);
        workspace.page.click("[data-check=outside-district] .finding-words");
        workspace.drawn();
        workspace.page.waitForTimeout(1500);
        workspace.screenshot("doctor-findings");
        assertThat(workspace.text("[data-check=outside-district]")).contains("工农小学", "公里");
        undoImport(workspace, "shelter");
        assertThat(count(workspace, "shelter")).isEqualTo(before);
    }

    private static Locator column(Workspace workspace, String name) {
        return workspace
                .find(".import-column")
                .filter(new Locator.FilterOptions()
                        .setHas(workspace.page.getByText(
                                name, new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))))
                .locator("select");
    }

    private static long count(Workspace workspace, String layer) {
        return workspace
                .ask("/ogc/collections/" + layer + "/items?limit=1")
                .path("numberMatched")
                .asLong();
    }

    /** The newest change that loaded something. */
    private static void undoImport(Workspace workspace, String layer) {
        for (var change :
                workspace.ask("/ogc/collections/" + layer + "/changes").path("changes")) {
            if (change.path("loaded").asLong() == 0) continue;
            workspace.undo(layer, change.path("number").asLong());
            return;
        }
    }

    @Test
    @Tag("real-data")
    void aShapefileInGbkOnAGaussKruegerGridComesInAsItIs() throws IOException {
        Path set = DATA.resolve("encodings/guangyuan_cgcs2000_gk105_gbk");
        if (!Files.isDirectory(set)) System.out.println("skipped: " + set + " is not there");
        Assumptions.assumeTrue(Files.isDirectory(set));
        Workspace workspace = planner(Size.DESK, "?task=import&of=district").drawn();
        long before = count(workspace, "district");
        try (Stream<Path> parts = Files.list(set)) {
            workspace.page.setInputFiles("#import-files", parts.sorted().toArray(Path[]::new));
        }
        looked(workspace);
        // The words read well, the grid is known from the .prj, and the seven districts are on the map.
        assertThat(workspace.text(".import-columns")).contains("行政区代码", "名称", "利州区");
        assertThat(workspace.find("#import-encoding").inputValue()).containsIgnoringCase("gb");
        assertThat(workspace.find("#import-crs").inputValue()).isEqualTo("EPSG:4544");
        assertThat(workspace.text(".import-places")).contains("7");
        workspace.drawn();
        workspace.screenshot("import-shapefile");
        workspace.page.check("#import-mode-replace");
        workspace.page.click("#import-try");
        workspace.page.waitForSelector(".import-report:not(.old)");
        assertThat(figure(workspace, "refused")).isEqualTo("0");
        workspace.page.click("#import-run");
        workspace.page.waitForSelector(".import-verdict.stored");
        assertThat(count(workspace, "district")).isEqualTo(7);
        workspace.page.click("#import-doctor");
        examined(workspace);
        assertThat(workspace.find(".doctor-clean").count())
                .as(workspace.text(".doctor-found"))
                .isEqualTo(1);
        undoImport(workspace, "district");
        assertThat(count(workspace, "district")).isEqualTo(before);
    }

    /** 105.9, 32.43 in EPSG:4523 as a surveyor writes it down: X is the northing, Y the easting with its zone. */
    @Test
    void theSystemThatWasGuessedFromThePlacesIsTheOneThatIsImported() throws IOException {
        Workspace workspace = planner(Size.DESK, "?task=import&of=hydrant").drawn();
        long before = count(workspace, "hydrant");
        workspace.page.setInputFiles(
                "#import-files",
                Files.writeString(
                        folder.resolve("测量.csv"),
                        "名称,X坐标,Y坐标\n测量栓甲,3589891.92,35584646.03\n测量栓乙,3589991.92,35584646.03\n"));
        looked(workspace);
        assertThat(workspace.find("#import-crs").inputValue()).isEqualTo("EPSG:4523");
        workspace.page.click("#import-try");
        workspace.page.waitForSelector(".import-report:not(.old)");
        assertThat(figure(workspace, "refused")).isEqualTo("0");
        workspace.page.click("#import-run");
        workspace.page.waitForSelector(".import-verdict.stored");
        assertThat(count(workspace, "hydrant")).isEqualTo(before + 2);
        assertThat(workspace
                        .ask("/ogc/collections/hydrant/items?bbox=105.8999,32.4299,105.9001,32.4301")
                        .path("numberMatched")
                        .asLong())
                .isEqualTo(1);
        undoImport(workspace, "hydrant");
    }

    @Test
    void aSystemThatCannotBeUsedIsSaidAndAnotherCanBeChosen() throws IOException {
        errorsExpected = true;
        Workspace workspace = planner(Size.DESK, "?task=import&of=hydrant").drawn();
        workspace.page.setInputFiles("#import-files", Files.writeString(folder.resolve("西安80.geojson"), """
                {"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:2373"}},"features":[
                {"type":"Feature","properties":{"name":"甲"},"geometry":{"type":"Point","coordinates":[577121,3589831]}}]}"""));
        workspace.page.waitForSelector(".import .problem");
        assertThat(workspace.text(".import .problem")).contains("西安").doesNotContain("请填写");
        workspace.page.selectOption("#import-crs", "EPSG:4544");
        looked(workspace);
        assertThat(workspace.find("#import-crs").inputValue()).isEqualTo("EPSG:4544");
        workspace.page.click("#import-forget");
    }

    @Test
    void aFileThatIsNoneIsRefusedInWordsAndAnotherOneCanBeChosen() throws IOException {
        errorsExpected = true;
        Workspace workspace = planner(Size.DESK, "?task=import").drawn();
        workspace.page.setInputFiles("#import-files", Files.writeString(folder.resolve("坏.xlsx"), "PK 不是工作簿"));
        workspace.page.waitForSelector(".import .problem");
        assertThat(workspace.text(".import .problem")).contains("坏.xlsx", "请");
        workspace.screenshot("import-refused");
        workspace.page.setInputFiles("#import-files", roster());
        looked(workspace);
        workspace.page.click("#import-forget");
        workspace.page.waitForSelector("#import-choose");
    }

    @Test
    void whoeverIsNotSignedInIsToldSoAndMayStillExamine() {
        Workspace workspace =
                Workspace.open(Size.DESK, "?task=import&of=shelter").drawn();
        open.add(workspace);
        assertThat(workspace.text(".import")).contains("登录");
        assertThat(workspace.find("#import-choose").count()).isZero();
        workspace.page.navigate(RunningService.address() + "/?task=doctor&of=village");
        examined(workspace);
        assertThat(workspace.find("[data-action=mend-all]").count()).isZero();
    }

    @Test
    void bothPanelsAreAccessible() throws IOException {
        axeFindsNothing(Size.PHONE, "zh");
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"DESK, zh", "DESK, en", "PHONE, en"})
    void bothPanelsAreAccessibleInTheOtherLooks(Size size, String language) throws IOException {
        axeFindsNothing(size, language);
    }

    private void axeFindsNothing(Size size, String language) throws IOException {
        Workspace workspace =
                planner(size, "?task=import&of=shelter&lang=" + language).drawn();
        workspace.page.setInputFiles("#import-files", roster());
        looked(workspace);
        workspace.screenshot("import-" + size + "-" + language);
        accessible(workspace);
        workspace.page.click("#import-try");
        workspace.page.waitForSelector(".import-report:not(.old)");
        workspace.find(".import-verdict").scrollIntoViewIfNeeded();
        workspace.screenshot("import-tried-" + size + "-" + language);
        accessible(workspace);
        workspace.page.navigate(RunningService.address() + "/?task=doctor&of=road&lang=" + language);
        examined(workspace);
        workspace.screenshot("doctor-" + size + "-" + language);
        accessible(workspace);
    }

    private static void accessible(Workspace workspace) {
        assertThat(Axe.violations(workspace.page)).isEmpty();
    }
}
