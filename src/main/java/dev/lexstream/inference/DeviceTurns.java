package dev.lexstream.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Shares a device between models, and limits how many batches it computes at once. The next turn goes to the model whose
 * oldest text has waited longest. If it went to the worker that asked first, a quick model would run ahead of a slow one
 * on the same texts, with batches of the few texts that have just arrived. A worker cuts its batch when it has its turn,
 * so that the batch includes the texts that arrived while other models computed.
 *
 * <p>Threading: one instance for all workers of a device.
 */
public final class DeviceTurns {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Waiting> waiting = new ArrayList<>();
    private int free;

    /** A worker that waits for a turn. */
    private static final class Waiting {
        private final LongSupplier age;
        private final Condition granted;
        private boolean turn;

        Waiting(LongSupplier age, Condition granted) {
            this.age = age;
            this.granted = granted;
        }
    }

    private DeviceTurns(int batches) {
        this.free = batches;
    }

    /**
     * Makes the turns of one device.
     *
     * @param batches number of batches that the device computes at once, at least 1
     */
    public static DeviceTurns atOnce(int batches) {
        if (batches < 1) {
            throw new IllegalArgumentException("batches must be at least 1, found " + batches);
        }
        return new DeviceTurns(batches);
    }

    /**
     * Waits for a turn, which {@link #end} ends.
     *
     * @param age how long the model's oldest text has waited, in nanoseconds; called on any worker's thread
     * @throws InterruptedException when interrupted; the worker then has no turn
     */
    void begin(LongSupplier age) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(age);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a turn and waits for the next one, in one step. The worker competes with those that have waited meanwhile.
     *
     * @throws InterruptedException when interrupted; the worker then has no turn
     */
    void again(LongSupplier age) throws InterruptedException {
        lock.lock();
        try {
            free++;
            await(age);
        } finally {
            lock.unlock();
        }
    }

    /** Ends a turn. */
    void end() {
        lock.lock();
        try {
            free++;
            grant();
        } finally {
            lock.unlock();
        }
    }

    private void await(LongSupplier age) throws InterruptedException {
        Waiting mine = new Waiting(age, lock.newCondition());
        waiting.add(mine);
        grant();
        try {
            while (!mine.turn) {
                mine.granted.await();
            }
        } catch (InterruptedException e) {
            giveUp(mine);
            throw e;
        }
    }

    private void grant() {
        while (free > 0 && !waiting.isEmpty()) {
            Waiting next = waiting.size() == 1
                    ? waiting.get(0)
                    : waiting.stream()
                            .max(Comparator.comparingLong(worker -> worker.age.getAsLong()))
                            .orElseThrow();
            waiting.remove(next);
            free--;
            next.turn = true;
            next.granted.signal();
        }
    }

    private void giveUp(Waiting worker) {
        waiting.remove(worker);
        if (worker.turn) {
            free++;
            grant();
        }
    }
}
