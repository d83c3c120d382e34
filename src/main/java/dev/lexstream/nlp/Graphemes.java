package dev.lexstream.nlp;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where what a reader takes for one character begins and ends in a text: extended grapheme clusters, such as a letter with
 * its accents, a flag, a keycap or an emoji with a skin tone. Takes time in proportion to the text. Immutable.
 *
 * @see <a href="https://www.unicode.org/reports/tr29/">UAX 29</a>
 */
final class Graphemes {

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private static final char FIRST_COMBINING = '\u0300';

    /** Null where each character is a cluster of its own. */
    private final BitSet boundaries;

    private Graphemes(BitSet boundaries) {
        this.boundaries = boundaries;
    }

    static Graphemes of(String text) {
        int at = 0;
        while (at < text.length() && isAlone(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return new Graphemes(null);
        }
        BitSet boundaries = new BitSet(text.length() + 1);
        boundaries.set(0);
        Matcher cluster = CLUSTER.matcher(text);
        while (cluster.find()) {
            boundaries.set(cluster.end());
        }
        return new Graphemes(boundaries);
    }

    /** Whether a char is a cluster whatever its neighbours, for the chars of most texts. */
    private static boolean isAlone(char c) {
        return c < FIRST_COMBINING
                ? c != '\r'
                : (c >= 0x4E00 && c <= 0x9FFF)
                        || (c >= 0x2010 && c <= 0x2027)
                        || (c >= 0x3000 && c <= 0x3029)
                        || (c >= 0x3040 && c <= 0x3096)
                        || (c >= 0x30A0 && c <= 0x30FF)
                        || (c >= 0xAC00 && c <= 0xD7A3)
                        || (c >= 0xFF00 && c <= 0xFF9D);
    }

    /** The last boundary at or before an index. */
    int floor(int index) {
        return boundaries == null ? index : boundaries.previousSetBit(index);
    }

    /** The first boundary at or after an index. */
    int ceiling(int index) {
        return boundaries == null ? index : boundaries.nextSetBit(index);
    }

    /** The shortest stretch of whole clusters that a span is in. */
    Span around(Span span) {
        return boundaries == null ? span : new Span(floor(span.begin()), ceiling(span.end()));
    }
}
