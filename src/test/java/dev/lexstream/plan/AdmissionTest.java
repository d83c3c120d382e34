package dev.lexstream.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AdmissionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What callers know to be on its way: never more than what the admission knows. */
    private static final class OnTheirWay {
        private int texts;
        private long tokens;

        synchronized void enter(int size, Capacity capacity) {
            texts++;
            tokens += size;
            assertThat(texts).isLessThanOrEqualTo(capacity.texts());
            assertThat(texts == 1 || tokens <= capacity.tokens())
                    .as("%d texts with %d tokens", texts, tokens)
                    .isTrue();
        }

        synchronized void leave(int size) {
            texts--;
            tokens -= size;
        }
    }

    @Test
    void crowdedIsWhereSevenEighthsOfTheTokensAreTaken() throws InterruptedException {
        Admission admission = new Admission(new Capacity(100, 800));
        assertThat(admission.crowded()).isFalse();
        admission.acquire(700, PATIENCE);
        assertThat(admission.crowded()).isFalse();
        admission.acquire(1, PATIENCE);
        assertThat(admission.crowded()).isTrue();
        admission.release(1);
        assertThat(admission.crowded()).isFalse();
    }

    @Property(tries = 40)
    void theCapacityIsKeptAndEveryoneGetsInWhateverOthersDo(
            @ForAll @Size(min = 1, max = 6)
                    List<@Size(min = 1, max = 60) List<@IntRange(min = 1, max = 50) Integer>> callers,
            @ForAll @IntRange(min = 1, max = 5) int texts,
            @ForAll @IntRange(min = 1, max = 60) int tokens,
            @ForAll long seed)
            throws Exception {
        Capacity capacity = new Capacity(texts, tokens);
        Admission admission = new Admission(capacity);
        OnTheirWay onTheirWay = new OnTheirWay();
        var pool = Executors.newFixedThreadPool(callers.size());
        try {
            List<Future<Integer>> admitted = new ArrayList<>();
            for (List<Integer> sizes : callers) {
                Random random = new Random(seed + admitted.size());
                admitted.add(pool.submit(() -> call(admission, capacity, onTheirWay, sizes, random)));
            }
            for (int i = 0; i < callers.size(); i++) {
                assertThat(admitted.get(i).get(20, TimeUnit.SECONDS))
                        .isEqualTo(callers.get(i).size());
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(admission.acquire(Integer.MAX_VALUE, Duration.ZERO))
                .as("nothing is left behind")
                .isTrue();
    }

    /** Takes room for each size in turn; now and then is impatient or interrupted first, as callers that leave are. */
    private static int call(
            Admission admission, Capacity capacity, OnTheirWay onTheirWay, List<Integer> sizes, Random random)
            throws InterruptedException {
        int admitted = 0;
        for (int size : sizes) {
            boolean in = random.nextInt(3) == 0 && impatient(admission, size, random);
            if (in || admission.acquire(size, PATIENCE)) {
                admitted++;
                onTheirWay.enter(size, capacity);
                LockSupport.parkNanos(1000);
                onTheirWay.leave(size);
                admission.release(size);
            }
        }
        return admitted;
    }

    private static boolean impatient(Admission admission, int size, Random random) {
        try {
            if (random.nextBoolean()) {
                Thread.currentThread().interrupt();
            }
            return admission.acquire(size, Duration.ofNanos(random.nextInt(100_000)));
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    @Timeout(10)
    void aTextLargerThanTheCapacityGetsInAlone() throws Exception {
        Admission admission = new Admission(new Capacity(10, 100));
        assertThat(admission.acquire(101, Duration.ZERO)).isTrue();
        assertThat(admission.acquire(1, Duration.ZERO)).isFalse();
        admission.release(101);
        assertThat(admission.acquire(1, Duration.ZERO)).isTrue();
        assertThat(admission.acquire(100, Duration.ZERO)).isFalse();
        assertThat(admission.acquire(99, Duration.ZERO)).isTrue();
    }

    @Test
    @Timeout(10)
    void aLongTextIsNotOvertakenByShortOnesUntilItGivesUp() throws Exception {
        Admission admission = new Admission(new Capacity(10, 100));
        assertThat(admission.acquire(50, PATIENCE)).isTrue();
        Thread longText = new Thread(() -> acquire(admission, 80));
        longText.start();
        awaitWaiting(longText);
        CompletableFuture<Boolean> shortText = new CompletableFuture<>();
        Thread behind = new Thread(() -> shortText.complete(acquire(admission, 1)));
        behind.start();
        awaitWaiting(behind);
        assertThat(shortText).isNotDone();

        longText.interrupt();

        assertThat(shortText.get(5, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean acquire(Admission admission, int size) {
        try {
            return admission.acquire(size, PATIENCE);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
