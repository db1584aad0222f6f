package org.anquan.ogcapi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.Filter;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.SortKey;
import org.anquan.geo.Bbox;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of {@code /items}, understood; whatever is wrong with them is said all at once.
 *
 * @param boxes none for everywhere, one, or two where the box crosses the antimeridian; degrees
 * @param sort what to sort by; by id where it is empty
 * @param at the layer as it was at this time; null for now
 */
record ItemsQuery(
        List<Bbox> boxes,
        @Nullable Filter filter,
        List<String> ids,
        List<SortKey> sort,
        int limit,
        long offset,
        Crs crs,
        @Nullable Instant at) {
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "bbox",
            "bbox-crs",
            "crs",
            "datetime",
            "limit",
            "offset",
            "filter",
            "filter-lang",
            "filter-crs",
            "sortby",
            "f",
            "lang"));

    ItemsQuery {
        boxes = List.copyOf(boxes);
        ids = List.copyOf(ids);
        sort = List.copyOf(sort);
    }

    /** @param layer as the asker may see it: a filter cannot name what is hidden */
    static ItemsQuery read(Map<String, String[]> parameters, LayerDefinition layer, OgcSettings settings) {
        return new Reader(parameters, layer, settings).read();
    }

    /** An instant with its offset; null where it is something else. */
    static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static final class Reader {
        private final Map<String, String[]> parameters;
        private final LayerDefinition layer;
        private final OgcSettings settings;
        private final List<Mistake> mistakes = new ArrayList<>();
        private @Nullable Instant at;

        Reader(Map<String, String[]> parameters, LayerDefinition layer, OgcSettings settings) {
            this.parameters = parameters;
            this.layer = layer;
            this.settings = settings;
        }

        ItemsQuery read() {
            checkNames();
            int limit = (int) Math.min(settings.maxLimit(), number("limit", settings.defaultLimit(), 1));
            long offset = number("offset", 0, 0);
            Crs crs = crs("crs");
            List<Bbox> boxes = bbox(crs("bbox-crs"));
            Filter filter = filter();
            List<SortKey> sort = sort();
            String id = text("id");
            if (!mistakes.isEmpty())
                throw ProblemException.invalid("ogcapi.parameters").withMistakes(mistakes);
            return new ItemsQuery(boxes, filter, id == null ? List.of() : List.of(id), sort, limit, offset, crs, at);
        }

        private void checkNames() {
            for (Map.Entry<String, String[]> given : parameters.entrySet()) {
                String name = given.getKey();
                boolean attribute = layer.attribute(name).isPresent() || name.equals("id");
                if (!attribute && !KNOWN.contains(name)) {
                    List<String> names = new ArrayList<>(List.of("id"));
                    layer.attributes().forEach(one -> names.add(one.name()));
                    wrong(name, Text.of("ogcapi.mistake.unknownParameter", KNOWN, names));
                }
                if (given.getValue().length > 1) wrong(name, Text.of("ogcapi.mistake.twice", given.getValue().length));
            }
            String language = text("filter-lang");
            if (language != null && !language.equals("cql2-text"))
                wrong("filter-lang", Text.of("ogcapi.mistake.filterLang", language));
            String filterCrs = text("filter-crs");
            if (filterCrs != null && !Crs.CRS84.uri().equals(filterCrs))
                wrong("filter-crs", Text.of("ogcapi.mistake.filterCrs", filterCrs, Crs.CRS84.uri()));
        }

        private @Nullable String text(String name) {
            String[] values = parameters.get(name);
            return values == null || values.length == 0 || values[0].isEmpty() ? null : values[0];
        }

        private void wrong(String where, Text what) {
            mistakes.add(new Mistake(where, what));
        }

        private long number(String name, long otherwise, long least) {
            String text = text(name);
            if (text == null) return otherwise;
            if (text.matches("\\d{1,18}") && Long.parseLong(text) >= least) return Long.parseLong(text);
            wrong(name, Text.of("ogcapi.mistake.number", text, least));
            return otherwise;
        }

        private Crs crs(String name) {
            String text = text(name);
            if (text == null) return Crs.CRS84;
            return Crs.find(text).orElseGet(() -> {
                wrong(name, Text.of("ogcapi.mistake.crs", text));
                return Crs.CRS84;
            });
        }

        private List<Bbox> bbox(Crs crs) {
            String text = text("bbox");
            if (text == null) return List.of();
            String[] parts = text.split(",", -1);
            double[] numbers = new double[parts.length];
            try {
                for (int i = 0; i < parts.length; i++) numbers[i] = Double.parseDouble(parts[i].strip());
            } catch (NumberFormatException e) {
                wrong("bbox", Text.of("ogcapi.mistake.bbox", text));
                return List.of();
            }
            // Six numbers carry heights; the layers are flat, so they are passed over.
            if (numbers.length == 6) numbers = new double[] {numbers[0], numbers[1], numbers[3], numbers[4]};
            if (numbers.length != 4) {
                wrong("bbox", Text.of("ogcapi.mistake.bbox", text));
                return List.of();
            }
            for (double number : numbers) {
                if (Double.isFinite(number)) continue;
                wrong("bbox", Text.of("ogcapi.mistake.bbox", text));
                return List.of();
            }
            double[] box = crs.toLonLat(numbers);
            if (box == null) {
                wrong("bbox", Text.of("ogcapi.mistake.bboxOffGlobe", text, crs.uri()));
                return List.of();
            }
            if (box[1] > box[3]) {
                wrong("bbox", Text.of("ogcapi.mistake.bboxUpsideDown", text));
                return List.of();
            }
            return Crs.parts(box);
        }

        /** {@code a,-b}: by a upward, then by b downward. A plus arrives as a blank, as addresses are written. */
        private List<SortKey> sort() {
            String text = text("sortby");
            if (text == null) return List.of();
            List<SortKey> keys = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                boolean down = part.startsWith("-");
                String name = down || part.startsWith("+") || part.startsWith(" ") ? part.substring(1) : part;
                AttributeDefinition attribute = layer.attribute(name).orElse(null);
                boolean known = name.equals("id") || attribute != null && SortKey.sortable(attribute);
                if (!known) wrong("sortby", Text.of("ogcapi.mistake.sortby", name, sortable()));
                else if (keys.stream().anyMatch(key -> key.attribute().equals(name)))
                    wrong("sortby", Text.of("ogcapi.mistake.sortbyTwice", name));
                else keys.add(new SortKey(name, down));
            }
            return keys;
        }

        private List<String> sortable() {
            List<String> names = new ArrayList<>(List.of("id"));
            for (AttributeDefinition attribute : layer.attributes())
                if (SortKey.sortable(attribute)) names.add(attribute.name());
            return names;
        }

        private @Nullable Filter filter() {
            List<String> conditions = new ArrayList<>();
            String given = text("filter");
            if (given != null) {
                try {
                    Filters.parse(given, layer);
                    conditions.add("(" + given + ")");
                } catch (ProblemException e) {
                    wrong("filter", Text.of("ogcapi.mistake.filter", e.detail(), e.help()));
                    for (Mistake mistake : e.mistakes()) wrong("filter, " + mistake.where(), mistake.what());
                }
            }
            String datetime = text("datetime");
            if (datetime != null) datetime(datetime, conditions);
            for (AttributeDefinition attribute : layer.attributes()) {
                String[] values = parameters.get(attribute.name());
                if (values != null && values.length == 1) equality(attribute, values[0], conditions);
            }
            if (conditions.isEmpty() || !mistakes.isEmpty()) return null;
            return Filters.parse(String.join(" AND ", conditions), layer);
        }

        private void equality(AttributeDefinition attribute, String value, List<String> conditions) {
            String name = "\"" + attribute.name() + "\"";
            String literal = switch (attribute.type()) {
                case TEXT -> quoted(value);
                case LIST -> "(" + quoted(value) + ")";
                case INTEGER -> value.matches("[+-]?\\d{1,18}") ? value : "";
                case NUMBER -> value.matches("[+-]?\\d{1,300}(\\.\\d+)?([eE][+-]?\\d{1,3})?") ? value : "";
                case BOOLEAN -> value.equals("true") || value.equals("false") ? value : "";
                case DATE -> isDate(value) ? "DATE('" + value + "')" : "";
                case TIME -> time(value);
            };
            if (literal.isEmpty())
                wrong(
                        attribute.name(),
                        Text.of("ogcapi.mistake.value", value, Text.of("ogcapi.type." + attribute.type())));
            else if (attribute.type() == org.anquan.catalog.AttributeType.LIST)
                conditions.add("A_CONTAINS(" + name + ", " + literal + ")");
            else conditions.add(name + " = " + literal);
        }

        private static String quoted(String text) {
            return "'" + text.replace("'", "''") + "'";
        }

        private static boolean isDate(String text) {
            try {
                LocalDate.parse(text);
                return true;
            } catch (DateTimeException e) {
                return false;
            }
        }

        private static String time(String text) {
            try {
                return stamp(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
            } catch (DateTimeException e) {
                return "";
            }
        }

        private static String stamp(Instant at) {
            return "TIMESTAMP('" + at + "')";
        }

        /**
         * An RFC 3339 instant asks for the layer as it was then. A date (a whole day in UTC) and an interval, with open ends
         * too, ask for what was observed within it, and for what has no time.
         */
        private void datetime(String text, List<String> conditions) {
            at = instant(text);
            if (at != null) return;
            String[] ends = text.split("/", -1);
            String name = "\"" + CommonAttributes.OBSERVED_AT + "\"";
            try {
                if (ends.length > 2) throw new DateTimeException("more than two ends");
                boolean open = ends.length == 2 && isOpen(ends[0]) && isOpen(ends[1]);
                if (ends.length == 1 && isOpen(ends[0])) throw new DateTimeException("no time");
                if (open) return;
                Instant from = isOpen(ends[0]) ? null : start(ends[0]);
                String last = ends[ends.length - 1];
                Instant to = isOpen(last) ? null : end(last);
                if (from != null && to != null && from.isAfter(to))
                    throw new DateTimeException("ends before it begins");
                // What has no time belongs to every time (OGC 17-069r4, /req/core/fc-time-response C).
                String without = " OR " + name + " IS NULL)";
                if (from != null) conditions.add("(" + name + " >= " + stamp(from) + without);
                if (to != null) conditions.add("(" + name + " <= " + stamp(to) + without);
            } catch (DateTimeException e) {
                wrong("datetime", Text.of("ogcapi.mistake.datetime", text));
            }
        }

        private static boolean isOpen(String end) {
            return end.isEmpty() || end.equals("..");
        }

        private static Instant start(String text) {
            if (text.length() == 10) return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        }

        private static Instant end(String text) {
            if (text.length() != 10) return start(text);
            return start(LocalDate.parse(text).plusDays(1).toString()).minusNanos(1_000_000);
        }
    }
}
