package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/** Keeps a layer's count, box and times in step while a change set adds and removes features. */
final class Tally {
    private final Dialect dialect;
    private final Connection connection;
    private final LayerDefinition layer;
    private final long version;
    private final Envelope box = new Envelope();
    private long count;
    private long illustrative;
    private @Nullable Instant asOf;
    private boolean boxMayShrink;
    private boolean asOfMayFall;

    Tally(Dialect dialect, Connection connection, LayerDefinition layer) throws SQLException {
        this.dialect = dialect;
        this.connection = connection;
        this.layer = layer;
        LayerState before = new FeatureReads(dialect, connection, layer).state();
        version = before.version() + 1;
        count = before.count();
        asOf = before.asOf();
        if (before.bbox() != null) box.expandToInclude(before.bbox().envelope());
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT illustrative FROM anquan_layer WHERE layer = ?")) {
            statement.setString(1, layer.id());
            try (ResultSet row = statement.executeQuery()) {
                illustrative = row.next() ? row.getLong(1) : 0;
            }
        }
    }

    LayerDefinition layer() {
        return layer;
    }

    /** The version that the layer gets by this change set. */
    long version() {
        return version;
    }

    long count() {
        return count;
    }

    void added(Feature feature) {
        count++;
        box.expandToInclude(feature.geometry().getEnvelopeInternal());
        if (Boolean.TRUE.equals(feature.get(CommonAttributes.ILLUSTRATIVE))) illustrative++;
        if (feature.get(CommonAttributes.OBSERVED_AT) instanceof Instant observed
                && (asOf == null || observed.isAfter(asOf))) asOf = observed;
    }

    void removed(Feature feature) {
        count--;
        Envelope gone = feature.geometry().getEnvelopeInternal();
        boxMayShrink |= gone.getMinX() <= box.getMinX()
                || gone.getMaxX() >= box.getMaxX()
                || gone.getMinY() <= box.getMinY()
                || gone.getMaxY() >= box.getMaxY();
        if (Boolean.TRUE.equals(feature.get(CommonAttributes.ILLUSTRATIVE))) illustrative--;
        asOfMayFall |= asOf != null && asOf.equals(feature.get(CommonAttributes.OBSERVED_AT));
    }

    void emptied() {
        count = 0;
        illustrative = 0;
        box.setToNull();
        asOf = null;
        boxMayShrink = false;
        asOfMayFall = false;
    }

    LayerState write(Instant now) throws SQLException {
        if (asOfMayFall) asOf = newestObservation();
        Bbox extent;
        if (boxMayShrink) extent = dialect.extent(connection, layer.id()).orElse(null);
        else extent = box.isNull() ? null : Bbox.of(box);
        LayerState state = new LayerState(layer.id(), version, count, extent, asOf, now, illustrative > 0);
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE anquan_layer SET version = ?, features = ?, west = ?, south = ?, east = ?, north = ?,"
                        + " as_of = ?, changed_at = ?, illustrative = ? WHERE layer = ?")) {
            statement.setLong(1, version);
            statement.setLong(2, count);
            statement.setObject(3, extent == null ? null : extent.west());
            statement.setObject(4, extent == null ? null : extent.south());
            statement.setObject(5, extent == null ? null : extent.east());
            statement.setObject(6, extent == null ? null : extent.north());
            statement.setObject(7, asOf == null ? null : dialect.toColumn(asOf));
            statement.setObject(8, dialect.toColumn(now));
            statement.setLong(9, illustrative);
            statement.setString(10, layer.id());
            statement.executeUpdate();
        }
        dialect.keepContents(connection, state);
        return state;
    }

    private @Nullable Instant newestObservation() throws SQLException {
        String column = dialect.quoted(CommonAttributes.OBSERVED_AT);
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT max(" + column + ") FROM " + dialect.quoted(layer.id()));
                ResultSet row = statement.executeQuery()) {
            return row.next() ? (Instant) dialect.fromColumn(row, 1, AttributeType.TIME) : null;
        }
    }
}
