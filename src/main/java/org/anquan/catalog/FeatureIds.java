package org.anquan.catalog;

import java.util.regex.Pattern;

/** What an id may look like: it stands in web addresses, so letters (of any script), digits and {@code . _ : @ -}. */
public final class FeatureIds {
    public static final int LONGEST = 128;

    private static final Pattern FIT = Pattern.compile("[\\p{L}\\p{N}._:@-]{1," + LONGEST + "}");
    private static final Pattern UNFIT_CHARACTERS = Pattern.compile("[^\\p{L}\\p{N}._:@-]+");

    private FeatureIds() {}

    public static boolean fit(String id) {
        // "." and ".." would be swallowed as steps of the path.
        return FIT.matcher(id).matches() && !id.equals(".") && !id.equals("..");
    }

    /** The same id in a form that is fit: other characters become a hyphen. Empty where nothing remains. */
    public static String fitted(String given) {
        String id = UNFIT_CHARACTERS.matcher(given.strip()).replaceAll("-");
        if (id.codePointCount(0, id.length()) > LONGEST) id = id.substring(0, id.offsetByCodePoints(0, LONGEST));
        return fit(id) ? id : "";
    }
}
