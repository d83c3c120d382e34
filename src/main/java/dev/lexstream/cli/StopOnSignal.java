package dev.lexstream.cli;

import java.util.concurrent.Callable;

/**
 * Runs long native work so that a signal ends it cleanly: the working thread is interrupted and the end of the process
 * waits for it, because native code must not run while its libraries are torn down.
 */
final class StopOnSignal {

    private static final long LONGEST_WAIT_MILLIS = 30_000;

    private StopOnSignal() {}

    /** Calls {@code work} on the current thread. */
    static <T> T call(Callable<T> work) throws Exception {
        Thread worker = Thread.currentThread();
        Thread hook = new Thread(() -> stop(worker), "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(hook);
        T result = work.call();
        Runtime.getRuntime().removeShutdownHook(hook);
        return result;
    }

    private static void stop(Thread worker) {
        worker.interrupt();
        try {
            worker.join(LONGEST_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
