package dev.lexstream.plan.condition;

/**
 * A place in the text of an expression.
 *
 * @param line from 1
 * @param column from 1, in code points
 */
public record Position(int line, int column) {

    /** The start. */
    static final Position START = new Position(1, 1);

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
