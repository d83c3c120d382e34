package dev.lexstream.inference;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that prepare inputs and complete results, for all models. Threading: may be used from any thread.
 *
 * @see BatchingInference
 */
public final class WorkerPool implements Executor, AutoCloseable {

    private static final long LONGEST_STOP_SECONDS = 10;

    private final int threads;
    private final ExecutorService executor;

    private WorkerPool(int threads) {
        this.threads = threads;
        AtomicInteger count = new AtomicInteger();
        // whoever has a thread started may be a device's thread, whose priority is not theirs
        this.executor = Executors.newFixedThreadPool(
                threads, task -> DaemonThread.of(task, "preparation-" + count.getAndIncrement(), Thread.NORM_PRIORITY));
    }

    /**
     * A pool of its own threads, which end with the process at the latest.
     *
     * @param threads at least 1
     */
    public static WorkerPool of(int threads) {
        return new WorkerPool(threads);
    }

    /** How many work at once. */
    public int threads() {
        return threads;
    }

    /**
     * Runs a task on one of the threads.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the pool is closed
     */
    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Refuses further work and waits for what was accepted, for a while. Idempotent. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
