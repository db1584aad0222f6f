package org.anquan.coverage;

import java.util.List;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;

/**
 * The answer to a {@link CircleRequest}. Geometries are lon, lat; people are null where nothing is known of any.
 *
 * @param widest everything within the last band, also where the bands are rings
 */
record CircleAnswer(
        List<Band> bands,
        List<Area> areas,
        Covered covered,
        List<Uncovered> uncovered,
        Accuracy accuracy,
        MultiPolygon widest,
        List<Text> warnings) {

    /**
     * Everything within some minutes, or with rings what the smaller bands leave of it.
     *
     * @param fromMinutes 0, or with rings where the smaller band ends
     * @param people in villages within the band by their exact times
     * @param rasterPeople of the population raster within the band, null where there is none
     */
    record Band(
            int minutes,
            int fromMinutes,
            MultiPolygon geometry,
            double areaSquareMetres,
            int villages,
            @Nullable Long people,
            @Nullable Long rasterPeople) {}

    /** The part of the widest band where this station is first. */
    record Area(
            String facilityId,
            String name,
            int turnoutSeconds,
            MultiPolygon geometry,
            double areaSquareMetres,
            int villages,
            @Nullable Long people,
            @Nullable Long rasterPeople) {}

    /**
     * The widest band in numbers.
     *
     * @param peopleFrom {@code villages}, {@code raster}, or {@code none}
     * @param shareOfPeople of those known, 0 to 1
     * @param villagesPeopleUnknown covered villages whose people nobody knows; they are not in {@code people}
     */
    record Covered(
            String peopleFrom,
            @Nullable Long people,
            @Nullable Long peopleKnownTotal,
            @Nullable Double shareOfPeople,
            double areaSquareMetres,
            int villages,
            int villagesTotal,
            int villagesPeopleUnknown,
            @Nullable RasterShare raster) {}

    /** The same counted on the population raster. */
    record RasterShare(
            String source,
            long people,
            long total,
            @Nullable Double share) {}

    /**
     * A village outside the widest band.
     *
     * @param seconds exact time, or null where there is no way
     * @param nearestFacilityId whose time it is, or null
     * @param reason one of {@code no road within N m}, {@code not connected}, {@code beyond the limit by M min}
     * @param reasonCode {@code no_road}, {@code not_connected} or {@code beyond_limit}
     * @param reasonText the reason in the reader's language
     */
    record Uncovered(
            String id,
            String name,
            @Nullable Long people,
            @Nullable Double seconds,
            @Nullable String nearestFacilityId,
            String reason,
            String reasonCode,
            Text reasonText,
            double lon,
            double lat) {}

    /**
     * How true the map is, measured at sample points and villages: the band that the polygons put a point into against
     * its exact time over the network and a straight walk.
     *
     * @param samples how many points were compared
     * @param sameShare share of them that fell into the same band, 0 to 1
     * @param maxErrorSeconds by how much the worst of the others is on the wrong side
     * @param maxTooEarlySeconds the same where the map promises more than the network holds
     * @param maxTooLateSeconds the same where the map promises less
     * @param villages how many villages were among the points
     * @param villagesOnTheOtherSide villages in another band on the map than by their exact time, which is what counts
     * @param cellMetres of the surface
     */
    record Accuracy(
            int samples,
            double sameShare,
            double maxErrorSeconds,
            double maxTooEarlySeconds,
            double maxTooLateSeconds,
            int villages,
            int villagesOnTheOtherSide,
            double cellMetres) {}
}
