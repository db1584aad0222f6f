package org.anquan.exchange;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.AttributeNames;
import org.anquan.catalog.Title;
import org.jspecify.annotations.Nullable;

/**
 * How files of one kind go into a layer, kept under a name: a file {@code profiles/<id>.yaml}, shipped or in the data
 * folder. docs/import.md explains its words.
 *
 * @param recogniser what a file must look like, so that the profile is taken for it unasked
 * @param hints coordinate system, encoding and table, where the file does not say
 * @param only which rows belong to the layer: column to its values, {@code *} for any; a row with one of them does;
 *     empty for all
 * @param idTemplate made of columns: {@code jp-{共通ID}}; empty for the usual way
 * @param places columns that make the geometry: column to {@code lon}, {@code lat}, {@code lonlat} or {@code geom}
 * @param attributes attribute to the rule that fills it
 * @param constants attribute to a value that all rows get
 */
public record Profile(
        String id,
        Title title,
        String layer,
        Recogniser recogniser,
        ImportRequest.Hints hints,
        Map<String, List<String>> only,
        String idTemplate,
        Map<String, String> places,
        Map<String, Rule> attributes,
        Map<String, Object> constants) {
    /**
     * @param all columns that the file must have
     * @param any at least one of these, where some are named
     */
    public record Recogniser(List<String> all, List<String> any) {
        public Recogniser {
            all = List.copyOf(all);
            any = List.copyOf(any);
        }
    }

    /** What becomes of a value that is not in the table of values. */
    public enum Otherwise {
        /** It is read as it stands: an allowed value, or a refused row. */
        KEEP,
        /** It says nothing about this attribute. */
        DROP
    }

    /**
     * Where an attribute comes from.
     *
     * @param columns the first that is filled in, and is not dropped by the table, counts
     * @param values what stands in the file to what it means
     * @param separators between the items of a list; empty for the usual ones
     * @param unit of the file; null where it is the attribute's own
     * @param largest whether of several figures with semicolons between them ({@code 2;3}) the largest counts, and a whole
     *     number is rounded down to ({@code 3.5}); else such a row is refused
     * @param flags column to the item that it stands for where it says yes; of a text the items are joined by
     *     {@code +}, in the order of the alphabet, and looked up in the table of values
     */
    public record Rule(
            List<String> columns,
            Map<String, String> values,
            Otherwise otherwise,
            String separators,
            @Nullable String unit,
            boolean largest,
            Map<String, String> flags) {
        public Rule {
            columns = List.copyOf(columns);
            values = Map.copyOf(values);
            flags = Map.copyOf(flags);
        }
    }

    public Profile {
        only = Map.copyOf(only);
        places = Map.copyOf(places);
        attributes = Map.copyOf(attributes);
        constants = Map.copyOf(constants);
    }

    /** How surely this header is of the kind: the number of columns known, 0 where it is not. */
    public int fits(List<String> columns) {
        Set<String> header = new LinkedHashSet<>();
        columns.forEach(c -> header.add(AttributeNames.plain(c)));
        boolean all = recogniser.all().stream().allMatch(c -> header.contains(AttributeNames.plain(c)));
        long some = recogniser.any().stream()
                .filter(c -> header.contains(AttributeNames.plain(c)))
                .count();
        boolean nothingAsked = recogniser.all().isEmpty() && recogniser.any().isEmpty();
        if (nothingAsked || !all || (some == 0 && !recogniser.any().isEmpty())) return 0;
        return recogniser.all().size() + (int) some;
    }
}
