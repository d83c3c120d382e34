package dev.lexstream.inference;

import dev.lexstream.nlp.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches on one device and hands the results on. A failing batch is halved until the failing item is alone. Then an
 * input that the model has processed before shows whether the item or the device has failed. A batch that does not fit
 * the device's memory is halved too, and later batches are smaller for a while.
 *
 * <p>Threading: {@link #run} is for the device's own thread, {@link #look} for that of the {@link DeviceWatch}.
 */
final class DeviceWorker<P extends Prepared, R> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceWorker.class);

    private final Batcher<P, R> batcher;
    private final BatchRunner<P, R> runner;
    private final List<List<P>> warmUp;
    private final Executor completion;
    private final Meter meter;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /** The batch that was cut last. While it is halved, the device computes a part of it. */
    private volatile List<BatchItem<P, R>> cut = List.of();

    /** A new object for each run of the device; null between the runs. */
    private volatile Object running;

    /** The run that the last check has found. Used by the {@link DeviceWatch}'s thread only, as the next field. */
    private Object seen;

    /** Number of checks in a row that have found this run, the first not counted. */
    private int looks;

    /**
     * @param warmUp batches that the model can process, run before the first real one. The first one also serves to tell
     *     a failing device from a failing input
     * @param completion completes the results
     */
    DeviceWorker(
            Batcher<P, R> batcher, BatchRunner<P, R> runner, List<List<P>> warmUp, Executor completion, Meter meter) {
        this.batcher = batcher;
        this.runner = runner;
        this.warmUp = warmUp;
        this.completion = completion;
        this.meter = meter;
    }

    /** Completes when the device has run the warm-up; fails when it cannot. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /**
     * Checks whether the device still computes the batch of the last check. After too many such checks in a row the
     * device counts as lost: its batch, all waiting items of the model, and later ones fail. Called by one thread at
     * regular intervals.
     *
     * @param most number of such checks in a row that means a hang
     * @param longest time that so many checks take, for the message
     */
    void look(int most, Duration longest) {
        Object now = running;
        looks = now != null && now == seen ? looks + 1 : 0;
        seen = now;
        if (looks == most) {
            String batch =
                    ready.isDone() ? "one batch of " + cut.size() + " or a part of it" : "a batch of its warm-up";
            DeviceLostException lost = new DeviceLostException(
                    "the device hangs: for " + longest.toMillis() + " ms it has computed " + batch
                            + ", twice inference.result-timeout",
                    null);
            ready.completeExceptionally(lost);
            cut.forEach(item -> item.result().completeExceptionally(lost));
            batcher.fail(lost);
        }
    }

    @Override
    public void run() {
        try {
            warmUp.forEach(this::compute);
            ready.complete(null);
            while (batcher.await()) {
                takeTurns();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new IllegalStateException("the device worker was interrupted", e));
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            runner.close();
        }
    }

    private void takeTurns() throws InterruptedException {
        DeviceTurns turns = runner.turns();
        turns.begin(batcher::age);
        boolean mine = true;
        try {
            answerAll(batcher.cut());
            while (batcher.due()) {
                mine = false;
                turns.again(batcher::age);
                mine = true;
                answerAll(batcher.cut());
            }
        } finally {
            if (mine) {
                turns.end();
            }
        }
    }

    private void fail(Throwable reason) {
        ready.completeExceptionally(reason);
        batcher.fail(lost(reason));
    }

    /** What the model's callers get when the worker has ended. No text has caused it, so it is no error of theirs. */
    private static Throwable lost(Throwable reason) {
        return reason instanceof DeviceLostException
                        || reason instanceof OutOfMemoryError
                        || reason instanceof LinkageError
                ? reason
                : new DeviceLostException("the worker of the device has ended: " + reason, reason);
    }

    /** Answers each item of a batch, even when the device is lost in the middle of it. */
    private void answerAll(List<BatchItem<P, R>> batch) {
        cut = batch;
        try {
            if (!batch.isEmpty()) {
                answer(batch);
            }
        } catch (RuntimeException | Error e) {
            batch.forEach(item -> item.result().completeExceptionally(lost(e)));
            throw e;
        }
    }

    private void answer(List<BatchItem<P, R>> batch) {
        List<R> results;
        long begin = System.nanoTime();
        try {
            results = compute(batch.stream().map(BatchItem::input).toList());
        } catch (RuntimeException e) {
            divide(batch, e);
            return;
        } finally {
            meter.computed(System.nanoTime() - begin);
        }
        if (results.size() != batch.size()) {
            throw new IllegalStateException(results.size() + " results for a batch of " + batch.size());
        }
        batcher.ran();
        handOn(batch, results);
    }

    private List<R> compute(List<P> batch) {
        running = new Object();
        try {
            return runner.run(batch);
        } finally {
            running = null;
        }
    }

    private void handOn(List<BatchItem<P, R>> batch, List<R> results) {
        Runnable complete = () -> {
            long begin = System.nanoTime();
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(results.get(i));
            }
            meter.completed(System.nanoTime() - begin);
        };
        try {
            completion.execute(complete);
        } catch (RejectedExecutionException e) {
            complete.run(); // the pool is closed; callers get their results all the same
        }
    }

    private void divide(List<BatchItem<P, R>> batch, RuntimeException failure) {
        if (failure instanceof OutOfDeviceMemoryException) {
            int tokens = batcher.exhausted(batch);
            LOG.warn("A batch of {} did not fit the device's memory; now at most {} tokens", batch.size(), tokens);
        }
        if (batch.size() > 1) {
            answer(batch.subList(0, batch.size() / 2));
            answer(batch.subList(batch.size() / 2, batch.size()));
            return;
        }
        CompletableFuture<R> alone = batch.get(0).result();
        try {
            compute(warmUp.get(0));
        } catch (RuntimeException e) {
            DeviceLostException lost =
                    new DeviceLostException("the device fails on an input it could process before", e);
            alone.completeExceptionally(lost);
            throw lost;
        }
        alone.completeExceptionally(new ItemFailedException("the model fails on this input", failure));
    }
}
