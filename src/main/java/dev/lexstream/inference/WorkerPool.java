package dev.lexstream.inference;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that prepare inputs and complete results of all models. Threading: may be used from any thread.
 *
 * @see BatchingInference
 */
public final class WorkerPool implements Executor, AutoCloseable {

    private static final long STOP_TIMEOUT_SECONDS = 10;

    private final int threads;
    private final ExecutorService executor;

    private WorkerPool(int threads) {
        this.threads = threads;
        AtomicInteger count = new AtomicInteger();
        // a device's thread may have one started, which must not inherit its priority
        this.executor = Executors.newFixedThreadPool(
                threads, task -> DaemonThread.of(task, "preparation-" + count.getAndIncrement(), Thread.NORM_PRIORITY));
    }

    /**
     * Makes a pool of daemon threads.
     *
     * @param threads number of threads, at least 1
     */
    public static WorkerPool of(int threads) {
        return new WorkerPool(threads);
    }

    /** The number of threads. */
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

    /** Refuses further tasks, and waits up to 10 s for those that were accepted. Idempotent. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
