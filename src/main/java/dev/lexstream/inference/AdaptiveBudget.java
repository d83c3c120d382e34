package dev.lexstream.inference;

/**
 * The token budget of a device whose memory may be too small for it. A batch that does not fit reduces the budget;
 * batches that run raise it again, slowly. Not thread-safe: its {@link Batcher} guards it.
 */
final class AdaptiveBudget {

    /** Batches that must run before the budget is raised. */
    private static final int PROBATION = 64;

    /** Number of raises from nothing to the full budget. */
    private static final int STEPS = 16;

    private final TokenBudget full;
    private TokenBudget current;
    private int batches;

    AdaptiveBudget(TokenBudget full) {
        this.full = full;
        this.current = full;
    }

    /** The budget of the next batch, at most the full one. */
    TokenBudget current() {
        return current;
    }

    /**
     * Reduces the budget after a batch that did not fit the device's memory.
     *
     * @param paddedTokens tokens of that batch, padding included; the budget becomes half of them at most
     */
    void exhausted(long paddedTokens) {
        long half = Math.max(1, paddedTokens / 2);
        if (half < current.maxTokens()) {
            current = new TokenBudget((int) half, full.maxSize());
            batches = 0;
        }
    }

    /** Counts a batch that ran, and raises the budget when enough have. */
    void ran() {
        if (current.maxTokens() < full.maxTokens() && ++batches >= PROBATION) {
            long tokens = current.maxTokens() + Math.max(1L, full.maxTokens() / STEPS);
            current = new TokenBudget((int) Math.min(full.maxTokens(), tokens), full.maxSize());
            batches = 0;
        }
    }
}
