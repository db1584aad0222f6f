package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** Why somebody changes something, in their own words: for the history. */
final class Reasons {
    static final String HEADER = "Anquan-Reason";
    private static final int LONGEST = 500;
    private static final Set<String> PARAMETERS = new java.util.TreeSet<>(Set.of("reason", "lang", "f"));

    private Reasons() {}

    /** From the parameter {@code reason}, else from the header (UTF-8, plain or percent-encoded); empty for none. */
    static String of(HttpServletRequest request) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String name : request.getParameterMap().keySet())
            if (!PARAMETERS.contains(name))
                mistakes.add(new Mistake(
                        name, Text.of("ogcapi.mistake.unknownParameter", String.join("、", PARAMETERS), "-")));
        String parameter = request.getParameter("reason");
        String reason = (parameter == null ? decoded(request.getHeader(HEADER)) : parameter).strip();
        if (reason.length() > LONGEST)
            mistakes.add(new Mistake(
                    parameter == null ? HEADER : "reason",
                    Text.of("catalog.value.textTooLong", reason.length(), LONGEST)));
        if (reason.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t'))
            mistakes.add(new Mistake(
                    parameter == null ? HEADER : "reason", Text.of("catalog.value.controlCharacter", reason.strip())));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("ogcapi.parameters").withMistakes(mistakes);
        return reason;
    }

    private static String decoded(@Nullable String header) {
        if (header == null) return "";
        String text = utf8(header);
        try {
            // A plus sign is a plus sign.
            return text.contains("%") ? URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8) : text;
        } catch (IllegalArgumentException aPlainPercentSign) {
            return text;
        }
    }

    /** The container reads headers byte by byte. */
    private static String utf8(String header) {
        if (header.chars().anyMatch(c -> c > 0xFF)) return header;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return header;
        }
    }
}
