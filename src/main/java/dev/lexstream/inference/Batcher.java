package dev.lexstream.inference;

import dev.lexstream.nlp.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Makes batches of what many callers submit. A batch is cut when a worker asks for one and the waiting items fill the
 * budget, or the oldest has waited as long as it may, or nobody has announced more: an idle device never waits.
 *
 * <p>Threading: one instance for all callers of a model and all its workers. Callers {@link #announce} and
 * {@link #submit}, workers {@link #take}; none of them holds the lock while a batch runs.
 */
final class Batcher<P extends Prepared, R> implements AutoCloseable {

    private final TokenBudget budget;
    private final long maxWaitNanos;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Backlog<P, R> backlog = new Backlog<>();
    private BatchStats stats = BatchStats.NONE;
    private int announced;
    private long sequence;
    private Throwable closed;

    /**
     * @param budget of each batch
     * @param maxWait how long an item waits for company while more is announced
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     */
    Batcher(TokenBudget budget, Duration maxWait, LongSupplier clock) {
        this.budget = budget;
        this.maxWaitNanos = maxWait.toNanos();
        this.clock = clock;
    }

    /** Says that an item is being prepared: a call of {@link #submit} or {@link #withdraw} will follow. */
    void announce() {
        lock.lock();
        try {
            announced++;
        } finally {
            lock.unlock();
        }
    }

    /** Takes an announcement back: the item will not come. */
    void withdraw() {
        lock.lock();
        try {
            announced--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Queues an announced item; its future completes when its batch has run. Never blocks. */
    CompletableFuture<R> submit(P input) {
        CompletableFuture<R> result = new CompletableFuture<>();
        lock.lock();
        try {
            announced--;
            if (closed != null) {
                result.completeExceptionally(closed);
            } else {
                backlog.add(new BatchItem<>(input, input.length(), sequence++, clock.getAsLong(), result));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return result;
    }

    /**
     * Waits for a batch.
     *
     * @return one or more items; none when the batcher is closed
     */
    List<BatchItem<P, R>> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (closed == null) {
                BatchItem<P, R> oldest = backlog.oldest();
                if (oldest == null) {
                    changed.await();
                    continue;
                }
                long wait = maxWaitNanos - (clock.getAsLong() - oldest.arrived());
                if (announced <= 0 || wait <= 0 || backlog.fills(budget)) {
                    return cut();
                }
                changed.await(wait, TimeUnit.NANOSECONDS);
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private List<BatchItem<P, R>> cut() {
        List<BatchItem<P, R>> batch = backlog.cut(budget);
        int longest = batch.stream().mapToInt(BatchItem::length).max().orElse(0);
        long tokens = batch.stream().mapToLong(BatchItem::length).sum();
        stats = stats.plus(new BatchStats(1, batch.size(), tokens, (long) longest * batch.size()));
        return batch;
    }

    BatchStats stats() {
        lock.lock();
        try {
            return stats;
        } finally {
            lock.unlock();
        }
    }

    /** Fails what waits and releases the workers. Idempotent. */
    @Override
    public void close() {
        fail(new IllegalStateException("the inference engine is closed"));
    }

    /** As {@link #close}, for a reason that all callers get to know, later ones too. */
    void fail(Throwable reason) {
        List<BatchItem<P, R>> waiting;
        lock.lock();
        try {
            closed = closed == null ? reason : closed;
            waiting = backlog.drain();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        waiting.forEach(item -> item.result().completeExceptionally(reason));
    }
}
