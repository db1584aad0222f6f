package org.anquan.report;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;

/** The {@code d} of an SVG path (SVG 1.1, chapter 8): all its commands, absolute and relative. */
final class SvgPath {
    private final String text;
    private final Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    private int at;
    private double x;
    private double y;
    private double startX;
    private double startY;
    /** The last control point, which S and T mirror. */
    private double controlX;

    private double controlY;

    SvgPath(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException where a number or command is not one */
    Shape shape() {
        char command = 0;
        while (more()) {
            char next = text.charAt(at);
            if (Character.isLetter(next)) {
                command = next;
                at++;
            } else if (command == 'M') command = 'L';
            else if (command == 'm') command = 'l';
            else if (command == 0 || command == 'Z' || command == 'z') throw wrong();
            step(command);
        }
        return path;
    }

    private void step(char command) {
        boolean relative = Character.isLowerCase(command);
        double fromX = relative ? x : 0;
        double fromY = relative ? y : 0;
        switch (Character.toUpperCase(command)) {
            case 'M' -> {
                startX = fromX + number();
                startY = fromY + number();
                path.moveTo(startX, startY);
                stand(startX, startY);
            }
            case 'L' -> line(fromX + number(), fromY + number());
            case 'H' -> line(fromX + number(), y);
            case 'V' -> line(x, fromY + number());
            case 'C' -> cubic(fromX + number(), fromY + number(), fromX, fromY);
            case 'S' -> cubic(2 * x - controlX, 2 * y - controlY, fromX, fromY);
            case 'Q' -> quadratic(fromX + number(), fromY + number(), fromX, fromY);
            case 'T' -> quadratic(2 * x - controlX, 2 * y - controlY, fromX, fromY);
            case 'A' -> {
                double rx = Math.abs(number());
                double ry = Math.abs(number());
                double turned = Math.toRadians(number());
                boolean large = flag();
                boolean sweep = flag();
                arc(rx, ry, turned, large, sweep, fromX + number(), fromY + number());
            }
            case 'Z' -> {
                path.closePath();
                stand(startX, startY);
            }
            default -> throw wrong();
        }
    }

    private void stand(double nowX, double nowY) {
        x = controlX = nowX;
        y = controlY = nowY;
    }

    private void line(double toX, double toY) {
        path.lineTo(toX, toY);
        stand(toX, toY);
    }

    private void cubic(double x1, double y1, double fromX, double fromY) {
        double x2 = fromX + number();
        double y2 = fromY + number();
        double toX = fromX + number();
        double toY = fromY + number();
        path.curveTo(x1, y1, x2, y2, toX, toY);
        x = toX;
        y = toY;
        controlX = x2;
        controlY = y2;
    }

    private void quadratic(double x1, double y1, double fromX, double fromY) {
        double toX = fromX + number();
        double toY = fromY + number();
        path.quadTo(x1, y1, toX, toY);
        x = toX;
        y = toY;
        controlX = x1;
        controlY = y1;
    }

    /** From end points to centre, SVG 1.1 appendix F.6. */
    private void arc(double rx, double ry, double turned, boolean large, boolean sweep, double toX, double toY) {
        if (rx == 0 || ry == 0 || (toX == x && toY == y)) {
            line(toX, toY);
            return;
        }
        double cos = Math.cos(turned);
        double sin = Math.sin(turned);
        double dx = (x - toX) / 2;
        double dy = (y - toY) / 2;
        double x1 = cos * dx + sin * dy;
        double y1 = -sin * dx + cos * dy;
        double stretch = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry);
        if (stretch > 1) {
            rx *= Math.sqrt(stretch);
            ry *= Math.sqrt(stretch);
        }
        double above = rx * rx * ry * ry - rx * rx * y1 * y1 - ry * ry * x1 * x1;
        double factor = Math.sqrt(Math.max(0, above / (rx * rx * y1 * y1 + ry * ry * x1 * x1)));
        if (large == sweep) factor = -factor;
        double centreX1 = factor * rx * y1 / ry;
        double centreY1 = -factor * ry * x1 / rx;
        double begin = Math.toDegrees(Math.atan2((y1 - centreY1) / ry, (x1 - centreX1) / rx));
        double end = Math.toDegrees(Math.atan2((-y1 - centreY1) / ry, (-x1 - centreX1) / rx));
        double span = end - begin;
        if (sweep && span < 0) span += 360;
        if (!sweep && span > 0) span -= 360;
        // Arc2D measures against the clock, with y upwards.
        Arc2D arc = new Arc2D.Double(-rx, -ry, 2 * rx, 2 * ry, -begin, -span, Arc2D.OPEN);
        AffineTransform place = AffineTransform.getTranslateInstance(
                cos * centreX1 - sin * centreY1 + (x + toX) / 2, sin * centreX1 + cos * centreY1 + (y + toY) / 2);
        place.rotate(turned);
        path.append(arc.getPathIterator(place), true);
        stand(toX, toY);
    }

    private boolean more() {
        while (at < text.length() && (text.charAt(at) == ',' || Character.isWhitespace(text.charAt(at)))) at++;
        return at < text.length();
    }

    private boolean flag() {
        if (!more()) throw wrong();
        return text.charAt(at++) == '1';
    }

    private double number() {
        if (!more()) throw wrong();
        int from = at;
        boolean dot = false;
        boolean exponent = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean sign =
                    (c == '-' || c == '+') && (at == from || text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
            if (Character.isDigit(c) || sign) continue;
            if (c == '.' && !dot && !exponent) dot = true;
            else if ((c == 'e' || c == 'E') && !exponent && at > from) exponent = true;
            else break;
        }
        try {
            return Double.parseDouble(text.substring(from, at));
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("path data are wrong at " + at + ": " + text);
    }
}
