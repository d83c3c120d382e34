package dev.lexstream.bench;

/** Waiting for threads. */
final class Threads {

    private Threads() {}

    /** Waits for a thread's end, also while interrupted; the interrupt is kept. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
