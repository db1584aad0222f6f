package org.anquan.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.anquan.catalog.Feature;
import org.anquan.catalog.GeometryKind;
import org.anquan.geo.MetricCrs;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Areas that cover one another in a layer where each place belongs to one only: townships, communities, intensity zones.
 * People and square metres there would count twice. Thin strips along a common border come of outlines that were drawn
 * twice, and are not told.
 */
final class OverlapChecks {
    private static final double SQUARE_METRES_OF_HECTARE = 10_000;

    private final Subject subject;
    private final DoctorSettings.Overlaps settings;
    private final Findings findings;

    OverlapChecks(Subject subject, DoctorSettings settings) {
        this.subject = subject;
        this.settings = settings.overlaps();
        this.findings = subject.findings();
    }

    void run() {
        boolean asked = findings.wants(Check.OVERLAP)
                && settings.layers().contains(subject.layer().id());
        if (!asked || !subject.isOf(GeometryKind.POLYGON)) return;
        STRtree index = new STRtree();
        List<Integer> sound = new ArrayList<>();
        for (int i = 0; i < subject.size(); i++) {
            Geometry geometry = subject.feature(i).geometry();
            // What crosses itself has been told, and has no area that could be compared.
            if (!subject.hasPlace(i) || geometry.isEmpty() || !geometry.isValid()) continue;
            index.insert(geometry.getEnvelopeInternal(), i);
            sound.add(i);
        }
        if (sound.isEmpty()) return;
        index.build();
        for (int i : sound) {
            subject.at(i, 0.8, 0.85, Text.of("doctor.progress.geometry"));
            List<Integer> near = new ArrayList<>();
            index.query(subject.feature(i).geometry().getEnvelopeInternal(), item -> near.add((Integer) item));
            Collections.sort(near);
            PreparedGeometry mine = null;
            for (int j : near) {
                if (j <= i || mayOverlap(subject.feature(i), subject.feature(j))) continue;
                if (mine == null)
                    mine = PreparedGeometryFactory.prepare(subject.feature(i).geometry());
                if (mine.intersects(subject.feature(j).geometry())) compare(i, j);
            }
        }
    }

    /** Of different kinds, such as a community and its grid cells; or the same twice, which is told as that. */
    private boolean mayOverlap(Feature a, Feature b) {
        for (String attribute : settings.apart()) if (!Objects.equals(a.get(attribute), b.get(attribute))) return true;
        return a.attributes().equals(b.attributes()) && a.geometry().equalsExact(b.geometry());
    }

    private void compare(int i, int j) {
        Feature a = subject.feature(i);
        Feature b = subject.feature(j);
        MetricCrs metric = MetricCrs.at(subject.lon(i));
        Geometry common = OverlayNGRobust.overlay(a.geometry(), b.geometry(), OverlayNG.INTERSECTION);
        Geometry thick = thick(common, metric);
        if (thick == null) return;
        double area = metric.toMetres(thick).getArea();
        if (area < settings.leastSquareMetres()) return;
        double smaller = Math.min(
                metric.toMetres(a.geometry()).getArea(),
                metric.toMetres(b.geometry()).getArea());
        Text text = Text.of(
                "doctor.overlap",
                b.name(),
                Math.round(10 * area / SQUARE_METRES_OF_HECTARE) / 10.0,
                Math.max(1, Math.round(100 * area / smaller)));
        findings.add(subject.finding(Check.OVERLAP, i, b.id(), text, thick, Subject.told("overlap"), List.of(j)));
    }

    /** Without strips: a part's width is about twice its area by its outline. Null where nothing is left. */
    private @Nullable Geometry thick(Geometry common, MetricCrs metric) {
        List<Geometry> parts = new ArrayList<>();
        for (int i = 0; i < common.getNumGeometries(); i++) {
            Geometry part = common.getGeometryN(i);
            if (part.getDimension() < 2 || part.isEmpty()) continue;
            Geometry metres = metric.toMetres(part);
            if (2 * metres.getArea() / metres.getLength() >= settings.leastWidthMetres()) parts.add(part);
        }
        return parts.isEmpty() ? null : common.getFactory().buildGeometry(parts);
    }
}
