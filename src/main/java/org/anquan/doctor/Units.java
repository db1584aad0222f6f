package org.anquan.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * The administrative units that are known: their codes (GB/T 2260 six digits, with the township's three more after GB/T
 * 10114, twelve with the village's), names and areas.
 */
final class Units {
    /** Digits of a district's, a township's, a village's code. */
    private static final List<Integer> LENGTHS = List.of(6, 9, 12);

    /**
     * One unit with an area.
     *
     * @param code null where it has none, or that of the unit above it
     */
    record Unit(
            String layer, String id, String name, @Nullable String code, Outline area) {}

    private final Map<Integer, Set<String>> codes = new HashMap<>();
    private final Map<String, List<Unit>> byCode = new HashMap<>();
    private final Map<String, List<Unit>> byName = new HashMap<>();
    /** By layer, the smallest units first. */
    private final List<STRtree> areas = new ArrayList<>();

    /** @param snapshots of layers with areas, the largest units first, then of layers with codes alone */
    Units(List<LayerSnapshot> areaLayers, List<LayerSnapshot> codeLayers) {
        Set<String> taken = new HashSet<>();
        for (LayerSnapshot layer : areaLayers) {
            STRtree tree = new STRtree();
            Set<String> here = new HashSet<>();
            Set<String> twice = new HashSet<>();
            for (Feature feature : layer.features()) {
                String code = codeOf(feature);
                if (code != null && !here.add(code)) twice.add(code);
            }
            for (Feature feature : layer.features()) {
                String code = codeOf(feature);
                // Many units under one code: it is the code of the unit that holds them all.
                if (code != null && (twice.contains(code) || taken.contains(code))) code = null;
                if (code != null) addCode(code);
                if (!(feature.geometry() instanceof Polygonal)
                        || feature.geometry().isEmpty()) continue;
                Outline area = Outline.of(List.of(feature));
                if (area == null) continue;
                Unit unit = new Unit(layer.definition().id(), feature.id(), feature.name(), code, area);
                tree.insert(area.box(), unit);
                if (code != null)
                    byCode.computeIfAbsent(code, key -> new ArrayList<>()).add(unit);
                byName.computeIfAbsent(layer.definition().id() + "/" + feature.name(), key -> new ArrayList<>())
                        .add(unit);
            }
            taken.addAll(here);
            tree.build();
            areas.add(0, tree);
        }
        for (LayerSnapshot layer : codeLayers)
            for (Feature feature : layer.features()) {
                String code = codeOf(feature);
                if (code != null && code.length() == 12) addCode(code);
            }
    }

    private static @Nullable String codeOf(Feature feature) {
        String code = feature.text(CommonAttributes.ADMIN_CODE);
        return code == null ? null : plain(code);
    }

    private void addCode(String code) {
        codes.computeIfAbsent(code.length(), length -> new HashSet<>()).add(code);
    }

    /** 510802000000 is 510802; null for what is no code. */
    static @Nullable String plain(String given) {
        String code = given.strip();
        if (!code.matches("[0-9]{6}|[0-9]{9}|[0-9]{12}")) return null;
        if (code.length() == 12 && code.endsWith("000")) code = code.substring(0, 9);
        if (code.length() == 9 && code.endsWith("000")) code = code.substring(0, 6);
        return code;
    }

    boolean knowsCodes() {
        return !codes.isEmpty();
    }

    /** Whether a unit has this code; or, where no codes of that length are known at all, one above it has its front. */
    boolean isKnown(String plainCode) {
        for (int at = LENGTHS.indexOf(plainCode.length()); at >= 0; at--) {
            Set<String> known = codes.get(LENGTHS.get(at));
            if (known != null) return known.contains(plainCode.substring(0, LENGTHS.get(at)));
        }
        // Only smaller units are known: one of them must lie in it.
        return codes.values().stream().flatMap(Set::stream).anyMatch(code -> code.startsWith(plainCode));
    }

    /** The units with this code, or with its front, the most exact. */
    List<Unit> withCode(String plainCode) {
        for (int at = LENGTHS.indexOf(plainCode.length()); at >= 0; at--) {
            List<Unit> found = byCode.get(plainCode.substring(0, LENGTHS.get(at)));
            if (found != null) return found;
        }
        return List.of();
    }

    List<Unit> named(String layer, String name) {
        return byName.getOrDefault(layer + "/" + name, List.of());
    }

    /** The smallest unit with a code that holds the place; null where there is none. */
    @Nullable
    Unit at(double lon, double lat) {
        return at(lon, lat, null);
    }

    /** @param layer only units of this one; null for all with a code */
    @Nullable
    Unit at(double lon, double lat, @Nullable String layer) {
        Envelope here = new Envelope(lon, lon, lat, lat);
        for (STRtree tree : areas) {
            List<Unit> near = new ArrayList<>();
            tree.query(here, item -> near.add((Unit) item));
            for (Unit unit : near) {
                boolean asked =
                        layer == null ? unit.code() != null : unit.layer().equals(layer);
                if (asked && unit.area().contains(lon, lat)) return unit;
            }
        }
        return null;
    }
}
