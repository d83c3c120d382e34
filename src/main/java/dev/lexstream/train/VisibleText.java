package dev.lexstream.train;

import java.util.Collection;
import java.util.stream.Collectors;

/** What of a string can be seen, and how strings from files are shown in messages. */
public final class VisibleText {

    /** Code points of a quoted string at most. */
    private static final int QUOTED = 40;

    /** Strings of a list at most. */
    private static final int LISTED = 20;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private VisibleText() {}

    /**
     * Whether there is a visible character: not white space, a control or format character, a mark alone, the replacement
     * character, a private one, or a blank that counts as a letter. A character that this Java does not know yet counts as
     * visible: new emoji do not wait for it.
     */
    public static boolean isPresent(String text) {
        return text.codePoints().anyMatch(VisibleText::isVisible);
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.UNASSIGNED -> !isReserved(c);
            default -> !isFiller(c) && c != 0xFFFD;
        };
    }

    /** What will never be a character, or one that is ignored. */
    private static boolean isReserved(int c) {
        boolean ignored = c == 0x2065 || (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
        boolean never = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return ignored || never;
    }

    /** Hangul's fillers and the empty Braille pattern. */
    private static boolean isFiller(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
    }

    /** Whether there is nothing but white space, control and format characters: less than a mark alone. */
    static boolean isNothing(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.getType(c) == Character.CONTROL
                        || Character.getType(c) == Character.FORMAT);
    }

    /**
     * The name of a class or a tag as it is meant: without control and format characters, and without white space around
     * it, so that no two names look the same for these. The joiners stay between visible characters, where scripts need
     * them.
     *
     * @return empty where nothing is visible
     */
    static String name(String text) {
        if (!isPresent(text)) {
            return "";
        }
        StringBuilder name = new StringBuilder();
        text.codePoints().filter(VisibleText::belongsToName).forEach(name::appendCodePoint);
        int begin = 0;
        int end = name.length();
        while (isEdge(name.codePointAt(begin))) {
            begin += Character.charCount(name.codePointAt(begin));
        }
        while (isEdge(name.codePointBefore(end))) {
            end -= Character.charCount(name.codePointBefore(end));
        }
        return name.substring(begin, end);
    }

    private static boolean belongsToName(int c) {
        int type = Character.getType(c);
        boolean joiner = c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
        return joiner || (type != Character.CONTROL && type != Character.FORMAT);
    }

    private static boolean isEdge(int c) {
        return Character.isSpaceChar(c)
                || Character.isWhitespace(c)
                || c == ZERO_WIDTH_NON_JOINER
                || c == ZERO_WIDTH_JOINER;
    }

    /** A string in quotes, escaped, and cut where it is long. */
    public static String quoted(String text) {
        boolean whole = text.codePointCount(0, text.length()) <= QUOTED;
        return "'" + escaped(whole ? text : text.substring(0, text.offsetByCodePoints(0, QUOTED)) + "...") + "'";
    }

    /** Names in brackets, escaped, and not more than can be read. */
    static String listed(Collection<String> names) {
        String rest = names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "";
        return names.stream()
                .limit(LISTED)
                .map(name -> escaped(name.length() > 2 * QUOTED ? name.substring(0, 2 * QUOTED) + "..." : name))
                .collect(Collectors.joining(", ", "[", "]" + rest));
    }

    /** A string whose characters can all be seen: others as {@code \}{@code uXXXX}, so that none reaches a terminal. */
    public static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == ' ' || (isVisible(c) && Character.isDefined(c))) {
                shown.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    shown.append(String.format("\\u%04X", (int) unit));
                }
            }
        });
        return shown.toString();
    }
}
