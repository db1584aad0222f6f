package org.anquan.shelter.finder;

import java.util.Arrays;
import org.anquan.geo.Distances;

/**
 * Finds the sites nearest to a place, among a fixed set of them: a k-d tree (J. L. Bentley, CACM 18(9), 1975) over the
 * points of the unit sphere, so that distances are true everywhere, across the date line too. It lies in arrays in the
 * order of the tree: the middle of each range is its node. Each node knows the largest room below it, so that a group of
 * 500 does not look at a thousand small halls. Immutable.
 */
final class SiteTree {
    private static final int LEAF = 8;

    private final int[] site;
    /** x, y, z of the unit sphere, three numbers a site. */
    private final double[] at;
    /** By node: along which of x, y, z it divides. */
    private final byte[] axis;
    /** By node: the most room of any site in its range. */
    private final int[] most;

    private final int[] room;

    /** Says of a site that has room enough whether it is wanted. */
    interface Wanted {
        boolean take(int site);
    }

    /**
     * @param lon degrees by site
     * @param lat degrees by site
     * @param room by site: how many more it can take
     * @param members the numbers of the sites in this tree
     */
    SiteTree(double[] lon, double[] lat, int[] room, int[] members) {
        this.room = room;
        site = members.clone();
        at = new double[3 * site.length];
        axis = new byte[site.length];
        most = new int[site.length];
        for (int i = 0; i < site.length; i++) unit(lon[site[i]], lat[site[i]], at, 3 * i);
        if (site.length > 0) build(0, site.length);
    }

    int size() {
        return site.length;
    }

    static void unit(double lon, double lat, double[] out, int from) {
        double phi = Math.toRadians(lat);
        double lambda = Math.toRadians(lon);
        out[from] = Math.cos(phi) * Math.cos(lambda);
        out[from + 1] = Math.cos(phi) * Math.sin(lambda);
        out[from + 2] = Math.sin(phi);
    }

    /** Metres along the great circle, from the square of the chord on the unit sphere. */
    static double metres(double chordSquared) {
        return 2 * Distances.EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chordSquared) / 2));
    }

    static double chordSquared(double metres) {
        double chord = 2 * Math.sin(Math.min(Math.PI / 2, metres / (2 * Distances.EARTH_RADIUS_METRES)));
        return chord * chord;
    }

    private int build(int low, int high) {
        int middle = (low + high) >>> 1;
        int largest;
        if (high - low <= LEAF) {
            largest = 0;
            for (int i = low; i < high; i++) largest = Math.max(largest, room[site[i]]);
        } else {
            axis[middle] = widest(low, high);
            select(low, high - 1, middle, axis[middle]);
            largest = Math.max(room[site[middle]], Math.max(build(low, middle), build(middle + 1, high)));
        }
        most[middle] = largest;
        return largest;
    }

    private byte widest(int low, int high) {
        byte best = 0;
        double width = -1;
        for (byte a = 0; a < 3; a++) {
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int i = low; i < high; i++) {
                least = Math.min(least, at[3 * i + a]);
                greatest = Math.max(greatest, at[3 * i + a]);
            }
            if (greatest - least > width) {
                width = greatest - least;
                best = a;
            }
        }
        return best;
    }

    /** Puts the element that belongs at a place there, smaller ones before it (Hoare's selection). */
    private void select(int low, int high, int wanted, int a) {
        while (low < high) {
            double pivot = at[3 * ((low + high) >>> 1) + a];
            int i = low;
            int j = high;
            while (i <= j) {
                while (at[3 * i + a] < pivot) i++;
                while (at[3 * j + a] > pivot) j--;
                if (i <= j) swap(i++, j--);
            }
            if (wanted <= j) high = j;
            else if (wanted >= i) low = i;
            else return;
        }
    }

    private void swap(int i, int j) {
        int s = site[i];
        site[i] = site[j];
        site[j] = s;
        for (int a = 0; a < 3; a++) {
            double c = at[3 * i + a];
            at[3 * i + a] = at[3 * j + a];
            at[3 * j + a] = c;
        }
    }

    /**
     * The nearest sites, the nearest first; of two at one distance the smaller number.
     *
     * @param lon degrees
     * @param lat degrees
     * @param count at most so many
     * @param people each must have room for so many
     * @param withinMetres none farther than this
     */
    Found nearest(double lon, double lat, int count, long people, double withinMetres, Wanted wanted) {
        Found found = new Found(lon, lat, count, people, chordSquared(withinMetres), wanted);
        if (site.length > 0 && count > 0) search(0, site.length, found);
        return found;
    }

    /** What a search has found so far. */
    static final class Found {
        private final double[] from = new double[3];
        private final long people;
        private final double within;
        private final Wanted wanted;
        private final double[] chordSquared;
        private final int[] site;
        private int count;

        private Found(double lon, double lat, int most, long people, double within, Wanted wanted) {
            unit(lon, lat, from, 0);
            this.people = people;
            this.within = within;
            this.wanted = wanted;
            chordSquared = new double[most];
            site = new int[most];
        }

        int count() {
            return count;
        }

        int site(int i) {
            return site[i];
        }

        double metres(int i) {
            return SiteTree.metres(chordSquared[i]);
        }

        private double farthest() {
            return count < site.length ? within : chordSquared[count - 1];
        }

        private void offer(int one, double square) {
            if (count == site.length && square == chordSquared[count - 1] && one > site[count - 1]) return;
            int i = count < site.length ? count++ : count - 1;
            while (i > 0 && (chordSquared[i - 1] > square || (chordSquared[i - 1] == square && site[i - 1] > one))) {
                chordSquared[i] = chordSquared[i - 1];
                site[i] = site[i - 1];
                i--;
            }
            chordSquared[i] = square;
            site[i] = one;
        }

        int[] sites() {
            return Arrays.copyOf(site, count);
        }
    }

    private void search(int low, int high, Found found) {
        int middle = (low + high) >>> 1;
        if (most[middle] < found.people) return;
        if (high - low <= LEAF) {
            for (int i = low; i < high; i++) look(i, found);
            return;
        }
        look(middle, found);
        double away = found.from[axis[middle]] - at[3 * middle + axis[middle]];
        boolean below = away < 0;
        if (below ? low < middle : middle + 1 < high) search(below ? low : middle + 1, below ? middle : high, found);
        if (away * away <= found.farthest() && (below ? middle + 1 < high : low < middle))
            search(below ? middle + 1 : low, below ? high : middle, found);
    }

    private void look(int i, Found found) {
        double dx = at[3 * i] - found.from[0];
        double dy = at[3 * i + 1] - found.from[1];
        double dz = at[3 * i + 2] - found.from[2];
        double square = dx * dx + dy * dy + dz * dz;
        if (square > found.farthest() || room[site[i]] < found.people || !found.wanted.take(site[i])) return;
        found.offer(site[i], square);
    }
}
