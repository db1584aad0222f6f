package org.anquan.coverage;

import java.util.List;
import java.util.Map;
import org.anquan.catalog.Title;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;

/**
 * The answer to a {@link Question}. Geometries are lon, lat; people are null where nothing is known of any.
 *
 * @param listed layers whose places are told where help does not reach them
 * @param townships one row a township, worst first; empty where villages name none and no layer holds any
 * @param backup who covers when the first is out, or null where it was not asked
 * @param kinds each kind for itself, or empty where only one was asked
 * @param widest everything within the last band, also where the bands are rings
 * @param surface what the map was drawn from
 */
record CircleAnswer(
        List<Band> bands,
        List<Area> areas,
        Covered covered,
        List<Uncovered> uncovered,
        Accuracy accuracy,
        List<ListedOutside> listed,
        List<TownshipRow> townships,
        @Nullable Backup backup,
        List<OfKind> kinds,
        MultiPolygon widest,
        TravelSurface surface,
        List<Text> warnings) {

    /** Ground that the widest band gains and loses from this answer to another. */
    Contours.Change changeTo(CircleAnswer after) {
        int limitMillis = bands.get(bands.size() - 1).minutes() * 60_000;
        int limitAfter = after.bands.get(after.bands.size() - 1).minutes() * 60_000;
        if (limitMillis == limitAfter && surface.grid.same(after.surface.grid))
            return Contours.change(surface, after.surface, limitMillis);
        return Contours.change(widest, after.widest);
    }

    /**
     * Everything within some minutes, or with rings what the smaller bands leave of it.
     *
     * @param fromMinutes 0, or with rings where the smaller band ends
     * @param people in villages within the band by their exact times
     * @param rasterPeople of the population raster within the band, null where there is none
     * @param groups people by group in those villages that know it
     */
    record Band(
            int minutes,
            int fromMinutes,
            MultiPolygon geometry,
            double areaSquareMetres,
            int villages,
            @Nullable Long people,
            @Nullable Long rasterPeople,
            Map<String, Long> groups) {}

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
     * @param groups people by age or need, where villages know them
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
            @Nullable RasterShare raster,
            List<Group> groups) {}

    /** The same counted on the population raster. */
    record RasterShare(
            String source,
            long people,
            long total,
            @Nullable Double share) {}

    /**
     * One group of people in the widest band.
     *
     * @param villagesUnknown villages that do not know it; they are in neither number
     */
    record Group(
            String id,
            Title title,
            long people,
            long total,
            @Nullable Double share,
            int villagesUnknown) {}

    /**
     * Why help does not come in time.
     *
     * @param seconds exact time, or null where there is no way
     * @param facilityId whose time it is, or null
     * @param secondsWithoutClosures how long it would take if the scenario closed and slowed nothing, null where that is
     *     the same or no way either
     * @param reason in English, one of {@code no road within N m}, {@code not connected}, {@code cut off by closures},
     *     {@code way on foot barred}, {@code beyond the limit by M min}
     * @param reasonCode {@code no_road}, {@code not_connected}, {@code cut_off}, {@code barred}, {@code beyond_limit} or
     *     {@code kinds}
     * @param reasonText the reason in the reader's language
     */
    record Gap(
            @Nullable Double seconds,
            @Nullable String facilityId,
            @Nullable Double secondsWithoutClosures,
            String reason,
            String reasonCode,
            Text reasonText) {}

    /**
     * A village outside the widest band.
     *
     * @param nearestFacilityId whose time it is, or null
     * @param missing with several kinds: which of them come too late, and why
     */
    record Uncovered(
            String id,
            String name,
            @Nullable Long people,
            @Nullable Double seconds,
            @Nullable String nearestFacilityId,
            @Nullable Double secondsWithoutClosures,
            String reason,
            String reasonCode,
            Text reasonText,
            @Nullable String township,
            double lon,
            double lat,
            List<Missing> missing) {}

    /** A kind that comes too late. */
    record Missing(String kind, String title, @Nullable Double seconds, String reasonCode, Text reasonText) {}

    /**
     * Places of one layer.
     *
     * @param outside how many of the total lie outside the widest band; {@code places} holds the first of them
     * @param people there or threatened outside, where known
     */
    record ListedOutside(
            String layer,
            Title title,
            String group,
            int total,
            int outside,
            @Nullable Long people,
            List<Uncovered> places) {}

    /**
     * A township.
     *
     * @param id of the feature in the township layer, or null where only villages name it
     * @param people known in all its villages
     * @param areaSquareMetres counted in cells of the surface, null without an outline
     * @param latestSeconds the latest village that is reached at all, or null
     * @param reasons how many of its villages are outside, by reason
     */
    record TownshipRow(
            @Nullable String id,
            String name,
            int villages,
            int villagesCovered,
            int villagesPeopleUnknown,
            long people,
            long peopleCovered,
            long peopleUncovered,
            @Nullable Double shareOfPeople,
            @Nullable Double areaSquareMetres,
            @Nullable Double coveredSquareMetres,
            @Nullable Double latestSeconds,
            @Nullable String latestVillage,
            Map<String, Integer> reasons,
            Map<String, Long> groupsCovered,
            Map<String, Long> groupsTotal) {}

    /**
     * Who covers when the first is out.
     *
     * @param people known in villages that have a second station in time
     * @param peopleWithout known in villages that only the first reaches in time
     * @param stations what is lost when each is out, the greatest loss first
     * @param villages those without a second in time, most people first
     * @param nearest the two nearest stations of every village that one reaches in time: first those that have no second
     *     in time, most people first
     */
    record Backup(
            long people,
            long peopleWithout,
            int villagesWithout,
            List<StationOut> stations,
            List<VillageStations> villages,
            List<VillageStations> nearest) {}

    /**
     * A station that is out.
     *
     * @param people for whom it is the first, villages likewise
     * @param losesPeople who then nobody reaches in time
     * @param takenOverBy who covers the others, most people first
     */
    record StationOut(
            String facilityId,
            String name,
            long people,
            int villages,
            long losesPeople,
            int losesVillages,
            List<TakenOver> takenOverBy) {}

    record TakenOver(String facilityId, String name, long people, int villages) {}

    /**
     * The two nearest stations of a village.
     *
     * @param secondSeconds of the second nearest station, null where there is none
     */
    record VillageStations(
            String id,
            String name,
            @Nullable Long people,
            String firstFacilityId,
            double firstSeconds,
            @Nullable String secondFacilityId,
            @Nullable Double secondSeconds) {}

    /** One of several kinds for itself. */
    record OfKind(String id, String title, CircleAnswer answer) {}

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
