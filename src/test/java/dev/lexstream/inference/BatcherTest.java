package dev.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.nlp.Prepared;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BatcherTest {

    private static final Duration MAX_WAIT = Duration.ofMillis(5);

    private record Item(int id, int length, int rows) implements Prepared {

        Item(int id, int length) {
            this(id, length, 1);
        }

        @Override
        public int tokens() {
            return length + rows - 1; // all rows but one are as short as can be
        }
    }

    private final AtomicLong clock = new AtomicLong();

    @Property(tries = 300)
    void everyItemIsInExactlyOneBatchWithinTheBudget(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 100) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 300) int tokens,
            @ForAll @IntRange(min = 1, max = 40) int members,
            @ForAll @IntRange(min = 1, max = 5) int mostRows)
            throws InterruptedException {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(tokens, members), MAX_WAIT, clock::get);
        List<Item> items = new ArrayList<>();
        for (int length : lengths) {
            items.add(new Item(items.size(), length, 1 + items.size() % mostRows));
        }
        submitItems(batcher, items);
        long padded = 0;
        Set<Integer> seen = new HashSet<>();
        int oldestUnseen = 0;
        while (seen.size() < lengths.size()) {
            List<BatchItem<Item, Integer>> batch = take(batcher);
            int longest =
                    batch.stream().mapToInt(item -> item.input().length()).max().orElseThrow();
            int rows = batch.stream().mapToInt(item -> item.input().rows()).sum();
            padded += (long) longest * rows;
            if (batch.size() > 1) {
                assertThat(longest * rows).isLessThanOrEqualTo(tokens);
                assertThat(batch).hasSizeLessThanOrEqualTo(members);
            }
            batch.forEach(item -> assertThat(seen.add(item.input().id())).isTrue());
            assertThat(seen).as("the oldest item leads").contains(oldestUnseen);
            while (seen.contains(oldestUnseen)) {
                oldestUnseen++;
            }
        }
        assertThat(batcher.stats().inputs()).isEqualTo(lengths.size());
        assertThat(batcher.stats().tokens())
                .isEqualTo(items.stream().mapToInt(Item::tokens).sum());
        assertThat(batcher.stats().paddedTokens()).isEqualTo(padded);
    }

    @Test
    void anItemOfManyRowsKeepsNobodyApart() throws InterruptedException {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(100, 16), MAX_WAIT, clock::get);
        List<Item> items = List.of(
                new Item(0, 10),
                new Item(1, 11, 20),
                new Item(2, 12),
                new Item(3, 9, 20),
                new Item(4, 8),
                new Item(5, 10));
        submitItems(batcher, items);
        assertThat(take(batcher)).extracting(item -> item.input().id()).containsExactlyInAnyOrder(0, 2, 4, 5);
        assertThat(take(batcher)).extracting(item -> item.input().id()).containsExactly(1);
        assertThat(take(batcher)).extracting(item -> item.input().id()).containsExactly(3);
    }

    @Test
    void aBatchIsDueWhenNoMoreIsAnnouncedOrTheOldestHasWaitedLongEnough() {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(100, 16), MAX_WAIT, clock::get);
        assertThat(batcher.due()).isFalse();
        assertThat(batcher.age()).isNegative();

        batcher.announce();
        batcher.announce();
        batcher.submit(List.of(new Item(0, 1)));
        assertThat(batcher.due()).isFalse();
        clock.addAndGet(MAX_WAIT.toNanos());
        assertThat(batcher.due()).isTrue();
        assertThat(batcher.age()).isEqualTo(MAX_WAIT.toNanos());

        clock.set(0);
        assertThat(batcher.due()).isFalse();
        batcher.withdraw(1);
        assertThat(batcher.due()).isTrue();

        batcher.close();
        assertThat(batcher.due()).isFalse();
        assertThat(batcher.age()).as("its worker ends first").isEqualTo(Long.MAX_VALUE);
    }

    @Property(tries = 50)
    void sortedBatchesPadLessThanBatchesInOrderOfArrival(
            @ForAll @Size(value = 256) List<@IntRange(min = 1, max = 100) Integer> lengths)
            throws InterruptedException {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(100_000, 16), MAX_WAIT, clock::get);
        submit(batcher, lengths);
        long fifo = 0;
        for (int begin = 0; begin < lengths.size(); begin += 16) {
            fifo += 16L
                    * lengths.subList(begin, begin + 16).stream()
                            .mapToInt(Integer::intValue)
                            .max()
                            .orElseThrow();
        }
        for (int taken = 0; taken < lengths.size(); ) {
            taken += take(batcher).size();
        }
        assertThat(batcher.stats().paddedTokens()).isLessThanOrEqualTo(fifo);
    }

    @Test
    @Timeout(10)
    void aWorkerWaitsForAnnouncedItemsUntilTheOldestHasWaitedLongEnough() throws Exception {
        Duration maxWait = Duration.ofHours(1);
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(1000, 10), maxWait, clock::get);
        batcher.announce();
        batcher.announce();
        batcher.submit(List.of(new Item(0, 5)));
        FutureTask<List<BatchItem<Item, Integer>>> batch = new FutureTask<>(() -> take(batcher));
        Thread worker = new Thread(batch, "worker");
        worker.start();
        try {
            while (worker.getState() != Thread.State.TIMED_WAITING) {
                assertThat(batch).isNotDone();
                Thread.sleep(1);
            }
            batcher.withdraw(0); // wakes it: it must find that nothing is due
            clock.set(maxWait.toNanos() - 1);
            assertThat(batcher.due()).isFalse();
            clock.set(maxWait.toNanos());
            batcher.withdraw(0);
            assertThat(batch.get(5, TimeUnit.SECONDS)).hasSize(1);
        } finally {
            worker.interrupt();
        }
    }

    @Test
    @Timeout(10)
    void aWithdrawnItemIsNotWaitedFor() throws Exception {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(1000, 10), Duration.ofHours(1), clock::get);
        batcher.announce();
        batcher.announce();
        batcher.submit(List.of(new Item(0, 5)));
        batcher.withdraw(1);
        assertThat(take(batcher)).hasSize(1);
    }

    @Test
    void anItemThatWasGivenUpTakesNoRoom() throws InterruptedException {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(1000, 2), MAX_WAIT, clock::get);
        batcher.announce();
        List<BatchItem<Item, Integer>> items =
                batcher.submit(List.of(new Item(0, 5), new Item(1, 5), new Item(2, 5), new Item(3, 5)));
        batcher.cancel(items.get(0));
        batcher.cancel(items.get(2));
        assertThat(take(batcher)).extracting(item -> item.input().id()).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void itemsThatWereGivenUpAreLetGoOfThoughNoBatchIsCut() {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(1000, 2), MAX_WAIT, clock::get);
        List<WeakReference<Item>> given = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Item item = new Item(i, 5);
            given.add(new WeakReference<>(item));
            batcher.announce();
            batcher.cancel(batcher.submit(List.of(item)).get(0));
        }
        for (int tries = 0; tries < 50 && given.stream().anyMatch(item -> item.get() != null); tries++) {
            System.gc();
        }
        assertThat(given).allSatisfy(item -> assertThat(item.get()).isNull());
        assertThat(batcher.age()).isNegative();
    }

    @Property(tries = 200)
    void aDeepBacklogIsCutIntoBatchesThatPadLittle(
            @ForAll @Size(value = 300) List<@IntRange(min = 1, max = 60) Integer> lengths) throws InterruptedException {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(100_000, 16), MAX_WAIT, clock::get);
        submit(batcher, lengths);
        for (int left = lengths.size(); left > 16; ) {
            List<BatchItem<Item, Integer>> batch = take(batcher);
            int longest = batch.stream().mapToInt(BatchItem::length).max().orElseThrow();
            int real = batch.stream().mapToInt(BatchItem::length).sum();
            // A batch that has room left may pad more: it has a cost of its own, whatever is in it.
            double most = batch.size() < 16 ? 1.5 : 1.25;
            assertThat((double) longest * batch.size()).isLessThanOrEqualTo(real * most);
            left -= batch.size();
        }
    }

    @Property(tries = 200)
    void anItemPastItsDeadlineIsInTheNextBatchWhateverElseWaits(
            @ForAll @Size(min = 1, max = 100) List<@IntRange(min = 1, max = 100) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 20) int members)
            throws InterruptedException {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(100_000, members), MAX_WAIT, clock::get);
        batcher.announce(); // and never submitted: only the deadline or a full budget cuts
        Item first = new Item(-1, 50);
        batcher.announce();
        batcher.submit(List.of(first));
        clock.addAndGet(MAX_WAIT.toNanos());
        submit(batcher, lengths);
        assertThat(take(batcher)).extracting(BatchItem::input).contains(first);
    }

    @Property(tries = 20)
    void underCancellationEveryItemIsAnsweredOrGivenUpAndNoneTwice(
            @ForAll @IntRange(min = 1, max = 3) int workers, @ForAll long seed) throws Exception {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(200, 8), Duration.ofHours(1), System::nanoTime);
        var pool = Executors.newFixedThreadPool(workers);
        Map<Integer, Integer> runs = new ConcurrentHashMap<>();
        for (int i = 0; i < workers; i++) {
            pool.submit(() -> {
                for (var batch = take(batcher); !batch.isEmpty(); batch = take(batcher)) {
                    batch.forEach(item -> {
                        runs.merge(item.input().id(), 1, Integer::sum);
                        item.result().complete(item.input().id());
                    });
                }
                return null;
            });
        }
        Random random = new Random(seed);
        List<BatchItem<Item, Integer>> items = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            batcher.announce();
            items.addAll(batcher.submit(List.of(new Item(i, 1 + random.nextInt(50)))));
            if (random.nextInt(3) == 0) {
                batcher.cancel(items.get(random.nextInt(items.size())));
            }
        }
        for (BatchItem<Item, Integer> item : items) {
            try {
                assertThat(item.result().get(10, TimeUnit.SECONDS))
                        .isEqualTo(item.input().id());
            } catch (CancellationException e) {
                assertThat(runs.getOrDefault(item.input().id(), 0)).isLessThanOrEqualTo(1);
            }
        }
        batcher.close();
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(runs.values()).containsOnly(1);
    }

    @Property
    void aBudgetGivesWayAndRecovers(
            @ForAll @IntRange(min = 1, max = 10_000) int full, @ForAll @IntRange(min = 1, max = 20) int failures) {
        AdaptiveBudget budget = new AdaptiveBudget(new TokenBudget(full, 8));
        for (int i = 0; i < failures; i++) {
            int before = budget.current().maxTokens();
            budget.exhausted(before);
            assertThat(budget.current().maxTokens()).isEqualTo(Math.max(1, before / 2));
        }
        int least = budget.current().maxTokens();
        budget.exhausted(2L * least + 2);
        assertThat(budget.current().maxTokens())
                .as("an item larger than the budget")
                .isEqualTo(least);
        for (int i = 0; i < 64 * 32; i++) {
            budget.ran();
            assertThat(budget.current().maxTokens()).isBetween(least, full);
        }
        assertThat(budget.current().maxTokens()).isEqualTo(full);
    }

    @Test
    @Timeout(10)
    void closingFailsWhatWaitsAndWhatComesLater() throws Exception {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(1000, 10), MAX_WAIT, clock::get);
        CompletableFuture<Integer> before = submit(batcher, List.of(5)).get(0);
        batcher.close();
        CompletableFuture<Integer> after = submit(batcher, List.of(5)).get(0);
        assertThat(take(batcher)).isEmpty();
        assertThat(List.of(before, after)).allSatisfy(result -> assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("closed"));
    }

    @Property(tries = 20)
    void nothingIsLostOrStuckWhenManyThreadsSubmitAndTake(
            @ForAll @IntRange(min = 1, max = 4) int callers, @ForAll @IntRange(min = 1, max = 3) int workers)
            throws Exception {
        Batcher<Item, Integer> batcher = new Batcher<>(new TokenBudget(200, 8), Duration.ofHours(1), System::nanoTime);
        int each = 200;
        var pool = Executors.newFixedThreadPool(callers + workers);
        List<Future<?>> taking = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            taking.add(pool.submit(() -> {
                for (var batch = take(batcher); !batch.isEmpty(); batch = take(batcher)) {
                    batch.forEach(item -> item.result().complete(item.input().id()));
                }
                return null;
            }));
        }
        List<Future<Boolean>> calling = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int first = caller * each;
            calling.add(pool.submit(() -> {
                List<CompletableFuture<Integer>> results = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    batcher.announce();
                    results.add(batcher.submit(List.of(new Item(first + i, 1 + (i * 7) % 50)))
                            .get(0)
                            .result());
                }
                for (int i = 0; i < each; i++) {
                    if (results.get(i).get(10, TimeUnit.SECONDS) != first + i) {
                        return false;
                    }
                }
                return true;
            }));
        }
        try {
            for (Future<Boolean> caller : calling) {
                assertThat(caller.get(20, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            batcher.close();
            pool.shutdown();
            assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        for (Future<?> worker : taking) {
            worker.get();
        }
    }

    /** As a worker does: none when the batcher is closed. */
    private static List<BatchItem<Item, Integer>> take(Batcher<Item, Integer> batcher) throws InterruptedException {
        while (batcher.await()) {
            List<BatchItem<Item, Integer>> batch = batcher.cut();
            if (!batch.isEmpty()) {
                return batch;
            }
        }
        return List.of();
    }

    private static List<CompletableFuture<Integer>> submit(Batcher<Item, Integer> batcher, List<Integer> lengths) {
        List<Item> items = new ArrayList<>();
        for (int length : lengths) {
            items.add(new Item(items.size(), length));
        }
        return submitItems(batcher, items);
    }

    private static List<CompletableFuture<Integer>> submitItems(Batcher<Item, Integer> batcher, List<Item> items) {
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (Item item : items) {
            batcher.announce();
            results.add(batcher.submit(List.of(item)).get(0).result());
        }
        return results;
    }
}
