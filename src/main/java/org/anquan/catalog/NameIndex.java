package org.anquan.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of one layer at one version; immutable. After edits only the features that the history tells of are read
 * again; after a load, all.
 *
 * @param version of the layer
 * @param changeSet the last one that it holds
 * @param base as it was read last as a whole
 * @param gone features of {@code base} that were changed or deleted since
 * @param since what was changed or added since
 */
record NameIndex(LayerDefinition layer, long version, long changeSet, NameBlock base, BitSet gone, NameBlock since) {
    /** More changed features than this, and all is read again: 2 000 take about 20 ms. */
    private static final int MANY = 2000;

    /** Stands for the id among the attributes, as the last. */
    static final String ID = "id";

    static NameIndex read(Dialect dialect, Connection connection, LayerDefinition layer, long version, long changeSet)
            throws SQLException {
        NameBlock all = block(dialect, connection, layer, null);
        NameBlock none = new NameBlock.Builder(readable(layer)).build();
        return new NameIndex(layer, version, changeSet, all, new BitSet(), none);
    }

    /** This index, moved on to a later version. */
    NameIndex movedOn(Dialect dialect, Connection connection, long newVersion, long newChangeSet) throws SQLException {
        Set<Long> touched = ChangedSince.fids(connection, layer.id(), changeSet);
        if (touched == null) return read(dialect, connection, layer, newVersion, newChangeSet);
        // What changed before stays apart, too.
        for (int i = 0; i < since.features(); i++) touched.add(since.fid(i));
        if (touched.size() > MANY) return read(dialect, connection, layer, newVersion, newChangeSet);
        BitSet out = (BitSet) gone.clone();
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < base.features(); i++) if (touched.contains(base.fid(i))) places.put(base.fid(i), i);
        places.values().forEach(out::set);
        return new NameIndex(layer, newVersion, newChangeSet, base, out, block(dialect, connection, layer, touched));
    }

    private static NameBlock block(
            Dialect dialect, Connection connection, LayerDefinition layer, @Nullable Set<Long> only)
            throws SQLException {
        NameBlock.Builder builder = new NameBlock.Builder(readable(layer));
        if (only != null && only.isEmpty()) return builder.build();
        Sql sql = new Sql(dialect).add("SELECT t.fid, t.id, t.geom");
        for (String attribute : layer.search()) sql.add(", ").column(attribute);
        sql.add(" FROM ").name(layer.id()).add(" t");
        if (only != null) {
            sql.add(" WHERE t.fid IN (");
            String comma = "";
            for (Long fid : only) {
                sql.add(comma).add(fid.toString());
                comma = ", ";
            }
            sql.add(")");
        }
        List<String> search = layer.search();
        try (PreparedStatement statement = sql.add(" ORDER BY t.fid").prepared(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String id = row.getString(2);
                builder.feature(
                        row.getLong(1), id, dialect.geometryFromColumn(row, 3).getEnvelopeInternal());
                for (int i = 0; i < search.size(); i++) {
                    String text = row.getString(i + 4);
                    if (text != null) builder.text(i, text);
                }
                builder.text(search.size(), id);
            }
        }
        return builder.build();
    }

    private static boolean[] readable(LayerDefinition layer) {
        boolean[] readable = new boolean[layer.search().size() + 1];
        for (int i = 0; i < layer.search().size(); i++)
            readable[i] = layer.attribute(layer.search().get(i))
                    .filter(Searched::readable)
                    .isPresent();
        return readable;
    }

    /** By attribute, the id last: whether it may be told of to somebody who sees the layer so cut. */
    boolean[] open(LayerDefinition cut) {
        boolean[] open = new boolean[layer.search().size() + 1];
        for (int i = 0; i < layer.search().size(); i++)
            open[i] = cut.attribute(layer.search().get(i)).isPresent();
        open[open.length - 1] = true;
        return open;
    }

    String attribute(int i) {
        return i < layer.search().size() ? layer.search().get(i) : ID;
    }

    List<NameBlock> blocks() {
        return List.of(base, since);
    }
}
