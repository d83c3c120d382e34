package dev.lexstream.nlp;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is in a text and not to be seen: Unicode's {@code Default_Ignorable_Code_Point}, control characters that are no white
 * space, formatting characters without a shape of their own, noncharacters, lone surrogates and terminals' escape sequences.
 *
 * @see <a href="https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point">UAX 44</a>
 */
final class Invisible {

    private static final int ZWNJ = 0x200C;
    private static final int ZWJ = 0x200D;

    private static final char FIRST_COMBINING = '\u0300';

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /** Scripts in which a joiner changes letters that are seen: cursive ones and those with conjuncts. */
    private static final Set<UnicodeScript> JOINED = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.MANDAIC,
            UnicodeScript.NKO,
            UnicodeScript.ADLAM,
            UnicodeScript.MANICHAEAN,
            UnicodeScript.HANIFI_ROHINGYA,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.PHAGS_PA,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.MYANMAR,
            UnicodeScript.KHMER,
            UnicodeScript.TIBETAN);

    private Invisible() {}

    /** Whether a char may begin something invisible: a cheap look that rules out most chars. */
    static boolean isSuspect(char c) {
        return c < FIRST_COMBINING
                ? c < ' ' || (c >= 0x7F && c <= 0x9F) || c == 0xAD
                : !(c >= 0x4E00 && c < 0xD800) && (Character.isSurrogate(c) || isInvisible(c));
    }

    /** Length in chars of the invisible thing that is at {@code at}; 0 when what is there can be seen or is white space. */
    static int length(String text, int at) {
        int c = text.codePointAt(at);
        if (c == EscapeSequence.ESC || c == EscapeSequence.CSI) {
            return EscapeSequence.length(text, at);
        }
        return isInvisible(c) ? Character.charCount(c) : 0;
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> !isWhiteSpace(c);
            case Character.SURROGATE -> true;
            case Character.FORMAT -> !isVisibleFormat(c);
            default -> isIgnorable(c) || isNoncharacter(c);
        };
    }

    /** Tab, line feed, line tabulation, form feed, carriage return, next line. */
    private static boolean isWhiteSpace(int c) {
        return (c >= '\t' && c <= '\r') || c == 0x85;
    }

    /** Signs that are written around the digits or letters that follow them, Unicode's prepended concatenation marks. */
    private static boolean isVisibleFormat(int c) {
        return (c >= 0x600 && c <= 0x605)
                || c == 0x6DD
                || c == 0x70F
                || c == 0x890
                || c == 0x891
                || c == 0x8E2
                || c == 0x110BD
                || c == 0x110CD;
    }

    /** Default ignorable code points that are not of the category Cf. */
    private static boolean isIgnorable(int c) {
        return c == 0x34F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || isMongolianSelector(c)
                || c == 0x2065
                || c == 0x3164
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFFA0
                || (c >= 0xFFF0 && c <= 0xFFF8)
                || (c >= 0xE0000 && c <= 0xE0FFF);
    }

    private static boolean isMongolianSelector(int c) {
        return (c >= 0x180B && c <= 0x180D) || c == 0x180F;
    }

    private static boolean isNoncharacter(int c) {
        return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
    }

    /** Whether a character, itself invisible, changes how its neighbours look where these are of some scripts or emoji. */
    static boolean isJoiner(int c) {
        return c == ZWNJ || c == ZWJ || c == 0x180E || isMongolianSelector(c);
    }

    /**
     * Whether a joiner matters between two characters.
     *
     * @param before the last visible character, no mark
     * @param after the next visible character
     */
    static boolean joins(int before, int joiner, int after) {
        UnicodeScript first = UnicodeScript.of(before);
        UnicodeScript second = UnicodeScript.of(after);
        if (joiner != ZWNJ && joiner != ZWJ) {
            return first == UnicodeScript.MONGOLIAN;
        }
        if (JOINED.contains(first)) {
            return JOINED.contains(second) || second == UnicodeScript.INHERITED;
        }
        boolean symbols = Character.getType(before) == Character.OTHER_SYMBOL
                || Character.getType(before) == Character.MODIFIER_SYMBOL;
        String pair = Character.toString(before) + Character.toString(ZWJ) + Character.toString(after);
        return joiner == ZWJ && symbols && CLUSTER.matcher(pair).matches();
    }
}
