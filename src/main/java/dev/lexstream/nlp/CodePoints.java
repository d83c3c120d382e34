package dev.lexstream.nlp;

/** Turns indices into a Java string into counts of code points, for indices that never go back. Not thread-safe. */
final class CodePoints {

    private final String text;
    private int index;
    private int count;

    CodePoints(String text) {
        this.text = text;
    }

    /** Code points before {@code target}, which is not less than in the call before. */
    int at(int target) {
        count += text.codePointCount(index, target);
        index = target;
        return count;
    }
}
