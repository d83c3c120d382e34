package dev.lexstream.plan;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The entry of the engine: callers wait, first come first served, until there is room for their text. A long text is not
 * overtaken by shorter ones that would fit.
 *
 * <p>Threading: one instance for all callers; {@link #release} is called from any thread and never waits for room.
 */
final class Admission {

    private static final double CROWDED = 7.0 / 8;

    private final Capacity capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private int texts;
    private long tokens;

    /** A caller that waits for room. */
    private static final class Waiter {
        private final int tokens;
        private final Condition admission;
        private boolean admitted;

        private Waiter(int tokens, Condition admission) {
            this.tokens = tokens;
            this.admission = admission;
        }
    }

    Admission(Capacity capacity) {
        this.capacity = capacity;
    }

    /**
     * Waits for room and takes it.
     *
     * @param size tokens of the text
     * @param patience longest wait
     * @return false when no room was made in time: nothing is taken
     * @throws InterruptedException when the thread is interrupted before or while it waits: nothing is taken
     */
    boolean acquire(int size, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (waiters.isEmpty() && fits(size)) {
                take(size);
                return true;
            }
            Waiter waiter = new Waiter(size, lock.newCondition());
            waiters.addLast(waiter);
            try {
                long left = patience.toNanos();
                while (!waiter.admitted && left > 0) {
                    left = waiter.admission.awaitNanos(left);
                }
                return waiter.admitted || leave(waiter);
            } catch (InterruptedException e) {
                leave(waiter);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether most of the room for tokens is taken, so that a few long texts would have to wait. */
    boolean crowded() {
        lock.lock();
        try {
            return tokens > CROWDED * capacity.tokens();
        } finally {
            lock.unlock();
        }
    }

    /** Makes room: the text of this size has ended. */
    void release(int size) {
        lock.lock();
        try {
            giveBack(size);
            admitWaiters();
        } finally {
            lock.unlock();
        }
    }

    /** A waiter that leaves may have held up smaller ones behind it. */
    private boolean leave(Waiter waiter) {
        if (waiter.admitted) {
            giveBack(waiter.tokens);
        } else {
            waiters.remove(waiter);
        }
        admitWaiters();
        return false;
    }

    private void admitWaiters() {
        while (!waiters.isEmpty() && fits(waiters.getFirst().tokens)) {
            Waiter next = waiters.removeFirst();
            take(next.tokens);
            next.admitted = true;
            next.admission.signal();
        }
    }

    private boolean fits(int size) {
        return texts == 0 || (texts < capacity.texts() && tokens + size <= capacity.tokens());
    }

    private void take(int size) {
        texts++;
        tokens += size;
    }

    private void giveBack(int size) {
        texts--;
        tokens -= size;
    }
}
