package dev.lexstream.cli;

/**
 * Makes foreign strings harmless for terminals: control characters, which could colour, move or hide what is printed, and
 * those that turn the direction of text around become {@code \}{@code uXXXX}. What is written inside a JSON string means
 * the same afterwards.
 */
final class Printable {

    private Printable() {}

    /** A text of one line: ends of lines and tabs are escaped too. */
    static String line(String text) {
        return escape(text, false);
    }

    /** A text of lines, which stay lines. */
    static String lines(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean lines) {
        int at = 0;
        while (at < text.length() && !special(text.charAt(at), lines)) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (special(c, lines)) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static boolean special(char c, boolean lines) {
        if (lines && (c == '\n' || c == '\t')) {
            return false;
        }
        boolean separator = c == '\u2028' || c == '\u2029';
        boolean direction = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
        return Character.isISOControl(c) || separator || direction;
    }
}
