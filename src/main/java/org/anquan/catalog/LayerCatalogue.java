package org.anquan.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue: the definitions, and the features in the store. Where a layer stands is asked of the database each time
 * (some 20 µs), so that a change made by another process, such as the command line, is seen at once.
 */
final class LayerCatalogue implements Layers, LayerEdits, LayerFiles, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LayerCatalogue.class);

    private final Supplier<List<LayerDefinition>> files;
    private volatile DefinitionsInForce inForce;
    private final ReentrantLock reloading = new ReentrantLock();
    private final Dialect dialect;
    private final Connections connections;
    private final Consumer<Object> listeners;
    private final DocumentNews documentNews;
    private final Map<String, LayerSnapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<String, Object> snapshotLocks = new ConcurrentHashMap<>();
    /** The versions that the listeners know, and the lock that keeps our own commits from being told twice. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    private final ReentrantLock telling = new ReentrantLock();
    private final StoreWatch watch;
    private final Pasts pasts;
    private final PlaceIndexes places;

    /**
     * Opens the store and brings its tables in step with the definitions.
     *
     * @param files reads the definitions, now and whenever they are read again
     * @param listeners get {@link LayerChanged} and {@link DefinitionsChanged}
     */
    LayerCatalogue(
            Supplier<List<LayerDefinition>> files,
            Dialect dialect,
            StoreSettings settings,
            Consumer<Object> listeners) {
        this(files, dialect, settings, listeners, event -> {});
    }

    /** The same for one that also tells of documents. */
    LayerCatalogue(
            Supplier<List<LayerDefinition>> files,
            Dialect dialect,
            StoreSettings settings,
            Consumer<Object> listeners,
            Consumer<DocumentChanged> documentListeners) {
        this.files = files;
        this.documentNews = new DocumentNews(documentListeners);
        this.dialect = dialect;
        this.connections = new Connections(dialect, settings);
        this.listeners = listeners;
        this.pasts = new Pasts(settings.pastFeatures());
        this.places = new PlaceIndexes(dialect, settings.placedFeatures());
        boolean kept = false;
        try {
            List<LayerDefinition> wanted = files.get();
            whenThere(
                    settings.patience(),
                    () -> connections.write(connection -> {
                        new TableKeeper(dialect, connection).system(wanted);
                        return true;
                    }));
            this.inForce = keepTables(DefinitionsInForce.NONE, wanted, settings.patience());
            kept = true;
        } finally {
            if (!kept) connections.close();
        }
        connections.read(connection -> {
            versions(connection);
            documentNews.known(StoreWatch.documents(connection));
            return true;
        });
        LOG.info("The layers are in {}", dialect.shown());
        watch = new StoreWatch(
                dialect, settings, this::othersMayHaveMoved, documentNews::seen, this::othersMayHaveMigrated);
        watch.start();
    }

    /** Brings the tables of all definitions that are new or other than before in step; those in force then. */
    private DefinitionsInForce keepTables(DefinitionsInForce before, List<LayerDefinition> wanted, Duration patience) {
        List<LayerDefinition> now = new ArrayList<>();
        List<DefinitionProblem> problems = new ArrayList<>();
        for (LayerDefinition layer : wanted) {
            LayerDefinition known = before.find(layer.id());
            now.add(known != null && known.equals(layer) ? known : keepTable(layer, known, problems, patience));
        }
        return new DefinitionsInForce(now, problems);
    }

    /** @param known the definition in force until now, which stays the same object where it stays in force */
    private LayerDefinition keepTable(
            LayerDefinition layer,
            @Nullable LayerDefinition known,
            List<DefinitionProblem> problems,
            Duration patience) {
        try {
            whenThere(
                    patience,
                    () -> connections.write(connection -> {
                        new TableKeeper(dialect, connection).keep(layer);
                        dialect.announce(connection);
                        return true;
                    }));
            return layer;
        } catch (ProblemException e) {
            if (!e.key().equals("catalog.definitionChange")) throw e;
            LOG.error("{}", e.getMessage());
            problems.add(new DefinitionProblem(layer.id(), layer.title(), e));
            LayerDefinition kept = connections.read(connection -> new TableKeeper(dialect, connection).kept(layer));
            return known != null && known.equals(kept) ? known : kept;
        }
    }

    @Override
    public Reloaded reload() {
        List<LayerDefinition> wanted;
        try {
            wanted = files.get();
        } catch (ProblemException e) {
            if (!e.key().equals("catalog.definitions")) throw e;
            throw ProblemException.invalid("catalog.reload", e.mistakes().size())
                    .withMistakes(e.mistakes());
        }
        reloading.lock();
        try {
            return take(wanted);
        } finally {
            reloading.unlock();
        }
    }

    private Reloaded take(List<LayerDefinition> wanted) {
        DefinitionsInForce before = inForce;
        DefinitionsInForce now = keepTables(before, wanted, Duration.ZERO);
        // Statements that a connection has prepared may name columns that are no more.
        connections.renew();
        inForce = now;
        Reloaded reloaded = now.since(before);
        List<LayerChanged> news = new ArrayList<>();
        for (String layer : reloaded.touched()) {
            places.forget(layer);
            snapshots.remove(layer);
            if (now.find(layer) == null) continue;
            long version = state(layer).version();
            if (isNews(layer, version)) news.add(new LayerChanged(layer, version));
        }
        if (!reloaded.touched().isEmpty()) {
            LOG.info("{}", Text.of("catalog.reloaded", reloaded.added(), reloaded.changed(), reloaded.removed()));
            tell(new DefinitionsChanged(reloaded.touched()));
        }
        news.forEach(this::tell);
        return reloaded;
    }

    /**
     * Another process brought tables in step with other definitions: the command line on this data folder, or another
     * instance. Where our files say the same, we follow; where they do not, we say so and leave the table alone, or the two
     * would go on changing it back and forth.
     */
    private void othersMayHaveMigrated(Map<String, String> stored) {
        if (!reloading.tryLock()) return;
        try {
            List<LayerDefinition> differing = inForce.differing(stored);
            if (differing.isEmpty()) {
                if (inForce.anyOther()) inForce = inForce.withOther(List.of());
                return;
            }
            List<LayerDefinition> wanted = files.get();
            boolean follow = wanted.stream()
                    .filter(layer -> differing.stream().anyMatch(one -> one.id().equals(layer.id())))
                    .allMatch(layer -> DefinitionText.of(layer).equals(stored.get(layer.id())));
            if (follow) take(wanted);
            else if (!inForce.isOther(differing)) {
                inForce = inForce.withOther(differing);
                inForce.problems()
                        .forEach(problem -> LOG.error("{}", problem.problem().getMessage()));
            }
        } catch (ProblemException e) {
            LOG.debug("The definitions cannot be compared now", e);
        } finally {
            reloading.unlock();
        }
    }

    /** After a power cut the database may be up later than we are. */
    private void whenThere(Duration patience, Runnable work) {
        long end = System.nanoTime() + patience.toNanos();
        for (boolean first = true; ; first = false) {
            try {
                work.run();
                return;
            } catch (ProblemException e) {
                boolean away =
                        e.getCause() instanceof SQLException cause && dialect.trouble(cause) == StoreTrouble.AWAY;
                if (!away || System.nanoTime() > end) throw e;
                if (first) LOG.warn("{} does not answer; waiting up to {} s", dialect.shown(), patience.toSeconds());
                LockSupport.parkNanos(500_000_000);
            }
        }
    }

    @Override
    public List<DefinitionProblem> problems() {
        return inForce.problems();
    }

    private void versions(Connection connection) throws SQLException {
        for (LayerDefinition definition : inForce.definitions())
            told.put(definition.id(), reads(connection, definition).state().version());
    }

    Documents documents() {
        return new DocumentStore(dialect, connections, documentNews);
    }

    @Override
    public List<LayerDefinition> definitions() {
        return inForce.definitions();
    }

    @Override
    public LayerDefinition definition(String layer) {
        DefinitionsInForce now = inForce;
        LayerDefinition definition = now.find(layer);
        if (definition == null)
            throw ProblemException.notFound("catalog.noLayer", AttributeValues.shown(layer), now.ids());
        return definition;
    }

    boolean knows(String layer) {
        return inForce.find(layer) != null;
    }

    /** The search box over these layers. */
    Names names(FindSettings settings) {
        return new Names(this, dialect, connections, settings);
    }

    @Override
    public String store() {
        return dialect.kind();
    }

    /** Asks the database for something small; whatever it throws says why it cannot be asked. */
    void probe() {
        connections.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM anquan_layer");
                    ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    @Override
    public LayerState state(String layer) {
        LayerDefinition definition = definition(layer);
        return connections.read(connection -> reads(connection, definition).state());
    }

    @Override
    public FeaturePage find(FeatureQuery query) {
        LayerDefinition definition = definition(query.layer());
        Instant at = query.at();
        if (at != null) return snapshot(query.layer(), at).find(query);
        return connections.read(connection -> reads(connection, definition).find(query, places));
    }

    @Override
    public void forEach(FeatureQuery query, Consumer<Feature> each) {
        LayerDefinition definition = definition(query.layer());
        Instant at = query.at();
        if (at != null) {
            snapshot(query.layer(), at).find(query).features().forEach(each);
            return;
        }
        connections.readAtLength(connection -> {
            reads(connection, definition).each(query, each);
            return true;
        });
    }

    @Override
    public Optional<Feature> get(String layer, String id) {
        LayerDefinition definition = definition(layer);
        return connections.read(connection -> reads(connection, definition).get(id));
    }

    @Override
    public LayerSnapshot snapshot(String layer) {
        LayerDefinition definition = definition(layer);
        LayerSnapshot known = snapshots.get(layer);
        LayerState now = state(layer);
        if (known != null && known.definition() == definition && known.state().version() == now.version()) return known;
        synchronized (snapshotLocks.computeIfAbsent(layer, id -> new Object())) {
            known = snapshots.get(layer);
            if (known != null
                    && known.definition() == definition
                    && known.state().version() >= now.version()) return known;
            LayerSnapshot fresh = readSnapshot(definition);
            snapshots.put(layer, fresh);
            return fresh;
        }
    }

    private LayerSnapshot readSnapshot(LayerDefinition definition) {
        return connections.read(connection -> readSnapshot(connection, definition));
    }

    private LayerSnapshot readSnapshot(Connection connection, LayerDefinition definition) throws SQLException {
        FeatureReads reads = reads(connection, definition);
        LayerState state = reads.state();
        List<Feature> features = new ArrayList<>((int) Math.min(state.count(), Integer.MAX_VALUE - 8));
        reads.each(FeatureQuery.all(definition.id()), features::add);
        return new LayerSnapshot(definition, state, features);
    }

    @Override
    public LayerSnapshot snapshot(String layer, Instant at) {
        LayerDefinition definition = definition(layer);
        Past.Stand stand =
                connections.read(connection -> past(connection, definition).at(at));
        LayerSnapshot known = pasts.get(layer, stand.changeSet());
        if (known != null && known.definition() == definition) return known;
        synchronized (snapshotLocks.computeIfAbsent(layer, id -> new Object())) {
            known = pasts.get(layer, stand.changeSet());
            if (known != null && known.definition() == definition) return known;
            LayerSnapshot fresh = connections.read(connection -> {
                LayerSnapshot present = snapshots.get(layer);
                long version = reads(connection, definition).state().version();
                if (present == null
                        || present.definition() != definition
                        || present.state().version() != version) {
                    present = readSnapshot(connection, definition);
                    snapshots.put(layer, present);
                }
                return past(connection, definition).layer(stand, present);
            });
            pasts.put(layer, stand.changeSet(), fresh);
            return fresh;
        }
    }

    @Override
    public Optional<Feature> get(String layer, String id, Instant at) {
        LayerDefinition definition = definition(layer);
        return connections.read(connection -> {
            Past past = past(connection, definition);
            return past.feature(past.at(at), id);
        });
    }

    private Past past(Connection connection, LayerDefinition definition) {
        return new Past(dialect, connection, definition);
    }

    private FeatureReads reads(Connection connection, LayerDefinition definition) {
        return new FeatureReads(dialect, connection, definition);
    }

    @Override
    public ChangeReceipt apply(ChangeContext context, List<Change> changes, Consumer<Feature> guard) {
        if (changes.isEmpty()) throw ProblemException.invalid("catalog.noChange");
        changes.forEach(change -> definition(change.layer()));
        return changing(context, writes -> {
            writes.guard(guard);
            List<Feature> features = new ArrayList<>();
            for (int i = 0; i < changes.size(); i++) {
                Change change = changes.get(i);
                String where = changes.size() == 1 ? "" : "changes[" + i + "].";
                Feature feature = writes.apply(definition(change.layer()), change, where);
                if (feature != null) features.add(feature);
            }
            return features;
        });
    }

    private interface Work {
        List<Feature> on(FeatureWrites writes) throws SQLException;
    }

    private ChangeReceipt changing(ChangeContext context, Work work) {
        List<LayerState> states = new ArrayList<>();
        return committed(states, connection -> {
            FeatureWrites writes = new FeatureWrites(dialect, connection, context, now());
            List<Feature> features = work.on(writes);
            writes.refuseMistakes();
            states.addAll(writes.finish());
            announce(connection);
            Map<String, Long> versions = new LinkedHashMap<>();
            states.forEach(state -> versions.put(state.layer(), state.version()));
            return new ChangeReceipt(writes.changeSet(), features, versions);
        });
    }

    /** Writes, and tells of it; {@code states} is filled by the work. */
    private <T> T committed(List<LayerState> states, Connections.Work<T> work) {
        List<LayerChanged> news = new ArrayList<>();
        T result;
        try {
            result = connections.write(work);
            for (LayerState state : states) if (isNews(state.layer(), state.version())) news.add(event(state));
        } finally {
            if (telling.isHeldByCurrentThread()) telling.unlock();
        }
        news.forEach(this::tell);
        return result;
    }

    private static LayerChanged event(LayerState state) {
        return new LayerChanged(state.layer(), state.version());
    }

    /** The last step before a commit: until our own listeners are told, the watch must not see it. */
    private void announce(Connection connection) throws SQLException {
        dialect.announce(connection);
        telling.lock();
    }

    private boolean isNews(String layer, long version) {
        Long before = told.put(layer, version);
        return before == null || before != version;
    }

    private void othersMayHaveMoved(Map<String, Long> versions) {
        List<LayerChanged> news = new ArrayList<>();
        telling.lock();
        try {
            versions.forEach((layer, version) -> {
                Long before = told.get(layer);
                // Older: read before a commit of ours.
                if (before != null && version > before && isNews(layer, version))
                    news.add(new LayerChanged(layer, version));
            });
        } finally {
            telling.unlock();
        }
        news.forEach(this::tell);
    }

    @Override
    public ChangeReceipt undo(ChangeContext context, String layer, long changeSet) {
        LayerDefinition definition = definition(layer);
        return changing(context, writes -> {
            Undo undo = new Undo(dialect, writes, changeSet);
            List<String> touched = undo.layers();
            if (!touched.contains(layer))
                throw ProblemException.notFound("catalog.noChangeSet", changeSet, definition.title());
            for (String one : touched) undo.layer(definition(one));
            undo.refuseConflicts();
            return undo.features();
        });
    }

    @Override
    public List<ChangeSet> changeSets(String layer, int limit) {
        return changeSets(layer, "", limit);
    }

    @Override
    public Optional<ChangeSet> changeSet(String layer, long number) {
        return changeSets(layer, " AND change_set = " + number, 1).stream().findFirst();
    }

    private List<ChangeSet> changeSets(String layer, String condition, int limit) {
        LayerDefinition definition = definition(layer);
        String sql = "SELECT c.number, c.at, c.who, c.why, max(e.layer_version), sum(e.created), sum(e.updated),"
                + " sum(e.deleted), sum(e.loaded) FROM (SELECT change_set, layer_version,"
                + " CASE WHEN operation = 'create' THEN 1 ELSE 0 END AS created,"
                + " CASE WHEN operation = 'update' THEN 1 ELSE 0 END AS updated,"
                + " CASE WHEN operation = 'delete' THEN 1 ELSE 0 END AS deleted, 0 AS loaded"
                + " FROM anquan_history WHERE layer = ?" + condition
                + " UNION ALL SELECT change_set, layer_version, 0, 0, 0, added FROM anquan_load WHERE layer = ?"
                + condition + ") e JOIN anquan_change_set c ON c.number = e.change_set"
                + " GROUP BY c.number, c.at, c.who, c.why ORDER BY c.number DESC LIMIT ?";
        return connections.read(connection -> {
            List<ChangeSet> all = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, definition.id());
                statement.setString(2, definition.id());
                statement.setInt(3, limit);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next())
                        all.add(new ChangeSet(
                                row.getLong(1),
                                instant(row, 2),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7),
                                row.getLong(8),
                                row.getLong(9)));
                }
            }
            return all;
        });
    }

    private Instant instant(ResultSet row, int column) throws SQLException {
        return dialect.fromColumn(row, column, AttributeType.TIME) instanceof Instant instant ? instant : Instant.EPOCH;
    }

    @Override
    public LoadReceipt load(ChangeContext context, String layer, LoadMode mode, Rows rows) throws IOException {
        LayerDefinition definition = definition(layer);
        List<LayerState> states = new ArrayList<>();
        try {
            return committed(states, connection -> {
                FeatureWrites writes = new FeatureWrites(dialect, connection, context, now());
                try (FeatureWrites.Load load = writes.new Load(definition, mode)) {
                    rows.writeTo(load);
                    LoadReceipt done = load.finish();
                    states.addAll(writes.finish());
                    announce(connection);
                    return done;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            throw cause == null ? new IOException(e) : cause;
        } catch (FeatureWrites.StoreFailure e) {
            throw connections.inWords(e.reason());
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private void tell(Object event) {
        try {
            listeners.accept(event);
        } catch (RuntimeException e) {
            // The change is on the disk; a listener that failed must not make it look refused.
            LOG.error("A listener failed on {}", event, e);
        }
    }

    @Override
    public void eachLoaded(String layer, BiConsumer<Long, String> each) {
        LayerDefinition definition = definition(layer);
        String sql = "SELECT l.change_set, t.id FROM anquan_load l JOIN " + dialect.quoted(layer)
                + " t ON t.fid BETWEEN l.first_fid AND l.last_fid WHERE l.layer = ?";
        connections.readAtLength(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, definition.id());
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) each.accept(row.getLong(1), row.getString(2));
                }
            }
            return true;
        });
    }

    @Override
    public List<HistoryEntry> history(String layer, String id) {
        LayerDefinition definition = definition(layer);
        return connections.read(connection -> history(connection, definition, id));
    }

    /** A load that replaces a layer takes out before it brings in: within a change set it comes last. */
    private List<HistoryEntry> history(Connection connection, LayerDefinition layer, String id) throws SQLException {
        // The fids that this id ever had: the present one, and those of its past.
        String fids = "(SELECT fid FROM " + dialect.quoted(layer.id()) + " WHERE id = ?"
                + " UNION SELECT fid FROM anquan_history WHERE layer = ? AND id = ?)";
        String sql =
                "SELECT c.number, e.layer_version, c.at, c.who, c.why, e.operation, e.before, e.after, e.moved FROM ("
                        + "SELECT change_set, layer_version, operation, before, after, seq,"
                        + " CASE WHEN NOT (before_geom = after_geom) THEN 1 ELSE 0 END AS moved FROM anquan_history"
                        + " WHERE layer = ? AND id = ?"
                        + " UNION ALL SELECT l.change_set, l.layer_version, 'load', NULL, NULL, 9223372036854775807, 0 FROM anquan_load l JOIN "
                        + fids
                        + " f ON f.fid BETWEEN l.first_fid AND l.last_fid WHERE l.layer = ?"
                        + ") e JOIN anquan_change_set c ON c.number = e.change_set ORDER BY c.number, e.seq";
        List<HistoryEntry> entries = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            String[] values = {layer.id(), id, id, layer.id(), id, layer.id()};
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(new HistoryEntry(
                            row.getLong(1),
                            row.getLong(2),
                            instant(row, 3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8),
                            row.getInt(9) > 0));
                }
            }
        }
        return entries;
    }

    @Override
    public void close() {
        watch.close();
        connections.close();
    }
}
