package dev.lexstream.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs long work so that a signal ends it cleanly: the working thread is interrupted and the end of the process waits for
 * it, because native code must not run while its libraries are torn down.
 */
final class StopOnSignal {

    private static final long LONGEST_WAIT_SECONDS = 30;

    private StopOnSignal() {}

    /** Calls {@code work} on the current thread. */
    static <T> T call(Callable<T> work) throws Exception {
        Thread worker = Thread.currentThread();
        CountDownLatch finished = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(worker, finished), "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            finished.countDown();
            remove(hook);
        }
    }

    private static void stop(Thread worker, CountDownLatch finished) {
        worker.interrupt();
        try {
            finished.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
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
