package dev.lexstream.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs long work so that a signal ends it cleanly: the working thread is interrupted and the end of the process waits for
 * it, because native code must not run while its libraries are torn down.
 */
final class StopOnSignal {

    /** Longer than a step of training, or than a pipeline needs to commit and to leave its group. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private StopOnSignal() {}

    /** Calls {@code work} on the current thread. */
    static <T> T call(Callable<T> work) throws Exception {
        return call(work, () -> PATIENCE);
    }

    /**
     * As {@link #call(Callable)}.
     *
     * @param patience with the work, asked for when the signal comes: what cannot be interrupted, such as the loading of
     *     models, need not be waited for when it leaves nothing half-done
     */
    static <T> T call(Callable<T> work, Supplier<Duration> patience) throws Exception {
        Thread worker = Thread.currentThread();
        CountDownLatch finished = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(worker, finished, patience.get()), "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            finished.countDown();
            remove(hook);
        }
    }

    private static void stop(Thread worker, CountDownLatch finished, Duration patience) {
        worker.interrupt();
        try {
            finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook is what waits for this thread
        }
    }
}
