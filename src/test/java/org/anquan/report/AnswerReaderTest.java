package org.anquan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anquan.catalog.Title;
import org.anquan.geo.GeoJson;
import org.anquan.process.ProcessDescription;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What of an answer stands on its sheet. */
class AnswerReaderTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SheetSettings SETTINGS = new SheetSettings(
            "",
            List.<Path>of(),
            300,
            0.2,
            List.of(),
            "",
            "",
            ZoneId.of("Asia/Shanghai"),
            1000,
            1,
            Duration.ZERO,
            60,
            10_000);

    private static String square(double west, double east) {
        return "{\"type\":\"Polygon\",\"coordinates\":[[[" + west + ",0],[" + east + ",0],[" + east + ",1],[" + west
                + ",1],[" + west + ",0]]]}";
    }

    private static SheetContent read(String answer) {
        ObjectNode outputs = JSON.createObjectNode();
        outputs.putObject("sites").put("title", "推荐场址");
        ProcessDescription process = new ProcessDescription(
                "any",
                "1",
                new Title("分析", "Analysis"),
                new Title("", ""),
                JSON.createObjectNode(),
                outputs,
                JSON.createObjectNode());
        Geometry county = GeoJson.read(JSON.readTree(square(0, 4)));
        return new AnswerReader(county, "某县").read(process, JSON.readTree(answer), SETTINGS);
    }

    @Test
    void theCircleHasItsBandsTheRestOfTheCountyHatchedAndTheVillagesOutside() {
        SheetContent sheet = read("{\"bands\":{\"type\":\"FeatureCollection\",\"features\":["
                + "{\"geometry\":" + square(0, 3) + ",\"properties\":{\"minutes\":60}},"
                + "{\"geometry\":" + square(0, 1) + ",\"properties\":{\"minutes\":15}}]},"
                + "\"covered\":{\"people\":586000,\"shareOfPeople\":0.9434,\"areaSquareMetres\":1.0947e9,\"villagesTotal\":9},"
                + "\"uncovered\":[{\"name\":\"远村\",\"lon\":3.5,\"lat\":0.5}],"
                + "\"data\":{\"illustrative\":true,\"layers\":[{\"layer\":\"village\",\"asOf\":\"2026-03-01T04:00:00Z\"}]},"
                + "\"warnings\":[\"有 1 个村人口未知\"]}");
        assertThat(sheet.title).isEqualTo("某县 1 小时救援圈图");
        assertThat(sheet.subtitle).isEqualTo("覆盖 58.6 万人（94.3%），1,095 km²，1 个村在圈外");
        // Hatched rest first, then 60, then 15 minutes on top.
        assertThat(sheet.overlays).hasSize(3);
        assertThat(sheet.overlays.get(0).geometry().getArea()).isEqualTo(1);
        assertThat(sheet.overlays.get(0).fill().hatch()).isEqualTo(Hatch.FALLING);
        assertThat(sheet.overlays.get(1).geometry().getArea()).isEqualTo(3);
        assertThat(sheet.overlays.get(2).geometry().getArea()).isEqualTo(1);
        assertThat(sheet.legend.keySet()).containsExactly("15 分钟以内", "1 小时以内", "圈外", "圈外的村");
        assertThat(sheet.marks).extracting(SheetContent.Mark::name).containsExactly("远村");
        assertThat(sheet.illustrative).isTrue();
        assertThat(sheet.sources).containsEntry("village", "2026年3月1日");
        assertThat(sheet.notes).containsExactly("有 1 个村人口未知");
    }

    @Test
    void unknownPeopleAreSaidAndNotZero() {
        SheetContent sheet = read("{\"bands\":{\"features\":[{\"geometry\":" + square(0, 3)
                + ",\"properties\":{\"minutes\":30}}]},\"covered\":{\"people\":null,\"shareOfPeople\":null,"
                + "\"areaSquareMetres\":5e6,\"villagesTotal\":0},\"uncovered\":[]}");
        assertThat(sheet.subtitle).isEqualTo("覆盖 人口未知（未知），5.0 km²，没有村的数据");
    }

    @Test
    void everyLevelOfRiskHasAColourAndAPatternOfItsOwnAndTheUnknownIsHatched() {
        StringBuilder zones = new StringBuilder();
        for (int level = 0; level <= 5; level++)
            zones.append(level == 0 ? "" : ",")
                    .append("{\"geometry\":")
                    .append(square(level * 0.5, level * 0.5 + 0.5))
                    .append(",\"properties\":{\"level\":")
                    .append(level == 0 ? "null" : level)
                    .append(",\"areaSquareMetres\":1e6,\"people\":10}}");
        SheetContent sheet = read(
                "{\"zones\":{\"features\":[" + zones + "]},"
                        + "\"townships\":[{\"name\":\"甲镇\",\"mean\":0.412,\"max\":0.9,\"peopleByLevel\":{\"5\":1200},\"areaByLevel\":{\"5\":2500000}}]}");
        assertThat(sheet.legend.keySet()).containsExactly("高", "中高", "中", "中低", "低", "未知");
        Set<Object> grounds = new HashSet<>();
        Set<Object> patterns = new HashSet<>();
        sheet.legend.values().forEach(key -> {
            grounds.add(key.fill().ground());
            patterns.add(key.fill().hatch());
        });
        assertThat(grounds).hasSize(6);
        assertThat(patterns).hasSize(6);
        assertThat(sheet.legend.get("未知").fill().hatch()).isEqualTo(Hatch.FALLING);
        // Levels 4 and 5: 2 km² and 20 people.
        assertThat(sheet.subtitle).isEqualTo("高与中高风险区 2.0 km²，区内 20 人");
        assertThat(sheet.table.rows()).containsExactly(List.of("甲镇", "0.41", "0.90", "1,200", "0", "2.5", "0"));
    }

    @Test
    void whereNothingIsHighTheSubtitleSaysSoAndTellsTheHighest() {
        String zone = "{\"geometry\":" + square(0, 1)
                + ",\"properties\":{\"level\":%s,\"areaSquareMetres\":1e6,\"people\":10}}";
        String low = zone.formatted("1") + "," + zone.formatted("3");
        assertThat(read("{\"zones\":{\"features\":[" + low + "]}}").subtitle)
                .isEqualTo("没有高与中高风险区；最高为中风险，1.0 km²，区内 10 人");
        assertThat(read("{\"zones\":{\"features\":[]},\"unknown\":{\"features\":[" + zone.formatted("null") + "]}}")
                        .subtitle)
                .isEqualTo("全区风险未知");
    }

    @Test
    void anAnswerOfAnyOtherProcessIsDrawnUnderItsOwnTitles() {
        SheetContent sheet =
                read("{\"sites\":{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":{\"type\":\"Point\","
                        + "\"coordinates\":[1,0.5]},\"properties\":{\"name\":\"场址一\"}}]},\"score\":3}");
        assertThat(sheet.title).isEqualTo("某县分析");
        assertThat(sheet.legend.keySet()).containsExactly("推荐场址");
        assertThat(sheet.marks).extracting(SheetContent.Mark::name).containsExactly("场址一");
    }

    @Test
    void aComparisonShowsTheGroundThatIsLost() {
        SheetContent sheet = read("{\"before\":{},\"after\":{\"bands\":{\"features\":[{\"geometry\":" + square(0, 1)
                + ",\"properties\":{\"minutes\":60}}]},\"covered\":{\"villagesTotal\":1},\"uncovered\":[]},"
                + "\"difference\":{\"people\":-1200,\"changed\":{\"features\":[{\"geometry\":" + square(1, 3)
                + ",\"properties\":{\"change\":\"lost\"}}]}}}");
        assertThat(sheet.legend.keySet()).contains("失去的范围");
        assertThat(sheet.notes).containsExactly("与变化前相比，圈内减少 1,200 人");
    }
}
