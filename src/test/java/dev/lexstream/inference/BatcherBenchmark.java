package dev.lexstream.inference;

import dev.lexstream.nlp.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a text costs in the batcher: announced, submitted, sorted by length, cut into a batch; no device, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BatcherBenchmark {

    private static final int ITEMS = 1024;

    private record Item(int length) implements Prepared {}

    private final Random random = new Random(17);
    private Item[] items;
    private Batcher<Item, Integer> batcher;

    /** Lengths as short texts have them, a few much longer. */
    @Setup(Level.Trial)
    public void fill() {
        items = new Item[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            items[i] = new Item(1 + (int) Math.min(199, Math.exp(2.5 + 0.8 * random.nextGaussian())));
        }
        batcher = new Batcher<>(new TokenBudget(8192, 64), Duration.ofMillis(5), System::nanoTime);
    }

    /** A backlog of {@value #ITEMS} comes and goes. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public int submitAndTake() throws InterruptedException {
        for (Item item : items) {
            batcher.announce();
            batcher.submit(List.of(item));
        }
        int taken = 0;
        while (taken < ITEMS) {
            List<BatchItem<Item, Integer>> batch = batcher.cut();
            batch.forEach(member -> member.result().complete(0));
            taken += batch.size();
        }
        return taken;
    }
}
