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

    private static String typeOf(String key) {
        return "urn:anquan:problem:" + key;
    }
}
