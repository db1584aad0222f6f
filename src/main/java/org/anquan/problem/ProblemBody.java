package org.anquan.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem as it is sent (RFC 9457), put into words in the language of the request.
 *
 * @param reference of one of our own bugs, to be found in the log; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemBody(
        String type,
        Text title,
        int status,
        Text detail,
        Text help,
        List<MistakeBody> mistakes,
        @Nullable String reference) {
    /** One thing that is wrong, and where. */
    public record MistakeBody(String where, Text what) {}

    public static ProblemBody of(ProblemException problem) {
        List<MistakeBody> mistakes = problem.mistakes().stream()
                .map(mistake -> new MistakeBody(mistake.where(), mistake.what()))
                .toList();
        return new ProblemBody(
                typeOf(problem.key()),
                problem.title(),
                problem.kind().httpStatus(),
                problem.detail(),
                problem.help(),
                mistakes,
                null);
    }

    static ProblemBody of(int status, String key, @Nullable String reference, Object... values) {
        return new ProblemBody(
                typeOf(key),
                Text.of(key + ".title", values),
                status,
                Text.of(key + ".detail", values),
                Text.of(key + ".help", values),
                List.of(),
                reference);
    }

    /** Our own mistake, found in the log by its reference. */
    public static ProblemBody bug(String reference) {
        return of(500, "problem.bug", reference, reference);
    }

    private static String typeOf(String key) {
        String ogc = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/";
        return switch (key) {
            case "process.noSuchProcess" -> ogc + "no-such-process";
            case "process.noSuchJob" -> ogc + "no-such-job";
            case "process.notReady" -> ogc + "result-not-ready";
            default -> "urn:anquan:problem:" + key;
        };
    }
}
