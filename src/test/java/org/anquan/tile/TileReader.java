package org.anquan.tile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a vector tile as its specification says, written apart from the encoder, to judge it. */
final class TileReader {
    record ReadFeature(long id, int type, List<int[][]> parts, List<Boolean> closed, Map<String, Object> attributes) {
        /** Twice the area by the surveyor's formula, y to the south: positive for an outer ring. */
        long doubleArea(int part) {
            int[][] ring = parts.get(part);
            long sum = 0;
            for (int i = 0; i < ring.length; i++) {
                int[] a = ring[i];
                int[] b = ring[(i + 1) % ring.length];
                sum += (long) a[0] * b[1] - (long) b[0] * a[1];
            }
            return sum;
        }
    }

    record ReadLayer(String name, int version, int extent, List<ReadFeature> features) {}

    private final byte[] bytes;
    private int at;
    private final int end;

    private TileReader(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    static List<ReadLayer> read(byte[] tile) {
        TileReader in = new TileReader(tile, 0, tile.length);
        List<ReadLayer> layers = new ArrayList<>();
        while (in.at < in.end) {
            if (in.varint() != (3 << 3 | 2)) throw new AssertionError("a tile holds only layers");
            layers.add(in.inside().layer());
        }
        return layers;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) return value;
        }
    }

    private TileReader inside() {
        int length = (int) varint();
        TileReader part = new TileReader(bytes, at, at + length);
        at += length;
        if (at > end) throw new AssertionError("a part reaches beyond its whole");
        return part;
    }

    private String text() {
        TileReader part = inside();
        return new String(bytes, part.at, part.end - part.at, StandardCharsets.UTF_8);
    }

    private ReadLayer layer() {
        String name = "";
        int version = 0;
        int extent = 0;
        List<TileReader> features = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        while (at < end) {
            int tag = (int) varint();
            switch (tag >> 3) {
                case 15 -> version = (int) varint();
                case 1 -> name = text();
                case 2 -> features.add(inside());
                case 3 -> keys.add(text());
                case 4 -> values.add(inside().value());
                case 5 -> extent = (int) varint();
                default -> throw new AssertionError("field " + (tag >> 3));
            }
        }
        return new ReadLayer(
                name,
                version,
                extent,
                features.stream().map(feature -> feature.feature(keys, values)).toList());
    }

    private Object value() {
        int tag = (int) varint();
        return switch (tag >> 3) {
            case 1 -> text();
            case 3 -> {
                long bits = 0;
                for (int i = 0; i < 8; i++) bits |= (bytes[at++] & 0xFFL) << (8 * i);
                yield Double.longBitsToDouble(bits);
            }
            case 4 -> varint();
            case 7 -> varint() == 1;
            default -> throw new AssertionError("value field " + (tag >> 3));
        };
    }

    private List<Long> packed() {
        TileReader part = inside();
        List<Long> all = new ArrayList<>();
        while (part.at < part.end) all.add(part.varint());
        return all;
    }

    private ReadFeature feature(List<String> keys, List<Object> values) {
        long id = 0;
        int type = 0;
        List<Long> tags = List.of();
        List<Long> commands = List.of();
        while (at < end) {
            int tag = (int) varint();
            switch (tag >> 3) {
                case 1 -> id = varint();
                case 2 -> tags = packed();
                case 3 -> type = (int) varint();
                case 4 -> commands = packed();
                default -> throw new AssertionError("feature field " + (tag >> 3));
            }
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i += 2)
            attributes.put(
                    keys.get(tags.get(i).intValue()), values.get(tags.get(i + 1).intValue()));
        List<int[][]> parts = new ArrayList<>();
        List<Boolean> closed = new ArrayList<>();
        List<int[]> open = new ArrayList<>();
        int x = 0;
        int y = 0;
        for (int i = 0; i < commands.size(); ) {
            int command = commands.get(i++).intValue();
            int count = command >> 3;
            if ((command & 7) == 7) {
                parts.add(open.toArray(int[][]::new));
                closed.add(true);
                open.clear();
                continue;
            }
            for (int n = 0; n < count; n++) {
                if ((command & 7) == 1 && !open.isEmpty()) {
                    parts.add(open.toArray(int[][]::new));
                    closed.add(false);
                    open.clear();
                }
                x += unzigzag(commands.get(i++));
                y += unzigzag(commands.get(i++));
                open.add(new int[] {x, y});
            }
        }
        if (!open.isEmpty()) {
            parts.add(open.toArray(int[][]::new));
            closed.add(false);
        }
        return new ReadFeature(id, type, parts, closed, attributes);
    }

    private static int unzigzag(long value) {
        return (int) (value >>> 1) ^ -(int) (value & 1);
    }
}
