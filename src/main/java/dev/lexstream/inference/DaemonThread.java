package dev.lexstream.inference;

/** Makes daemon threads, which do not keep the process alive. */
public final class DaemonThread {

    private DaemonThread() {}

    /**
     * Makes a thread and does not start it.
     *
     * @param priority from {@link Thread#MIN_PRIORITY} to {@link Thread#MAX_PRIORITY}. Without one, the thread would
     *     inherit its maker's. The virtual machine may ignore it, so only speed may depend on it
     */
    @SuppressWarnings("ThreadPriorityCheck")
    public static Thread of(Runnable task, String name, int priority) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setPriority(priority);
        return thread;
    }
}
