package dev.lexstream.nlp;

import java.util.Arrays;

/**
 * A text without what nobody sees, which models have no tokens for, and where its characters were. Joiners stay where they
 * change what is seen: in emoji and between letters of scripts that join. Takes time in proportion to the text. Immutable.
 *
 * @see Invisible
 */
public final class VisibleText {

    private final String text;
    private final int[] origins;

    private VisibleText(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    /** The text as it is. */
    static VisibleText whole(String text) {
        return new VisibleText(text, null);
    }

    /** The visible part of a text. */
    public static VisibleText of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Invisible.isSuspect(text.charAt(i))) {
                return new Reader(text, i).read();
            }
        }
        return whole(text);
    }

    /** What can be seen. */
    public String text() {
        return text;
    }

    /** Where a stretch of {@link #text} is in the original, in chars: from its first visible character to its last. */
    public Span original(Span visible) {
        if (origins == null || visible.begin() == visible.end()) {
            return visible;
        }
        return new Span(origins[visible.begin()], origins[visible.end() - 1] + 1);
    }

    /** Reads a text from left to right. */
    private static final class Reader {

        private final String source;
        private final StringBuilder visible;
        private final int[] origins;
        private int at;
        /** The last character that was kept and is no mark. */
        private int base = -1;

        /** @param from where the first invisible character may be */
        Reader(String source, int from) {
            this.source = source;
            this.visible = new StringBuilder(source.length());
            this.origins = new int[source.length()];
            while (at < from) {
                keep(source.codePointAt(at));
            }
        }

        VisibleText read() {
            while (at < source.length()) {
                if (Invisible.isSuspect(source.charAt(at)) && Invisible.length(source, at) > 0) {
                    passOver();
                } else {
                    keep(source.codePointAt(at));
                }
            }
            return visible.length() == source.length()
                    ? whole(source)
                    : new VisibleText(visible.toString(), Arrays.copyOf(origins, visible.length()));
        }

        private void keep(int c) {
            int type = Character.getType(c);
            boolean mark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || isSkinTone(c);
            base = mark && base >= 0 ? base : c;
            for (int i = 0; i < Character.charCount(c); i++) {
                origins[visible.length() + i] = at + i;
            }
            visible.appendCodePoint(c);
            at += Character.charCount(c);
        }

        /** All invisible things up to the next visible character; of several joiners the first counts. */
        private void passOver() {
            int joiner = -1;
            int end = at;
            int length = Invisible.length(source, end);
            while (length > 0) {
                joiner = joiner < 0 && Invisible.isJoiner(source.codePointAt(end)) ? end : joiner;
                end += length;
                length = end < source.length() ? Invisible.length(source, end) : 0;
            }
            if (joiner >= 0 && base >= 0 && end < source.length()) {
                int c = source.codePointAt(joiner);
                if (Invisible.joins(base, c, source.codePointAt(end))) {
                    origins[visible.length()] = joiner;
                    visible.appendCodePoint(c);
                }
            }
            at = end;
        }

        private static boolean isSkinTone(int c) {
            return c >= 0x1F3FB && c <= 0x1F3FF;
        }
    }
}
