package org.anquan.tile;

import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.locationtech.jts.geom.Envelope;

/**
 * Makes one tile of one layer after the Mapbox Vector Tile specification 2.1: positions on 4096 whole numbers, outer
 * rings clockwise as seen on the screen, holes against it, shapes too small to see left out.
 */
final class TileEncoder {
    static final int EXTENT = 4096;

    private static final int MOVE_TO = 1;
    private static final int LINE_TO = 2;
    private static final int CLOSE = 7;

    private final TileSource source;
    private final LayerDefinition layer;
    private final TileSettings settings;
    private final Protobuf out = new Protobuf();
    private final Protobuf feature = new Protobuf();
    private final Protobuf value = new Protobuf();
    private final Protobuf scratch = new Protobuf();
    private final Map<String, Integer> keys = new HashMap<>();
    private final Map<Object, Integer> values = new HashMap<>();
    private final Protobuf keyTable = new Protobuf();
    private final Protobuf valueTable = new Protobuf();
    private int[] commands = new int[1024];
    private int size;
    private int cursorX;
    private int cursorY;
    private int[] tags = new int[64];

    /**
     * A tile that was made.
     *
     * @param found how many features there are
     * @param kept how many of them it holds at most
     */
    record Made(byte[] bytes, int found, int kept) {}

    /** @param layer cut to the attributes that may be seen */
    TileEncoder(TileSource source, LayerDefinition layer, TileSettings settings) {
        this.source = source;
        this.layer = layer;
        this.settings = settings;
    }

    Made encode(int z, int x, int y) {
        double tiles = 1L << z;
        double buffer = (double) settings.buffer() / EXTENT;
        Envelope box = new Envelope(
                (x - buffer) / tiles, (x + 1 + buffer) / tiles, (y - buffer) / tiles, (y + 1 + buffer) / tiles);
        int[] found = source.near(box);
        int[] kept = found.length > settings.maxFeatures() ? evenShare(found) : found;
        double tolerance = z < settings.simplifyBelowZoom() ? settings.tolerance() : 0;
        boolean any = false;
        for (int number : kept) {
            size = 0;
            cursorX = 0;
            cursorY = 0;
            TileSource.Shape shape = source.shape(number);
            switch (shape.kind()) {
                case POINT -> points(shape, tiles, x, y);
                case LINE -> lines(shape, tiles, x, y, tolerance);
                case POLYGON -> polygons(shape, tiles, x, y, tolerance);
            }
            if (size == 0) continue;
            any = true;
            feature(source.feature(number), shape.kind());
        }
        if (!any) return new Made(new byte[0], found.length, kept.length);
        return new Made(finish(), found.length, kept.length);
    }

    /**
     * Those whose id has the smallest hash: the same ones in neighbouring tiles and at each asking, spread as the
     * features themselves are.
     */
    private int[] evenShare(int[] found) {
        long[] byHash = new long[found.length];
        for (int i = 0; i < found.length; i++)
            byHash[i] = (long) hash32(source.feature(found[i]).id()) << 32 | i;
        Arrays.sort(byHash);
        int[] kept = new int[settings.maxFeatures()];
        for (int i = 0; i < kept.length; i++) kept[i] = found[(int) byHash[i]];
        Arrays.sort(kept);
        return kept;
    }

    private static int hash32(String id) {
        long hash = hash(id);
        return (int) (hash ^ hash >>> 32);
    }

    /** FNV-1a with a last mixing step, since ids often differ in their last digit only. */
    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 33;
    }

    /** A tile's ids are numbers: the id itself where it is one, else a number made from it, exact in JavaScript. */
    static long numericId(String id) {
        boolean number = !id.isEmpty() && id.length() <= 15 && id.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number && (id.length() == 1 || id.charAt(0) != '0')) return Long.parseLong(id);
        return hash(id) & 0x1F_FFFF_FFFF_FFFFL;
    }

    private void points(TileSource.Shape shape, double tiles, int x, int y) {
        push(0);
        int count = 0;
        for (double[] part : shape.parts()) {
            double[] at = Outline.inTile(part, tiles, x, y, EXTENT);
            boolean outside = at[0] < -settings.buffer()
                    || at[1] < -settings.buffer()
                    || at[0] > EXTENT + settings.buffer()
                    || at[1] > EXTENT + settings.buffer();
            if (outside) continue;
            moveCursor((int) Math.round(at[0]), (int) Math.round(at[1]));
            count++;
        }
        if (count == 0) size = 0;
        else commands[0] = count << 3 | MOVE_TO;
    }

    private void lines(TileSource.Shape shape, double tiles, int x, int y, double tolerance) {
        double low = -settings.buffer();
        double high = EXTENT + (double) settings.buffer();
        double[] fromTo = new double[2];
        for (double[] part : shape.parts()) {
            double[] line = Outline.thinned(Outline.inTile(part, tiles, x, y, EXTENT), tolerance);
            int[] open = new int[line.length + 2];
            int count = 0;
            for (int i = 2; i < line.length; i += 2) {
                double ax = line[i - 2];
                double ay = line[i - 1];
                double bx = line[i];
                double by = line[i + 1];
                if (!Outline.segmentInside(ax, ay, bx, by, low, high, fromTo)) continue;
                if (fromTo[0] > 0 || count == 0) {
                    emitLine(open, count);
                    count = append(open, 0, ax + fromTo[0] * (bx - ax), ay + fromTo[0] * (by - ay));
                }
                count = append(open, count, ax + fromTo[1] * (bx - ax), ay + fromTo[1] * (by - ay));
                if (fromTo[1] < 1) {
                    emitLine(open, count);
                    count = 0;
                }
            }
            emitLine(open, count);
        }
    }

    /** Adds a position unless the last one is the same; gives the new length. */
    private static int append(int[] open, int count, double x, double y) {
        int wholeX = (int) Math.round(x);
        int wholeY = (int) Math.round(y);
        if (count > 0 && open[count - 2] == wholeX && open[count - 1] == wholeY) return count;
        open[count] = wholeX;
        open[count + 1] = wholeY;
        return count + 2;
    }

    private void emitLine(int[] line, int count) {
        if (count < 4) return;
        push(1 << 3 | MOVE_TO);
        moveCursor(line[0], line[1]);
        push((count / 2 - 1) << 3 | LINE_TO);
        for (int i = 2; i < count; i += 2) moveCursor(line[i], line[i + 1]);
    }

    private void polygons(TileSource.Shape shape, double tiles, int x, int y, double tolerance) {
        double low = -settings.buffer();
        double high = EXTENT + (double) settings.buffer();
        boolean outerIsThere = false;
        for (int part = 0; part < shape.parts().length; part++) {
            boolean outer = shape.outer()[part];
            if (!outer && !outerIsThere) continue;
            double[] ring = Outline.thinned(Outline.inTile(shape.parts()[part], tiles, x, y, EXTENT), tolerance);
            // The last position repeats the first.
            double[] cut = Outline.ringInside(Arrays.copyOf(ring, Math.max(0, ring.length - 2)), low, high);
            boolean emitted = emitRing(cut, outer);
            if (outer) outerIsThere = emitted;
        }
    }

    private boolean emitRing(double[] ring, boolean outer) {
        int[] whole = new int[ring.length];
        int count = 0;
        for (int i = 0; i < ring.length; i += 2) count = append(whole, count, ring[i], ring[i + 1]);
        while (count > 2 && whole[0] == whole[count - 2] && whole[1] == whole[count - 1]) count -= 2;
        if (count < 6) return false;
        long doubleArea = 0;
        for (int i = 0; i < count; i += 2) {
            int next = i + 2 == count ? 0 : i + 2;
            doubleArea += (long) whole[i] * whole[next + 1] - (long) whole[next] * whole[i + 1];
        }
        if (doubleArea == 0) return false;
        // With y to the south a positive area runs clockwise on the screen, as an outer ring must.
        boolean forward = doubleArea > 0 == outer;
        push(1 << 3 | MOVE_TO);
        moveCursor(whole[0], whole[1]);
        push((count / 2 - 1) << 3 | LINE_TO);
        for (int i = 2; i < count; i += 2) {
            int at = forward ? i : count - i;
            moveCursor(whole[at], whole[at + 1]);
        }
        push(1 << 3 | CLOSE);
        return true;
    }

    private void push(int command) {
        if (size == commands.length) commands = Arrays.copyOf(commands, 2 * size);
        commands[size++] = command;
    }

    private void moveCursor(int x, int y) {
        int dx = x - cursorX;
        int dy = y - cursorY;
        push(dx << 1 ^ dx >> 31);
        push(dy << 1 ^ dy >> 31);
        cursorX = x;
        cursorY = y;
    }

    private void feature(Feature one, TileSource.Kind kind) {
        feature.reset();
        feature.number(1, numericId(one.id()));
        feature.packed(2, tags, tags(one), scratch);
        feature.number(3, kind.ordinal() + 1L);
        feature.packed(4, commands, size, scratch);
        out.message(2, feature);
    }

    private int tags(Feature one) {
        int count = tag(0, "id", one.id());
        for (AttributeDefinition attribute : layer.attributes()) {
            Object given = one.get(attribute.name());
            if (given != null) count = tag(count, attribute.name(), plain(given));
        }
        return count;
    }

    private static Object plain(Object given) {
        if (given instanceof Integer whole) return whole.longValue();
        if (given instanceof Temporal time) return time.toString();
        if (given instanceof List<?> many)
            return String.join(",", many.stream().map(Object::toString).toList());
        return given;
    }

    private int tag(int count, String name, Object given) {
        if (count + 2 > tags.length) tags = Arrays.copyOf(tags, 2 * tags.length);
        Integer key = keys.get(name);
        if (key == null) {
            key = keys.size();
            keys.put(name, key);
            keyTable.text(3, name);
        }
        Integer number = values.get(given);
        if (number == null) {
            number = values.size();
            values.put(given, number);
            value.reset();
            if (given instanceof Long whole) value.number(4, whole);
            else if (given instanceof Double real) value.real(3, real);
            else if (given instanceof Boolean yes) value.number(7, yes ? 1 : 0);
            else value.text(1, given.toString());
            valueTable.message(4, value);
        }
        tags[count] = key;
        tags[count + 1] = number;
        return count + 2;
    }

    private byte[] finish() {
        Protobuf inside = new Protobuf();
        inside.number(15, 2);
        inside.text(1, layer.id());
        inside.raw(out);
        inside.raw(keyTable);
        inside.raw(valueTable);
        inside.number(5, EXTENT);
        Protobuf tile = new Protobuf();
        tile.message(3, inside);
        return tile.toBytes();
    }
}
