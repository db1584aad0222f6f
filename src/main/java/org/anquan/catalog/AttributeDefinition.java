package org.anquan.catalog;

import java.util.List;
import java.util.Map;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a layer.
 *
 * @param name its name in the API and its column, camelCase
 * @param unit {@code m²}, {@code persons} …; null where it has none
 * @param values the allowed values; empty where all are allowed
 * @param min smallest allowed number, or null
 * @param max largest allowed number, or null
 * @param source the norm and clause that the attribute comes from, or null
 * @param note a sentence for whoever fills it in, or null
 * @param aliases other names under which files give it, compared without case, blanks and underscores
 * @param derivation how it follows from other attributes, or null where it is filled in
 */
public record AttributeDefinition(
        String name,
        Title title,
        AttributeType type,
        @Nullable String unit,
        List<AllowedValue> values,
        @Nullable Double min,
        @Nullable Double max,
        boolean required,
        Sensitivity sensitivity,
        @Nullable String source,
        List<String> aliases,
        @Nullable Title note,
        @Nullable Derivation derivation) {
    /** One allowed value and how people read it. */
    public record AllowedValue(String value, Title title) {}

    public AttributeDefinition {
        values = List.copyOf(values);
        aliases = List.copyOf(aliases);
    }

    /** Units that are written with a word. */
    private static final Map<String, String> UNIT_WORDS = Map.of(
            "persons", "catalog.unit.persons",
            "CNY", "catalog.unit.yuan",
            "a", "catalog.unit.years",
            "min", "catalog.unit.minutes",
            "s", "catalog.unit.seconds");

    /** The unit as people read it: 人, m²; empty where it has none. */
    public Object unitInWords() {
        if (unit == null) return "";
        String key = UNIT_WORDS.get(unit);
        return key == null ? unit : Text.of(key);
    }

    /** One without a note. */
    public AttributeDefinition(
            String name,
            Title title,
            AttributeType type,
            @Nullable String unit,
            List<AllowedValue> values,
            @Nullable Double min,
            @Nullable Double max,
            boolean required,
            Sensitivity sensitivity,
            @Nullable String source,
            List<String> aliases) {
        this(name, title, type, unit, values, min, max, required, sensitivity, source, aliases, null, null);
    }

    AttributeDefinition withAliases(List<String> others) {
        return new AttributeDefinition(
                name, title, type, unit, values, min, max, required, sensitivity, source, others, note, derivation);
    }

    /** The same, following from others. */
    AttributeDefinition derivedBy(@Nullable Derivation how) {
        return new AttributeDefinition(
                name, title, type, unit, values, min, max, required, sensitivity, source, aliases, note, how);
    }
}
