package dev.lexstream.nlp;

/** The characters that sentences end with, and what may stand around them. */
final class SentenceMarks {

    /** What a mark says of the sentence before it. */
    enum Kind {
        /** Ends it wherever it stands. */
        FULL,
        /** An ASCII exclamation or question mark, which is in names and addresses too. */
        ASCII,
        /** A full stop that is a decimal point and the end of an abbreviation too. */
        STOP,
        /** A mark of which several in a row, or one that is drawn as several, are an ellipsis. */
        ELLIPSIS,
        /** No mark. */
        NONE
    }

    /** Unicode's {@code Sentence_Terminal} of the scripts in use, and the wide, small and vertical forms. */
    private static final String FULL = "。｡！？\uFE12\uFE15\uFE16\uFE56\uFE57\u203C\u203D\u2047\u2048\u2049\u2E2E"
            + "\u061D\u061E\u061F\u06D4\u0964\u0965\u0589\u1362\u1367\u1368\u104A\u104B\u17D4\u17D5\u1803\u1809"
            + "\u0700\u0701\u0702\uA4FF\uA60E\uA60F";

    private static final String STOPS = ".．\uFE52";
    private static final String ELLIPSES = "…⋯‥\uFE19";
    private static final String LINE_BREAKS = "\n\r\u000B\f\u0085\u2028\u2029";
    private static final String BULLETS = "•‣◦●▪■◆➢➤";
    /** With closing brackets and quotes, what no sentence begins with. */
    private static final String CONTINUING = "，、；：,;:%％‰～~";

    private SentenceMarks() {}

    static Kind kind(char c) {
        if (c == '!' || c == '?') {
            return Kind.ASCII;
        }
        if (STOPS.indexOf(c) >= 0) {
            return Kind.STOP;
        }
        if (c < '\u0500') {
            return Kind.NONE;
        }
        return ELLIPSES.indexOf(c) >= 0 ? Kind.ELLIPSIS : FULL.indexOf(c) >= 0 ? Kind.FULL : Kind.NONE;
    }

    static boolean isLineBreak(char c) {
        return LINE_BREAKS.indexOf(c) >= 0;
    }

    static boolean isBullet(char c) {
        return BULLETS.indexOf(c) >= 0;
    }

    static boolean isSpace(char c) {
        return (Character.isWhitespace(c) || Character.isSpaceChar(c)) && !isLineBreak(c);
    }

    /** A text without the white space around it, of which {@code String.strip} leaves some. */
    static String strip(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isBlank(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isBlank(char c) {
        return isSpace(c) || isLineBreak(c);
    }

    static boolean isStraightQuote(char c) {
        return c == '"' || c == '＂';
    }

    /** A closing bracket or quote. */
    static boolean isClosing(char c) {
        int type = Character.getType(c);
        return type == Character.END_PUNCTUATION || type == Character.FINAL_QUOTE_PUNCTUATION;
    }

    static boolean isContinuing(char c) {
        return CONTINUING.indexOf(c) >= 0 || isClosing(c);
    }

    /** A character of a script without spaces between words. */
    static boolean isUnspaced(int c) {
        return Character.isIdeographic(c)
                || (c >= 0x3040 && c <= 0x30FF && c != 0x30FB)
                || (c >= 0x3105 && c <= 0x312F)
                || (c >= 0xFF66 && c <= 0xFF9D);
    }

    /** Whether a character makes a sentence more than marks: a letter, a digit or a symbol. */
    static boolean isContent(int c) {
        return Character.isLetterOrDigit(c)
                || switch (Character.getType(c)) {
                    case Character.OTHER_SYMBOL,
                            Character.CURRENCY_SYMBOL,
                            Character.MATH_SYMBOL,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED -> c > Character.MAX_VALUE || !isBullet((char) c);
                    default -> false;
                };
    }
}
