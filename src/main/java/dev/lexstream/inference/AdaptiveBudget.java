package dev.lexstream.inference;

/**
 * A budget that gives way when the device's memory does not suffice and recovers slowly. Not thread-safe: its
 * {@link Batcher} guards it.
 */
final class AdaptiveBudget {

    /** Batches that must run before the budget is raised again, and the share of the full one by which it is. */
    private static final int PROBATION = 64;

    private static final int STEPS = 16;

    private final TokenBudget full;
    private TokenBudget current;
    private int batches;

    AdaptiveBudget(TokenBudget full) {
        this.full = full;
        this.current = full;
    }

    TokenBudget current() {
        return current;
    }

    /**
     * After a batch that was too large, the budget is half of it at most.
     *
     * @param paddedTokens of that batch
     */
    void exhausted(long paddedTokens) {
        long half = Math.max(1, paddedTokens / 2);
        if (half < current.maxTokens()) {
            current = new TokenBudget((int) half, full.maxSize());
            batches = 0;
        }
    }

    /** Counts a batch that ran. */
    void ran() {
        if (current.maxTokens() < full.maxTokens() && ++batches >= PROBATION) {
            long tokens = current.maxTokens() + Math.max(1L, full.maxTokens() / STEPS);
            current = new TokenBudget((int) Math.min(full.maxTokens(), tokens), full.maxSize());
            batches = 0;
        }
    }
}
