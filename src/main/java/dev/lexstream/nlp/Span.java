package dev.lexstream.nlp;

/**
 * A stretch of a Java string.
 *
 * @param begin index of its first char
 * @param end index after its last char
 */
public record Span(int begin, int end) {

    public Span {
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("span must be 0 <= begin <= end, found " + begin + ".." + end);
        }
    }

    /** The chars themselves. */
    public String of(String text) {
        return text.substring(begin, end);
    }
}
