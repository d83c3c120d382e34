package dev.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeviceTurnsTest {

    private final DeviceTurns turns = DeviceTurns.atOnce(1);
    private final List<Long> order = Collections.synchronizedList(new ArrayList<>());

    @AutoClose("shutdownNow")
    private final ExecutorService workers = Executors.newCachedThreadPool();

    @Test
    void theOldestTextIsNextWhoeverAskedFirst() throws Exception {
        turns.begin(() -> 0);
        List<Future<?>> all = List.of(turn(20), turn(30), turn(10));
        turns.end();

        for (Future<?> each : all) {
            each.get();
        }
        assertThat(order).containsExactly(30L, 20L, 10L);
    }

    @Test
    void whoeverAsksAgainCompetesWithThoseThatWait() throws Exception {
        turns.begin(() -> 50);
        Future<?> younger = turn(20);
        turns.again(() -> 40);
        assertThat(order).isEmpty();

        Future<?> mine = workers.submit(() -> {
            turns.again(() -> 10);
            order.add(10L);
            turns.end();
            return null;
        });
        younger.get();
        mine.get();
        assertThat(order).containsExactly(20L, 10L);
    }

    @Test
    void aWorkerThatIsInterruptedWhileItWaitsTakesNoTurnAway() throws Exception {
        turns.begin(() -> 0);
        Thread waiting = new Thread(() -> {
            try {
                turns.begin(() -> 100);
                order.add(100L);
            } catch (InterruptedException e) {
                order.add(-1L);
            }
        });
        waiting.start();
        awaitBlocked(waiting);
        waiting.interrupt();
        waiting.join();
        Future<?> other = turn(5);
        turns.end();

        other.get();
        assertThat(order).containsExactly(-1L, 5L);
    }

    @Test
    void neverMoreThanSoManyAtOnceAndNobodyIsLeftOut() throws Exception {
        DeviceTurns two = DeviceTurns.atOnce(2);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int worker = 0; worker < 6; worker++) {
            int age = worker;
            all.add(CompletableFuture.runAsync(() -> work(two, age, running, most), workers));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        assertThat(most).hasValueLessThanOrEqualTo(2);
        assertThat(running).hasValue(0);
    }

    @Test
    void soManyComputeAtOnce() throws Exception {
        DeviceTurns two = DeviceTurns.atOnce(2);
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<?>> all = new ArrayList<>();
        for (int worker = 0; worker < 2; worker++) {
            all.add(workers.submit(() -> {
                two.begin(() -> 0);
                together.await();
                two.end();
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get(20, TimeUnit.SECONDS);
        }
    }

    private static void work(DeviceTurns turns, int age, AtomicInteger running, AtomicInteger most) {
        try {
            for (int i = 0; i < 200; i++) {
                turns.begin(() -> age);
                for (int again = 0; again < i % 3; again++) {
                    turns.again(() -> age);
                }
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                running.decrementAndGet();
                turns.end();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A worker that waits for its turn, and has asked when this returns. */
    private Future<?> turn(long age) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Thread[] thread = new Thread[1];
        Future<?> future = workers.submit(() -> {
            thread[0] = Thread.currentThread();
            begun.countDown();
            turns.begin(() -> age);
            order.add(age);
            turns.end();
            return null;
        });
        begun.await();
        awaitBlocked(thread[0]);
        return future;
    }

    private static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
