package org.anquan.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.anquan.catalog.CqlTokens.Token;
import org.anquan.catalog.CqlTokens.Type;
import org.anquan.catalog.Operand.Kind;
import org.anquan.geo.Bbox;
import org.anquan.geo.GeoJson;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/** Reads CQL2 text by recursive descent: OR, AND, NOT, then one predicate. */
final class CqlParser {
    /** Room for a drawn polygon of some hundred corners; longer filters are mistakes or attacks. */
    static final int LONGEST_FILTER = 20_000;
    /** Brackets and NOTs inside each other: no person writes more, and the stack stays small. */
    static final int DEEPEST_NESTING = 50;
    /** Percent signs in one LIKE pattern: each may cost a pass over the text. */
    static final int MOST_WILDCARDS = 10;

    private static final Set<String> GEOMETRY_NAMES = Set.of("geom", "geometry");
    private static final Set<String> WKT_TYPES = Set.of(
            "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION");

    private final LayerDefinition layer;
    private final CqlTokens tokens;
    private int depth;

    CqlParser(String text, LayerDefinition layer) {
        this.layer = layer;
        if (text.length() > LONGEST_FILTER)
            throw wrong(LONGEST_FILTER, Text.of("catalog.cql.tooLong", text.length(), LONGEST_FILTER), layer);
        this.tokens = new CqlTokens(text, (at, what) -> wrong(at, what, layer));
    }

    Condition parsed() {
        if (tokens.peek().type() == Type.END) throw wrong(tokens.peek(), Text.of("catalog.cql.empty"));
        Condition all = either();
        Token rest = tokens.peek();
        if (rest.type() != Type.END) throw wrong(rest, Text.of("catalog.cql.unexpected", rest.text()));
        return all;
    }

    private Condition either() {
        List<Condition> parts = new ArrayList<>(List.of(both()));
        while (tokens.takeWord("OR")) parts.add(both());
        return parts.size() == 1 ? parts.get(0) : new Condition.Or(parts);
    }

    private Condition both() {
        List<Condition> parts = new ArrayList<>(List.of(maybeNot()));
        while (tokens.takeWord("AND")) parts.add(maybeNot());
        return parts.size() == 1 ? parts.get(0) : new Condition.And(parts);
    }

    private Condition maybeNot() {
        Token at = tokens.peek();
        if (!tokens.takeWord("NOT")) return primary();
        deeper(at);
        Condition not = new Condition.Not(maybeNot());
        depth--;
        return not;
    }

    private void deeper(Token at) {
        if (++depth > DEEPEST_NESTING) throw wrong(at, Text.of("catalog.cql.tooDeep", DEEPEST_NESTING));
    }

    private Condition primary() {
        Token at = tokens.peek();
        if (tokens.takeSign("(")) {
            deeper(at);
            Condition inside = either();
            sign(")");
            depth--;
            return inside;
        }
        if (at.type() == Type.NAME && tokens.peekAfter().is("(")) {
            switch (at.text().toUpperCase(Locale.ROOT)) {
                case "S_INTERSECTS":
                    return intersects();
                case "A_CONTAINS":
                    return listHolds(true);
                case "A_OVERLAPS":
                    return listHolds(false);
                default:
                // A literal such as DATE('…'), or an unknown function: the operand says which.
            }
        }
        return predicate();
    }

    private Condition predicate() {
        Token at = tokens.peek();
        Operand left = operand();
        for (Condition.Comparator comparator : Condition.Comparator.values()) {
            if (!tokens.takeSign(comparator.sign())) continue;
            Token rightAt = tokens.peek();
            return comparison(left, comparator, operand(), at, rightAt);
        }
        boolean not = tokens.takeWord("NOT");
        Condition found;
        if (tokens.takeWord("IN")) found = in(left);
        else if (tokens.takeWord("BETWEEN")) found = between(left);
        else if (tokens.takeWord("LIKE")) found = like(left, at);
        else if (not) throw wrong(tokens.peek(), Text.of("catalog.cql.afterNot"));
        else if (tokens.takeWord("IS")) return isNull(left);
        else if (left.kind() == Kind.BOOLEAN) return new Condition.Flag(left);
        else throw wrong(tokens.peek(), Text.of("catalog.cql.comparisonMissing"));
        return not ? new Condition.Not(found) : found;
    }

    private Condition isNull(Operand left) {
        boolean not = tokens.takeWord("NOT");
        if (!tokens.takeWord("NULL")) throw wrong(tokens.peek(), Text.of("catalog.cql.expected", "NULL"));
        Condition isNull = new Condition.IsNull(left);
        return not ? new Condition.Not(isNull) : isNull;
    }

    private Condition comparison(
            Operand left, Condition.Comparator comparator, Operand right, Token leftAt, Token rightAt) {
        Operand a = fitted(left, right.kind(), leftAt);
        Operand b = fitted(right, a.kind(), rightAt);
        checkKinds(a, b, rightAt);
        boolean order = comparator != Condition.Comparator.EQUAL && comparator != Condition.Comparator.UNEQUAL;
        if (order && a.kind() == Kind.BOOLEAN) throw wrong(leftAt, Text.of("catalog.cql.booleanHasNoOrder"));
        return new Condition.Comparison(a, comparator, b);
    }

    private Condition in(Operand left) {
        sign("(");
        List<Operand> choices = new ArrayList<>();
        do {
            Token at = tokens.peek();
            Operand choice = fitted(operand(), left.kind(), at);
            checkKinds(left, choice, at);
            choices.add(choice);
        } while (tokens.takeSign(","));
        sign(")");
        return new Condition.In(left, choices);
    }

    private Condition between(Operand left) {
        Token lowAt = tokens.peek();
        Operand low = fitted(operand(), left.kind(), lowAt);
        checkKinds(left, low, lowAt);
        if (left.kind() == Kind.BOOLEAN) throw wrong(lowAt, Text.of("catalog.cql.booleanHasNoOrder"));
        if (!tokens.takeWord("AND")) throw wrong(tokens.peek(), Text.of("catalog.cql.expected", "AND"));
        Token highAt = tokens.peek();
        Operand high = fitted(operand(), left.kind(), highAt);
        checkKinds(left, high, highAt);
        return new Condition.Between(left, low, high);
    }

    private Condition like(Operand left, Token at) {
        if (left.kind() != Kind.TEXT) throw wrong(at, Text.of("catalog.cql.likeNeedsText"));
        Token patternAt = tokens.peek();
        boolean folded = tokens.peekAfter().is("(") && tokens.takeWord("CASEI");
        if (folded) sign("(");
        Token given = tokens.next();
        if (given.type() != Type.STRING) throw wrong(given, Text.of("catalog.cql.likeNeedsPattern"));
        if (folded) sign(")");
        LikePattern pattern = LikePattern.of(given.text());
        if (pattern.wildcards() > MOST_WILDCARDS)
            throw wrong(patternAt, Text.of("catalog.cql.tooManyWildcards", pattern.wildcards(), MOST_WILDCARDS));
        return new Condition.Like(left, folded ? pattern.folded() : pattern);
    }

    private Condition intersects() {
        tokens.next();
        sign("(");
        Geometry with = null;
        boolean property = false;
        for (int i = 0; i < 2; i++) {
            Token at = tokens.peek();
            if (!property && isGeometryName(at)) {
                tokens.next();
                property = true;
            } else if (with == null) with = geometryLiteral();
            else throw wrong(at, Text.of("catalog.cql.geometryNeeded"));
            if (i == 0) sign(",");
        }
        sign(")");
        if (with == null || !property) throw wrong(tokens.peek(), Text.of("catalog.cql.geometryNeeded"));
        return new Condition.Intersects(with);
    }

    private static boolean isGeometryName(Token token) {
        return (token.type() == Type.NAME || token.type() == Type.QUOTED_NAME)
                && GEOMETRY_NAMES.contains(token.text().toLowerCase(Locale.ROOT));
    }

    private Geometry geometryLiteral() {
        Token at = tokens.next();
        String type = at.type() == Type.NAME ? at.text().toUpperCase(Locale.ROOT) : "";
        if (type.equals("BBOX")) return box(at);
        if (!WKT_TYPES.contains(type)) throw wrong(at, Text.of("catalog.cql.geometryNeeded"));
        String wkt = tokens.sourceUpToClosing(at);
        Geometry geometry;
        try {
            geometry = new WKTReader(GeoJson.FACTORY).read(wkt);
        } catch (ParseException | IllegalArgumentException e) {
            throw wrong(at, Text.of("catalog.cql.wkt", String.valueOf(e.getMessage())));
        }
        for (Coordinate c : geometry.getCoordinates())
            if (!(Math.abs(c.x) <= 180 && Math.abs(c.y) <= 90)) throw wrong(at, Text.of("geo.json.offGlobe", c.x, c.y));
        org.anquan.geo.GeometryMend.fault(geometry).ifPresent(fault -> {
            throw wrong(at, fault);
        });
        return geometry;
    }

    private Geometry box(Token at) {
        sign("(");
        List<Double> numbers = new ArrayList<>();
        do {
            Token number = tokens.next();
            if (number.type() != Type.NUMBER) throw wrong(number, Text.of("catalog.cql.bbox"));
            numbers.add(Double.parseDouble(number.text()));
        } while (tokens.takeSign(","));
        sign(")");
        if (numbers.size() != 4) throw wrong(at, Text.of("catalog.cql.bbox"));
        double west = numbers.get(0);
        double south = numbers.get(1);
        double east = numbers.get(2);
        double north = numbers.get(3);
        if (!(west >= -180 && west <= east && east <= 180 && south >= -90 && south <= north && north <= 90))
            throw wrong(at, Text.of("catalog.cql.bbox"));
        return GeoJson.FACTORY.toGeometry(new Bbox(west, south, east, north).envelope());
    }

    private Condition listHolds(boolean all) {
        tokens.next();
        sign("(");
        Token at = tokens.peek();
        Operand list = operand();
        if (!(list instanceof Operand.Property property) || list.kind() != Kind.LIST)
            throw wrong(at, Text.of("catalog.cql.listNeeded", lists()));
        sign(",");
        sign("(");
        List<String> texts = new ArrayList<>();
        do {
            Token text = tokens.next();
            if (text.type() != Type.STRING) throw wrong(text, Text.of("catalog.cql.textNeeded"));
            texts.add(text.text());
        } while (tokens.takeSign(","));
        sign(")");
        sign(")");
        return new Condition.ListHolds(property, texts, all);
    }

    private List<String> lists() {
        return layer.attributes().stream()
                .filter(a -> a.type() == AttributeType.LIST)
                .map(AttributeDefinition::name)
                .toList();
    }

    private Operand operand() {
        Token at = tokens.next();
        switch (at.type()) {
            case STRING:
                return new Operand.Literal(at.text());
            case NUMBER:
                return new Operand.Literal(number(at));
            case QUOTED_NAME:
                return property(at);
            case NAME:
                return named(at);
            default:
                throw wrong(
                        at,
                        at.type() == Type.END
                                ? Text.of("catalog.cql.endsEarly")
                                : Text.of("catalog.cql.unexpected", at.text()));
        }
    }

    private Operand named(Token at) {
        String word = at.text().toUpperCase(Locale.ROOT);
        if (tokens.peek().is("(")) {
            switch (word) {
                case "DATE":
                    return new Operand.Literal(date(argument(), at));
                case "TIMESTAMP":
                    return new Operand.Literal(time(argument(), at));
                case "CASEI":
                    sign("(");
                    Token inner = tokens.peek();
                    Operand of = operand();
                    sign(")");
                    if (of.kind() != Kind.TEXT) throw wrong(inner, Text.of("catalog.cql.likeNeedsText"));
                    return new Operand.CaseFolded(of);
                default:
                    throw wrong(at, Text.of("catalog.cql.unknownFunction", at.text()));
            }
        }
        return switch (word) {
            case "TRUE" -> new Operand.Literal(Boolean.TRUE);
            case "FALSE" -> new Operand.Literal(Boolean.FALSE);
            case "NULL" -> throw wrong(at, Text.of("catalog.cql.nullNeedsIs"));
            case "AND", "OR", "NOT", "IN", "LIKE", "BETWEEN", "IS" ->
                throw wrong(at, Text.of("catalog.cql.unexpected", at.text()));
            default -> property(at);
        };
    }

    private Operand property(Token at) {
        if (at.text().equals("id")) return new Operand.Id();
        AttributeDefinition attribute = layer.attribute(at.text())
                .orElseThrow(() -> wrong(at, Text.of("catalog.cql.unknownAttribute", at.text(), layer.id())));
        return new Operand.Property(attribute);
    }

    private String argument() {
        sign("(");
        Token text = tokens.next();
        if (text.type() != Type.STRING) throw wrong(text, Text.of("catalog.cql.textNeeded"));
        sign(")");
        return text.text();
    }

    private Number number(Token at) {
        try {
            return Long.valueOf(at.text());
        } catch (NumberFormatException notWhole) {
            double value = Double.parseDouble(at.text());
            if (!Double.isFinite(value)) throw wrong(at, Text.of("catalog.cql.numberTooLarge", at.text()));
            return value;
        }
    }

    private LocalDate date(String text, Token at) {
        LocalDate date = AttributeValues.date(text);
        if (date == null) throw wrong(at, Text.of("catalog.value.notDate", text));
        return date;
    }

    private Instant time(String text, Token at) {
        Instant time = AttributeValues.time(text);
        if (time == null) throw wrong(at, Text.of("catalog.value.notTime", text));
        return time;
    }

    /** Lets a text stand for a date or a time where only those make sense, and a date for its first moment (UTC). */
    private Operand fitted(Operand given, Kind wanted, Token at) {
        if (!(given instanceof Operand.Literal literal)) return given;
        Object value = literal.value();
        if (wanted == Kind.DATE && value instanceof String text) return new Operand.Literal(date(text, at));
        if (wanted == Kind.TIME && value instanceof LocalDate day) return new Operand.Literal(startOf(day));
        if (wanted == Kind.TIME && value instanceof String text) {
            LocalDate day = AttributeValues.date(text);
            return new Operand.Literal(day != null ? startOf(day) : time(text, at));
        }
        return given;
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private void checkKinds(Operand left, Operand right, Token at) {
        if (left.kind() == Kind.LIST || right.kind() == Kind.LIST)
            throw wrong(at, Text.of("catalog.cql.listComparison", lists()));
        if (left.kind() != right.kind())
            throw wrong(at, Text.of("catalog.cql.kinds", kindName(left.kind()), kindName(right.kind())));
    }

    private static Text kindName(Kind kind) {
        return Text.of(
                switch (kind) {
                    case TEXT -> "catalog.type.text";
                    case NUMBER -> "catalog.type.number";
                    case BOOLEAN -> "catalog.type.boolean";
                    case DATE -> "catalog.type.date";
                    case TIME -> "catalog.type.time";
                    case LIST -> "catalog.type.list";
                });
    }

    private void sign(String sign) {
        Token at = tokens.peek();
        if (!tokens.takeSign(sign)) throw wrong(at, Text.of("catalog.cql.expected", sign));
    }

    private ProblemException wrong(Token at, Text what) {
        return wrong(at.at(), what, layer);
    }

    private static ProblemException wrong(int at, Text what, LayerDefinition layer) {
        List<String> names = new ArrayList<>(List.of("id"));
        layer.attributes().forEach(a -> names.add(a.name()));
        return ProblemException.invalid("catalog.filter", what, at + 1, names);
    }
}
