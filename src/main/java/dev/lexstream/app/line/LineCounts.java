package dev.lexstream.app.line;

/**
 * What became of lines.
 *
 * @param enriched lines whose result was written
 * @param dropped lines that a route has dropped
 * @param failed lines in whose place an error was written
 */
public record LineCounts(long enriched, long dropped, long failed) {

    static final LineCounts NONE = new LineCounts(0, 0, 0);

    /** All of them. */
    public long lines() {
        return enriched + dropped + failed;
    }

    LineCounts oneEnriched() {
        return new LineCounts(enriched + 1, dropped, failed);
    }

    LineCounts oneDropped() {
        return new LineCounts(enriched, dropped + 1, failed);
    }

    LineCounts oneFailed() {
        return new LineCounts(enriched, dropped, failed + 1);
    }
}
