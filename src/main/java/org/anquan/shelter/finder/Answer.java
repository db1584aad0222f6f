package org.anquan.shelter.finder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.anquan.process.Provenance;
import org.anquan.shelter.finder.WalkWorld.Walk;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.LineString;

/**
 * Where to go.
 *
 * @param shelters the nearest first
 * @param refused those that were nearer and are not offered, and why; the nearest first
 * @param advice what to do, in sentences, the most pressing first
 * @param leastBad where nothing is offered: the best of what there is
 * @param contact whom to call
 * @param basis {@code roads} or {@code straight}: along the roads on foot, or estimated from the straight line
 * @param inDanger the area of danger in which the asker stands, or null
 * @param drill whether all of this is a drill
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Answer(
        List<Offered> shelters,
        List<Refused> refused,
        List<String> advice,
        @Nullable LeastBad leastBad,
        @Nullable Contact contact,
        String basis,
        @Nullable String inDanger,
        boolean drill,
        @JsonUnwrapped Provenance provenance) {

    /**
     * @param lon degrees
     * @param lat degrees
     * @param seconds on foot
     * @param metres on foot along the roads; the straight line where {@code basis} is {@code straight}
     * @param freePlaces null where unknown
     * @param capacity null where unknown
     * @param asOf of its state; null where unknown
     * @param stale whether that is too long ago
     * @param fit {@code fit} or {@code unknown} for the hazard asked for
     * @param has what is there, in words
     * @param navigation links to the phone's own navigation
     * @param drill whether it is open for a drill
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Offered(
            String id,
            String name,
            double lon,
            double lat,
            double seconds,
            double metres,
            @Nullable Integer freePlaces,
            @Nullable Integer capacity,
            @Nullable Instant asOf,
            boolean stale,
            String status,
            String statusText,
            String fit,
            String space,
            List<String> has,
            List<Navigation> navigation,
            boolean illustrative,
            boolean drill,
            Route route) {}

    /** @param geometry lon, lat */
    record Route(double seconds, double metres, LineString geometry, List<WalkWorld.Step> steps) {
        static Route of(Walk walk) {
            return new Route(walk.seconds(), walk.metres(), walk.geometry(), walk.steps());
        }
    }

    /** @param href with the shelter's place in the coordinates that the program behind it expects */
    record Navigation(String title, String href) {}

    /**
     * @param reason a code; see {@link Reason}
     * @param reasonText the same in words
     * @param metres straight from the asker
     */
    record Refused(String id, String name, String reason, String reasonText, double metres, double lon, double lat) {}

    /** @param why what is wrong with it, in words */
    record LeastBad(Offered shelter, String reason, String why) {}

    record Contact(String name, String phone) {}
}
