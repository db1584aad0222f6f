package org.anquan.exchange.format;

/** The character set of a file's texts and how it is known. */
public record SourceEncoding(String charset, How how) {
    public enum How {
        /** The format knows only this one. */
        FIXED,
        /** Asked for by the user. */
        GIVEN,
        /** By a byte order mark, a {@code .cpg} or a language byte. */
        DECLARED,
        /** All bytes fit this one, and not by chance. */
        DETECTED,
        /** Nothing tells; or nothing fits without errors. */
        ASSUMED
    }
}
