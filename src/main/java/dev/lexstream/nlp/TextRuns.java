package dev.lexstream.nlp;

/**
 * Cuts a text into runs: what stands between blanks, without code in backticks, markup and terminal control sequences.
 * Full-width forms of ASCII come as ASCII, invisible characters not at all. Each call reads on; all calls together take
 * time linear in the text's length.
 */
final class TextRuns {

    /** Letters by their category that show nothing. */
    private static final String HANGUL_FILLERS = "\u115F\u1160\u3164\uFFA0";

    /** Of a mention, an emoji's name, an entity. */
    private static final String SIGNS = "@:&";

    private static final int ESCAPE = 0x1B;

    /** UTF-16 units between the two ends of a tag. */
    private static final int LONGEST_TAG = 200;

    private final String text;
    private final int longest;
    private int position;
    /** Where no closing backtick follows any more. */
    private int lastBacktick;

    /** @param longest UTF-16 units of a run; of ASCII, what goes on is left out, of others it comes as the next one */
    TextRuns(String text, int longest) {
        this.text = text;
        this.longest = longest;
        this.lastBacktick = text.lastIndexOf('`');
    }

    /** The next run, or an empty string at the end. */
    String next() {
        StringBuilder run = new StringBuilder();
        while (position < text.length() && run.length() < longest) {
            int codePoint = folded(text.codePointAt(position));
            int skipped = skipped(codePoint);
            if (skipped > 0 || isBlank(codePoint)) {
                position += Math.max(skipped, Character.charCount(text.codePointAt(position)));
                if (!run.isEmpty() && codePoint != ESCAPE) {
                    return run.toString();
                }
                continue;
            }
            position += Character.charCount(text.codePointAt(position));
            append(codePoint, run);
        }
        if (run.length() >= longest && run.chars().allMatch(unit -> unit < 0x80)) {
            skipToBlank();
        }
        return run.toString();
    }

    /** A run begins with a letter, or with the sign in front of it that makes a name of it. */
    private static void append(int codePoint, StringBuilder run) {
        if (!isVisible(codePoint)) {
            return;
        }
        boolean letter = Character.isLetter(codePoint);
        if (!letter && run.length() == 1 && SIGNS.indexOf(run.charAt(0)) >= 0) {
            run.setLength(0);
        }
        if (!run.isEmpty() || letter || SIGNS.indexOf(codePoint) >= 0) {
            run.appendCodePoint(codePoint);
        }
    }

    /** The rest of what is no word: an address, a key, an image in base 64. */
    private void skipToBlank() {
        while (position < text.length() && !isBlank(text.charAt(position))) {
            position++;
        }
    }

    /** UTF-16 units of code, markup or a control sequence that starts here; 0 for none. */
    private int skipped(int codePoint) {
        return switch (codePoint) {
            case '`' -> code();
            case '<' -> markup();
            case ESCAPE -> controlSequence();
            default -> 0;
        };
    }

    private int code() {
        int ticks = text.startsWith("```", position) ? 3 : 1;
        int start = position + ticks;
        if (start > lastBacktick) {
            return 0;
        }
        int end = text.indexOf(ticks == 1 ? "`" : "```", start);
        if (end < 0) {
            lastBacktick = position; // of three that are never closed: no more of them are looked for
            return 0;
        }
        return end + ticks - position;
    }

    private int markup() {
        int end = Math.min(text.length(), position + LONGEST_TAG);
        if (position + 1 >= end || " <>=-0123456789".indexOf(text.charAt(position + 1)) >= 0) {
            return 0;
        }
        for (int i = position + 1; i < end; i++) {
            char unit = text.charAt(i);
            if (unit == '>') {
                return i + 1 - position;
            }
            if (unit == '<') {
                return 0;
            }
        }
        return 0;
    }

    /** ECMA-48: ESC, then [ with parameters up to a final byte. */
    private int controlSequence() {
        if (!text.startsWith("[", position + 1)) {
            return 0;
        }
        int end = position + 2;
        while (end < text.length() && text.charAt(end) >= 0x20 && text.charAt(end) < 0x40) {
            end++;
        }
        return Math.min(text.length(), end + 1) - position;
    }

    private static int folded(int codePoint) {
        if (codePoint >= 0xFF01 && codePoint <= 0xFF5E) {
            return codePoint - 0xFEE0;
        }
        return codePoint;
    }

    private static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static boolean isVisible(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.FORMAT
                && !isVariationSelector(codePoint)
                && HANGUL_FILLERS.indexOf(codePoint) < 0;
    }

    private static boolean isVariationSelector(int codePoint) {
        return (codePoint >= 0xFE00 && codePoint <= 0xFE0F) || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    }
}
