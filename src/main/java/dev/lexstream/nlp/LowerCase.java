package dev.lexstream.nlp;

import java.util.Locale;

/**
 * Lower case as {@link String#toLowerCase(Locale)} with {@link Locale#ROOT} has it, in linear time. That method looks for the
 * bounds of the whole word at each capital sigma, to find out whether it is the last letter, and copies everything at each
 * letter that becomes two. In strings longer than any word, a sigma is the last letter when a letter precedes and none follows.
 */
final class LowerCase {

    private static final int LONGEST_WORD = 128;
    private static final int SIGMA = '\u03a3';
    private static final int FINAL_SIGMA = '\u03c2';

    /** The only letter that becomes two. */
    private static final int DOTTED_I = '\u0130';

    private static final String SMALL_DOTTED_I = "i\u0307";

    private LowerCase() {}

    static String of(String text) {
        if (text.length() <= LONGEST_WORD) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder lower = new StringBuilder(text.length());
        boolean letterBefore = false;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (point == DOTTED_I) {
                lower.append(SMALL_DOTTED_I);
            } else if (point == SIGMA && letterBefore && !isLetter(text, at)) {
                lower.appendCodePoint(FINAL_SIGMA);
            } else {
                lower.appendCodePoint(Character.toLowerCase(point));
            }
            letterBefore = Character.isLetter(point);
        }
        return lower.toString();
    }

    private static boolean isLetter(String text, int at) {
        return at < text.length() && Character.isLetter(text.codePointAt(at));
    }
}
