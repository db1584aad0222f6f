package org.anquan.catalog;

import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** A load by one prepared statement; the R-tree is filled at its end. */
final class GeoPackageBulk implements Dialect.Bulk {
    private final FeatureInsert features;
    private final RtreeFill rtree;

    GeoPackageBulk(FeatureInsert features, RtreeFill rtree) {
        this.features = features;
        this.rtree = rtree;
    }

    @Override
    public boolean add(long fid, String id, Geometry geometry, Map<String, Object> attributes, @Nullable String extra)
            throws SQLException {
        if (!features.run(fid, id, 1, geometry, attributes, extra)) return false;
        rtree.added(fid, geometry);
        return true;
    }

    @Override
    public void finish(long lastFid) throws SQLException {
        rtree.finish();
    }

    @Override
    public void close() throws SQLException {
        features.close();
    }
}
