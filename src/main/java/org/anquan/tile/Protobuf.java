package org.anquan.tile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the protocol buffers wire format: just what a vector tile needs. */
final class Protobuf {
    private byte[] bytes = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void reset() {
        size = 0;
    }

    private void room(int more) {
        if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }

    void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void number(int field, long value) {
        varint((long) field << 3);
        varint(value);
    }

    void real(int field, double value) {
        varint((long) field << 3 | 1);
        room(8);
        long bits = Double.doubleToLongBits(value);
        for (int i = 0; i < 8; i++) bytes[size++] = (byte) (bits >>> (8 * i));
    }

    void text(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint((long) field << 3 | 2);
        varint(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    void message(int field, Protobuf inside) {
        varint((long) field << 3 | 2);
        varint(inside.size);
        room(inside.size);
        System.arraycopy(inside.bytes, 0, bytes, size, inside.size);
        size += inside.size;
    }

    /** All of another writer's bytes, as they are. */
    void raw(Protobuf other) {
        room(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
    }

    /** The first {@code count} numbers as packed varints. */
    void packed(int field, int[] values, int count, Protobuf scratch) {
        scratch.reset();
        for (int i = 0; i < count; i++) scratch.varint(values[i] & 0xFFFF_FFFFL);
        message(field, scratch);
    }
}
