package org.anquan.terrain;

import java.util.Map;
import org.anquan.home.AnquanHome;

/** Terrain data of a folder, with plain settings. */
public final class Rasters {
    private Rasters() {}

    public static TerrainData in(AnquanHome home) {
        return new TerrainData(home, new TerrainSettings(50_000_000, 4, Map.of(10, 3.5, 60, 0.0)));
    }
}
