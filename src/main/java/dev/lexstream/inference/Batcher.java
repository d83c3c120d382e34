package dev.lexstream.inference;

import dev.lexstream.nlp.Prepared;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Makes batches of the inputs that many callers submit. A batch is due when items wait and one of these holds: they fill
 * the budget; the oldest has waited for the maximum delay; no further input is announced. So an idle device waits only
 * for inputs that are being prepared.
 *
 * <p>Threading: one instance for all callers of a model and all its workers. Callers use {@link #announce} and
 * {@link #submit}, workers use {@link #await} and {@link #cut}. The lock is not held while a batch runs.
 */
final class Batcher<P extends Prepared, R> implements AutoCloseable {

    private final AdaptiveBudget budget;
    private final ArrivalOrder arrivalOrder;
    private final long maxDelayNanos;
    private final LongSupplier clock;
    private final AtomicInteger announced = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Backlog<P, R> backlog = new Backlog<>();
    private BatchStats stats = BatchStats.NONE;
    private long sequence;
    private Throwable closed;

    /**
     * @param budget largest size of a batch
     * @param maxDelay longest wait of an item while further inputs are announced
     * @param clock monotonic nanoseconds, such as {@link System#nanoTime}
     */
    Batcher(TokenBudget budget, Duration maxDelay, LongSupplier clock) {
        this.budget = new AdaptiveBudget(budget);
        this.arrivalOrder = new ArrivalOrder(budget);
        this.maxDelayNanos = maxDelay.toNanos();
        this.clock = clock;
    }

    /** Announces an input that is being prepared. It must be submitted or withdrawn later. Never blocks. */
    void announce() {
        announced.incrementAndGet();
    }

    /** Withdraws announcements of inputs that will not be submitted. */
    void withdraw(int inputs) {
        lock.lock();
        try {
            announced.addAndGet(-inputs);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Queues announced inputs. Their results complete when their batches have run. Waits for no batch. */
    List<BatchItem<P, R>> submit(List<P> inputs) {
        List<BatchItem<P, R>> items = new ArrayList<>(inputs.size());
        Throwable refused;
        lock.lock();
        try {
            long now = clock.getAsLong();
            for (P input : inputs) {
                items.add(new BatchItem<>(input, BatchShape.of(input), sequence++, now, new CompletableFuture<>()));
            }
            announced.addAndGet(-inputs.size());
            refused = closed;
            if (refused == null) {
                items.forEach(backlog::add);
                items.forEach(item -> arrivalOrder.add(item.shape()));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (refused != null) {
            items.forEach(item -> item.result().completeExceptionally(refused));
        }
        return items;
    }

    /** Cancels an item's result. Removes the item, unless its batch has been cut. */
    void cancel(BatchItem<P, R> item) {
        lock.lock();
        try {
            backlog.remove(item);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        item.result().cancel(false);
    }

    /**
     * Waits until a batch is due.
     *
     * @return whether a batch is due; false when the batcher is closed
     */
    boolean await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (closed == null) {
                long wait = untilDue();
                if (wait <= 0) {
                    return true;
                }
                changed.await(wait, TimeUnit.NANOSECONDS);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a batch is due now. */
    boolean due() {
        lock.lock();
        try {
            return closed == null && untilDue() <= 0;
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds until a batch is due; 0 or less when one is due. */
    private long untilDue() {
        BatchItem<P, R> oldest = backlog.oldest();
        if (oldest == null) {
            return Long.MAX_VALUE;
        }
        boolean mayGrow = announced.get() > 0 && !backlog.fills(budget.current());
        return mayGrow ? maxDelayNanos - (clock.getAsLong() - oldest.arrived()) : 0;
    }

    /** How long the oldest item has waited, in nanoseconds. Negative when none waits, the largest number when closed. */
    long age() {
        lock.lock();
        try {
            if (closed != null) {
                return Long.MAX_VALUE;
            }
            BatchItem<P, R> oldest = backlog.oldest();
            return oldest == null ? -1 : clock.getAsLong() - oldest.arrived();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Cuts a batch from the waiting items.
     *
     * @return empty when another worker has taken the items, or the batcher is closed
     */
    List<BatchItem<P, R>> cut() {
        lock.lock();
        try {
            List<BatchItem<P, R>> batch = backlog.cut(budget.current());
            if (!batch.isEmpty()) {
                long now = clock.getAsLong();
                long tokens =
                        batch.stream().mapToLong(item -> item.input().tokens()).sum();
                long queue =
                        batch.stream().mapToLong(item -> now - item.arrived()).sum();
                stats = stats.plus(new BatchStats(1, batch.size(), tokens, paddedTokens(batch), 0, 0, queue, 0, 0));
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private static long paddedTokens(List<? extends BatchItem<?, ?>> batch) {
        return batch.stream()
                .map(BatchItem::shape)
                .reduce(BatchShape.EMPTY, BatchShape::plus)
                .paddedTokens();
    }

    /** Reports that a batch ran. */
    void ran() {
        lock.lock();
        try {
            budget.ran();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reports that a batch did not fit the device's memory.
     *
     * @return most tokens of the next batch
     */
    int exhausted(List<BatchItem<P, R>> batch) {
        lock.lock();
        try {
            budget.exhausted(paddedTokens(batch));
            return budget.current().maxTokens();
        } finally {
            lock.unlock();
        }
    }

    /** The statistics so far. {@code fifoPaddedTokens} counts all submitted inputs, cancelled ones included. */
    BatchStats stats() {
        lock.lock();
        try {
            return stats.plus(new BatchStats(0, 0, 0, 0, arrivalOrder.paddedTokens(), 0, 0, 0, 0));
        } finally {
            lock.unlock();
        }
    }

    /** Fails the waiting items and releases the workers. Idempotent. */
    @Override
    public void close() {
        fail(new IllegalStateException("the inference engine is closed"));
    }

    /** As {@link #close}, with the failure that waiting items and later ones get. */
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
