package org.anquan.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anquan.geo.Bbox;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.report.SheetContent.Table;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be printed.
 *
 * @param process id of the process whose answer is drawn; null with a job, or where only layers are drawn
 * @param job id of a job that ended; its answer is drawn
 * @param title null: made from the answer
 * @param layers ids of the layers to draw; null: those of the settings
 * @param extent null: the county
 * @param scale n of 1:n; 0: the largest round one that shows the extent
 * @param table null: made from the answer
 */
record SheetRequest(
        @Nullable String process,
        ObjectNode inputs,
        @Nullable String job,
        @Nullable String title,
        Paper paper,
        boolean landscape,
        Format format,
        @Nullable List<String> layers,
        @Nullable Bbox extent,
        long scale,
        boolean drill,
        boolean withTable,
        @Nullable Table table) {
    private static final List<String> KNOWN = List.of(
            "process",
            "inputs",
            "job",
            "title",
            "paper",
            "orientation",
            "format",
            "layers",
            "extent",
            "scale",
            "drill",
            "table");
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_ROWS = 500;
    private static final int LONGEST_CELL = 200;
    private static final double SMALLEST_DEGREES = 1e-4;

    enum Format {
        PDF("application/pdf"),
        PNG("image/png");

        final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String ending() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws ProblemException invalid, with all that is wrong */
    static SheetRequest read(JsonNode body, int maxTitle) {
        if (!body.isObject()) throw ProblemException.invalid("report.notObject");
        List<Mistake> mistakes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> part : body.properties())
            if (!KNOWN.contains(part.getKey()))
                mistakes.add(new Mistake(part.getKey(), Text.of("report.mistake.unknown", KNOWN)));
        String process = text(body, "process", 100, mistakes);
        String job = text(body, "job", 100, mistakes);
        if (process != null && job != null) mistakes.add(new Mistake("job", Text.of("report.mistake.both")));
        JsonNode inputs = body.path("inputs");
        if (!inputs.isMissingNode() && !inputs.isObject())
            mistakes.add(new Mistake("inputs", Text.of("report.mistake.object")));
        if (process == null && !inputs.isMissingNode())
            mistakes.add(new Mistake("process", Text.of("report.mistake.processMissing")));
        String paper = choice(body, "paper", List.of("A3", "A4"), "A3", mistakes);
        String orientation = choice(body, "orientation", List.of("landscape", "portrait"), "landscape", mistakes);
        String format = choice(body, "format", List.of("pdf", "png"), "pdf", mistakes);
        JsonNode drill = body.path("drill");
        if (!drill.isMissingNode() && !drill.isBoolean())
            mistakes.add(new Mistake("drill", Text.of("report.mistake.boolean")));
        JsonNode table = body.path("table");
        boolean none = table.asString("").equals("none");
        SheetRequest request = new SheetRequest(
                process,
                inputs instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode(),
                job,
                text(body, "title", maxTitle, mistakes),
                Paper.valueOf(paper),
                orientation.equals("landscape"),
                Format.valueOf(format.toUpperCase(Locale.ROOT)),
                layers(body.path("layers"), mistakes),
                extent(body.path("extent"), mistakes),
                scale(body.path("scale"), mistakes),
                drill.asBoolean(false),
                !none,
                table.isMissingNode() || none ? null : table(table, mistakes));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("report.request").withMistakes(mistakes);
        return request;
    }

    private static @Nullable String text(JsonNode body, String name, int longest, List<Mistake> mistakes) {
        JsonNode given = body.path(name);
        if (given.isMissingNode() || given.isNull()) return null;
        if (!given.isString() || given.asString().isBlank()) {
            mistakes.add(new Mistake(name, Text.of("report.mistake.text")));
            return null;
        }
        String text = given.asString().strip();
        if (text.codePointCount(0, text.length()) > longest)
            mistakes.add(
                    new Mistake(name, Text.of("report.mistake.long", longest, text.codePointCount(0, text.length()))));
        return text;
    }

    private static String choice(
            JsonNode body, String name, List<String> allowed, String usual, List<Mistake> mistakes) {
        JsonNode given = body.path(name);
        if (given.isMissingNode()) return usual;
        for (String one : allowed) if (one.equalsIgnoreCase(given.asString(""))) return one;
        mistakes.add(new Mistake(name, Text.of("report.mistake.choice", given.toString(), allowed)));
        return usual;
    }

    private static @Nullable List<String> layers(JsonNode given, List<Mistake> mistakes) {
        if (given.isMissingNode() || given.isNull()) return null;
        List<String> ids = new ArrayList<>();
        boolean good = given.isArray();
        for (JsonNode one : given) {
            good &= one.isString();
            ids.add(one.asString(""));
        }
        if (!good) mistakes.add(new Mistake("layers", Text.of("report.mistake.layers")));
        return List.copyOf(Set.copyOf(ids));
    }

    private static @Nullable Bbox extent(JsonNode given, List<Mistake> mistakes) {
        if (given.isMissingNode() || given.isNull()) return null;
        double[] at = new double[4];
        boolean good = given.isArray() && given.size() == 4;
        for (int i = 0; good && i < 4; i++) {
            good = given.get(i).isNumber();
            at[i] = given.get(i).asDouble(0);
        }
        if (good
                && at[2] - at[0] >= SMALLEST_DEGREES
                && at[3] - at[1] >= SMALLEST_DEGREES
                && Math.abs(at[0]) <= 180
                && Math.abs(at[2]) <= 180
                && Math.abs(at[1]) <= 85
                && Math.abs(at[3]) <= 85) return new Bbox(at[0], at[1], at[2], at[3]);
        mistakes.add(new Mistake("extent", Text.of("report.mistake.extent")));
        return null;
    }

    private static long scale(JsonNode given, List<Mistake> mistakes) {
        if (given.isMissingNode() || given.isNull()) return 0;
        if (given.isIntegralNumber() && given.asLong() >= 100 && given.asLong() <= 20_000_000) return given.asLong();
        mistakes.add(new Mistake("scale", Text.of("report.mistake.scale", 100, 20_000_000)));
        return 0;
    }

    private static @Nullable Table table(JsonNode given, List<Mistake> mistakes) {
        JsonNode columns = given.path("columns");
        JsonNode rows = given.path("rows");
        boolean good = given.isObject()
                && columns.isArray()
                && columns.size() > 0
                && columns.size() <= MOST_COLUMNS
                && rows.isArray()
                && rows.size() <= MOST_ROWS;
        List<String> names = new ArrayList<>();
        for (JsonNode column : columns) names.add(cell(column));
        List<List<String>> all = new ArrayList<>();
        boolean[] numeric = new boolean[names.size()];
        java.util.Arrays.fill(numeric, true);
        for (JsonNode row : rows) {
            good &= row.isArray() && row.size() == columns.size();
            List<String> cells = new ArrayList<>();
            for (JsonNode one : row) {
                int at = cells.size();
                if (at < numeric.length && !one.isNull()) numeric[at] &= one.isNumber();
                cells.add(one.isNumber() ? Figures.number(one.asDouble()) : cell(one));
            }
            all.add(cells);
        }
        if (!good) {
            mistakes.add(new Mistake("table", Text.of("report.mistake.table", MOST_COLUMNS, MOST_ROWS)));
            return null;
        }
        List<Boolean> right = new ArrayList<>();
        for (boolean one : numeric) right.add(one && !all.isEmpty());
        return new Table(cell(given.path("title")), names, right, all);
    }

    private static String cell(JsonNode given) {
        if (given.isNull()) return Text.of("report.unknown").toString();
        String text = given.asString("").strip();
        return text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL);
    }
}
