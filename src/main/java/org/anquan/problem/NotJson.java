package org.anquan.problem;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Puts what a JSON reader did not understand into words. */
public final class NotJson {
    private NotJson() {}

    /** A body that is no JSON or not of the expected shape, with line and column. */
    public static ProblemException problem(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        int line = at == null ? 1 : Math.max(1, at.getLineNr());
        int column = at == null ? 1 : Math.max(1, at.getColumnNr());
        String what = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        if (e.getPath().isEmpty()) return ProblemException.invalid("problem.notJson", line, column, what);
        StringBuilder where = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null)
                where.append('[').append(step.getIndex()).append(']');
            else where.append(where.isEmpty() ? "" : ".").append(step.getPropertyName());
        }
        return ProblemException.invalid("problem.wrongShape", where.toString(), line, column, what);
    }
}
