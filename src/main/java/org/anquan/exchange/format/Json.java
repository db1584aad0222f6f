package org.anquan.exchange.format;

import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Pull parsing of JSON within the limits, and values of properties. */
final class Json {
    private static final int LONGEST_NUMBER = 1000;
    private static final int LONGEST_NAME = 10_000;

    private final JsonFactory factory;
    private final String fileName;

    Json(FormatLimits limits, String fileName) {
        this.fileName = fileName;
        factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxStringLength(limits.maxFieldChars())
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxNameLength(LONGEST_NAME)
                        .build())
                .build();
    }

    JsonParser parser(Reader in) {
        return factory.createParser(ObjectReadContext.empty(), in);
    }

    JsonParser parser(String text) {
        return factory.createParser(ObjectReadContext.empty(), text);
    }

    /** What Jackson says, in the words of a user. */
    ProblemException inWords(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        int line = at == null ? 0 : Math.max(0, at.getLineNr());
        int column = at == null ? 0 : Math.max(0, at.getColumnNr());
        if (e.getCause() instanceof ProblemException problem) return problem;
        if (e instanceof StreamConstraintsException)
            return ProblemException.invalid("exchange.format.jsonLimit", fileName, line, column)
                    .causedBy(e);
        return ProblemException.invalid("exchange.format.json", fileName, line, column)
                .causedBy(e);
    }

    /** The value that begins at the present token; null for JSON's null. */
    static @Nullable Object value(JsonParser in) {
        JsonToken token = in.currentToken();
        if (token == null) return null;
        return switch (token) {
            case VALUE_STRING -> in.getString();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> integer(in);
            case VALUE_NUMBER_FLOAT -> decimal(in.getString());
            case START_ARRAY -> {
                List<@Nullable Object> all = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) all.add(value(in));
                yield java.util.Collections.unmodifiableList(all);
            }
            case START_OBJECT -> {
                Map<String, @Nullable Object> all = new LinkedHashMap<>();
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    in.nextToken();
                    all.put(name, value(in));
                }
                yield java.util.Collections.unmodifiableMap(all);
            }
            default -> null;
        };
    }

    private static Object integer(JsonParser in) {
        String digits = in.getString();
        if (digits.length() <= 18) return Long.parseLong(digits);
        BigInteger big = new BigInteger(digits);
        return big.bitLength() < 64 ? big.longValue() : new BigDecimal(big);
    }

    private static Object decimal(String digits) {
        double number = Double.parseDouble(digits);
        if (!Double.isFinite(number)) return digits;
        // A number that a double would change stays exact.
        if (digits.length() > 17
                && digits.length() < 60
                && new BigDecimal(digits).compareTo(new BigDecimal(Double.toString(number))) != 0)
            return new BigDecimal(digits);
        return number;
    }
}
