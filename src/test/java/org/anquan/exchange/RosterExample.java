package org.anquan.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes {@code data-samples/examples/shelter-roster.xlsx}, the roster of the walk-through in docs/import.md: invented
 * shelters with the slips that real rosters have. Run {@link #main} after a change here.
 */
final class RosterExample {
    static final Path FILE = Path.of("data-samples", "examples", "shelter-roster.xlsx");

    private static final Object[][] ROWS = {
        {"编号", "名称", "所在乡镇", "有效避难面积（亩）", "可容纳人数", "适用灾种", "经度", "纬度", "启用状态", "值班电话", "备注"},
        {"L-01", "东坝体育场（示例）", "东坝街道", 18, 6000, "地震、火灾", 105.842, 32.431, "待启用", "0839-0000001", ""},
        {"L-02", "嘉陵小学（示例）", "嘉陵街道", 6.3, "1,400", "地震、洪涝、火灾", 105.829, 32.446, "待启用", "0839-0000002", ""},
        {"L-03", "河西广场（示例）", "河西街道", 9, "２０００", "地震", "105°49′12″", "32°25′48″", "待启用", "0839-0000003", "经纬度用度分秒"},
        {"L-04", "回龙河中学（示例）", "回龙河街道", 12, 2700, "地震；洪涝", 105.795, 32.458, "待启用", "", ""},
        {"L-05", "雪峰公园（示例）", "雪峰街道", 22.5, "约3000", "地震、火灾", 105.861, 32.447, "待启用", "", "人数待核"},
        {"L-06", "万源文化站（示例）", "万源街道", 1.8, 400, "地震、海啸", 105.872, 32.421, "待启用", "", ""},
        {"L-07", "大石小学（示例）", "大石镇", 5, 1100, "地震、地质灾害", 32.428, 105.936, "待启用", "", "经纬度填反"},
        {"L-08", "荣山中学（示例）", "荣山镇", 7.5, 1600, "地震", "E105-59-24", "N32-27-03.6", "待启用", "", ""},
        {"L-09", "宝轮中学（示例）", "宝轮镇", 15, 3300, "地震、洪涝", 105.643, 32.377, "在用", "", ""},
        {"L-10", "三堆广场（示例）", "三堆镇", 4.5, 1500, "地震", 105.623, "", "待启用", "", "纬度漏填"},
        {"L-11", "白朝小学（示例）", "白朝乡", 2.1, 450, "地震、洪涝", 105.502, 32.487, "待启用", "", ""},
        {"L-12", "", "金洞乡", 1.5, 300, "地震", 105.561, 32.561, "待启用", "", "名称漏填"},
        {"L-13", "龙潭广场（示例）", "龙潭乡", 3, 1000, "地震、火灾", 105.906, 32.387, "规划", "", ""},
        {"L-13", "龙潭小学（示例）", "龙潭乡", 2.4, 500, "地震", 105.908, 32.389, "待启用", "", "编号与上行相同"},
        {"L-14", "盘龙中学（示例）", "盘龙镇", 6, 1300, "地震、洪涝、气象灾害", 105.736, 32.394, "待启用", "", ""},
        {"L-15", "赤化广场（示例）", "赤化镇", -3.6, 1200, "地震", 105.715, 32.352, "待启用", "", ""},
        {"L-16", "工农小学（示例）", "工农镇", 2.7, 600, "地震", 115.828, 32.469, "待启用", "", "经度多打一字，落在区外"},
    };

    private RosterExample() {}

    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(FILE.getParent());
        try (OutputStream out = Files.newOutputStream(FILE)) {
            Workbook book = new Workbook(out, "Anquan", "1.0");
            Worksheet sheet = book.newWorksheet("避难场所");
            sheet.inlineString(0, 0, "应急避难场所名册（示例，虚构数据）");
            sheet.style(0, 0).bold().fontSize(14).set();
            sheet.inlineString(1, 0, "填报单位：某区应急管理局　　填报日期：2026年3月1日");
            for (int r = 0; r < ROWS.length; r++)
                for (int c = 0; c < ROWS[r].length; c++) {
                    Object value = ROWS[r][c];
                    if (value instanceof Number number) sheet.value(r + 2, c, number);
                    else if (!value.toString().isEmpty()) sheet.inlineString(r + 2, c, value.toString());
                    if (r == 0) sheet.style(2, c).bold().fillColor("E8EEF4").set();
                }
            int[] widths = {8, 24, 12, 18, 12, 24, 14, 14, 10, 14, 26};
            for (int c = 0; c < widths.length; c++) sheet.width(c, widths[c]);
            sheet.freezePane(0, 3);
            book.finish();
        }
    }
}
