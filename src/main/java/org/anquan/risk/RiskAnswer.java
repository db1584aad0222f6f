package org.anquan.risk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.process.Provenance;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;

/**
 * The answer of the process as it is written to JSON.
 *
 * @param zones level 1 to 5, only those that there are
 * @param unknown the area where something that counts is not known; without features where all is known
 * @param weights of each hazard, as asked and as it counted
 * @param breaks the limits between the levels
 * @param run id under which the run is kept; null where it was not to be kept
 */
record RiskAnswer(
        String recipe,
        String title,
        Features zones,
        Features unknown,
        Summary summary,
        List<RiskTables.Row> townships,
        List<RiskTables.Row> villages,
        List<Weighted> weights,
        Limits breaks,
        List<RiskTables.Moved> sensitivity,
        @Nullable String run,
        @JsonUnwrapped Provenance provenance,
        @JsonIgnore RiskRun made,
        @JsonIgnore float[] risk,
        @JsonIgnore byte[] levels,
        @JsonIgnore boolean withCells) {

    /** A GeoJSON FeatureCollection. */
    record Features(String type, List<OneFeature> features) {
        static Features of(List<OneFeature> features) {
            return new Features("FeatureCollection", List.copyOf(features));
        }
    }

    record OneFeature(String type, String id, Geometry geometry, Map<String, @Nullable Object> properties) {
        static OneFeature of(String id, Geometry geometry, Map<String, @Nullable Object> properties) {
            return new OneFeature("Feature", id, geometry, properties);
        }
    }

    /**
     * The whole area.
     *
     * @param people null where nobody's home is known
     */
    record Summary(
            double areaSquareMetres,
            @Nullable Long people,
            int cells,
            double cellMetres,
            Map<String, Long> peopleByLevel,
            Map<String, Double> areaByLevel,
            String peopleFrom) {}

    /**
     * @param share how much it counted of the whole; 0 where its weight is 0 or nothing is known of it
     * @param known whether there were data
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Weighted(String id, String title, double weight, double share, boolean known, String source, String mark) {}

    record Limits(String method, List<Double> values, String source, String mark) {}

    static Features zones(RiskRun run, MultiPolygon[] zones, double[] people, double[] areas, int first, int last) {
        List<OneFeature> features = new ArrayList<>();
        for (int level = last; level >= first; level--) {
            if (zones[level].isEmpty()) continue;
            Map<String, @Nullable Object> properties = new LinkedHashMap<>();
            properties.put("level", level == Levels.UNKNOWN ? null : Integer.valueOf(level));
            properties.put("levelName", Levels.name(level).toString());
            properties.put("areaSquareMetres", (double) Math.round(areas[level]));
            properties.put("people", Double.isNaN(people[level]) ? null : Long.valueOf(Math.round(people[level])));
            properties.put("shareOfArea", Math.round(areas[level] / run.grid().totalArea() * 1e4) / 1e4);
            properties.put("colour", Levels.colour(level));
            String id = level == Levels.UNKNOWN ? "unknown" : "level-" + level;
            features.add(OneFeature.of(id, zones[level], properties));
        }
        return Features.of(features);
    }
}
