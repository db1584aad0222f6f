package org.anquan.coverage;

/**
 * How hard the ground of a cell is to walk on: a factor on the walking time, 1 for even open ground, infinite where
 * nobody can walk (water); never below 1. Slope and land cover will come in here; until they are loaded all ground is even.
 */
interface Terrain {
    Terrain EVEN = cell -> 1;

    /** @param cell number of a cell of the {@link SurfaceGrid} */
    float timeFactor(int cell);
}
