package org.anquan.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.anquan.exchange.format.SourceEncoding.How;
import org.anquan.problem.ProblemException;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Point;

/** CSV and Excel: separators, quotes, encodings, headers, merged cells, dates, places. */
class TablesTest {
    @TempDir
    Path folder;

    private Path csv(String text) {
        return csv(text, StandardCharsets.UTF_8);
    }

    private Path csv(String text, Charset charset) {
        return FormatWorld.file(folder, "a.csv", text.getBytes(charset));
    }

    private List<SourceRecord> read(Path file) {
        return FormatWorld.read(file, ReadOptions.NONE, folder);
    }

    private SourceSchema schema(Path file) {
        return FormatWorld.schema(file, ReadOptions.NONE, folder);
    }

    @Test
    void rowsAreCountedByTheLineWhereARecordBegins() {
        List<SourceRecord> all = read(csv("name,note\n甲,\"第一行\n第二行\"\n\n乙,\"说 \"\"好\"\"\"\n丙,x\n"));
        // Line 1 header, 2–3 the first record, 4 blank, 5 and 6.
        assertThat(all).extracting(SourceRecord::row).containsExactly(2L, 5L, 6L);
        assertThat(all.get(0).values()).containsEntry("note", "第一行\n第二行");
        assertThat(all.get(1).values()).containsEntry("note", "说 \"好\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theSeparatorIsFoundOut(String separator) {
        String text = "编号;名称;说明\n1;甲;\"a, b; c | d\"\n2;乙;e,f\n"
                .replace("; c", "# c")
                .replace(";", separator)
                .replace("# c", "; c");
        if (separator.equals(",")) text = text.replace("e,f", "ef");
        List<SourceRecord> all = read(csv(text));
        assertThat(all.get(0).values()).containsEntry("名称", "甲").containsEntry("说明", "a, b; c | d");
        assertThat(all).hasSize(2).allMatch(r -> r.problems().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anyLineBreakEndsARecord(String lineBreak) {
        List<SourceRecord> all = read(csv("a,b" + lineBreak + "1,2" + lineBreak + "3,4"));
        assertThat(all).extracting(SourceRecord::row).containsExactly(2L, 3L);
        assertThat(all.get(1).values()).containsEntry("b", "4");
    }

    @Test
    void encodingsAreToldApart() throws IOException {
        String text = "名称,人数\n凤凰山公园,300\n";
        assertThat(schema(csv(text)).encoding()).isEqualTo(new SourceEncoding("UTF-8", How.DETECTED));
        assertThat(schema(csv("\uFEFF" + text)).encoding()).isEqualTo(new SourceEncoding("UTF-8", How.DECLARED));
        assertThat(schema(csv("a,b\n1,2\n")).encoding()).isEqualTo(new SourceEncoding("UTF-8", How.ASSUMED));
        Path gbk = csv(text, Charset.forName("GBK"));
        assertThat(schema(gbk).encoding()).isEqualTo(new SourceEncoding("GB18030", How.DETECTED));
        assertThat(read(gbk).get(0).values()).containsEntry("名称", "凤凰山公园");
        // Excel's "Unicode text": UTF-16 with its mark, tabs.
        Path utf16 = csv("\uFEFF名称\t人数\r\n甲\t3\r\n", StandardCharsets.UTF_16LE);
        assertThat(schema(utf16).encoding().charset()).isEqualTo("UTF-16LE");
        assertThat(read(utf16).get(0).values()).containsEntry("人数", "3");
        ReadOptions big5 = ReadOptions.NONE.withCharset(Charset.forName("Big5"));
        Path taiwan = csv("名稱,人數\n鳳凰山公園,300\n", Charset.forName("Big5"));
        assertThat(FormatWorld.read(taiwan, big5, folder).get(0).values()).containsEntry("名稱", "鳳凰山公園");
    }

    @Test
    void oneBrokenByteIsAProblemOfItsCellOnly() {
        byte[] bytes = "名称,人数\n凤凰山公园,300\n南河湿地,200\n雪峰广场上西坝宝轮镇三堆镇,1\n".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 8] = (byte) 0xff;
        List<SourceRecord> all = read(FormatWorld.file(folder, "a.csv", bytes));
        assertThat(all).hasSize(3);
        assertThat(all.get(0).problems()).isEmpty();
        assertThat(all.get(2).problems()).singleElement().satisfies(p -> {
            assertThat(p.column()).isEqualTo("名称");
            assertThat(p.mended()).isTrue();
        });
    }

    @Test
    void titleRowsAboveTheHeaderAreSaidAndPassedOver() {
        Path file = csv("利州区应急避难场所登记表,,\n填表单位：应急管理局,,\n序号,名称,人数\n1,甲,300\n");
        assertThat(read(file)).singleElement().satisfies(r -> {
            assertThat(r.row()).isEqualTo(4);
            assertThat(r.values()).containsEntry("名称", "甲");
        });
        assertThat(schema(file).notes()).hasSize(1);
        assertThat(FormatWorld.read(file, ReadOptions.NONE.withHeaderRow(3), folder))
                .hasSize(1);
        assertThat(FormatWorld.read(file, ReadOptions.NONE.withHeaderRow(0), folder))
                .hasSize(4);
        assertThatThrownBy(() -> FormatWorld.read(file, ReadOptions.NONE.withHeaderRow(99), folder))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aTableWithoutHeaderNamesItsColumnsByLetters() {
        Path file = csv("1,甲,105.8,32.4\n2,乙,105.9,32.5\n");
        assertThat(read(file)).hasSize(2);
        assertThat(read(file).get(0).values()).containsEntry("B", "甲");
    }

    @Test
    void twoHeadersOfOneNameStayApart() {
        assertThat(read(csv("名称,名称,\n甲,乙,丙\n")).get(0).values())
                .containsEntry("名称", "甲")
                .containsEntry("名称 (2)", "乙")
                .containsEntry("C", "丙");
    }

    @Test
    void aRowWithMoreCellsThanTheHeaderIsABadRecord() {
        List<SourceRecord> all = read(csv("a,b\n1,2\n1,2,3\n4,5,,\n"));
        assertThat(all.get(0).isGood()).isTrue();
        assertThat(all.get(1).isGood()).isFalse();
        assertThat(all.get(2).isGood()).isTrue();
    }

    @Test
    void codesWithLeadingZerosAreTexts() {
        Path file =
                csv("代码,人数,面积,日期,启用,长号\n011002,300,12.5,2026-03-05,是,12345678901234567890\n020001,0,-3,2026/3/5,否,1\n");
        assertThat(schema(file).columns())
                .extracting(SourceColumn::type)
                .containsExactly(
                        ColumnType.TEXT,
                        ColumnType.INTEGER,
                        ColumnType.NUMBER,
                        ColumnType.DATE,
                        ColumnType.BOOLEAN,
                        ColumnType.TEXT);
        assertThat(read(file).get(0).values()).containsEntry("代码", "011002");
    }

    @Test
    void placesAreUnderstoodInDegreesMinutesSecondsAndSwapped() {
        List<SourceRecord> all = read(
                csv("名称,经度,纬度\n甲,105°49′12″,32°26′24″\n乙,32.44,105.82\n丙,105.82,32.44\n丁,,\n戊,105.82,\n己,约105度,32\n"));
        for (int i = 0; i < 3; i++) {
            Point at = (Point) all.get(i).geometry();
            assertThat(at.getX()).isCloseTo(105.82, org.assertj.core.data.Offset.offset(1e-9));
            assertThat(at.getY()).isCloseTo(32.44, org.assertj.core.data.Offset.offset(1e-9));
        }
        assertThat(all.get(1).problems())
                .singleElement()
                .satisfies(p -> assertThat(p.mended()).isTrue());
        assertThat(all.get(3).geometry()).isNull();
        assertThat(all.get(3).problems()).isEmpty();
        assertThat(all.get(4).isGood()).isFalse();
        assertThat(all.get(5).problems())
                .singleElement()
                .satisfies(p -> assertThat(p.value()).contains("约105度"));
    }

    @Test
    void metresStayMetres() {
        List<SourceRecord> all = read(csv("名称,X坐标,Y坐标\n甲,579469.54,3590293.27\n乙,579000,3590000\n丙,东边,3590000\n"));
        assertThat(((Point) all.get(0).geometry()).getX()).isEqualTo(579469.54);
        assertThat(all.get(2).isGood()).isFalse();
    }

    @Test
    void onePlaceColumnIsEnough() {
        Path file = csv("名称,经纬度\n甲,\"105.82, 32.44\"\n乙,东经105°49′12″ 北纬32°26′24″\n");
        assertThat(read(file))
                .allMatch(r -> r.geometry() != null && r.problems().isEmpty());
        assertThat(FormatWorld.read(file, ReadOptions.NONE.withPlaces(PlaceColumns.NONE), folder))
                .allMatch(r -> r.geometry() == null);
        assertThatThrownBy(() -> FormatWorld.read(file, ReadOptions.NONE.withPlaces(PlaceColumns.xy("x", "y")), folder))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("exchange.format.noColumn"));
    }

    @Test
    void aQuoteThatIsNeverClosedIsSaidWithItsLine() {
        assertThatThrownBy(() -> read(csv("a,b\n1,2\n3,\"4\n5,6\n")))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.key()).isEqualTo("exchange.format.openQuote");
                    assertThat(e.getMessage()).contains("3");
                });
    }

    @Provide
    Arbitrary<List<Map<String, String>>> tables() {
        Arbitrary<String> cell = Arbitraries.strings()
                .withChars("ab ,;\"'\n\t|中文𠮷0".toCharArray())
                .ofMaxLength(8)
                .filter(s -> !s.isBlank() && s.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
        return Arbitraries.maps(Arbitraries.of("id", "name", "remark"), cell)
                .ofMinSize(1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 150)
    void whatStandsInTheCellsOfACsvComesBack(@ForAll("tables") List<Map<String, String>> rows) throws IOException {
        sameCells(rows, FileFormat.CSV);
    }

    @Property(tries = 100)
    void whatStandsInTheCellsOfASheetComesBack(@ForAll("tables") List<Map<String, String>> rows) throws IOException {
        sameCells(rows, FileFormat.EXCEL);
    }

    private static void sameCells(List<Map<String, String>> rows, FileFormat format) throws IOException {
        Path own = Files.createTempDirectory("cells");
        SinkSchema schema = new SinkSchema(
                "cells",
                "cells",
                List.of(
                        new SinkColumn("id", ColumnType.TEXT),
                        new SinkColumn("name", ColumnType.TEXT),
                        new SinkColumn("remark", ColumnType.TEXT)));
        Path file = own.resolve("a" + format.extension());
        try (RecordSink sink = FormatWorld.FORMATS.create(format, file, schema, SinkOptions.DEFAULT, own)) {
            for (Map<String, String> row : rows) sink.write(new LinkedHashMap<>(row), null);
            sink.finish();
        }
        ReadOptions options = ReadOptions.NONE.withHeaderRow(1).withSeparator(',');
        List<SourceRecord> read = FormatWorld.read(file, options, own);
        assertThat(read).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) assertThat(read.get(i).values()).isEqualTo(rows.get(i));
        Files.delete(file);
        Files.delete(own);
    }

    private interface Filling {
        void fill(Worksheet sheet);
    }

    private Path sheet(Filling filling) throws IOException {
        Path file = folder.resolve("a.xlsx");
        try (var out = Files.newOutputStream(file);
                Workbook book = new Workbook(out, "test", "1.0")) {
            filling.fill(book.newWorksheet("封面"));
            book.finish();
        }
        return file;
    }

    @Test
    void aRosterWithTitleTwoHeaderRowsAndMergedTownshipsIsUnderstood() throws IOException {
        Path file = sheet(s -> {
            s.value(0, 0, "利州区应急避难场所登记表");
            s.range(0, 0, 0, 4).merge();
            String[][] head = {{"乡镇", "名称", "坐标", null, "启用日期"}, {null, null, "经度", "纬度", null}};
            for (int r = 0; r < 2; r++)
                for (int c = 0; c < 5; c++) if (head[r][c] != null) s.value(r + 1, c, head[r][c]);
            for (int c : new int[] {0, 1, 4}) s.range(1, c, 2, c).merge();
            s.range(1, 2, 1, 3).merge();
            s.value(3, 0, "三堆镇");
            s.range(3, 0, 4, 0).merge();
            s.value(3, 1, "三堆中学");
            s.value(3, 2, 105.622);
            s.value(3, 3, 32.504);
            s.value(3, 4, LocalDate.of(2026, 3, 5));
            s.style(3, 4).format("yyyy\"年\"m\"月\"d\"日\"").set();
            s.value(4, 1, "三堆广场");
            s.value(4, 2, "105°37′12″");
            s.value(4, 3, "32°30′");
            s.value(4, 4, LocalDateTime.of(2026, 3, 5, 14, 20));
            s.style(4, 4).format("yyyy-mm-dd hh:mm").set();
        });
        List<SourceRecord> all = read(file);
        assertThat(all).extracting(SourceRecord::row).containsExactly(4L, 5L);
        assertThat(all.get(0).values())
                .containsEntry("乡镇", "三堆镇")
                .containsEntry("名称", "三堆中学")
                .containsEntry("经度", 105.622)
                .containsEntry("启用日期", LocalDate.of(2026, 3, 5));
        assertThat(all.get(1).values())
                .containsEntry("乡镇", "三堆镇")
                .containsEntry("启用日期", LocalDateTime.of(2026, 3, 5, 14, 20));
        assertThat(((Point) all.get(1).geometry()).getX()).isCloseTo(105.62, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(schema(file).notes()).hasSize(3);
    }

    @Test
    void aUnitOfAMergedHeadingIsThatOfTheColumnsBelowIt() throws IOException {
        Path file = sheet(s -> {
            String[][] rows = {
                {"名称", "坐标（WGS84）", null, "面积（公顷）", null, null, "备注"},
                {null, "经度", "纬度", "占地面积", "有效面积（亩）", "其中", null},
            };
            for (int r = 0; r < 2; r++) for (int c = 0; c < 7; c++) if (rows[r][c] != null) s.value(r, c, rows[r][c]);
            s.value(2, 0, "甲");
            s.value(2, 1, 105.622);
            s.value(2, 2, 32.504);
            s.value(2, 3, 1.2);
            s.value(2, 4, 9);
        });
        assertThat(schema(file).columns())
                .extracting(SourceColumn::name)
                .containsExactly("名称", "经度（WGS84）", "纬度（WGS84）", "占地面积（公顷）", "有效面积（亩）", "其中（公顷）", "备注");
        assertThat(((Point) read(file).get(0).geometry()).getX()).isEqualTo(105.622);
    }

    @Test
    void aHiddenSheetIsReadOnlyWhereNoOtherHoldsATable() throws IOException {
        Path file = folder.resolve("a.xlsx");
        try (var out = Files.newOutputStream(file);
                Workbook book = new Workbook(out, "test", "1.0")) {
            for (String name : new String[] {"去年", "今年"}) {
                Worksheet sheet = book.newWorksheet(name);
                sheet.value(0, 0, "名称");
                sheet.value(0, 1, "人数");
                sheet.value(1, 0, name);
                sheet.value(1, 1, 300);
                if (name.equals("去年")) sheet.setVisibilityState(VisibilityState.HIDDEN);
            }
            book.finish();
        }
        assertThat(schema(file).layer()).isEqualTo("今年");
        assertThat(schema(file).layers()).containsExactly("去年", "今年");
    }

    @Test
    void aFormulaWithoutAResultIsNotTakenForAnEmptyCell() throws IOException {
        Path file = sheet(s -> {
            s.value(0, 0, "名称");
            s.value(0, 1, "人数");
            s.value(1, 0, "甲");
            s.formula(1, 1, "300*2");
        });
        assertThat(read(file).get(0).problems())
                .extracting(SourceRecord.Problem::column)
                .containsExactly("人数");
    }

    @Test
    void theFirstSheetThatHoldsATableIsReadAndOthersCanBeChosen() throws IOException {
        Path file = folder.resolve("a.xlsx");
        try (var out = Files.newOutputStream(file);
                Workbook book = new Workbook(out, "test", "1.0")) {
            book.newWorksheet("封面").value(0, 0, "登记表");
            Worksheet first = book.newWorksheet("避难场所");
            first.value(0, 0, "名称");
            first.value(0, 1, "人数");
            first.value(1, 0, "甲");
            first.value(1, 1, 300);
            Worksheet second = book.newWorksheet("队伍");
            second.value(0, 0, "队名");
            second.value(0, 1, "人数");
            second.value(1, 0, "乙");
            book.finish();
        }
        assertThat(schema(file).layer()).isEqualTo("避难场所");
        assertThat(schema(file).layers()).containsExactly("封面", "避难场所", "队伍");
        assertThat(read(file).get(0).values()).containsEntry("人数", 300L);
        assertThat(FormatWorld.read(file, ReadOptions.NONE.withLayer("队伍"), folder)
                        .get(0)
                        .values())
                .containsEntry("队名", "乙");
        assertThatThrownBy(() -> FormatWorld.read(file, ReadOptions.NONE.withLayer("没有"), folder))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.getMessage()).contains("避难场所"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"General", "0.00", "#,##0", "@", "0%", "[Red]0.0", "\"共\"0\"人\"", "_ * #,##0_ "})
    void numbersWithAFormatStayNumbers(String format) {
        assertThat(CellFormats.kind("170", format)).isEqualTo(CellFormats.Kind.NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yyyy-mm-dd", "m/d/yyyy", "[$-804]yyyy\"年\"m\"月\"d\"日\";@", "mmm-yy", "d-mmm"})
    void datesAreKnownByTheirFormat(String format) {
        assertThat(CellFormats.kind("170", format)).isEqualTo(CellFormats.Kind.DATE);
    }
}
