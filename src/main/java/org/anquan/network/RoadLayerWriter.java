package org.anquan.network;

/** Puts the roads of a network into layer {@code road}. */
interface RoadLayerWriter {
    /** @return how many roads there are now */
    long write(HopperNetwork network);
}
