package org.anquan.shelter.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.anquan.catalog.LayerState;
import org.jspecify.annotations.Nullable;

/** All shelters at one version with the areas of danger, ready to be asked. Immutable; many threads ask it. */
final class FinderWorld {
    private final LayerState state;
    private final Dangers dangers;
    private final Site[] site;
    private final double[] lon;
    private final double[] lat;
    private final int[] room;
    private final SiteTree all;
    /** By hazard, and one more for no hazard; made when first asked for. */
    private final AtomicReferenceArray<@Nullable Ranked> ranked =
            new AtomicReferenceArray<>(Hazard.values().length + 1);

    /**
     * The shelters from the view of one hazard.
     *
     * @param ruledOut by site: why it is never offered, or null
     * @param fit those that are known to be fit
     * @param unknown those of which nobody knows whether they are fit
     */
    record Ranked(@Nullable Reason[] ruledOut, SiteTree fit, SiteTree unknown) {}

    FinderWorld(LayerState state, List<Site> sites, Dangers dangers) {
        this.state = state;
        this.dangers = dangers;
        site = sites.toArray(Site[]::new);
        lon = new double[site.length];
        lat = new double[site.length];
        room = new int[site.length];
        int[] everyone = new int[site.length];
        for (int i = 0; i < site.length; i++) {
            lon[i] = site[i].lon();
            lat[i] = site[i].lat();
            room[i] = site[i].room();
            everyone[i] = i;
        }
        all = new SiteTree(lon, lat, room, everyone);
    }

    LayerState state() {
        return state;
    }

    Dangers dangers() {
        return dangers;
    }

    int count() {
        return site.length;
    }

    Site site(int i) {
        return site[i];
    }

    SiteTree all() {
        return all;
    }

    /** Makes the trees of the hazards that another world was asked about. */
    void readyAs(FinderWorld other) {
        for (Hazard hazard : Hazard.values()) if (other.ranked.get(hazard.ordinal()) != null) ranked(hazard);
        if (other.ranked.get(Hazard.values().length) != null) ranked(null);
    }

    Ranked ranked(@Nullable Hazard hazard) {
        int at = hazard == null ? Hazard.values().length : hazard.ordinal();
        Ranked known = ranked.get(at);
        if (known != null) return known;
        Ranked made = rank(hazard);
        ranked.set(at, made);
        return made;
    }

    private Ranked rank(@Nullable Hazard hazard) {
        @Nullable Reason[] why = new @Nullable Reason[site.length];
        List<Integer> fit = new ArrayList<>();
        List<Integer> unknown = new ArrayList<>();
        for (int i = 0; i < site.length; i++) {
            why[i] = ruledOut(site[i], hazard);
            if (why[i] != null) continue;
            (site[i].knownToBeFit(hazard) ? fit : unknown).add(i);
        }
        return new Ranked(why, tree(fit), tree(unknown));
    }

    private SiteTree tree(List<Integer> members) {
        return new SiteTree(
                lon, lat, room, members.stream().mapToInt(Integer::intValue).toArray());
    }

    private @Nullable Reason ruledOut(Site one, @Nullable Hazard hazard) {
        if (one.status() == Status.PLANNED) return Reason.PLANNED;
        if (one.status() == Status.CLOSED) return Reason.CLOSED;
        if (dangers.at(hazard, one.lon(), one.lat()) != null) return Reason.DANGER;
        if (!one.mayBeFit(hazard)) return Reason.UNFIT;
        return null;
    }
}
