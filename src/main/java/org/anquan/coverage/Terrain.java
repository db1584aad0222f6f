package org.anquan.coverage;

/**
 * How the ground of a grid is walked on, against even open ground (factor 1). Slopes count in the direction walked, so a
 * factor may be below 1 where it goes gently down.
 */
interface Terrain {
    /** Nobody walks there. */
    float BARRED = Float.POSITIVE_INFINITY;

    Terrain EVEN = new Terrain() {
        @Override
        public boolean open(int cell) {
            return true;
        }

        @Override
        public float step(int from, int to) {
            return 1;
        }

        @Override
        public float piece(int piece, int cell, float metres) {
            return 1;
        }

        @Override
        public float straight(double fromX, double fromY, double toX, double toY) {
            return 1;
        }

        @Override
        public float least() {
            return 1;
        }
    };

    /** Can anybody stand at the centre of this cell? */
    boolean open(int cell);

    /** Factor on the way between the centres of two cells, neighbours or a knight's move apart, away from the road. */
    float step(int from, int to);

    /**
     * Factor on the straight way between a piece of road and the centre of its cell.
     *
     * @param piece number in {@link RoadAccess}
     */
    float piece(int piece, int cell, float metres);

    /**
     * Where the way between the centres of two neighbours first meets a bar, as a share of it; more than 1 where no line
     * is known that bars it.
     */
    default double bar(int from, int to) {
        return 2;
    }

    /** Factor on the whole straight way from a place at the road to another, in metres of the grid. */
    float straight(double fromX, double fromY, double toX, double toY);

    /** No factor is below this. */
    float least();
}
