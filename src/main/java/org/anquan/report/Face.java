package org.anquan.report;

import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.fontbox.cff.CFFCIDFont;
import org.apache.fontbox.cff.CFFFont;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.jspecify.annotations.Nullable;

/**
 * A font file that is open. Lengths are in ems, y upwards. It reads its file as it goes: one sheet opens its own, and no
 * two threads share one.
 */
final class Face implements Closeable {
    /** OS/2 fsType, bit 1: the maker forbids embedding. */
    private static final int RESTRICTED_LICENCE = 2;

    private final TrueTypeFont font;
    private final Closeable holder;
    private final CmapLookup characters;
    private final double unitsPerEm;
    private final @Nullable CFFFont outlines;
    private final boolean embeddable;
    private final Map<Integer, Path2D> known = new HashMap<>();

    private Face(TrueTypeFont font, Closeable holder) throws IOException {
        this.font = font;
        this.holder = holder;
        characters = font.getUnicodeCmapLookup(false);
        unitsPerEm = font.getUnitsPerEm();
        boolean postScript = font instanceof OpenTypeFont open && open.isPostScript();
        outlines = postScript ? ((OpenTypeFont) font).getCFF().getFont() : null;
        var licence = font.getOS2Windows();
        embeddable = !postScript && (licence == null || (licence.getFsType() & 0xf) != RESTRICTED_LICENCE);
    }

    /** @throws IOException where it is no font that can be read */
    static Face open(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".ttc") || name.endsWith(".otc")) return ofCollection(file);
            RandomAccessReadBufferedFile bytes = new RandomAccessReadBufferedFile(file.toFile());
            TrueTypeFont font = name.endsWith(".otf") ? new OTFParser().parse(bytes) : new TTFParser().parse(bytes);
            return new Face(font, font);
        } catch (RuntimeException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Of several faces in one file the one for simplified Chinese, else the first. */
    private static Face ofCollection(Path file) throws IOException {
        TrueTypeCollection collection = new TrueTypeCollection(file.toFile());
        TrueTypeFont[] chosen = new TrueTypeFont[1];
        collection.processAllFonts(font -> {
            String name = String.valueOf(font.getName());
            boolean better = chosen[0] != null
                    && (name.contains("SC") || name.contains("GB"))
                    && !String.valueOf(chosen[0].getName()).contains("SC")
                    && !name.contains("Mono");
            if (chosen[0] == null || better) chosen[0] = font;
        });
        if (chosen[0] == null) {
            collection.close();
            throw new IOException(file + ": no font inside");
        }
        return new Face(chosen[0], collection);
    }

    TrueTypeFont font() {
        return font;
    }

    /** Whether a PDF may hold a part of it as a font; else its letters are drawn as outlines. */
    boolean embeddable() {
        return embeddable;
    }

    boolean has(int character) {
        return characters.getGlyphId(character) > 0;
    }

    double advance(int character) {
        try {
            return font.getAdvanceWidth(characters.getGlyphId(character)) / unitsPerEm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path2D outline(int character) {
        return known.computeIfAbsent(character, this::read);
    }

    private Path2D read(int character) {
        try {
            int glyph = characters.getGlyphId(character);
            Path2D path = new Path2D.Double(
                    glyphPath(glyph), AffineTransform.getScaleInstance(1 / unitsPerEm, 1 / unitsPerEm));
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GeneralPath glyphPath(int glyph) throws IOException {
        if (outlines == null) {
            GlyphData data = font.getGlyph().getGlyph(glyph);
            return data == null ? new GeneralPath() : data.getPath();
        }
        int number = outlines instanceof CFFCIDFont ? outlines.getCharset().getCIDForGID(glyph) : glyph;
        return outlines.getType2CharString(number).getPath();
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
