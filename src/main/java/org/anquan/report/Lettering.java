package org.anquan.report;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anquan.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts words into letters: the first font that can be read, and for signs that it lacks the next ones. Lengths are in
 * millimetres. Belongs to one sheet and one thread.
 */
final class Lettering implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Lettering.class);
    private static final int PROOF = '图';
    private static final int STAND_IN = '?';
    private static final String CLOSING = "，。；：、）》”％";
    private static final String OPENING = "（《“";

    private final List<Path> unopened;
    private final List<Face> faces = new ArrayList<>();

    /** Letters of one face that follow each other. */
    record Run(Face face, String text) {}

    /**
     * @param candidates font files in the order of preference; those that are not there are passed over
     * @throws ProblemException unavailable, saying what to install, where none of them writes Chinese
     */
    Lettering(List<Path> candidates) {
        unopened = new ArrayList<>(candidates.stream().filter(Files::isReadable).toList());
        // Latin-only fonts stand in the list to help out; Chinese must come from somewhere.
        while (faces.stream().noneMatch(face -> face.has(PROOF)))
            if (!openNext()) {
                close();
                throw ProblemException.unavailable("report.noFont");
            }
        faces.sort(java.util.Comparator.comparing(face -> !face.has(PROOF)));
    }

    private boolean openNext() {
        if (unopened.isEmpty()) return false;
        Path file = unopened.remove(0);
        try {
            faces.add(Face.open(file));
        } catch (IOException e) {
            LOG.warn("The font {} cannot be read and is passed over: {}", file, e.getMessage());
        }
        return true;
    }

    /** Whether the main font can be put into a PDF as a font. */
    boolean embeds() {
        return faces.get(0).embeddable();
    }

    private Face faceOf(int character) {
        for (Face face : faces) if (face.has(character)) return face;
        int before = faces.size();
        while (openNext())
            for (; before < faces.size(); before++) if (faces.get(before).has(character)) return faces.get(before);
        return faces.get(0);
    }

    List<Run> runs(String text) {
        List<Run> runs = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        Face present = null;
        for (int character : text.codePoints().toArray()) {
            int shown = Character.isISOControl(character) ? ' ' : character;
            Face face = faceOf(shown);
            if (!face.has(shown)) {
                shown = STAND_IN;
                face = faceOf(shown);
                if (!face.has(shown)) continue;
            }
            if (present != null && face != present) {
                runs.add(new Run(present, part.toString()));
                part.setLength(0);
            }
            present = face;
            part.appendCodePoint(shown);
        }
        if (present != null) runs.add(new Run(present, part.toString()));
        return runs;
    }

    static double width(Run run, double size) {
        return size * run.text().codePoints().mapToDouble(run.face()::advance).sum();
    }

    double width(String text, double size) {
        return runs(text).stream().mapToDouble(run -> width(run, size)).sum();
    }

    /** The words as one shape, beginning at 0, 0 on their base line, y downwards. */
    Path2D outline(String text, double size) {
        Path2D all = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double x = 0;
        for (Run run : runs(text)) {
            all.append(outline(run, size, x), false);
            x += width(run, size);
        }
        return all;
    }

    static Path2D outline(Run run, double size, double from) {
        Path2D all = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double x = from;
        for (int character : run.text().codePoints().toArray()) {
            AffineTransform place = new AffineTransform(size, 0, 0, -size, x, 0);
            all.append(run.face().outline(character).getPathIterator(place), false);
            x += size * run.face().advance(character);
        }
        return all;
    }

    /** Breaks words into lines of at most this width: Chinese between any two signs, Latin words whole. */
    List<String> lines(String text, double size, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        double used = 0;
        for (String piece : pieces(text)) {
            double wide = width(piece, size);
            if (used + wide > width && line.length() > 0) {
                lines.add(line.toString().strip());
                line.setLength(0);
                used = 0;
                if (piece.isBlank()) continue;
            }
            line.append(piece);
            used += wide;
        }
        if (!line.toString().isBlank()) lines.add(line.toString().strip());
        return lines;
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int character : text.codePoints().toArray()) {
            boolean latin = character < 0x2e80 && !Character.isWhitespace(character);
            boolean closing = CLOSING.indexOf(character) >= 0;
            if (latin) {
                word.appendCodePoint(character);
                continue;
            }
            flush(word, pieces);
            String sign = Character.toString(character);
            String before = pieces.isEmpty() ? "" : pieces.get(pieces.size() - 1);
            // A closing sign never begins a line, an opening one never ends it.
            boolean joined = !before.isEmpty() && (closing || OPENING.indexOf(before.charAt(before.length() - 1)) >= 0);
            if (joined) pieces.set(pieces.size() - 1, before + sign);
            else pieces.add(sign);
        }
        flush(word, pieces);
        return pieces;
    }

    private static void flush(StringBuilder word, List<String> pieces) {
        if (word.length() == 0) return;
        String before = pieces.isEmpty() ? "" : pieces.get(pieces.size() - 1);
        if (!before.isEmpty() && OPENING.indexOf(before.charAt(before.length() - 1)) >= 0)
            pieces.set(pieces.size() - 1, before + word);
        else pieces.add(word.toString());
        word.setLength(0);
    }

    /** The words, shortened with … to the width. */
    String fit(String text, double size, double width) {
        if (width(text, size) <= width) return text;
        int[] all = text.codePoints().toArray();
        for (int keep = all.length - 1; keep > 0; keep--) {
            String shorter = new String(all, 0, keep) + "…";
            if (width(shorter, size) <= width) return shorter;
        }
        return "";
    }

    @Override
    public void close() {
        for (Face face : faces)
            try {
                face.close();
            } catch (IOException e) {
                LOG.debug("A font does not close", e);
            }
    }
}
