package dev.lexstream.registry;

import static java.lang.Math.min;

/**
 * How often and how patiently a failed request is repeated: exponential backoff, doubled each time up to a limit.
 *
 * @param maxRetries attempts after the first one; 0 for none
 * @param firstWaitMillis wait before the first retry
 * @param maxWaitMillis longest wait before a retry
 */
record RetryPolicy(int maxRetries, long firstWaitMillis, long maxWaitMillis) {
    RetryPolicy {
        if (maxRetries < 0 || firstWaitMillis < 0 || maxWaitMillis < 0) {
            throw new IllegalArgumentException("maxRetries, firstWaitMillis and maxWaitMillis must not be negative: "
                    + maxRetries + ", " + firstWaitMillis + ", " + maxWaitMillis);
        }
    }

    /** @param retry which retry is waited for, from 0 */
    long waitMillis(int retry) {
        return retry > 30 ? maxWaitMillis : min(maxWaitMillis, firstWaitMillis << retry);
    }

    /** Waits; a test passes its own to wait no time at all. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long millis) throws InterruptedException;
    }
}
