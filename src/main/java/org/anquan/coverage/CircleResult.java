package org.anquan.coverage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.coverage.CircleAnswer.Accuracy;
import org.anquan.coverage.CircleAnswer.Backup;
import org.anquan.coverage.CircleAnswer.Covered;
import org.anquan.coverage.CircleAnswer.ListedOutside;
import org.anquan.coverage.CircleAnswer.TownshipRow;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.process.Provenance;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** The answer of the process as it is written to JSON. */
record CircleResult(
        Features bands,
        Features areas,
        Covered covered,
        List<Uncovered> uncovered,
        Accuracy accuracy,
        List<TownshipRow> townships,
        List<ListedOutside> lists,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Backup backup,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<KindResult> kinds,
        @JsonUnwrapped Provenance provenance,
        @JsonIgnore TravelSurface surface) {

    static CircleResult of(CircleAnswer answer, Provenance provenance) {
        return new CircleResult(
                bands(answer),
                areas(answer),
                answer.covered(),
                answer.uncovered(),
                answer.accuracy(),
                answer.townships(),
                answer.listed(),
                answer.backup(),
                answer.kinds().stream().map(KindResult::of).toList(),
                provenance,
                answer.surface());
    }

    /** The same as a side of a comparison has it. */
    Side whole() {
        return new Side(bands, areas, covered, uncovered, accuracy, townships, lists, backup, kinds, surface);
    }

    /** One of several kinds for itself; its villages outside are told with the whole. */
    record KindResult(
            String id,
            String title,
            Features bands,
            Features areas,
            Covered covered,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Backup backup) {
        static KindResult of(CircleAnswer.OfKind kind) {
            return new KindResult(
                    kind.id(),
                    kind.title(),
                    CircleResult.bands(kind.answer()),
                    CircleResult.areas(kind.answer()),
                    kind.answer().covered(),
                    kind.answer().backup());
        }
    }

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

    static Features bands(CircleAnswer answer) {
        List<OneFeature> features = new ArrayList<>();
        // The widest first, so that a map drawing in order keeps the near ones on top.
        for (int b = answer.bands().size() - 1; b >= 0; b--) {
            CircleAnswer.Band band = answer.bands().get(b);
            Map<String, @Nullable Object> properties = new LinkedHashMap<>();
            properties.put("minutes", band.minutes());
            if (band.fromMinutes() > 0) properties.put("fromMinutes", band.fromMinutes());
            properties.put("people", people(answer.covered(), band.people(), band.rasterPeople()));
            properties.put("areaSquareMetres", band.areaSquareMetres());
            properties.put("villages", band.villages());
            if (band.rasterPeople() != null) properties.put("rasterPeople", band.rasterPeople());
            properties.putAll(band.groups());
            features.add(OneFeature.of("m" + band.minutes(), band.geometry(), properties));
        }
        return Features.of(features);
    }

    private static Features areas(CircleAnswer answer) {
        List<OneFeature> features = new ArrayList<>();
        for (CircleAnswer.Area area : answer.areas()) {
            Map<String, @Nullable Object> properties = new LinkedHashMap<>();
            properties.put("facilityId", area.facilityId());
            properties.put("name", area.name());
            properties.put("people", people(answer.covered(), area.people(), area.rasterPeople()));
            properties.put("areaSquareMetres", area.areaSquareMetres());
            properties.put("villages", area.villages());
            properties.put("turnoutSeconds", area.turnoutSeconds());
            if (area.rasterPeople() != null) properties.put("rasterPeople", area.rasterPeople());
            features.add(OneFeature.of(area.facilityId(), area.geometry(), properties));
        }
        return Features.of(features);
    }

    private static @Nullable Long people(Covered from, @Nullable Long villages, @Nullable Long raster) {
        return from.peopleFrom().equals("raster") ? raster : villages;
    }

    /** Two answers beside each other. */
    record Compared(
            Side before,
            Side after,
            Difference difference,
            @JsonUnwrapped Provenance provenance) {}

    /** One of two answers. */
    record Side(
            Features bands,
            Features areas,
            Covered covered,
            List<Uncovered> uncovered,
            Accuracy accuracy,
            List<TownshipRow> townships,
            List<ListedOutside> lists,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Backup backup,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<KindResult> kinds,
            @JsonIgnore TravelSurface surface) {
        static Side of(CircleAnswer answer) {
            return new Side(
                    CircleResult.bands(answer),
                    CircleResult.areas(answer),
                    answer.covered(),
                    answer.uncovered(),
                    answer.accuracy(),
                    answer.townships(),
                    answer.listed(),
                    answer.backup(),
                    answer.kinds().stream().map(KindResult::of).toList(),
                    answer.surface());
        }
    }

    /**
     * What changed in the widest band: after minus before.
     *
     * @param gainedVillages outside before, inside after, as they were before
     * @param lostVillages inside before, outside after, as they are after
     * @param changed the ground gained and lost, property {@code change}: {@code gained} or {@code lost}
     */
    record Difference(
            @Nullable Long people,
            double areaSquareMetres,
            int villages,
            List<Uncovered> gainedVillages,
            List<Uncovered> lostVillages,
            Features changed) {}
}
