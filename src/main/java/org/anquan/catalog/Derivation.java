package org.anquan.catalog;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an attribute follows from others. It is worked out whenever a feature is written, and stored; nobody sets it. Two are
 * equal where their files say the same.
 */
public final class Derivation {
    private final String formula;
    private final String written;
    private final Title words;
    private final String clause;
    private final @Nullable String stated;
    private final Formula compiled;
    private final Map<String, Formula.Table> tables;
    private final Map<Double, String> classes;

    /**
     * @param words the formula as people say it
     * @param clause the norm and clause
     * @param stated the attribute that takes a value from a file that differs from the formula's; null for none
     * @param classes text value of each result; empty where the result is a number
     */
    Derivation(
            String formula,
            Title words,
            String clause,
            @Nullable String stated,
            Formula compiled,
            Map<String, Formula.Table> tables,
            Map<Double, String> classes) {
        this.formula = formula;
        this.written = formula + " " + new TreeMap<>(tables) + " " + new TreeMap<>(classes);
        this.tables = Map.copyOf(tables);
        this.words = words;
        this.clause = clause;
        this.stated = stated;
        this.compiled = compiled;
        this.classes = Map.copyOf(classes);
    }

    public String formula() {
        return formula;
    }

    public Title words() {
        return words;
    }

    public String clause() {
        return clause;
    }

    public @Nullable String stated() {
        return stated;
    }

    /** The attributes that it follows from. */
    public List<String> inputs() {
        return List.copyOf(compiled.inputs());
    }

    /** Formula, tables and classes as one text: where it differs, stored values are worked out anew. */
    String written() {
        return written;
    }

    Map<String, Formula.Table> tables() {
        return tables;
    }

    Map<Double, String> classes() {
        return classes;
    }

    /** A number or one of the allowed values; null where it is not known. */
    @Nullable
    Object value(Map<String, ?> known) {
        Double number = compiled.value(known);
        if (number == null) return null;
        return classes.isEmpty() ? number : classes.get(number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Derivation o
                && written.equals(o.written)
                && words.equals(o.words)
                && clause.equals(o.clause)
                && Objects.equals(stated, o.stated);
    }

    @Override
    public int hashCode() {
        return Objects.hash(written, words, clause, stated);
    }

    @Override
    public String toString() {
        return formula;
    }
}
