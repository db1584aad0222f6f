package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;

/** {@link Documents} in one table of plain SQL, which every database takes. */
final class DocumentStore implements Documents {
    private static final String COLUMNS = "kind, name, version, author, changed_at, body";

    private final Dialect dialect;
    private final Connections connections;
    private final DocumentNews news;

    DocumentStore(Dialect dialect, Connections connections, DocumentNews news) {
        this.dialect = dialect;
        this.connections = connections;
        this.news = news;
    }

    @Override
    public List<Document> list(String kind) {
        return connections.read(connection ->
                select(connection, "SELECT " + COLUMNS + " FROM anquan_document WHERE kind = ? ORDER BY name", kind));
    }

    @Override
    public Optional<Document> get(String kind, String name) {
        return connections.read(connection -> present(connection, kind, name));
    }

    private static Optional<Document> present(Connection connection, String kind, String name) throws SQLException {
        return select(connection, "SELECT " + COLUMNS + " FROM anquan_document WHERE kind = ? AND name = ?", kind, name)
                .stream()
                .findFirst();
    }

    private static List<Document> select(Connection connection, String sql, String... values) throws SQLException {
        List<Document> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next())
                    all.add(new Document(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getString(4),
                            Instant.parse(row.getString(5)),
                            row.getString(6)));
            }
        }
        return all;
    }

    @Override
    public Document put(String kind, String name, String body, String author, Consumer<Optional<Document>> guard) {
        Document kept = connections.write(connection -> {
            Optional<Document> present = present(connection, kind, name);
            guard.accept(present);
            long before = present.map(Document::version).orElse(0L);
            Document next =
                    new Document(kind, name, before + 1, author, Instant.now().truncatedTo(ChronoUnit.MILLIS), body);
            // The version stands in the condition: another instance may have written since.
            String sql = before == 0
                    ? "INSERT INTO anquan_document (version, author, changed_at, body, kind, name)"
                            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
                    : "UPDATE anquan_document SET version = ?, author = ?, changed_at = ?, body = ?"
                            + " WHERE kind = ? AND name = ? AND version = " + before;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, next.version());
                statement.setString(2, next.author());
                statement.setString(3, next.changedAt().toString());
                statement.setString(4, next.body());
                statement.setString(5, kind);
                statement.setString(6, name);
                if (statement.executeUpdate() != 1) throw moved(name);
            }
            dialect.announce(connection);
            return next;
        });
        news.written(kept);
        return kept;
    }

    @Override
    public Optional<Document> delete(String kind, String name, Consumer<Optional<Document>> guard) {
        Optional<Document> gone = connections.write(connection -> {
            Optional<Document> present = present(connection, kind, name);
            guard.accept(present);
            if (present.isEmpty()) return present;
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM anquan_document WHERE kind = ? AND name = ? AND version = "
                            + present.get().version())) {
                statement.setString(1, kind);
                statement.setString(2, name);
                if (statement.executeUpdate() != 1) throw moved(name);
            }
            dialect.announce(connection);
            return present;
        });
        gone.ifPresent(news::deleted);
        return gone;
    }

    private static ProblemException moved(String name) {
        return ProblemException.of(Kind.STALE, "catalog.documentMoved", name);
    }
}
