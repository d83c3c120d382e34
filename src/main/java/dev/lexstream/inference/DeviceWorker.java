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
 * The thread of one device: takes batches, runs them, hands the results on. A failing batch is halved until the failing
 * item is alone; then a known good input tells whether the item or the device is to blame. A batch that does not fit the
 * device's memory is halved too, and later batches are smaller for a while.
 */
final class DeviceWorker<P extends Prepared, R> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceWorker.class);

    private final Batcher<P, R> batcher;
    private final BatchRunner<P, R> runner;
    private final List<List<P>> warmUp;
    private final Executor completion;
    private final Meter meter;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /** What was cut last; while it is halved, the device computes a part of it. */
    private volatile List<BatchItem<P, R>> cut = List.of();

    /** Another object for each run of the device, null between them. */
    private volatile Object running;

    /** The run of the last look, and for how many looks before; the {@link DeviceWatch}'s own. */
    private Object seen;

    private int looks;

    /**
     * @param warmUp batches that the model can process, run before the first real one; the first also serves to tell a
     *     failing device from a failing input
     * @param completion where results are handed on
     */
    DeviceWorker(
            Batcher<P, R> batcher, BatchRunner<P, R> runner, List<List<P>> warmUp, Executor completion, Meter meter) {
        this.batcher = batcher;
        this.runner = runner;
        this.warmUp = warmUp;
        this.completion = completion;
        this.meter = meter;
    }

    /** Completes when the device has run the warm-up, fails when it cannot. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /**
     * Looks whether the device still computes what it did at the last look. After so many looks in a row it is given up: its
     * batch, and all that waits for the model or comes later, fail. Called by one thread, at regular times.
     *
     * @param longest how long that is, for the message
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

    /** Nobody computes for the model any more: no text is to blame, whatever it was that ended the worker. */
    private static Throwable lost(Throwable reason) {
        return reason instanceof DeviceLostException
                        || reason instanceof OutOfMemoryError
                        || reason instanceof LinkageError
                ? reason
                : new DeviceLostException("the worker of the device has ended: " + reason, reason);
    }

    /** No item is left without an answer, even when the device is lost half way. */
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
            complete.run(); // the engine stops; whoever still waits is answered all the same
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
