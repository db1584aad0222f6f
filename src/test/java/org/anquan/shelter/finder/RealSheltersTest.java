package org.anquan.shelter.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anquan.catalog.Feature;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.ImportRequest;
import org.anquan.exchange.Imports;
import org.anquan.geo.Distances;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real roster through the finder: 4 631 rows with stated capacities and hazards. */
@Tag("real-data")
class RealSheltersTest {
    private static final Path ROSTER = Path.of("../shared/data/shelters/taiwan_shelters_west.csv.gz");

    @TempDir
    Path folder;

    @Test
    void theTaiwanRosterAnswersAsLookingAtEveryRowDoes() throws IOException {
        Path roster = ROSTER;
        if (!Files.exists(roster)) System.out.println("skipped: " + ROSTER + " is missing");
        Assumptions.assumeTrue(Files.exists(roster));
        try (FinderPlace place = new FinderPlace(folder)) {
            Imports.into(place.store.layers(), place.store.edits())
                    .run(ImportRequest.of("shelter", roster), "test", ImportProgress.none());
            place.told();
            List<Feature> all = place.store.layers().snapshot("shelter").features();
            assertThat(all).hasSizeGreaterThan(4_000);
            Random random = new Random(11);
            int found = 0;
            for (int i = 0; i < 60; i++) {
                double lon = 120.2 + random.nextDouble() * 1.4;
                double lat = 22.6 + random.nextDouble() * 2.4;
                String hazard = List.of("flood", "seismic", "geo").get(random.nextInt(3));
                int people = 1 + random.nextInt(400);
                JsonNode answer = place.ask("{\"location\":[" + lon + "," + lat + "],\"hazard\":\"" + hazard
                        + "\",\"people\":" + people + "}");
                Optional<Feature> plain = all.stream()
                        .filter(one -> one.get("hazards") instanceof List<?> fit && fit.contains(hazard))
                        .filter(one -> one.number("statedCapacity") == null || one.number("statedCapacity") >= people)
                        .min(Comparator.comparingDouble(one -> metres(one, lon, lat)));
                assertThat(plain).isPresent();
                if (metres(plain.get(), lon, lat) > 50_000) continue;
                found++;
                JsonNode first = answer.path("shelters").get(0);
                // Two halls of one school may stand on one point.
                assertThat(Distances.metres(
                                lon,
                                lat,
                                first.path("lon").asDouble(),
                                first.path("lat").asDouble()))
                        .isCloseTo(metres(plain.get(), lon, lat), org.assertj.core.api.Assertions.within(0.5));
                // Who is inside nobody says: unknown is not free.
                assertThat(first.path("freePlaces").isNull()).isTrue();
            }
            assertThat(found).isGreaterThan(50);
        }
    }

    private static double metres(Feature one, double lon, double lat) {
        return Distances.metres(
                lon, lat, one.geometry().getCoordinate().x, one.geometry().getCoordinate().y);
    }
}
