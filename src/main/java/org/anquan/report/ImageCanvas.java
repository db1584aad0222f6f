package org.anquan.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.TexturePaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;

/** A picture of so many dots per inch. Letters are drawn as outlines, so that no font of the system is needed. */
final class ImageCanvas implements Canvas, AutoCloseable {
    static final double MILLIMETRES_PER_INCH = 25.4;

    private record Tile(Hatch hatch, Color ink) {}

    private final BufferedImage image;
    private final Graphics2D graphics;
    private final Lettering lettering;
    private final double dotsPerMillimetre;
    private final Map<Tile, TexturePaint> tiles = new HashMap<>();

    ImageCanvas(double widthMillimetres, double heightMillimetres, int dotsPerInch, Lettering lettering) {
        this.lettering = lettering;
        dotsPerMillimetre = dotsPerInch / MILLIMETRES_PER_INCH;
        image = new BufferedImage(
                (int) Math.round(widthMillimetres * dotsPerMillimetre),
                (int) Math.round(heightMillimetres * dotsPerMillimetre),
                BufferedImage.TYPE_INT_RGB);
        graphics = graphics(image);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(dotsPerMillimetre, dotsPerMillimetre);
    }

    private static Graphics2D graphics(BufferedImage on) {
        Graphics2D graphics = on.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    BufferedImage image() {
        return image;
    }

    @Override
    public void fill(Shape shape, Fill fill) {
        if (fill.ground() != null) {
            graphics.setPaint(fill.ground());
            graphics.fill(shape);
        }
        if (fill.hatch() == Hatch.NONE) return;
        graphics.setPaint(tiles.computeIfAbsent(new Tile(fill.hatch(), fill.ink()), this::tile));
        graphics.fill(shape);
    }

    private TexturePaint tile(Tile tile) {
        int side = (int) Math.round(Hatch.TILE * dotsPerMillimetre);
        BufferedImage small = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        Graphics2D on = graphics(small);
        on.scale(side / Hatch.TILE, side / Hatch.TILE);
        on.setColor(tile.ink());
        on.setStroke(Canvas.pen(Hatch.LINE));
        tile.hatch().lines().forEach(on::draw);
        tile.hatch().spots().forEach(on::fill);
        on.dispose();
        return new TexturePaint(
                small, new Rectangle2D.Double(0, 0, side / dotsPerMillimetre, side / dotsPerMillimetre));
    }

    @Override
    public void stroke(Shape shape, Color colour, BasicStroke pen) {
        graphics.setPaint(colour);
        graphics.setStroke(pen);
        graphics.draw(shape);
    }

    @Override
    public void text(Words words) {
        AffineTransform place = AffineTransform.getTranslateInstance(words.x(), words.y());
        place.rotate(words.angle());
        Path2D shape = lettering.outline(words.text(), words.size());
        shape.transform(place);
        graphics.setPaint(words.colour());
        graphics.fill(shape);
        if (!words.bold()) return;
        graphics.setStroke(Canvas.pen(words.size() * PdfCanvas.BOLD));
        graphics.draw(shape);
    }

    @Override
    public void within(Rectangle2D box, Runnable drawing) {
        Shape before = graphics.getClip();
        graphics.clip(box);
        try {
            drawing.run();
        } finally {
            graphics.setClip(before);
        }
    }

    @Override
    public void close() {
        graphics.dispose();
    }
}
