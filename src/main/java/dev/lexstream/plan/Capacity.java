package dev.lexstream.plan;

/**
 * How much may be on its way at once.
 *
 * @param texts most texts, at least 1
 * @param tokens most tokens of all texts together, at least 1. A text counts its Unicode code points, the most tokens it
 *     can have; one that is larger than this gets through alone
 */
public record Capacity(int texts, int tokens) {

    public Capacity {
        if (texts < 1 || tokens < 1) {
            throw new IllegalArgumentException(
                    "texts and tokens must be at least 1, found " + texts + " and " + tokens);
        }
    }

    /** A capacity that does not look at the length of texts. */
    public static Capacity ofTexts(int texts) {
        return new Capacity(texts, Integer.MAX_VALUE);
    }
}
