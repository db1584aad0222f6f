package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the history tells of after a change set, for what is kept in memory and moved on. */
final class ChangedSince {
    private ChangedSince() {}

    /** Features that were changed, added or deleted since; null where a load brought more. */
    static @Nullable Set<Long> fids(Connection connection, String layer, long changeSet) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) FROM anquan_load WHERE layer = ? AND change_set > ?")) {
            statement.setString(1, layer);
            statement.setLong(2, changeSet);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && row.getLong(1) > 0) return null;
            }
        }
        Set<Long> fids = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT DISTINCT fid FROM anquan_history WHERE layer = ? AND change_set > ?")) {
            statement.setString(1, layer);
            statement.setLong(2, changeSet);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) fids.add(row.getLong(1));
            }
        }
        return fids;
    }

    /** The last change set there is, in the present transaction. */
    static long last(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT max(number) FROM anquan_change_set");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
