package org.anquan.shelter.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.anquan.geo.Distances;

/** The tree finds what looking at every site finds: the same sites in the same order. */
class SiteTreeLawTest {
    @Property(tries = 300)
    void theTreeFindsWhatThePlainSearchFinds(
            @ForAll long seed,
            @ForAll @IntRange(max = 400) int count,
            @ForAll @IntRange(min = 1, max = 12) int wanted) {
        Random random = new Random(seed);
        // Half of the worlds are small ones with many places twice; the rest go around the earth and over its poles.
        boolean small = random.nextBoolean();
        double[] lon = new double[count];
        double[] lat = new double[count];
        int[] room = new int[count];
        for (int i = 0; i < count; i++) {
            lon[i] = small ? 105 + random.nextInt(20) / 1000.0 : random.nextDouble() * 360 - 180;
            lat[i] = small ? 32 + random.nextInt(20) / 1000.0 : random.nextDouble() * 180 - 90;
            room[i] = random.nextInt(8) == 0 ? Integer.MAX_VALUE : random.nextInt(50);
        }
        int[] members = random.ints(count, 0, 3).map(x -> x).toArray();
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) if (members[i] > 0) chosen.add(i);
        int[] inTree = chosen.stream().mapToInt(Integer::intValue).toArray();
        SiteTree tree = new SiteTree(lon, lat, room, inTree);
        double fromLon = small ? 105 + random.nextDouble() * 0.02 : random.nextDouble() * 360 - 180;
        double fromLat = small ? 32 + random.nextDouble() * 0.02 : random.nextDouble() * 180 - 90;
        int people = 1 + random.nextInt(60);
        double within = random.nextBoolean() ? Double.POSITIVE_INFINITY : small ? 1_500 : 3_000_000;
        int odd = random.nextInt(3);
        SiteTree.Found found =
                tree.nearest(fromLon, fromLat, wanted, people, within, site -> odd == 0 || site % 2 == odd - 1);

        List<Integer> plain = chosen.stream()
                .filter(i -> room[i] >= people && (odd == 0 || i % 2 == odd - 1))
                .filter(i -> chord(fromLon, fromLat, lon[i], lat[i]) <= SiteTree.chordSquared(within))
                .sorted(Comparator.<Integer>comparingDouble(i -> chord(fromLon, fromLat, lon[i], lat[i]))
                        .thenComparing(i -> i))
                .limit(wanted)
                .toList();
        assertThat(found.sites())
                .containsExactly(plain.stream().mapToInt(i -> i).toArray());
        for (int i = 0; i < found.count(); i++)
            assertThat(found.metres(i))
                    .isCloseTo(
                            Distances.metres(fromLon, fromLat, lon[found.site(i)], lat[found.site(i)]), within(0.01));
    }

    private static double chord(double lon1, double lat1, double lon2, double lat2) {
        double[] a = new double[3];
        double[] b = new double[3];
        SiteTree.unit(lon1, lat1, a, 0);
        SiteTree.unit(lon2, lat2, b, 0);
        double dx = b[0] - a[0];
        double dy = b[1] - a[1];
        double dz = b[2] - a[2];
        return dx * dx + dy * dy + dz * dz;
    }
}
