package org.anquan.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.Feature;
import org.anquan.doctor.ShiftTest.Verdict;
import org.anquan.geo.Distances;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Whether a file was in GCJ-02 or BD-09 and nobody said so: the layer, and each part of it that came in together, is laid
 * on lines whose place is known.
 */
final class ShiftChecks {
    /** Lines to lay a layer on. */
    record Reference(Text title, LineIndex lines) {}

    /** Features that came in together. */
    record Batch(@Nullable Text title, String id, int[] features) {}

    private static final int LISTED_OTHERS = 100;
    /** Smaller outlines stand for one place: a house beside the road. */
    private static final double SMALL_METRES = 500;

    private static final double WALK_METRES = 100;

    private final Subject subject;
    private final Findings findings;
    private final ShiftTest test;
    private final List<Reference> references;
    private final long layerVersion;

    ShiftChecks(Subject subject, DoctorSettings settings, List<Reference> references, long layerVersion) {
        this.subject = subject;
        this.findings = subject.findings();
        this.test = new ShiftTest(settings.shift());
        this.references = references;
        this.layerVersion = layerVersion;
    }

    /** @param loads features by the change that brought them, as far as known */
    void run(List<Batch> loads) {
        if (!findings.wants(Check.SHIFTED) || references.isEmpty()) return;
        int[] all = usable();
        List<Batch> parts = new ArrayList<>();
        for (Batch load : loads) {
            Batch here = new Batch(load.title(), load.id(), usable(load.features()));
            if (here.features().length > 0 && here.features().length < all.length) parts.add(here);
        }
        if (parts.isEmpty()) parts.addAll(bySource(all));
        List<Batch> shifted = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        int covered = 0;
        boolean contradicted = false;
        for (Batch part : parts) {
            subject.stopIfCancelled();
            Optional<Verdict> verdict = verdict(part.features());
            contradicted |= verdict.isPresent() && verdict.get().contradicted();
            if (verdict.isEmpty() || !verdict.get().shifted()) continue;
            shifted.add(part);
            verdicts.add(verdict.get());
            covered += part.features().length;
        }
        subject.stopIfCancelled();
        // What was drawn on the map beside a shifted file is not shifted with it.
        boolean mayBeAll = !contradicted && (shifted.isEmpty() || covered == all.length);
        Optional<Verdict> whole = mayBeAll ? verdict(all) : Optional.empty();
        if (whole.isPresent() && whole.get().shifted()) tell(new Batch(null, "all", all), whole.get());
        else for (int i = 0; i < shifted.size(); i++) tell(shifted.get(i), verdicts.get(i));
    }

    private int[] usable() {
        int[] all = new int[subject.size()];
        for (int i = 0; i < all.length; i++) all[i] = i;
        return usable(all);
    }

    /** What has no place cannot be shifted; what was swapped has lost its trace. */
    private int[] usable(int[] given) {
        return Arrays.stream(given)
                .filter(i -> subject.place(i) == Subject.Place.SOUND)
                .toArray();
    }

    /** Where no change is known to have brought several features, those of one source belong together. */
    private List<Batch> bySource(int[] all) {
        Map<String, List<Integer>> bySource = new LinkedHashMap<>();
        for (int i : all) {
            String source = subject.feature(i).text(CommonAttributes.SOURCE);
            bySource.computeIfAbsent(source == null ? "" : source, key -> new ArrayList<>())
                    .add(i);
        }
        List<Batch> parts = new ArrayList<>();
        if (bySource.size() < 2) return parts;
        bySource.forEach((source, members) -> parts.add(new Batch(
                source.isEmpty() ? Text.of("doctor.shift.noSource") : Text.of("doctor.shift.source", source),
                "source-" + Integer.toHexString(source.hashCode()),
                members.stream().mapToInt(Integer::intValue).toArray())));
        return parts;
    }

    /** Sure where one kind of line is sure and none speaks against it. */
    private Optional<Verdict> verdict(int[] part) {
        double[] lonLat = places(part);
        Verdict best = null;
        boolean contradicted = false;
        for (Reference reference : references) {
            Optional<Verdict> verdict = test.of(lonLat, reference.lines());
            if (verdict.isEmpty()) continue;
            contradicted |= verdict.get().contradicted();
            if (best == null
                    || verdict.get().standardErrors() > best.standardErrors()
                            && verdict.get().shifted()) best = verdict.get();
        }
        if (best == null) return Optional.empty();
        return contradicted && best.shifted() ? Optional.empty() : Optional.of(best);
    }

    private void tell(Batch part, Verdict verdict) {
        Envelope box = new Envelope();
        List<String> ids = new ArrayList<>();
        List<Feature> features = new ArrayList<>();
        for (int i : part.features()) {
            Feature feature = subject.feature(i);
            features.add(feature);
            box.expandToInclude(feature.geometry().getEnvelopeInternal());
            if (ids.size() < LISTED_OTHERS) ids.add(feature.id());
        }
        Object[] values = {
            features.size(),
            verdict.datum().id(),
            Math.round(verdict.movedMetres()),
            Math.round(verdict.metresBefore()),
            Math.round(verdict.metresAfter()),
            verdict.places()
        };
        Coordinate middle = box.centre();
        findings.add(
                new Finding(
                        Check.SHIFTED.id() + ":" + part.id() + "@" + layerVersion,
                        Check.SHIFTED,
                        Check.SHIFTED.severity(),
                        null,
                        (part.title() == null ? subject.layer().title() : part.title()).toString(),
                        new Text("doctor.shifted", List.of(values)),
                        middle.x,
                        middle.y,
                        Subject.box(box),
                        null,
                        Subject.safe("unshift", verdict.datum().id()),
                        ids,
                        features.size()),
                () -> features.stream()
                        .map(feature ->
                                FeatureMend.move(feature, Moves.withoutShift(feature.geometry(), verdict.datum())))
                        .toList());
        for (int i : part.features())
            subject.correct(i, Moves.withoutShift(subject.feature(i).geometry(), verdict.datum()));
    }

    // Places along lines and outlines

    private double[] places(int[] part) {
        Places places = new Places();
        for (int i : part) {
            Geometry geometry = subject.feature(i).geometry();
            if (isSmall(geometry)) places.add(subject.lon(i), subject.lat(i));
            else places.along(geometry);
        }
        return Arrays.copyOf(places.lonLat, places.size);
    }

    private static boolean isSmall(Geometry geometry) {
        return geometry.getLength() < SMALL_METRES / 111_000;
    }

    /** Of geometries without anything around them: one each hundred metres along lines and outlines. */
    static double[] places(List<Geometry> geometries) {
        Places places = new Places();
        for (Geometry geometry : geometries) {
            if (!isSmall(geometry)) places.along(geometry);
            else
                places.add(geometry.getCentroid().getX(), geometry.getCentroid().getY());
        }
        return Arrays.copyOf(places.lonLat, places.size);
    }

    private static final class Places {
        private double[] lonLat = new double[1024];
        private int size;

        void add(double lon, double lat) {
            if (size + 2 > lonLat.length) lonLat = Arrays.copyOf(lonLat, lonLat.length * 2);
            lonLat[size++] = lon;
            lonLat[size++] = lat;
        }

        void along(Geometry geometry) {
            for (int g = 0; g < geometry.getNumGeometries(); g++) {
                Geometry part = geometry.getGeometryN(g);
                if (part instanceof LineString line) along(line.getCoordinates());
                if (part instanceof Polygon polygon) {
                    along(polygon.getExteriorRing().getCoordinates());
                    for (int r = 0; r < polygon.getNumInteriorRing(); r++) {
                        LinearRing hole = polygon.getInteriorRingN(r);
                        along(hole.getCoordinates());
                    }
                }
            }
        }

        /** One each hundred metres. */
        private void along(Coordinate[] line) {
            double left = WALK_METRES / 2;
            for (int i = 1; i < line.length; i++) {
                Coordinate a = line[i - 1];
                Coordinate b = line[i];
                double metres = Distances.metres(a.x, a.y, b.x, b.y);
                double walked = left;
                while (walked < metres) {
                    add(a.x + (b.x - a.x) * walked / metres, a.y + (b.y - a.y) * walked / metres);
                    walked += WALK_METRES;
                }
                left = walked - metres;
            }
        }
    }
}
