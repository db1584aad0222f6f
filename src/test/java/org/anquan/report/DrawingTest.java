package org.anquan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.anquan.problem.ProblemException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What sheets are drawn with: paths, symbols, letters, pictures, expressions. */
class DrawingTest {
    static final Path TRUE_TYPE = Path.of("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf");
    private static final Path POST_SCRIPT = Path.of("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");

    @Test
    void anArcOfAPathIsTheHalfCircleThatTheStandardMeans() {
        // Sweep 1 goes with the clock: from the left end to the right one over the top.
        Rectangle2D over = new SvgPath("M0 0A1 1 0 0 1 2 0").shape().getBounds2D();
        assertThat(over.getMinY()).isCloseTo(-1, within(1e-6));
        assertThat(over.getMaxY()).isCloseTo(0, within(1e-6));
        Rectangle2D under = new SvgPath("M0,0a1,1,0,0,0,2,0z").shape().getBounds2D();
        assertThat(under.getMaxY()).isCloseTo(1, within(1e-6));
    }

    @Test
    void numbersOfAPathMayStickTogether() {
        // M 1 -1, then relative lines .5 .5 and -1 0, back to the start.
        Rectangle2D box = new SvgPath("M1-1l.5.5-1 0z").shape().getBounds2D();
        assertThat(box).isEqualTo(new Rectangle2D.Double(0.5, -1, 1, 0.5));
        assertThatThrownBy(() -> new SvgPath("M1 x").shape()).isInstanceOf(IllegalArgumentException.class);
    }

    /** Counts what is drawn, and where. */
    private static class Counted implements Canvas {
        final List<Rectangle2D> boxes = new ArrayList<>();

        @Override
        public void fill(Shape shape, Fill fill) {
            boxes.add(shape.getBounds2D());
        }

        @Override
        public void stroke(Shape shape, Color colour, BasicStroke pen) {
            boxes.add(shape.getBounds2D());
        }

        @Override
        public void text(Words words) {}

        @Override
        public void within(Rectangle2D box, Runnable drawing) {
            drawing.run();
        }
    }

    @Test
    void everyShippedSymbolIsDrawnWithinItsBox() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("styles/symbols"))) {
            for (Path file : files.toList()) {
                Counted canvas = new Counted();
                SvgSymbol.read(Files.readAllBytes(file)).draw(canvas, 10, 20, 8, 0, 1);
                assertThat(canvas.boxes).as(file.toString()).isNotEmpty();
                for (Rectangle2D box : canvas.boxes)
                    assertThat(box.getMinX() >= 5.5
                                    && box.getMaxX() <= 14.5
                                    && box.getMinY() >= 15.5
                                    && box.getMaxY() <= 24.5)
                            .as(file + " " + box)
                            .isTrue();
            }
        }
    }

    @Test
    void aBrokenSymbolStopsNoSheet() {
        Counted canvas = new Counted();
        SvgSymbol.read("<svg viewBox='0 0 32 32'><circle r='3'/><path d='M1 ?'/>".getBytes())
                .draw(canvas, 0, 0, 8, 0, 1);
        assertThat(canvas.boxes).hasSize(1);
    }

    @Test
    void aPictureIsReadBackPointForPointWithItsResolution() throws IOException {
        BufferedImage image = new BufferedImage(301, 57, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < 57; y++) for (int x = 0; x < 301; x++) image.setRGB(x, y, random.nextInt(1 << 24));
        byte[] png = PngFile.of(image, 300);
        BufferedImage back = javax.imageio.ImageIO.read(new ByteArrayInputStream(png));
        for (int y = 0; y < 57; y++)
            for (int x = 0; x < 301; x++) assertThat(back.getRGB(x, y)).isEqualTo(image.getRGB(x, y));
        // Signature 8, IHDR 12 + 13, then the length and name of pHYs: 300 / 0.0254 = 11 811 dots a metre.
        assertThat(ByteBuffer.wrap(png).getInt(8 + 25 + 8)).isEqualTo(11_811);
    }

    @Test
    void withoutAFontTheProblemSaysWhatToInstall() {
        assertThatThrownBy(() -> new Lettering(List.of(Path.of("/nowhere/none.ttf"))))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(ProblemException.Kind.UNAVAILABLE);
                    assertThat(problem.getMessage()).contains("fonts-wqy-microhei", "anquan.report.font");
                });
    }

    @Test
    void aFileThatIsNoFontIsPassedOver(@org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.ttf"), "no font");
        assertThatThrownBy(() -> new Lettering(List.of(broken))).isInstanceOf(ProblemException.class);
    }

    @Test
    void aFontThatAPdfCannotHoldIsDrawnAsShapes() throws IOException {
        assumeTrue(Files.isReadable(POST_SCRIPT), "skipped: fonts-noto-cjk is missing");
        try (Lettering lettering = new Lettering(List.of(POST_SCRIPT));
                PdfCanvas canvas = new PdfCanvas(100, 50, lettering)) {
            assertThat(lettering.embeds()).isFalse();
            // A Chinese sign is as wide as it is high.
            assertThat(lettering.width("利州区", 10)).isCloseTo(30, within(0.01));
            canvas.text(new Canvas.Words("利州区", 10, 20, 0, 10, Color.BLACK, false));
            byte[] pdf = canvas.finish("利州区", "zh-CN", "Anquan", new GregorianCalendar());
            try (PDDocument read = Loader.loadPDF(pdf)) {
                assertThat(new PDFTextStripper().getText(read)).isBlank();
                assertThat(read.getPage(0).getResources().getFontNames()).isEmpty();
                BufferedImage seen = new org.apache.pdfbox.rendering.PDFRenderer(read).renderImageWithDPI(0, 72);
                // 10 mm from the left and 15 mm from the top there is ink: 28 points and 43 points.
                assertThat(darkest(seen, 28, 30, 60, 28)).isLessThan(60);
                assertThat(darkest(seen, 200, 30, 60, 28)).isEqualTo(255);
            }
        }
    }

    private static int darkest(BufferedImage image, int x, int y, int width, int height) {
        int least = 255;
        for (int j = y; j < y + height; j++)
            for (int i = x; i < x + width; i++) least = Math.min(least, image.getRGB(i, j) & 0xff);
        return least;
    }

    @Test
    void linesBreakBetweenChineseSignsButNotWithinAWordOrBeforeAComma() {
        assumeTrue(Files.isReadable(TRUE_TYPE), "skipped: fonts-droid-fallback is missing");
        try (Lettering lettering = new Lettering(List.of(TRUE_TYPE, POST_SCRIPT))) {
            List<String> lines = lettering.lines("救援圈，覆盖（最晚）EPSG:4544", 10, 45);
            assertThat(String.join("", lines)).isEqualTo("救援圈，覆盖（最晚）EPSG:4544");
            assertThat(lines).noneMatch(line -> line.startsWith("，") || line.startsWith("）") || line.endsWith("（"));
            assertThat(lines).anyMatch(line -> line.contains("EPSG:4544"));
            assertThat(lettering.fit("利州区救援圈", 10, 45)).endsWith("…").hasSizeLessThan(6);
        }
    }

    @Test
    void namesKeepAwayFromSymbolsAndFromEachOther() {
        assumeTrue(Files.isReadable(TRUE_TYPE), "skipped: fonts-droid-fallback is missing");
        Labels labels = new Labels();
        // Two places 1 mm apart, each with a symbol of 2 mm: both names find a side; a third that may not move does
        // not.
        labels.take(new Rectangle2D.Double(49, 49, 3, 2));
        labels.want(label("嘉陵街道", 1, 50, 50, 1.2));
        labels.want(label("东坝街道", 2, 51, 50, 1.2));
        labels.want(label("南河街道", 3, 50.5, 50, -1));
        List<Canvas.Words> drawn = new ArrayList<>();
        Canvas canvas = new Counted() {
            @Override
            public void text(Words words) {
                drawn.add(words);
            }
        };
        try (Lettering lettering = new Lettering(List.of(TRUE_TYPE))) {
            labels.draw(canvas, lettering, new Rectangle2D.Double(0, 0, 100, 100));
        }
        assertThat(drawn).extracting(Canvas.Words::text).containsExactly("嘉陵街道", "东坝街道");
        assertThat(labels.leftOut()).isEqualTo(1);
        List<Rectangle2D> boxes = drawn.stream()
                .map(one -> (Rectangle2D) new Rectangle2D.Double(one.x(), one.y() - 2.4, 12, 3))
                .toList();
        assertThat(boxes.get(0).intersects(boxes.get(1))).isFalse();
    }

    private static Labels.Label label(String text, int rank, double x, double y, double gap) {
        return new Labels.Label(text, rank, x, y, 0, 0, "center", 0, 3, false, Color.BLACK, Color.WHITE, 0.5, gap);
    }

    @Test
    void conditionsOfStylesHoldAsOnTheMap() {
        JsonMapper json = JsonMapper.builder().build();
        String filter =
                "[\"all\", [\"has\", \"kind\"], [\"!=\", [\"get\", \"kind\"], \"town\"], [\"<\", [\"resolution\"], 70]]";
        var node = json.readTree(filter);
        assertThat(Expression.holds(node, "a", Map.of("kind", "street"), 69)).isTrue();
        assertThat(Expression.holds(node, "a", Map.of("kind", "town"), 69)).isFalse();
        assertThat(Expression.holds(node, "a", Map.of(), 69)).as("unknown").isFalse();
        assertThat(Expression.holds(node, "a", Map.of("kind", "street"), 70)).isFalse();
        assertThat(Expression.holds(json.readTree("[\"between\", [\"get\", \"n\"], 1, 2]"), "a", Map.of("n", 2L), 1))
                .isTrue();
        assertThat(Expression.value(json.readTree("[\"case\", [\"has\", \"x\"], \"yes\", \"no\"]"), "a", Map.of(), 1))
                .isEqualTo("no");
    }
}
