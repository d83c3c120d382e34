package dev.lexstream.inference;

/** Threads that end with the process at the latest. */
public final class DaemonThread {

    private DaemonThread() {}

    /**
     * A thread that is not started yet.
     *
     * @param priority from {@link Thread#MIN_PRIORITY} to {@link Thread#MAX_PRIORITY}, where the virtual machine heeds
     *     it; only speed may depend on it. It is asked for, since otherwise it is that of whoever makes the thread
     */
    @SuppressWarnings("ThreadPriorityCheck")
    public static Thread of(Runnable task, String name, int priority) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setPriority(priority);
        return thread;
    }
}
