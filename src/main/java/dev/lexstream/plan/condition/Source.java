package dev.lexstream.plan.condition;

/** The text of an expression, by code points. Immutable. */
final class Source {

    private final String text;
    private final int[] points;

    Source(String text) {
        this.text = text;
        this.points = text.codePoints().toArray();
    }

    String text() {
        return text;
    }

    int length() {
        return points.length;
    }

    /** Whether some text is at an offset. */
    boolean startsWith(String part, int offset) {
        return text.startsWith(part, text.offsetByCodePoints(0, offset));
    }

    /** The place at an offset; at a dot, that of the name behind it. */
    Position position(int offset) {
        int line = 1;
        int column = 1;
        int end = name(Math.max(0, offset));
        for (int i = 0; i < Math.min(end, points.length); i++) {
            column = points[i] == '\n' ? 1 : column + 1;
            line += points[i] == '\n' ? 1 : 0;
        }
        return new Position(line, column);
    }

    private int name(int offset) {
        int at = offset;
        if (at < points.length && points[at] == '.') {
            do {
                at++;
            } while (at < points.length && (points[at] == '?' || Character.isWhitespace(points[at])));
        }
        return at;
    }
}
