package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.shape.fractal.HilbertCode;

/**
 * Collects the boxes of a load in primitive arrays and writes them into the R-tree at its end, in the order of a Hilbert
 * curve: neighbours in a row land in the same node, which is quicker to write and to search than the order of the file.
 */
final class RtreeFill {
    private static final int HILBERT_LEVEL = 16;

    private final Connection connection;
    private final String insert;
    private final Collection<String> triggers;
    private long[] fids = new long[1024];
    private double[] boxes = new double[4096];
    private int count;

    /**
     * @param insert the statement that takes fid, min x, max x, min y, max y
     * @param triggers what makes the triggers that were taken off for the load
     */
    RtreeFill(Connection connection, String insert, Collection<String> triggers) {
        this.connection = connection;
        this.insert = insert;
        this.triggers = triggers;
    }

    void added(long fid, Geometry geometry) {
        if (count == fids.length) {
            fids = Arrays.copyOf(fids, 2 * count);
            boxes = Arrays.copyOf(boxes, 8 * count);
        }
        Envelope box = geometry.getEnvelopeInternal();
        fids[count] = fid;
        boxes[4 * count] = box.getMinX();
        boxes[4 * count + 1] = box.getMaxX();
        boxes[4 * count + 2] = box.getMinY();
        boxes[4 * count + 3] = box.getMaxY();
        count++;
    }

    void finish() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (long key : alongCurve()) {
                int i = (int) key;
                statement.setLong(1, fids[i]);
                for (int side = 0; side < 4; side++) statement.setDouble(side + 2, boxes[4 * i + side]);
                statement.executeUpdate();
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String trigger : triggers) statement.execute(trigger);
        }
    }

    /** Curve position in the upper half of each key, index in the lower. */
    private long[] alongCurve() {
        double side = (1 << HILBERT_LEVEL) - 1;
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            double lon = (boxes[4 * i] + boxes[4 * i + 1]) / 2;
            double lat = (boxes[4 * i + 2] + boxes[4 * i + 3]) / 2;
            int code = HilbertCode.encode(
                    HILBERT_LEVEL, (int) ((lon + 180) / 360 * side), (int) ((lat + 90) / 180 * side));
            keys[i] = ((long) code << 32) | i;
        }
        Arrays.sort(keys);
        return keys;
    }
}
