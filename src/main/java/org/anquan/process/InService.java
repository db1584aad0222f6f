package org.anquan.process;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anquan.problem.Text;

/**
 * A set of places and those of them that answer as things are: what is planned, being built, closed or full does not,
 * unless the filter of the request names the status, or a scenario switches it on. {@link PlaceSets#inService} is the one
 * place that decides it, for every question about a layer of forces or shelters.
 *
 * @param answering those that count as things are
 * @param all those and the ones that are left out
 */
public record InService(PlaceSet answering, PlaceSet all) {
    /** So many names are told; the others are counted. */
    private static final int NAMED = 10;

    /** @param on ids that a scenario switches on */
    public List<Place> leftOut(Set<String> on) {
        Set<Place> kept = new HashSet<>(answering.places());
        return all.places().stream()
                .filter(place -> !kept.contains(place) && !on.contains(place.id()))
                .toList();
    }

    /** What an answer says of those left out: how many, and which. */
    public static Optional<Text> told(List<Place> leftOut) {
        List<String> names = leftOut.stream().map(Place::name).distinct().toList();
        if (names.isEmpty()) return Optional.empty();
        return Optional.of(
                names.size() > NAMED
                        ? Text.of("process.outOfService.many", names.size(), names.subList(0, NAMED))
                        : Text.of("process.outOfService", names.size(), names));
    }
}
