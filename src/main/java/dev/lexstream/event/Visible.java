package dev.lexstream.event;

/** What of a text can be seen. Threading: stateless. */
public final class Visible {
    /** Letters and symbols by their Unicode category that show nothing: Hangul fillers and the blank Braille pattern. */
    private static final String INVISIBLE = "\u115F\u1160\u3164\uFFA0\u2800";

    private Visible() {}

    /** Whether there is a visible code point in a text: combining marks or emoji alone will do. */
    public static boolean in(String text) {
        return text.codePoints().anyMatch(Visible::isVisible);
    }

    private static boolean isVisible(int codePoint) {
        return !Character.isWhitespace(codePoint)
                && !Character.isSpaceChar(codePoint)
                && !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.FORMAT
                && INVISIBLE.indexOf(codePoint) < 0;
    }
}
