package org.anquan.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.geo.GeometryMend;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.Lineal;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygonal;

/** Checks a feature against its layer's definition, all of it at once, and brings it into the form the store keeps. */
final class FeatureRules {
    private FeatureRules() {}

    /**
     * @param geometry as kept: a multi-part geometry of one part is that part
     * @param attributes as kept, in the order of the definition
     * @param mistakes empty where the feature is fit to be stored
     */
    record Checked(Geometry geometry, Map<String, Object> attributes, List<Mistake> mistakes) {}

    /** @param where put before the name of whatever is wrong */
    static Checked check(
            LayerDefinition layer, String where, Geometry given, Map<String, ? extends @Nullable Object> attributes) {
        return check(layer, where, given, attributes, null);
    }

    /**
     * Derived attributes are worked out. A given value of theirs is refused, unless it is what the formula gives or what
     * stood there before: so what came from an answer of ours may come back.
     *
     * @param where put before the name of whatever is wrong
     * @param before what stands there now; null for nothing
     */
    static Checked check(
            LayerDefinition layer,
            String where,
            Geometry given,
            Map<String, ? extends @Nullable Object> attributes,
            @Nullable Feature before) {
        List<Mistake> mistakes = new ArrayList<>(0);
        Geometry geometry = single(given);
        checkGeometry(layer, where, geometry, mistakes);
        Map<String, Object> kept = new LinkedHashMap<>();
        int known = 0;
        boolean derived = false;
        for (AttributeDefinition attribute : layer.attributes()) {
            Object value = attributes.get(attribute.name());
            if (attributes.containsKey(attribute.name())) known++;
            if (attribute.derivation() != null) {
                derived = true;
                continue;
            }
            if (value != null) {
                AttributeValues.Checked checked = AttributeValues.check(attribute, value);
                if (checked.wrong() != null) {
                    mistakes.add(new Mistake(where + attribute.name(), checked.wrong()));
                    continue;
                }
                if (checked.value() != null) {
                    kept.put(attribute.name(), checked.value());
                    continue;
                }
            }
            if (attribute.required())
                mistakes.add(
                        new Mistake(where + attribute.name(), Text.of("catalog.value.required", attribute.title())));
        }
        if (known < attributes.size()) checkNames(layer, where, attributes, mistakes);
        if (!derived) return new Checked(geometry, kept, mistakes);
        Map<String, Object> whole = DerivedValues.with(layer, kept);
        for (AttributeDefinition attribute : DerivedValues.of(layer)) {
            Object value = attributes.get(attribute.name());
            if (value != null) checkDerived(attribute, where, value, whole, before, mistakes);
        }
        return new Checked(geometry, whole, mistakes);
    }

    private static void checkDerived(
            AttributeDefinition attribute,
            String where,
            Object given,
            Map<String, Object> whole,
            @Nullable Feature before,
            List<Mistake> mistakes) {
        Object derived = whole.get(attribute.name());
        Object value = AttributeValues.check(attribute, given).value();
        if (value != null && DerivedValues.same(value, derived)) return;
        if (value != null && before != null && value.equals(before.get(attribute.name()))) return;
        Derivation how = java.util.Objects.requireNonNull(attribute.derivation());
        Object shown = AttributeValues.shown(given);
        mistakes.add(new Mistake(
                where + attribute.name(),
                derived == null
                        ? Text.of(
                                "catalog.value.derivedUnknown",
                                attribute.title(),
                                how.words(),
                                how.clause(),
                                shown,
                                how.inputs())
                        : Text.of(
                                "catalog.value.derived",
                                attribute.title(),
                                how.words(),
                                how.clause(),
                                shown,
                                how.inputs(),
                                derived)));
    }

    private static void checkNames(
            LayerDefinition layer,
            String where,
            Map<String, ? extends @Nullable Object> attributes,
            List<Mistake> mistakes) {
        List<String> names =
                layer.attributes().stream().map(AttributeDefinition::name).toList();
        attributes.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> mistakes.add(
                        new Mistake(where + name, Text.of("catalog.value.unknownAttribute", name, names))));
    }

    private static Geometry single(Geometry given) {
        return given instanceof GeometryCollection many && many.getNumGeometries() == 1 ? many.getGeometryN(0) : given;
    }

    private static void checkGeometry(LayerDefinition layer, String where, Geometry geometry, List<Mistake> mistakes) {
        String here = where + "geometry";
        if (geometry.isEmpty()) {
            mistakes.add(new Mistake(here, Text.of("catalog.geometry.empty")));
            return;
        }
        if (!fits(geometry, layer.geometry())) {
            Text wanted = TypeNames.name(layer.geometry());
            mistakes.add(new Mistake(here, Text.of("catalog.geometry.kind", wanted, geometry.getGeometryType())));
            return;
        }
        Coordinate off = offGlobe(geometry);
        if (off != null) {
            mistakes.add(new Mistake(here, Text.of("geo.json.offGlobe", off.x, off.y)));
            return;
        }
        if (!(geometry instanceof Point))
            GeometryMend.fault(geometry)
                    .ifPresent(fault -> mistakes.add(new Mistake(here, Text.of("catalog.geometry.invalid", fault))));
    }

    private static boolean fits(Geometry geometry, GeometryKind kind) {
        return switch (kind) {
            case POINT -> geometry instanceof Point;
            case LINE -> geometry instanceof Lineal;
            case POLYGON -> geometry instanceof Polygonal;
        };
    }

    private static @Nullable Coordinate offGlobe(Geometry geometry) {
        if (geometry instanceof Point point) {
            boolean on = Math.abs(point.getX()) <= 180 && Math.abs(point.getY()) <= 90;
            return on ? null : point.getCoordinate();
        }
        Search search = new Search();
        geometry.apply(search);
        return search.found;
    }

    /** Finds the first position that is not on the globe; a number that is not one is not on it either. */
    private static final class Search implements CoordinateSequenceFilter {
        private @Nullable Coordinate found;

        @Override
        public void filter(CoordinateSequence sequence, int i) {
            if (!(Math.abs(sequence.getX(i)) <= 180 && Math.abs(sequence.getY(i)) <= 90))
                found = sequence.getCoordinate(i);
        }

        @Override
        public boolean isDone() {
            return found != null;
        }

        @Override
        public boolean isGeometryChanged() {
            return false;
        }
    }
}
