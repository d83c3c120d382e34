package dev.lexstream.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets models that share a device compute in turn, so many batches at once. The next turn is the model's whose oldest text
 * has waited longest, not that of the worker who asked first: a quick model would otherwise run ahead of a slow one that
 * works on the same texts, and cut batches of the few that have just arrived. A batch is cut only when its turn has come, so
 * the texts that arrive while other models compute still get into it.
 *
 * <p>Threading: one instance for all workers of a device.
 */
public final class DeviceTurns {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Waiting> waiting = new ArrayList<>();
    private int free;

    /** A worker that has asked. */
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
     * Turns on one device.
     *
     * @param batches that the device computes at once, at least 1
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
     * @param age how long the oldest text has waited by now, in nanoseconds; called on any worker's thread
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
     * Ends a turn and waits for the next, as one step: whoever has waited all along is not preferred.
     *
     * @throws InterruptedException and the worker has no turn any more
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
