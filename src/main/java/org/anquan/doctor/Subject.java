package org.anquan.doctor;

import java.util.ArrayList;
import java.util.List;
import org.anquan.catalog.Feature;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.problem.Text;
import org.anquan.process.Progress;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/**
 * The features under examination. Each has one place that stands for it; a check that finds a place wrong says so, so
 * that the checks after it do not blame the same mistake once more: they look where the feature belongs.
 */
final class Subject {
    /** What is known of a feature's place. */
    enum Place {
        /** Nothing speaks against it. */
        SOUND,
        /** Wrong, but it is known where it belongs: there the other checks look. */
        CORRECTED,
        /** Wrong, and nobody knows where it belongs. */
        LOST
    }

    private static final int BREATH = 4095;

    private final LayerDefinition layer;
    private final List<Feature> features;
    private final double[] lon;
    private final double[] lat;
    private final Place[] places;
    private final Findings findings;
    private final Progress progress;

    Subject(LayerDefinition layer, List<Feature> features, Findings findings, Progress progress) {
        this.layer = layer;
        this.features = features;
        this.findings = findings;
        this.progress = progress;
        int count = features.size();
        lon = new double[count];
        lat = new double[count];
        places = new Place[count];
        for (int i = 0; i < count; i++) {
            places[i] = Place.SOUND;
            stand(i, features.get(i).geometry());
        }
    }

    private void stand(int i, Geometry geometry) {
        if (geometry.isEmpty()) {
            lon[i] = lat[i] = Double.NaN;
        } else if (geometry instanceof Point point) {
            lon[i] = point.getX();
            lat[i] = point.getY();
        } else {
            Point inside = inside(geometry);
            lon[i] = inside.getX();
            lat[i] = inside.getY();
        }
    }

    private static Point inside(Geometry geometry) {
        try {
            return geometry.getInteriorPoint();
        } catch (RuntimeException crossingRings) {
            return geometry.getFactory().createPoint(geometry.getCoordinate());
        }
    }

    LayerDefinition layer() {
        return layer;
    }

    boolean isOf(GeometryKind kind) {
        return layer.geometry() == kind;
    }

    int size() {
        return features.size();
    }

    Feature feature(int i) {
        return features.get(i);
    }

    double lon(int i) {
        return lon[i];
    }

    double lat(int i) {
        return lat[i];
    }

    Place place(int i) {
        return places[i];
    }

    boolean hasPlace(int i) {
        return places[i] != Place.LOST;
    }

    /** The place of this feature is wrong. */
    void lose(int i) {
        places[i] = Place.LOST;
    }

    /** The place of this feature is wrong; it belongs here. */
    void correct(int i, Geometry geometry) {
        places[i] = Place.CORRECTED;
        stand(i, geometry);
    }

    Findings findings() {
        return findings;
    }

    /** Says how far the examination is, every few thousand features, and ends it when somebody asked to stop. */
    void at(int i, double from, double to, Text what) {
        if ((i & BREATH) != 0) return;
        progress.stopIfCancelled();
        progress.report(from + (to - from) * i / Math.max(1, size()), what);
    }

    void stopIfCancelled() {
        progress.stopIfCancelled();
    }

    // Findings

    /** Nobody does it but a person. */
    static Finding.Mend told(String key, Object... values) {
        return new Finding.Mend(Text.of("doctor.mend." + key, values), false);
    }

    static Finding.Mend safe(String key, Object... values) {
        return new Finding.Mend(Text.of("doctor.mend." + key, values), true);
    }

    Finding finding(Check check, int i, Text text, Finding.@Nullable Mend mend) {
        return finding(check, i, "", text, null, mend, List.of());
    }

    /** @param part tells findings of one check about one feature apart */
    Finding finding(
            Check check,
            int i,
            String part,
            Text text,
            @Nullable Geometry geometry,
            Finding.@Nullable Mend mend,
            List<Integer> others) {
        Feature feature = features.get(i);
        StringBuilder id = new StringBuilder(check.id()).append(':').append(feature.id());
        id.append('@').append(feature.version());
        if (!part.isEmpty()) id.append(':').append(part);
        List<String> ids = new ArrayList<>(others.size());
        long versions = 0;
        Envelope box = new Envelope(feature.geometry().getEnvelopeInternal());
        for (int other : others) {
            Feature one = features.get(other);
            ids.add(one.id());
            versions = 31 * versions + (one.id() + "@" + one.version()).hashCode();
            box.expandToInclude(one.geometry().getEnvelopeInternal());
        }
        if (!others.isEmpty()) id.append(":+").append(Long.toHexString(versions));
        boolean known = Double.isFinite(lon[i]) && Double.isFinite(lat[i]);
        Point own = feature.geometry() instanceof Point point && !point.isEmpty() ? point : null;
        return new Finding(
                id.toString(),
                check,
                check.severity(),
                feature.id(),
                feature.name(),
                text,
                own != null ? finite(own.getX()) : known ? Double.valueOf(lon[i]) : null,
                own != null ? finite(own.getY()) : known ? Double.valueOf(lat[i]) : null,
                box(box),
                geometry,
                mend,
                ids,
                1 + ids.size());
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }

    /** Null where it is empty or not on the globe. */
    static @Nullable List<Double> box(Envelope box) {
        if (box.isNull() || !Double.isFinite(box.getWidth()) || !Double.isFinite(box.getHeight())) return null;
        return List.of(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY());
    }
}
