package org.anquan.catalog;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement in the making: its text, and the values that fill its question marks. Values never stand in the text. */
final class Sql {
    private final Dialect dialect;
    private final StringBuilder text = new StringBuilder(256);
    private final List<Object> values = new ArrayList<>();

    Sql(Dialect dialect) {
        this.dialect = dialect;
    }

    Sql add(String words) {
        text.append(words);
        return this;
    }

    /** A column of the layer's table, which statements call {@code t}. */
    Sql column(String name) {
        text.append("t.").append(dialect.quoted(name));
        return this;
    }

    Sql name(String table) {
        text.append(dialect.quoted(table));
        return this;
    }

    Sql value(Object value) {
        text.append(dialect.mark(value));
        values.add(dialect.toColumn(value));
        return this;
    }

    Sql like(Runnable operand, LikePattern pattern) {
        dialect.writeLike(this, operand, pattern);
        return this;
    }

    Sql compare(Operand left, String sign, Operand right) {
        dialect.writeComparison(this, left, sign, right);
        return this;
    }

    Sql listHolds(String column, List<String> texts, boolean all) {
        dialect.writeListHolds(this, column, texts, all);
        return this;
    }

    Sql add(Sql other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    /** @param first what fills the question marks that stand in the words before the values */
    PreparedStatement prepared(java.sql.Connection connection, Object... first) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        int at = 0;
        for (Object value : first) statement.setObject(++at, value);
        for (Object value : values) statement.setObject(++at, value);
        return statement;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
