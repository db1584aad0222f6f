package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import org.anquan.coverage.CircleInputs.AirInput;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.geo.Distances;
import org.anquan.problem.Text;
import org.anquan.process.Place;

/**
 * When helicopters stand at the landing places: launch, the straight flight from the nearest base, landing. They fly by
 * daylight; a place that is marked for the night works at night too. From there people go on on foot.
 */
final class Helicopters {
    /** Of all helicopters together, where it matters who is out. */
    static final String ID = "air";

    private Helicopters() {}

    /**
     * The landing places that can be flown to; what is left out is said.
     *
     * @param pads those that there are under the scenario
     */
    static List<Station> landings(
            AirInput air, List<Place> pads, CoverageSettings.Helicopter settings, List<Text> warnings) {
        List<Place> bases = new ArrayList<>();
        List<String> dark = new ArrayList<>();
        for (Place pad : pads)
            if (pad.attributes().get("kind") instanceof String kind
                    && settings.baseKinds().contains(kind)
                    && usable(pad, air, 0)) bases.add(pad);
        List<Station> landings = new ArrayList<>();
        if (bases.isEmpty()) {
            warnings.add(Text.of(
                    "coverage.air.noBase",
                    pads.size(),
                    settings.baseKinds().stream().sorted().toList()));
            return landings;
        }
        for (Place pad : pads) {
            double metres = Double.POSITIVE_INFINITY;
            for (Place base : bases)
                metres = Math.min(metres, Distances.metres(base.lon(), base.lat(), pad.lon(), pad.lat()));
            double seconds = air.launchMinutes() * 60
                    + metres / (air.speedKmh() / 3.6)
                    + settings.landing().toSeconds();
            if (!usable(pad, air, seconds)) {
                dark.add(pad.name());
                continue;
            }
            landings.add(new Station(
                    "air:" + pad.id(),
                    Text.of("coverage.air.name", pad.name()).toString(),
                    pad.lon(),
                    pad.lat(),
                    (int) Math.ceil(seconds),
                    null));
        }
        if (!dark.isEmpty()) warnings.add(Text.of("coverage.air.dark", dark));
        if (air.at() == null) warnings.add(Text.of("coverage.air.byDay"));
        return landings;
    }

    private static boolean usable(Place pad, AirInput air, double afterSeconds) {
        return air.at() == null
                || Boolean.TRUE.equals(pad.attributes().get("night"))
                || Daylight.at(pad.lon(), pad.lat(), air.at().plusSeconds((long) afterSeconds));
    }
}
