package org.anquan.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How names in files are compared with attributes: without case, blanks, underscores and hyphens. */
public final class AttributeNames {
    private AttributeNames() {}

    /** The form in which two names are compared; full-width letters count as the usual ones. */
    public static String plain(String name) {
        String usual = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKC);
        StringBuilder out = new StringBuilder(usual.length());
        usual.codePoints()
                .filter(c -> c != '_' && c != '-' && !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .filter(c -> c != 0xFEFF)
                .forEach(out::appendCodePoint);
        return out.toString().toLowerCase(Locale.ROOT);
    }

    /** Every name under which files may give this attribute, its own name first, in their plain form. */
    public static List<String> of(AttributeDefinition attribute) {
        List<String> all = new ArrayList<>();
        all.add(plain(attribute.name()));
        all.add(plain(attribute.title().zh()));
        all.add(plain(attribute.title().en()));
        attribute.aliases().forEach(alias -> all.add(plain(alias)));
        return all.stream().distinct().toList();
    }
}
