package dev.lexstream.inference;

import dev.lexstream.nlp.Prepared;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The thread of one device: takes batches, runs them, answers their items. A failing batch is halved until the failing
 * item is alone; then a known good input tells whether the item or the device is to blame.
 */
final class DeviceWorker<P extends Prepared, R> implements Runnable {

    private final Batcher<P, R> batcher;
    private final BatchRunner<P, R> runner;
    private final P probe;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /** @param probe an input that the model can process, run before the first batch */
    DeviceWorker(Batcher<P, R> batcher, BatchRunner<P, R> runner, P probe) {
        this.batcher = batcher;
        this.runner = runner;
        this.probe = probe;
    }

    /** Completes when the device has run the probe, fails when it cannot. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public void run() {
        try {
            runner.run(List.of(probe));
            ready.complete(null);
            for (List<BatchItem<P, R>> batch = batcher.take(); !batch.isEmpty(); batch = batcher.take()) {
                answerAll(batch);
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

    private void fail(Throwable reason) {
        ready.completeExceptionally(reason);
        batcher.fail(reason);
    }

    /** No item is left without an answer, even when the device is lost half way. */
    private void answerAll(List<BatchItem<P, R>> batch) {
        try {
            answer(batch);
        } catch (RuntimeException | Error e) {
            batch.forEach(item -> item.result().completeExceptionally(e));
            throw e;
        }
    }

    private void answer(List<BatchItem<P, R>> batch) {
        try {
            List<R> results = runner.run(batch.stream().map(BatchItem::input).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(results.get(i));
            }
        } catch (RuntimeException e) {
            divide(batch, e);
        }
    }

    private void divide(List<BatchItem<P, R>> batch, RuntimeException failure) {
        if (batch.size() > 1) {
            answer(batch.subList(0, batch.size() / 2));
            answer(batch.subList(batch.size() / 2, batch.size()));
            return;
        }
        CompletableFuture<R> alone = batch.get(0).result();
        try {
            runner.run(List.of(probe));
        } catch (RuntimeException e) {
            DeviceLostException lost =
                    new DeviceLostException("the device fails on an input it could process before", e);
            alone.completeExceptionally(lost);
            throw lost;
        }
        alone.completeExceptionally(new ItemFailedException("the model fails on this input", failure));
    }
}
