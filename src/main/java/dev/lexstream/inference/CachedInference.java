package dev.lexstream.inference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntBiFunction;

/**
 * A model with a cache of its results. Equal inputs in flight share one computation. Failures are not cached. Cancelling
 * a result removes one caller from its computation, which is cancelled when it has no caller left.
 *
 * <p>Threading: one instance for all callers. The lock is not held while the model is called or a future completes.
 *
 * @param <I> an input; compared by {@code equals}
 * @param <O> a result; shared between callers, so it must be immutable
 */
public final class CachedInference<I, O> implements Inference<I, O> {

    private final Inference<I, O> model;
    private final long capacity;
    private final Cache<I, O> results;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<I, Computation<O>> running = new HashMap<>();
    private long hits;
    private long shared;
    private long misses;
    private boolean closed;

    /** One computation for one caller or more. The lock guards the number of callers. */
    private static final class Computation<O> {
        private final CompletableFuture<O> result = new CompletableFuture<>();
        private int callers;
    }

    /**
     * Makes an empty cache.
     *
     * @param model computes inputs that are not in the cache; closed with this object
     * @param capacity largest weight of all results together, at least 1
     * @param weight weight of an input with its result; results above the capacity are not cached
     */
    public CachedInference(Inference<I, O> model, long capacity, ToIntBiFunction<? super I, ? super O> weight) {
        this.model = Objects.requireNonNull(model, "model");
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, found " + capacity);
        }
        this.capacity = capacity;
        // Eviction runs in the calling thread, so no result waits for a thread of another pool.
        this.results = Caffeine.newBuilder()
                .maximumWeight(capacity)
                .weigher((I input, O result) -> weight.applyAsInt(input, result))
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    @Override
    public CompletableFuture<O> submit(I input) {
        Computation<O> computation;
        boolean first;
        lock.lock();
        try {
            O known = results.getIfPresent(input);
            if (known != null) {
                hits++;
                return CompletableFuture.completedFuture(known);
            }
            computation = running.get(input);
            first = computation == null;
            if (first) {
                misses++;
                computation = new Computation<>();
                running.put(input, computation);
            } else {
                shared++;
            }
            computation.callers++;
        } finally {
            lock.unlock();
        }
        if (first) {
            compute(input, computation);
        }
        return answer(input, computation);
    }

    private void compute(I input, Computation<O> computation) {
        CompletableFuture<O> computed;
        try {
            computed = model.submit(input);
        } catch (RuntimeException | Error e) {
            finish(input, computation, null, e);
            return;
        }
        computed.whenComplete((found, failure) -> finish(input, computation, found, failure));
        computation.result.whenComplete((found, failure) -> computed.cancel(false));
    }

    private void finish(I input, Computation<O> computation, O found, Throwable failure) {
        lock.lock();
        try {
            running.remove(input, computation);
            if (failure == null && !closed) {
                results.put(input, found);
            }
        } finally {
            lock.unlock();
            pass(found, failure, computation.result);
        }
    }

    /** A future for one caller alone: cancelling it does not affect the other callers. */
    private CompletableFuture<O> answer(I input, Computation<O> computation) {
        CompletableFuture<O> answer = new CompletableFuture<>();
        computation.result.whenComplete((found, failure) -> pass(found, failure, answer));
        answer.whenComplete((found, failure) -> {
            if (!computation.result.isDone()) {
                giveUp(input, computation);
            }
        });
        return answer;
    }

    private void giveUp(I input, Computation<O> computation) {
        boolean last;
        lock.lock();
        try {
            // No caller can join a computation that is not in the map, so the last one may cancel it.
            last = --computation.callers == 0 && running.remove(input, computation);
        } finally {
            lock.unlock();
        }
        if (last) {
            computation.result.cancel(false);
        }
    }

    private static <O> void pass(O found, Throwable failure, CompletableFuture<O> to) {
        if (failure == null) {
            to.complete(found);
        } else {
            to.completeExceptionally(failure);
        }
    }

    /** The statistics so far. */
    public CacheStats stats() {
        lock.lock();
        try {
            long weight =
                    results.policy().eviction().orElseThrow().weightedSize().orElseThrow();
            long evictions = results.stats().evictionCount();
            return new CacheStats(hits, shared, misses, evictions, results.estimatedSize(), weight, capacity);
        } finally {
            lock.unlock();
        }
    }

    /** Empties the cache and closes the model. Inputs in flight and later ones fail. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            results.invalidateAll();
        } finally {
            lock.unlock();
        }
        model.close();
    }
}
