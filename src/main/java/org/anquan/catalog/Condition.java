package org.anquan.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * A parsed filter. Each part answers for itself twice: for a feature in memory, and as SQL for the database. Both follow
 * the three-valued logic of SQL; a law in the tests holds them together.
 */
sealed interface Condition extends Filter {
    Truth test(Feature feature);

    /** Whether {@link #writeSql} says exactly the same in the database. */
    boolean inSql();

    void writeSql(Sql out);

    @Override
    default boolean matches(Feature feature) {
        return test(feature) == Truth.TRUE;
    }

    /** The six comparisons. */
    enum Comparator {
        EQUAL("=") {
            @Override
            boolean holds(int order) {
                return order == 0;
            }
        },
        UNEQUAL("<>") {
            @Override
            boolean holds(int order) {
                return order != 0;
            }
        },
        LESS("<") {
            @Override
            boolean holds(int order) {
                return order < 0;
            }
        },
        AT_MOST("<=") {
            @Override
            boolean holds(int order) {
                return order <= 0;
            }
        },
        MORE(">") {
            @Override
            boolean holds(int order) {
                return order > 0;
            }
        },
        AT_LEAST(">=") {
            @Override
            boolean holds(int order) {
                return order >= 0;
            }
        };

        private final String sign;

        Comparator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        abstract boolean holds(int order);
    }

    record Comparison(Operand left, Comparator comparator, Operand right) implements Condition {
        @Override
        public Truth test(Feature feature) {
            Object a = left.value(feature);
            Object b = right.value(feature);
            if (a == null || b == null) return Truth.UNKNOWN;
            return Truth.of(comparator.holds(Operand.compare(a, b)));
        }

        @Override
        public boolean inSql() {
            return left.inSql() && right.inSql();
        }

        @Override
        public void writeSql(Sql out) {
            out.compare(left, comparator.sign(), right);
        }
    }

    record Between(Operand value, Operand low, Operand high) implements Condition {
        @Override
        public Truth test(Feature feature) {
            Truth from = new Comparison(value, Comparator.AT_LEAST, low).test(feature);
            Truth to = new Comparison(value, Comparator.AT_MOST, high).test(feature);
            return and(from, to);
        }

        @Override
        public boolean inSql() {
            return value.inSql() && low.inSql() && high.inSql();
        }

        @Override
        public void writeSql(Sql out) {
            if (Operand.mixed(value, low) || Operand.mixed(value, high)) {
                out.add("(").compare(value, ">=", low);
                out.add(" AND ").compare(value, "<=", high).add(")");
                return;
            }
            value.writeSql(out);
            out.add(" BETWEEN ");
            low.writeSql(out);
            out.add(" AND ");
            high.writeSql(out);
        }
    }

    record In(Operand value, List<Operand> choices) implements Condition {
        public In {
            choices = List.copyOf(choices);
        }

        @Override
        public Truth test(Feature feature) {
            Object a = value.value(feature);
            if (a == null) return Truth.UNKNOWN;
            boolean unknown = false;
            for (Operand choice : choices) {
                Object b = choice.value(feature);
                if (b == null) unknown = true;
                else if (Operand.equal(a, b)) return Truth.TRUE;
            }
            return unknown ? Truth.UNKNOWN : Truth.FALSE;
        }

        @Override
        public boolean inSql() {
            return value.inSql() && choices.stream().allMatch(Operand::inSql);
        }

        @Override
        public void writeSql(Sql out) {
            if (choices.stream().anyMatch(choice -> Operand.mixed(value, choice))) {
                List<Condition> equal = new ArrayList<>();
                for (Operand choice : choices) equal.add(new Comparison(value, Comparator.EQUAL, choice));
                joined(equal, " OR ", out);
                return;
            }
            value.writeSql(out);
            out.add(" IN (");
            for (int i = 0; i < choices.size(); i++) {
                if (i > 0) out.add(", ");
                choices.get(i).writeSql(out);
            }
            out.add(")");
        }
    }

    record Like(Operand value, LikePattern pattern) implements Condition {
        @Override
        public Truth test(Feature feature) {
            return value.value(feature) instanceof String text ? Truth.of(pattern.matches(text)) : Truth.UNKNOWN;
        }

        @Override
        public boolean inSql() {
            return value.inSql();
        }

        @Override
        public void writeSql(Sql out) {
            out.like(() -> value.writeSql(out), pattern);
        }
    }

    record IsNull(Operand value) implements Condition {
        @Override
        public Truth test(Feature feature) {
            return Truth.of(value.value(feature) == null);
        }

        @Override
        public boolean inSql() {
            return value.inSql();
        }

        @Override
        public void writeSql(Sql out) {
            value.writeSql(out);
            out.add(" IS NULL");
        }
    }

    /** A boolean attribute, or TRUE or FALSE, standing alone. */
    record Flag(Operand value) implements Condition {
        @Override
        public Truth test(Feature feature) {
            return value.value(feature) instanceof Boolean flag ? Truth.of(flag) : Truth.UNKNOWN;
        }

        @Override
        public boolean inSql() {
            return value.inSql();
        }

        @Override
        public void writeSql(Sql out) {
            value.writeSql(out);
            out.add(" = ");
            out.value(true);
        }
    }

    /** {@code A_CONTAINS} (all of the texts) and {@code A_OVERLAPS} (any of them) on a list attribute. */
    record ListHolds(Operand.Property list, List<String> texts, boolean all) implements Condition {
        public ListHolds {
            texts = List.copyOf(texts);
        }

        @Override
        public Truth test(Feature feature) {
            List<String> held = Operand.list(list, feature);
            if (held == null) return Truth.UNKNOWN;
            HashSet<String> set = new HashSet<>(held);
            return Truth.of(all ? set.containsAll(texts) : texts.stream().anyMatch(set::contains));
        }

        @Override
        public boolean inSql() {
            return true;
        }

        @Override
        public void writeSql(Sql out) {
            out.listHolds(list.attribute().name(), texts, all);
        }
    }

    /** {@code S_INTERSECTS(geom, …)}. The database narrows it down by the index of boxes; the exact test is ours. */
    record Intersects(Geometry with) implements Condition {
        @Override
        public Truth test(Feature feature) {
            return Truth.of(feature.geometry().intersects(with));
        }

        @Override
        public boolean inSql() {
            return false;
        }

        @Override
        public void writeSql(Sql out) {
            throw new IllegalStateException("S_INTERSECTS has no exact SQL");
        }
    }

    record Not(Condition of) implements Condition {
        @Override
        public Truth test(Feature feature) {
            return of.test(feature).not();
        }

        @Override
        public boolean inSql() {
            return of.inSql();
        }

        @Override
        public void writeSql(Sql out) {
            out.add("NOT (");
            of.writeSql(out);
            out.add(")");
        }
    }

    record And(List<Condition> parts) implements Condition {
        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public Truth test(Feature feature) {
            Truth all = Truth.TRUE;
            for (Condition part : parts) {
                all = and(all, part.test(feature));
                if (all == Truth.FALSE) return all;
            }
            return all;
        }

        @Override
        public boolean inSql() {
            return parts.stream().allMatch(Condition::inSql);
        }

        @Override
        public void writeSql(Sql out) {
            joined(parts, " AND ", out);
        }
    }

    record Or(List<Condition> parts) implements Condition {
        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public Truth test(Feature feature) {
            boolean unknown = false;
            for (Condition part : parts) {
                Truth one = part.test(feature);
                if (one == Truth.TRUE) return one;
                unknown |= one == Truth.UNKNOWN;
            }
            return unknown ? Truth.UNKNOWN : Truth.FALSE;
        }

        @Override
        public boolean inSql() {
            return parts.stream().allMatch(Condition::inSql);
        }

        @Override
        public void writeSql(Sql out) {
            joined(parts, " OR ", out);
        }
    }

    private static Truth and(Truth a, Truth b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /** Joined in halves: a thousand parts in one row would pass the depth that databases allow an expression. */
    private static void joined(List<Condition> parts, String word, Sql out) {
        if (parts.size() == 1) {
            out.add("(");
            parts.get(0).writeSql(out);
            out.add(")");
            return;
        }
        int middle = parts.size() / 2;
        out.add("(");
        joined(parts.subList(0, middle), word, out);
        out.add(word);
        joined(parts.subList(middle, parts.size()), word, out);
        out.add(")");
    }

    /** A filter that some caller wrote in Java: tested in memory. */
    static @Nullable Condition of(@Nullable Filter filter) {
        if (filter == null || filter instanceof Condition) return (Condition) filter;
        return new Foreign(filter);
    }

    record Foreign(Filter filter) implements Condition {
        @Override
        public Truth test(Feature feature) {
            return Truth.of(filter.matches(feature));
        }

        @Override
        public boolean inSql() {
            return false;
        }

        @Override
        public void writeSql(Sql out) {
            throw new IllegalStateException("a filter in Java has no SQL");
        }
    }
}
