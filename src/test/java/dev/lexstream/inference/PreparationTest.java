package dev.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PreparationTest {

    private static final int EACH = 200;

    @Property(tries = 100)
    void everythingIsHandledOnceEvenIfThePoolIsClosedMeanwhile(
            @ForAll @IntRange(min = 1, max = 4) int callers,
            @ForAll @IntRange(min = 1, max = 3) int threads,
            @ForAll @IntRange(min = 0, max = 400) int closeAfterMicros)
            throws Exception {
        WorkerPool pool = WorkerPool.of(threads);
        AtomicInteger handled = new AtomicInteger();
        Preparation<Integer> preparation = new Preparation<>(pool, threads, some -> handled.addAndGet(some.size()));
        var calling = Executors.newFixedThreadPool(callers);
        List<Future<?>> calls = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            calls.add(calling.submit(() -> {
                for (int i = 0; i < EACH; i++) {
                    preparation.add(i);
                }
            }));
        }

        LockSupport.parkNanos(closeAfterMicros * 1000L);
        pool.close();

        for (Future<?> caller : calls) {
            caller.get(10, TimeUnit.SECONDS);
        }
        calling.shutdown();
        assertThat(handled).hasValue(callers * EACH);
    }
}
