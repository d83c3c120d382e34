package dev.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The engine around a device of our own, so that it can fail when a test wants it to. */
@Timeout(value = 180, threadMode = ThreadMode.SEPARATE_THREAD)
class BatchingInferenceTest {

    private static final String PROBE = "probe";
    private static final ModelId MODEL = new ModelId("upper-case", "3");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final WorkerPool pool = WorkerPool.of(2);

    @AfterEach
    void shutDown() {
        pool.close();
    }

    private record Word(String text) implements Prepared {
        @Override
        public int length() {
            return text.length();
        }
    }

    /** Upper-cases words; refuses to prepare empty ones and to complete those that the device answers with nothing. */
    private static final class UpperCase implements Task<String, Word, String, String> {
        @Override
        public Word prepare(String input) {
            if (input.equals("overflow")) {
                throw new StackOverflowError();
            }
            if (input.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
            return new Word(input);
        }

        @Override
        public String method() {
            throw new UnsupportedOperationException("this task needs no model");
        }

        @Override
        public NDList batch(NDManager manager, List<Word> members) {
            throw new UnsupportedOperationException("this task needs no model");
        }

        @Override
        public List<String> unbatch(NDList outputs, List<Word> members) {
            throw new UnsupportedOperationException("this task needs no model");
        }

        @Override
        public String blank(Word prepared) {
            return "";
        }

        @Override
        public Optional<ModelId> model() {
            return Optional.of(MODEL);
        }

        @Override
        public String complete(Word prepared, String result) {
            if (prepared.text().equals("no memory")) {
                throw new OutOfMemoryError("of the test");
            }
            return prepared.text() + "=" + result;
        }
    }

    /** A device that fails on batches with a poisonous word, and on everything once it is broken. */
    private static final class Device implements BatchRunner<Word, String> {
        private final int fits;
        private final List<Integer> batches = new CopyOnWriteArrayList<>();
        private final AtomicBoolean broken = new AtomicBoolean();
        private final AtomicBoolean closed = new AtomicBoolean();
        private final DeviceTurns turns;
        private volatile int priority;
        private volatile CountDownLatch stuck = new CountDownLatch(0);

        Device() {
            this(Integer.MAX_VALUE);
        }

        /** A device with memory for so many members. */
        Device(int fits) {
            this(fits, DeviceTurns.atOnce(1));
        }

        /** A device that others have turns on too. */
        Device(int fits, DeviceTurns turns) {
            this.fits = fits;
            this.turns = turns;
        }

        @Override
        public List<String> run(List<Word> members) {
            CountDownLatch open = stuck;
            batches.add(members.size());
            priority = Thread.currentThread().getPriority();
            await(open);
            if (members.size() > fits
                    || members.stream().anyMatch(word -> word.text().equals("huge"))) {
                throw new OutOfDeviceMemoryException(new IllegalStateException("of the device"));
            }
            if (broken.get() || members.stream().anyMatch(word -> word.text().startsWith("poison"))) {
                throw new IllegalStateException("kernel failed");
            }
            return members.stream()
                    .filter(word -> !word.text().equals("nothing"))
                    .map(word -> word.text().toUpperCase(Locale.ROOT))
                    .toList();
        }

        /** Batches from now on take until the latch is open. */
        CountDownLatch hang() {
            stuck = new CountDownLatch(1);
            return stuck;
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public DeviceTurns turns() {
            return turns;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private BatchingInference<String, Word, String, String> start(Device... devices) {
        return start(Duration.ofMillis(5), devices);
    }

    private BatchingInference<String, Word, String, String> start(Duration maxWait, Device... devices) {
        BatchingInference<String, Word, String, String> inference = begin(maxWait, devices);
        try {
            inference.awaitWarm();
            return inference;
        } catch (RuntimeException e) {
            inference.close();
            throw e;
        }
    }

    private BatchingInference<String, Word, String, String> begin(Duration maxWait, Device... devices) {
        return BatchingInference.start(
                "test", new UpperCase(), List.of(devices), pool, new TokenBudget(1000, 16), maxWait, List.of(PROBE));
    }

    @Test
    void everyInputGetsItsOwnResultOnSeveralDevices() throws Exception {
        try (var inference = start(new Device(), new Device())) {
            List<CompletableFuture<String>> results = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                results.add(inference.submit("word" + i));
            }
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isEqualTo("word" + i + "=WORD" + i);
            }
            assertThat(inference.stats().inputs()).isEqualTo(2000);
            assertThat(inference.stats().meanBatch()).isGreaterThan(2);
        }
    }

    @Test
    void whoeverKeepsADeviceBusyGoesFirst() throws Exception {
        Device device = new Device();
        try (var inference = start(device)) {
            inference.submit("word").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            // one of the two was started by whoever submits, the other by the device's thread
            List<Integer> others = new CopyOnWriteArrayList<>();
            onEachThreadOfThePool(() -> others.add(Thread.currentThread().getPriority()));
            assertThat(others).hasSize(pool.threads()).allMatch(priority -> priority < device.priority);
        }
    }

    @Test
    void onlyThePoisonousInputOfABatchFails() {
        Device device = new Device();
        try (var inference = start(device)) {
            List<CompletableFuture<String>> results = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                results.add(inference.submit(i % 20 == 7 ? "poison" + i : "word" + i));
            }
            for (int i = 0; i < 64; i++) {
                if (i % 20 == 7) {
                    assertThat(results.get(i))
                            .failsWithin(PATIENCE)
                            .withThrowableOfType(ExecutionException.class)
                            .withCauseInstanceOf(ItemFailedException.class)
                            .withMessageContaining("kernel failed");
                } else {
                    assertThat(results.get(i)).succeedsWithin(PATIENCE);
                }
            }
        }
    }

    @Test
    void aBatchThatDoesNotFitIsHalvedAndLaterOnesAreSmaller() throws Exception {
        Device device = new Device(4);
        try (var inference = start(Duration.ofMinutes(1), device)) {
            List<CompletableFuture<String>> results = submitBehindARunningBatch(inference, device, 48);
            assertThat(results).allSatisfy(result -> assertThat(result).succeedsWithin(PATIENCE));
            assertThat(device.batches)
                    .as("the warm-up, the running one, one that is halved twice, then none that does not fit")
                    .containsExactly(1, 1, 16, 8, 4, 4, 8, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4);
        }
    }

    /** Nobody knows what takes the memory, or whether it still does: after 64 batches a larger one is tried. */
    @Test
    void afterManyBatchesThatFitALargerOneIsTried() throws Exception {
        Device device = new Device(4);
        try (var inference = start(Duration.ofMinutes(1), device)) {
            List<CompletableFuture<String>> results = submitBehindARunningBatch(inference, device, 16 + 4 * 64);
            assertThat(results).allSatisfy(result -> assertThat(result).succeedsWithin(PATIENCE));
            List<Integer> later = device.batches.subList(9, device.batches.size());
            assertThat(later.subList(0, 60)).as("with four before them").containsOnly(4);
            assertThat(later.subList(60, later.size()))
                    .as("28 tokens and a sixteenth of the budget, then half of what did not fit")
                    .containsExactly(12, 6, 3, 3, 6, 3, 3, 3, 1);
        }
    }

    /** Words of one length that wait together while the device computes another one, which is then let go. */
    private List<CompletableFuture<String>> submitBehindARunningBatch(
            BatchingInference<String, Word, String, String> inference, Device device, int words) throws Exception {
        CountDownLatch open = device.hang();
        List<CompletableFuture<String>> results = new ArrayList<>(List.of(inference.submit("word00")));
        awaitBatches(device, 2);
        for (int i = 0; i < words; i++) {
            results.add(inference.submit("word" + (100 + i)));
        }
        for (int i = 0; i < 2 + words / 32; i++) {
            awaitIdlePool(); // a thread that was at work may have come back for what it left
        }
        open.countDown();
        return results;
    }

    @Test
    void anInputThatDoesNotFitAloneFailsAndLaterBatchesAreSmaller() {
        Device device = new Device();
        try (var inference = start(Duration.ofMinutes(1), device)) {
            assertThat(inference.submit("huge"))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ItemFailedException.class);
            CountDownLatch open = device.hang();
            List<CompletableFuture<String>> results = new ArrayList<>(List.of(inference.submit("a")));
            awaitBatches(device, 4); // the warm-up, the huge one, the warm-up as a probe, and this one
            results.add(inference.submit("b"));
            results.add(inference.submit("c"));
            results.add(inference.submit("d"));
            open.countDown();
            assertThat(results).allSatisfy(result -> assertThat(result).succeedsWithin(PATIENCE));
            assertThat(device.batches).as("tokens: half of four").endsWith(1, 2, 1);
        }
    }

    @Test
    void whatIsGivenUpBeforeItsBatchIsCutNeverReachesTheDevice() throws Exception {
        Device device = new Device();
        try (var inference = start(Duration.ofMinutes(1), device)) {
            CountDownLatch open = device.hang();
            CompletableFuture<String> running = inference.submit("running");
            awaitBatches(device, 2);
            List<CompletableFuture<String>> given = new ArrayList<>();
            List<CompletableFuture<String>> kept = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                (i % 3 == 0 ? kept : given).add(inference.submit("word" + i));
            }
            awaitIdlePool();
            awaitIdlePool(); // a thread that was at work may have come back for what it left
            given.forEach(result -> result.cancel(false));
            open.countDown();
            assertThat(running).succeedsWithin(PATIENCE);
            assertThat(kept).allSatisfy(result -> assertThat(result).succeedsWithin(PATIENCE));
            assertThat(device.batches.stream().mapToInt(Integer::intValue).sum())
                    .as("the warm-up, the first and those that were kept")
                    .isEqualTo(1 + 1 + 4);
        }
    }

    @Test
    void closingDoesNotWaitForTheTurnsOfADeviceThatHangs() throws InterruptedException {
        DeviceTurns turns = DeviceTurns.atOnce(1);
        Device hanging = new Device(Integer.MAX_VALUE, turns);
        Device other = new Device(Integer.MAX_VALUE, turns);
        try (var first = start(hanging)) {
            var second = start(other);
            CountDownLatch open = hanging.hang();
            CompletableFuture<String> running = first.submit("running");
            awaitBatches(hanging, 2);
            CompletableFuture<String> waiting = second.submit("waiting");
            awaitAWorkerInLine();
            second.close();
            assertThat(other.closed).isTrue();
            assertThat(waiting).failsWithin(PATIENCE);
            assertThat(running).isNotDone();
            open.countDown();
        }
    }

    @Test
    void aDeviceThatHangsInItsWarmUpIsRefused() {
        Device device = new Device();
        CountDownLatch open = device.hang();
        DeviceWatch watch = DeviceWatch.start(Duration.ofMillis(100));
        try (var inference = begin(Duration.ofMillis(5), device)) {
            watch.watch(inference);
            assertThatThrownBy(inference::awaitWarm)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("it has computed a batch of its warm-up");
            open.countDown();
        } finally {
            watch.close();
        }
    }

    @Test
    void anInputThatCannotBePreparedFailsAlone() {
        try (var inference = start(new Device())) {
            assertThat(inference.submit(""))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ItemFailedException.class);
            assertThat(inference.submit("fine")).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void whereverAnInputFailsTheFailureNamesTheModel() {
        try (var inference = start(new Device())) {
            for (String input : List.of("", "poison")) {
                assertThat(inference.submit(input))
                        .failsWithin(PATIENCE)
                        .withThrowableOfType(ExecutionException.class)
                        .satisfies(failure -> assertThat(((ItemFailedException) failure.getCause()).model())
                                .contains(MODEL));
            }
        }
    }

    @Test
    void whenADeviceIsLostEveryItemOfTheBatchIsAnswered() {
        Device device = new Device();
        try (var inference = start(device)) {
            device.broken.set(true);
            List<CompletableFuture<String>> results = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                results.add(inference.submit("word" + i));
            }
            assertThat(results).allSatisfy(result -> assertThat(result)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(DeviceLostException.class));
        }
    }

    @Test
    void anInputThatOverflowsTheStackFailsAlone() {
        try (var inference = start(new Device())) {
            assertThat(inference.submit("overflow"))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ItemFailedException.class);
            assertThat(inference.submit("fine")).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void aBrokenDeviceBlamesNoInput() {
        Device device = new Device();
        try (var inference = start(device)) {
            device.broken.set(true);
            assertThat(inference.submit("word"))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(DeviceLostException.class);
            assertThat(inference.submit("another"))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(DeviceLostException.class);
        }
        assertThat(device.closed).isTrue();
    }

    @Test
    void aDeviceThatHangsFailsItsBatchAndWhatWaitsAndWhatComesLater() {
        Device device = new Device();
        try (var inference = start(device)) {
            CountDownLatch open = device.hang();
            CompletableFuture<String> running = inference.submit("one");
            awaitBatches(device, 2);
            CompletableFuture<String> waiting = inference.submit("two");
            DeviceWatch watch = DeviceWatch.start(Duration.ofMillis(100));
            watch.watch(inference);
            try {
                for (CompletableFuture<String> result : List.of(running, waiting)) {
                    assertThat(result)
                            .failsWithin(PATIENCE)
                            .withThrowableOfType(ExecutionException.class)
                            .withCauseInstanceOf(DeviceLostException.class)
                            .withMessageContaining("hangs: for 100 ms");
                }
                assertThat(inference.submit("three"))
                        .failsWithin(PATIENCE)
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(DeviceLostException.class);
            } finally {
                watch.close();
                open.countDown();
            }
        }
    }

    @Test
    void aDeviceThatHangsOnAHalfFailsTheOtherHalfToo() {
        Device device = new Device(1);
        try (var inference = start(Duration.ofMinutes(1), device)) {
            CountDownLatch first = device.hang();
            inference.submit("one");
            awaitBatches(device, 2);
            List<CompletableFuture<String>> halves = List.of(inference.submit("two"), inference.submit("three"));
            CountDownLatch second = device.hang();
            first.countDown();
            awaitBatches(device, 3);
            CountDownLatch half = device.hang();
            second.countDown();
            awaitBatches(device, 4);
            assertThat(device.batches).containsExactly(1, 1, 2, 1);
            try {
                for (int look = 0; look <= DeviceWatch.LOOKS; look++) {
                    inference.look(DeviceWatch.LOOKS, Duration.ofSeconds(1));
                }
                assertThat(halves).allSatisfy(result -> assertThat(result)
                        .failsWithin(PATIENCE)
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(DeviceLostException.class));
            } finally {
                half.countDown();
            }
        }
    }

    @Test
    void aDeviceThatGoesOnToTheNextBatchDoesNotHang() {
        Device device = new Device();
        try (var inference = start(device)) {
            for (int batch = 0; batch < 3; batch++) {
                CountDownLatch open = device.hang();
                CompletableFuture<String> result = inference.submit("word");
                awaitBatches(device, 2 + batch);
                for (int look = 0; look < DeviceWatch.LOOKS; look++) {
                    inference.look(DeviceWatch.LOOKS, Duration.ofSeconds(1));
                }
                open.countDown();
                assertThat(result).succeedsWithin(PATIENCE);
            }
        }
    }

    /** Returns when no thread of the pool is in the middle of anything. */
    private void awaitIdlePool() throws Exception {
        onEachThreadOfThePool(() -> {});
    }

    /** Returns when each is done with it. */
    private void onEachThreadOfThePool(Runnable action) throws Exception {
        CyclicBarrier everybody = new CyclicBarrier(pool.threads() + 1);
        for (int i = 0; i < pool.threads(); i++) {
            pool.execute(() -> {
                action.run();
                try {
                    everybody.await();
                } catch (InterruptedException | BrokenBarrierException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        everybody.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void awaitAWorkerInLine() throws InterruptedException {
        while (Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .noneMatch(frame -> frame.getClassName().equals(DeviceTurns.class.getName())
                        && frame.getMethodName().equals("await"))) {
            Thread.sleep(5);
        }
    }

    private static void awaitBatches(Device device, int batches) {
        while (device.batches.size() < batches) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anErrorInCompletionReachesTheCaller() {
        try (var inference = start(new Device())) {
            assertThat(inference.submit("no memory"))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(OutOfMemoryError.class);
            assertThat(inference.submit("fine")).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void aDeviceWithFewerResultsThanInputsAnswersAllWithThat() {
        try (var inference = start(new Device())) {
            assertThat(inference.submit("nothing"))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("0 results for a batch of 1");
        }
    }

    @Test
    void aDeviceThatCannotRunTheModelIsRefusedAtStart() {
        Device device = new Device();
        device.broken.set(true);
        assertThatThrownBy(() -> start(device))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("test-0: the device cannot run the model")
                .hasMessageContaining("kernel failed");
        assertThat(device.closed).isTrue();
    }

    @Test
    void closingAnswersWhatStillWaits() {
        var inference = start(new Device());
        List<CompletableFuture<String>> results = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            results.add(inference.submit("word" + i));
        }
        inference.close();
        assertThat(CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                        .handle((ok, failure) -> "done"))
                .succeedsWithin(PATIENCE);
    }
}
