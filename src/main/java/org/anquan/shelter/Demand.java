package org.anquan.shelter;

import java.util.ArrayList;
import java.util.List;
import org.anquan.population.Residents;
import org.anquan.population.Residents.Group;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;

/**
 * Who needs a place: a share of everybody, or under a scenario with flooded or burning areas all who are inside them.
 *
 * @param share of the people that is taken
 * @param threatenedOnly whether only people inside the scenario's areas count
 */
record Demand(List<One> all, Residents.Answer people, double share, boolean threatenedOnly, List<Text> warnings) {
    /**
     * People of one place who need a place to go to.
     *
     * @param people all who are there; null where unknown
     * @param need of them
     * @param elderly of those in need
     * @param needHelp of those in need who cannot walk alone
     * @param inside the scenario's areas
     */
    record One(
            Group group,
            @Nullable String township,
            @Nullable Long people,
            long need,
            long elderly,
            long needHelp,
            boolean inside) {}

    static Demand of(
            Residents.Answer people,
            Townships townships,
            List<Geometry> threatened,
            @Nullable Double share,
            Norm usual) {
        boolean only = !threatened.isEmpty();
        double part = share != null ? share : only ? 1 : usual.value();
        List<Area> areas = threatened.stream().map(Area::new).toList();
        List<One> all = new ArrayList<>();
        long unknownElderly = 0;
        for (Group group : people.groups()) {
            boolean inside = areas.stream().anyMatch(area -> area.holds(group.lon(), group.lat()));
            boolean counts = group.people() != null && (!only || inside);
            long there = group.people() == null ? 0 : group.people();
            long need = counts ? (long) Math.ceil(there * part - 1e-9) : 0;
            if (counts && group.elderly() == null) unknownElderly++;
            all.add(new One(
                    group,
                    townships.of(group.township(), group.lon(), group.lat()),
                    group.people(),
                    need,
                    counts && group.elderly() != null ? Math.min(need, Math.round(group.elderly() * part)) : 0,
                    counts && group.needHelp() != null ? Math.min(need, Math.round(group.needHelp() * part)) : 0,
                    inside));
        }
        List<Text> warnings = new ArrayList<>(people.warnings());
        if (people.unknown() > 0) warnings.add(Text.of("shelter.warn.peopleUnknown", people.unknown()));
        if (unknownElderly > 0) warnings.add(Text.of("shelter.warn.elderlyUnknown", unknownElderly));
        if (only && all.stream().noneMatch(One::inside)) warnings.add(Text.of("shelter.warn.nobodyThreatened"));
        return new Demand(all, people, part, only, warnings);
    }

    long need() {
        return all.stream().mapToLong(One::need).sum();
    }

    /** An area that a scenario threatens. */
    static final class Area {
        private final Geometry geometry;
        private final IndexedPointInAreaLocator inside;

        Area(Geometry geometry) {
            this.geometry = geometry;
            inside = new IndexedPointInAreaLocator(geometry);
        }

        boolean holds(double lon, double lat) {
            Coordinate at = new Coordinate(lon, lat);
            return geometry.getEnvelopeInternal().contains(at) && inside.locate(at) != Location.EXTERIOR;
        }
    }
}
