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
 * Collects what is submitted one by one and hands it on many at a time, so that no text costs a thread's wake-up and a turn
 * at the batcher's lock of its own.
 *
 * <p>Threading: any thread adds; the pool's threads, at most {@code threads} of them at once, handle.
 *
 * @param <T> what is collected
 */
final class Preparation<T> {

    private static final int MOST_AT_ONCE = 32;

    private final Executor pool;
    private final int threads;
    private final Consumer<List<T>> handler;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger active = new AtomicInteger();

    /**
     * @param threads of the pool that may be busy here
     * @param handler gets one or more, in the order of arrival; throws nothing but errors
     */
    Preparation(Executor pool, int threads, Consumer<List<T>> handler) {
        this.pool = pool;
        this.threads = threads;
        this.handler = handler;
    }

    /** Hands over one. Does not wait for it, but when the pool is shut down: then it is handled here. */
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
            // Others may have counted on the thread that does not come.
            while (!waiting.isEmpty()) {
                handleSome();
            }
        }
    }

    /** Handles some and gets in line again for the others, behind the other users of the pool. */
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
        List<T> some = new ArrayList<>(MOST_AT_ONCE);
        for (T one = waiting.poll(); one != null; one = some.size() < MOST_AT_ONCE ? waiting.poll() : null) {
            some.add(one);
        }
        if (!some.isEmpty()) {
            handler.accept(some);
        }
    }
}
