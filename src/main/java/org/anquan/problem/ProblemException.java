package org.anquan.problem;

import java.util.List;

/**
 * The one error type. It says what was wrong, where, and how to mend it: its key {@code K} names the texts
 * {@code K.title}, {@code K.detail} and {@code K.help} (the same values fill all three), and {@link #mistakes()} lists
 * every single thing that is wrong, not only the first.
 */
public final class ProblemException extends RuntimeException {
    /** What kind of trouble; each is one HTTP status. */
    public enum Kind {
        NOT_FOUND(404),
        INVALID(400),
        /** Nobody is signed in, or with a wrong password. */
        NOT_SIGNED_IN(401),
        /** Too many tries; wait. */
        TOO_MANY(429),
        /** The state moved meanwhile: a stale edit, a second job of a kind that runs alone. */
        CONFLICT(409),
        FORBIDDEN(403),
        /** The edit was made on an older state than the present one. */
        STALE(412),
        /** The edit does not say on which state it was made. */
        PRECONDITION_MISSING(428),
        TOO_LARGE(413),
        UNAVAILABLE(503),
        CANCELLED(410),
        INTERNAL(500);

        private final int httpStatus;

        Kind(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        public int httpStatus() {
            return httpStatus;
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param where a path in words of the user: {@code inputs.minutes[1]}, {@code row 17, column effectiveArea}
     */
    public record Mistake(String where, Text what) {}

    private final Kind kind;
    private final String key;
    private final List<Object> values;
    private final transient List<Mistake> mistakes;

    private ProblemException(Kind kind, String key, List<Object> values, List<Mistake> mistakes) {
        super(key);
        this.kind = kind;
        this.key = key;
        this.values = List.copyOf(values);
        this.mistakes = List.copyOf(mistakes);
    }

    public static ProblemException of(Kind kind, String key, Object... values) {
        return new ProblemException(kind, key, List.of(values), List.of());
    }

    public static ProblemException invalid(String key, Object... values) {
        return of(Kind.INVALID, key, values);
    }

    public static ProblemException notFound(String key, Object... values) {
        return of(Kind.NOT_FOUND, key, values);
    }

    public static ProblemException unavailable(String key, Object... values) {
        return of(Kind.UNAVAILABLE, key, values);
    }

    public ProblemException withMistakes(List<Mistake> all) {
        ProblemException copy = new ProblemException(kind, key, values, all);
        if (getCause() != null) copy.initCause(getCause());
        return copy;
    }

    public ProblemException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    public Kind kind() {
        return kind;
    }

    public String key() {
        return key;
    }

    public Text title() {
        return part("title");
    }

    public Text detail() {
        return part("detail");
    }

    public Text help() {
        return part("help");
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }

    @Override
    public String getMessage() {
        StringBuilder out = new StringBuilder();
        out.append(title()).append(": ").append(detail()).append(' ').append(help());
        for (Mistake mistake : mistakes)
            out.append("\n  ").append(mistake.where()).append(": ").append(mistake.what());
        return out.toString();
    }

    private Text part(String name) {
        return new Text(key + "." + name, values);
    }
}
