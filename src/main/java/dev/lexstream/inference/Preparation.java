package dev.lexstream.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Groups elements that are added one by one, and has a pool handle the groups. So the cost of waking a thread, and of
 * taking the batcher's lock, is that of a group and not of each text.
 *
 * <p>Threading: elements may be added from any thread. At most {@code threads} threads of the pool handle groups at once.
 *
 * @param <T> type of the elements
 */
final class Preparation<T> {

    private static final int MAX_GROUP = 32;

    private final Executor pool;
    private final int threads;
    private final Consumer<List<T>> handler;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger active = new AtomicInteger();

    /**
     * @param threads most threads of the pool that handle groups at once
     * @param handler handles one element or more, in the order of arrival; throws nothing but errors
     */
    Preparation(Executor pool, int threads, Consumer<List<T>> handler) {
        this.pool = pool;
        this.threads = threads;
        this.handler = handler;
    }

    /** Adds an element and does not wait for its handling. When the pool is shut down, the calling thread handles it. */
    void add(T one) {
        waiting.add(one);
        wake();
    }

    private void wake() {
        int busy = active.get();
        while (busy < threads) {
            if (active.compareAndSet(busy, busy + 1)) {
                execute();
                return;
            }
            busy = active.get();
        }
    }

    private void execute() {
        try {
            pool.execute(this::handle);
        } catch (RejectedExecutionException e) {
            active.decrementAndGet();
            // Other callers may have relied on the thread that was refused.
            while (!waiting.isEmpty()) {
                handleSome();
            }
        }
    }

    /** Handles one group. Further groups are queued again, behind other tasks of the pool. */
    private void handle() {
        try {
            handleSome();
        } finally {
            active.decrementAndGet();
            if (!waiting.isEmpty()) {
                wake();
            }
        }
    }

    private void handleSome() {
        List<T> some = new ArrayList<>(MAX_GROUP);
        for (T one = waiting.poll(); one != null; one = some.size() < MAX_GROUP ? waiting.poll() : null) {
            some.add(one);
        }
        if (!some.isEmpty()) {
            handler.accept(some);
        }
    }
}
