package dev.lexstream.nlp;

/**
 * The escape sequences of terminals that leave traces in logs and copied text: colours and cursor movements
 * ({@code ESC [ ... m}), titles and links ({@code ESC ] ... BEL}), character sets ({@code ESC ( B}). What is no whole
 * sequence is its control character alone, so that no text after it is lost.
 *
 * @see <a href="https://ecma-international.org/publications-and-standards/standards/ecma-48/">ECMA-48</a>
 */
final class EscapeSequence {

    static final int ESC = 0x1B;
    /** Control sequence introducer: {@code ESC [} as one character. */
    static final int CSI = 0x9B;

    private static final int BEL = 0x07;

    private EscapeSequence() {}

    /** Chars of the sequence that begins at {@code at} with {@link #ESC} or {@link #CSI}, at least 1. */
    static int length(String text, int at) {
        if (text.charAt(at) == CSI) {
            return controlSequence(text, at, at + 1);
        }
        if (at + 1 == text.length()) {
            return 1;
        }
        return switch (text.charAt(at + 1)) {
            case '[' -> controlSequence(text, at, at + 2);
            case ']' -> systemCommand(text, at);
            case '(', ')' -> text.startsWith("B", at + 2) || text.startsWith("0", at + 2) ? 3 : 1;
            default -> 1;
        };
    }

    /** Parameters, intermediates and one final character. */
    private static int controlSequence(String text, int begin, int parameters) {
        int end = parameters;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '?') {
            end++;
        }
        while (end < text.length() && text.charAt(end) >= ' ' && text.charAt(end) <= '/') {
            end++;
        }
        boolean whole = end < text.length() && text.charAt(end) >= '@' && text.charAt(end) <= '~';
        return whole ? end + 1 - begin : 1;
    }

    /** A number and everything up to a terminator, on one line and without another escape before it. */
    private static int systemCommand(String text, int begin) {
        int end = begin + 2;
        if (end == text.length() || text.charAt(end) < '0' || text.charAt(end) > '9') {
            return 1;
        }
        while (end < text.length() && text.charAt(end) >= ' ') {
            end++;
        }
        if (end < text.length() && text.charAt(end) == BEL) {
            return end + 1 - begin;
        }
        return text.startsWith("\u001B\\", end) ? end + 2 - begin : 1;
    }
}
