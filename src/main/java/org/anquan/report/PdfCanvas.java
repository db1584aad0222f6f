package org.anquan.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPatternContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDPattern;
import org.apache.pdfbox.pdmodel.graphics.pattern.PDTilingPattern;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * One page of a vector PDF. Fonts are put in with the letters that are used; those that a PDF cannot take so are drawn as
 * outlines.
 */
final class PdfCanvas implements Canvas, AutoCloseable {
    /** Width of the extra line around bold letters, in ems: the fonts have one weight. */
    static final double BOLD = 0.035;

    private static final double POINTS_PER_MILLIMETRE = 72 / 25.4;

    private record Tile(Hatch hatch, Color ink) {}

    private final PDDocument document = new PDDocument();
    private final PDPage page;
    private final PDPageContentStream out;
    private final Lettering lettering;
    private final AffineTransform toPoints;
    private final Map<Face, PDFont> fonts = new HashMap<>();
    private final Map<Integer, PDExtendedGraphicsState> opacities = new HashMap<>();
    private final Map<Tile, PDColor> tiles = new HashMap<>();
    private int opacity = 255;

    PdfCanvas(double widthMillimetres, double heightMillimetres, Lettering lettering) throws IOException {
        this.lettering = lettering;
        double height = heightMillimetres * POINTS_PER_MILLIMETRE;
        page = new PDPage(new PDRectangle((float) (widthMillimetres * POINTS_PER_MILLIMETRE), (float) height));
        document.addPage(page);
        out = new PDPageContentStream(document, page, PDPageContentStream.AppendMode.OVERWRITE, true);
        toPoints = new AffineTransform(POINTS_PER_MILLIMETRE, 0, 0, -POINTS_PER_MILLIMETRE, 0, height);
    }

    private interface Drawing {
        void draw() throws IOException;
    }

    private static void in(Drawing drawing) {
        try {
            drawing.draw();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void fill(Shape shape, Fill fill) {
        in(() -> {
            Color ground = fill.ground();
            if (ground != null && ground.getAlpha() > 0 && path(shape)) {
                opacity(ground.getAlpha());
                out.setNonStrokingColor(solid(ground));
                paint(shape);
            }
            if (fill.hatch() == Hatch.NONE || !path(shape)) return;
            opacity(fill.ink().getAlpha());
            out.setNonStrokingColor(tile(new Tile(fill.hatch(), fill.ink())));
            paint(shape);
        });
    }

    private void paint(Shape shape) throws IOException {
        if (shape.getPathIterator(null).getWindingRule() == PathIterator.WIND_EVEN_ODD) out.fillEvenOdd();
        else out.fill();
    }

    @Override
    public void stroke(Shape shape, Color colour, BasicStroke pen) {
        in(() -> {
            if (colour.getAlpha() == 0 || !path(shape)) return;
            opacity(colour.getAlpha());
            out.setStrokingColor(solid(colour));
            pen(pen);
            out.stroke();
        });
    }

    private void pen(BasicStroke pen) throws IOException {
        out.setLineWidth((float) (pen.getLineWidth() * POINTS_PER_MILLIMETRE));
        out.setLineCapStyle(pen.getEndCap());
        out.setLineJoinStyle(pen.getLineJoin());
        float[] dashes =
                pen.getDashArray() == null ? new float[0] : pen.getDashArray().clone();
        for (int i = 0; i < dashes.length; i++) dashes[i] *= (float) POINTS_PER_MILLIMETRE;
        out.setLineDashPattern(dashes, (float) (pen.getDashPhase() * POINTS_PER_MILLIMETRE));
    }

    private static Color solid(Color colour) {
        return new Color(colour.getRGB() | 0xff000000);
    }

    private void opacity(int alpha) throws IOException {
        if (alpha == opacity) return;
        opacity = alpha;
        out.setGraphicsStateParameters(opacities.computeIfAbsent(alpha, value -> {
            PDExtendedGraphicsState state = new PDExtendedGraphicsState();
            state.setNonStrokingAlphaConstant(value / 255f);
            state.setStrokingAlphaConstant(value / 255f);
            return state;
        }));
    }

    /** A content stream of PDFBox: of the page or of a tile; they have no public type in common. */
    private interface Steps {
        void move(float x, float y) throws IOException;

        void line(float x, float y) throws IOException;

        void curve(float x1, float y1, float x2, float y2, float x3, float y3) throws IOException;

        void close() throws IOException;
    }

    private static Steps steps(PDPageContentStream out) {
        return new Steps() {
            @Override
            public void move(float x, float y) throws IOException {
                out.moveTo(x, y);
            }

            @Override
            public void line(float x, float y) throws IOException {
                out.lineTo(x, y);
            }

            @Override
            public void curve(float x1, float y1, float x2, float y2, float x3, float y3) throws IOException {
                out.curveTo(x1, y1, x2, y2, x3, y3);
            }

            @Override
            public void close() throws IOException {
                out.closePath();
            }
        };
    }

    private static Steps steps(PDPatternContentStream out) {
        return new Steps() {
            @Override
            public void move(float x, float y) throws IOException {
                out.moveTo(x, y);
            }

            @Override
            public void line(float x, float y) throws IOException {
                out.lineTo(x, y);
            }

            @Override
            public void curve(float x1, float y1, float x2, float y2, float x3, float y3) throws IOException {
                out.curveTo(x1, y1, x2, y2, x3, y3);
            }

            @Override
            public void close() throws IOException {
                out.closePath();
            }
        };
    }

    /** Begins a path of the shape; false where there is none. */
    private boolean path(Shape shape) throws IOException {
        return path(steps(out), shape.getPathIterator(toPoints));
    }

    private static boolean path(Steps to, PathIterator path) throws IOException {
        float[] c = new float[6];
        float x = 0;
        float y = 0;
        boolean any = false;
        for (; !path.isDone(); path.next(), any = true) {
            switch (path.currentSegment(c)) {
                case PathIterator.SEG_MOVETO -> to.move(x = c[0], y = c[1]);
                case PathIterator.SEG_LINETO -> to.line(x = c[0], y = c[1]);
                case PathIterator.SEG_QUADTO -> {
                    // A quadratic curve as a cubic one.
                    float x1 = x + (c[0] - x) * 2 / 3;
                    float y1 = y + (c[1] - y) * 2 / 3;
                    float x2 = c[2] + (c[0] - c[2]) * 2 / 3;
                    float y2 = c[3] + (c[1] - c[3]) * 2 / 3;
                    to.curve(x1, y1, x2, y2, x = c[2], y = c[3]);
                }
                case PathIterator.SEG_CUBICTO -> to.curve(c[0], c[1], c[2], c[3], x = c[4], y = c[5]);
                default -> to.close();
            }
        }
        return any;
    }

    private PDColor tile(Tile tile) {
        return tiles.computeIfAbsent(tile, this::make);
    }

    private PDColor make(Tile tile) {
        float side = (float) (Hatch.TILE * POINTS_PER_MILLIMETRE);
        PDTilingPattern pattern = new PDTilingPattern();
        pattern.setPaintType(PDTilingPattern.PAINT_COLORED);
        pattern.setTilingType(PDTilingPattern.TILING_CONSTANT_SPACING);
        pattern.setBBox(new PDRectangle(side, side));
        pattern.setXStep(side);
        pattern.setYStep(side);
        pattern.setResources(new PDResources());
        // From the upper left corner downwards, as the picture has it.
        AffineTransform upright = new AffineTransform(POINTS_PER_MILLIMETRE, 0, 0, -POINTS_PER_MILLIMETRE, 0, side);
        in(() -> {
            try (PDPatternContentStream inside = new PDPatternContentStream(pattern)) {
                Steps steps = steps(inside);
                inside.setStrokingColor(solid(tile.ink()));
                inside.setNonStrokingColor(solid(tile.ink()));
                inside.setLineWidth((float) (Hatch.LINE * POINTS_PER_MILLIMETRE));
                for (Shape line : tile.hatch().lines()) {
                    path(steps, line.getPathIterator(upright));
                    inside.stroke();
                }
                for (Shape spot : tile.hatch().spots()) {
                    path(steps, spot.getPathIterator(upright));
                    inside.fill();
                }
            }
        });
        PDResources resources = page.getResources();
        COSName name = resources.add(pattern);
        return new PDColor(name, new PDPattern(resources));
    }

    @Override
    public void text(Words words) {
        double x = words.x();
        double y = words.y();
        for (Lettering.Run run : lettering.runs(words.text())) {
            run(run, words, x, y);
            double wide = Lettering.width(run, words.size());
            x += wide * Math.cos(words.angle());
            y += wide * Math.sin(words.angle());
        }
    }

    private void run(Lettering.Run run, Words words, double x, double y) {
        PDFont font = font(run.face());
        if (font == null) {
            AffineTransform place = AffineTransform.getTranslateInstance(x, y);
            place.rotate(words.angle());
            Path2D shape = Lettering.outline(run, words.size(), 0);
            shape.transform(place);
            fill(shape, words.colour());
            if (words.bold()) stroke(shape, words.colour(), Canvas.pen(words.size() * BOLD));
            return;
        }
        in(() -> {
            opacity(words.colour().getAlpha());
            double[] at = {x, y};
            toPoints.transform(at, 0, at, 0, 1);
            float size = (float) (words.size() * POINTS_PER_MILLIMETRE);
            out.beginText();
            out.setFont(font, size);
            out.setNonStrokingColor(solid(words.colour()));
            if (words.bold()) {
                out.setStrokingColor(solid(words.colour()));
                pen(Canvas.pen(words.size() * BOLD));
            }
            out.setRenderingMode(words.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
            out.setTextMatrix(Matrix.getRotateInstance(-words.angle(), (float) at[0], (float) at[1]));
            out.showText(run.text());
            out.endText();
        });
    }

    private @Nullable PDFont font(Face face) {
        if (!face.embeddable()) return null;
        return fonts.computeIfAbsent(face, one -> {
            try {
                return PDType0Font.load(document, one.font(), true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void within(Rectangle2D box, Runnable drawing) {
        in(() -> {
            out.saveGraphicsState();
            path(box);
            out.clip();
            drawing.run();
            out.restoreGraphicsState();
            // The state that was restored may have another opacity than was set last.
            opacity = -1;
        });
    }

    /** The whole file. Nothing can be drawn after it. */
    byte[] finish(String title, String language, String maker, Calendar made) throws IOException {
        out.close();
        document.getDocumentInformation().setTitle(title);
        document.getDocumentInformation().setProducer(maker);
        document.getDocumentInformation().setCreationDate(made);
        document.getDocumentCatalog().setLanguage(language);
        ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 20);
        document.save(file);
        return file.toByteArray();
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
