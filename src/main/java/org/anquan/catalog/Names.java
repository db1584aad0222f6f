package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.anquan.geo.Bbox;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygonal;

/**
 * The search box: over all names, codes and addresses of all layers that the asker may see. Substrings from one character
 * on, pinyin, without case and width; best answers first.
 *
 * <p>The names stand in memory, layer by layer, each at a version of its layer. A question first asks the database where
 * the layers stand and brings the names up to date from the history, so an answer is never older than the last commit,
 * whoever made it; nothing has to be kept in step on the disk, and both stores find alike. Not taken: SQLite's
 * FTS5 with trigrams, which does not look for one or two characters, so that a second index would be needed beside it,
 * both kept in step within each import, and another pair on PostGIS.
 */
public final class Names {
    private final LayerCatalogue catalogue;
    private final Dialect dialect;
    private final Connections connections;
    private final FindSettings settings;
    private final Map<String, NameIndex> indexes = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    Names(LayerCatalogue catalogue, Dialect dialect, Connections connections, FindSettings settings) {
        this.catalogue = catalogue;
        this.dialect = dialect;
        this.connections = connections;
        this.settings = settings;
    }

    /**
     * @throws ProblemException invalid: an empty or too long query; not found: a layer that the asker does not see
     */
    public NameHits find(NameQuery query, Visibility visibility) {
        check(query);
        List<LayerDefinition> asked = new ArrayList<>();
        if (query.layers().isEmpty()) visibility.layers(catalogue).forEach(layer -> asked.add(visibility.cut(layer)));
        else query.layers().stream().distinct().forEach(id -> asked.add(visibility.layer(catalogue, id)));
        NameTerms terms = NameTerms.of(query.text());
        int limit = Math.min(query.limit() <= 0 ? settings.defaultLimit() : query.limit(), settings.maxLimit());
        Best best = new Best(limit + 1, query.near());
        // One transaction for all of it: with PostGIS each question costs a way there and back, and twenty hits that
        // asked
        // for themselves and for their places took longer than the search.
        List<There> there = connections.read(connection -> {
            Map<String, Long> versions = versions(connection);
            for (int i = 0; i < asked.size(); i++) {
                LayerDefinition layer = asked.get(i);
                int first = settings.first().indexOf(layer.id());
                NameIndex index = index(connection, layer.id(), versions.getOrDefault(layer.id(), 0L));
                best.layer(index, layer, first < 0 ? i + 1000 : first);
                best.search(terms);
            }
            List<Found> found = best.inOrder();
            return features(connection, found.subList(0, Math.min(limit, found.size())));
        });
        Map<String, LayerSnapshot> areas = there.isEmpty() ? Map.of() : areas(visibility);
        List<NameHit> hits = new ArrayList<>();
        for (There one : there) hits.add(hit(one.found(), one.feature(), areas, visibility));
        return new NameHits(hits, best.size() > limit);
    }

    private record There(Found found, Feature feature) {}

    /** What was found, in its order; without what another instance deleted since. */
    private List<There> features(Connection connection, List<Found> found) throws SQLException {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (Found one : found)
            ids.computeIfAbsent(one.layer().id(), layer -> new ArrayList<>()).add(one.id());
        Map<String, Map<String, Feature>> read = new HashMap<>();
        for (Map.Entry<String, List<String>> layer : ids.entrySet()) {
            LayerDefinition definition = catalogue.definition(layer.getKey());
            read.put(layer.getKey(), new FeatureReads(dialect, connection, definition).get(layer.getValue()));
        }
        List<There> features = new ArrayList<>();
        for (Found one : found) {
            Feature feature = read.getOrDefault(one.layer().id(), Map.of()).get(one.id());
            if (feature != null) features.add(new There(one, feature));
        }
        return features;
    }

    /** Reads the names of all layers, so that the first question need not. */
    public void warm() {
        connections.read(connection -> {
            for (Map.Entry<String, Long> layer : versions(connection).entrySet())
                if (catalogue.knows(layer.getKey())) index(connection, layer.getKey(), layer.getValue());
            return true;
        });
    }

    private void check(NameQuery query) {
        String text = FoldedText.query(query.text());
        List<Mistake> mistakes = new ArrayList<>();
        if (text.isEmpty()) mistakes.add(new Mistake("q", Text.of("catalog.find.empty")));
        if (text.length() > settings.maxLength())
            mistakes.add(new Mistake("q", Text.of("catalog.find.tooLong", text.length(), settings.maxLength())));
        if (!mistakes.isEmpty()) throw ProblemException.invalid("catalog.find").withMistakes(mistakes);
    }

    // The indexes

    private static Map<String, Long> versions(Connection connection) throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT layer, version FROM anquan_layer");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) versions.put(row.getString(1), row.getLong(2));
        }
        return versions;
    }

    /** Whoever waits here has a connection, and so has whoever is waited for. */
    private NameIndex index(Connection connection, String layer, long version) throws SQLException {
        LayerDefinition definition = catalogue.definition(layer);
        NameIndex known = indexes.get(layer);
        if (known != null && known.layer() == definition && known.version() >= version) return known;
        synchronized (locks.computeIfAbsent(layer, id -> new Object())) {
            NameIndex now = indexes.get(layer);
            if (now != null && now.layer() != definition) now = null;
            if (now != null && now.version() >= version) return now;
            NameIndex fresh = fresh(connection, definition, now);
            indexes.put(layer, fresh);
            return fresh;
        }
    }

    /** Version and names are read in one transaction, and so belong together. */
    private NameIndex fresh(Connection connection, LayerDefinition layer, @Nullable NameIndex before)
            throws SQLException {
        long version = new FeatureReads(dialect, connection, layer).state().version();
        long changeSet = ChangedSince.last(connection);
        if (before == null) return NameIndex.read(dialect, connection, layer, version, changeSet);
        return before.movedOn(dialect, connection, version, changeSet);
    }

    // Ranking

    /** @param rank of the layer among the places that come first, or behind them all */
    private record Found(
            NameIndex index, NameBlock block, int text, int kind, int from, int to, int rank, double away, int length) {
        LayerDefinition layer() {
            return index.layer();
        }

        String id() {
            return block.id(block.owner(text));
        }

        /** Better ones are smaller. */
        int compare(Found other) {
            int order = Integer.compare(kind, other.kind);
            if (order == 0) order = Boolean.compare(rank >= 1000, other.rank >= 1000);
            if (order == 0) order = Double.compare(away, other.away);
            if (order == 0) order = Integer.compare(length, other.length);
            if (order == 0) order = Integer.compare(rank, other.rank);
            if (order == 0)
                order = index.layer().id().compareTo(other.index.layer().id());
            return order == 0 ? id().compareTo(other.id()) : order;
        }
    }

    /** Keeps the best matches, one for each feature. */
    private static final class Best {
        private final int most;
        private final @Nullable Bbox near;
        private final double degreeOfLongitude;
        private final PriorityQueue<Found> worstFirst = new PriorityQueue<>((a, b) -> b.compare(a));
        private @Nullable NameIndex index;
        private @Nullable LayerDefinition cut;
        private int rank;

        Best(int most, @Nullable Bbox near) {
            this.most = most;
            this.near = near;
            this.degreeOfLongitude = near == null ? 1 : Math.cos(Math.toRadians((near.south() + near.north()) / 2));
        }

        void layer(NameIndex newIndex, LayerDefinition newCut, int newRank) {
            index = newIndex;
            cut = newCut;
            rank = newRank;
        }

        void search(NameTerms terms) {
            NameIndex names = java.util.Objects.requireNonNull(index);
            boolean[] open = names.open(java.util.Objects.requireNonNull(cut));
            for (NameBlock block : names.blocks()) {
                boolean base = block == names.base();
                NameBlock.Open looked = new NameBlock.Open() {
                    @Override
                    public boolean feature(int feature) {
                        return !base || !names.gone().get(feature);
                    }

                    @Override
                    public boolean attribute(int attribute) {
                        return open[attribute];
                    }
                };
                block.search(terms, looked, (text, kind, from, to) -> add(names, block, text, kind, from, to));
            }
        }

        private void add(NameIndex names, NameBlock block, int text, int kind, int from, int to) {
            Found worst = worstFirst.size() < most ? null : worstFirst.peek();
            if (worst != null && kind > worst.kind()) return;
            double away = block.away(block.owner(text), near, degreeOfLongitude);
            if (worst != null && kind == worst.kind() && hopeless(worst, away, block.length(text))) return;
            Found one = new Found(names, block, text, kind, from, to, rank, away, block.length(text));
            if (worst != null && one.compare(worst) >= 0) return;
            Found same = of(block, block.owner(text));
            if (same != null) {
                if (one.compare(same) >= 0) return;
                worstFirst.remove(same);
            }
            worstFirst.add(one);
            if (worstFirst.size() > most) worstFirst.poll();
        }

        /** As {@link Found#compare} without making one: a query of one character meets 100 000 texts. */
        private boolean hopeless(Found worst, double away, int length) {
            if (rank >= 1000 != worst.rank() >= 1000) return rank >= 1000;
            if (away != worst.away()) return away > worst.away();
            return length > worst.length();
        }

        private @Nullable Found of(NameBlock block, int owner) {
            for (Found found : worstFirst)
                if (found.block() == block && block.owner(found.text()) == owner) return found;
            return null;
        }

        int size() {
            return worstFirst.size();
        }

        List<Found> inOrder() {
            List<Found> all = new ArrayList<>(worstFirst);
            all.sort(Found::compare);
            return all;
        }
    }

    // Answers

    private NameHit hit(Found found, Feature feature, Map<String, LayerSnapshot> areas, Visibility visibility) {
        LayerDefinition layer = visibility.cut(found.layer());
        Coordinate at = pointOn(feature.geometry());
        return new NameHit(
                layer,
                feature.id(),
                feature.name(),
                found.index().attribute(found.block().attribute(found.text())),
                found.block().text(found.text()),
                found.from(),
                found.to(),
                at.x,
                at.y,
                Bbox.of(feature.geometry().getEnvelopeInternal()),
                place(layer.id(), at, areas));
    }

    /** A point that lies on the feature, near its middle. */
    private static Coordinate pointOn(Geometry geometry) {
        if (geometry instanceof Point) return geometry.getCoordinate();
        if (geometry instanceof Polygonal) return geometry.getInteriorPoint().getCoordinate();
        Coordinate middle = geometry.getEnvelopeInternal().centre();
        return org.locationtech.jts.operation.distance.DistanceOp.nearestPoints(
                geometry, geometry.getFactory().createPoint(middle))[0];
    }

    private Map<String, LayerSnapshot> areas(Visibility visibility) {
        Map<String, LayerSnapshot> areas = new HashMap<>();
        for (String id : settings.placeLayers())
            if (catalogue.knows(id) && visibility.sees(catalogue.definition(id))) areas.put(id, catalogue.snapshot(id));
        return areas;
    }

    private @Nullable String place(String layer, Coordinate at, Map<String, LayerSnapshot> areas) {
        Geometry point = org.anquan.geo.GeoJson.FACTORY.createPoint(at);
        // A township lies in a district, not in a township.
        List<String> larger = settings.placeLayers();
        larger = larger.subList(larger.indexOf(layer) + 1, larger.size());
        for (String id : larger) {
            LayerSnapshot area = areas.get(id);
            if (area == null) continue;
            for (Feature one : area.near(point.getEnvelopeInternal()))
                if (one.geometry().intersects(point)) return one.name();
        }
        return null;
    }
}
