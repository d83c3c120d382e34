package dev.lexstream.inference;

import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind a batcher: inputs are prepared on a pool, batched for the workers, and completed on the pool.
 *
 * @param <I> what goes in, such as a text
 * @param <P> an input after tokenization
 * @param <R> what the model says of one input
 * @param <O> what comes out, such as an annotation
 */
public final class BatchingInference<I, P extends Prepared, R, O> implements Inference<I, O> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchingInference.class);

    /** Longer than any batch; a device that takes longer hangs. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final Task<I, P, R, O> task;
    private final Executor pool;
    private final Batcher<P, R> batcher;
    private final List<Thread> threads = new ArrayList<>();

    private BatchingInference(Task<I, P, R, O> task, Executor pool, Batcher<P, R> batcher) {
        this.task = task;
        this.pool = pool;
        this.batcher = batcher;
    }

    /**
     * Starts one worker thread for each device and waits until each has run a first input.
     *
     * @param name of the threads
     * @param pool for preparation and completion, shared between models
     * @param maxWait how long an item waits for company
     * @param probe an input that the model can process
     * @throws IllegalStateException when a device cannot run the probe
     */
    public static <I, P extends Prepared, R, O> BatchingInference<I, P, R, O> start(
            String name,
            Task<I, P, R, O> task,
            List<? extends BatchRunner<P, R>> devices,
            Executor pool,
            TokenBudget budget,
            Duration maxWait,
            I probe) {
        Batcher<P, R> batcher = new Batcher<>(budget, maxWait, System::nanoTime);
        BatchingInference<I, P, R, O> inference = new BatchingInference<>(task, pool, batcher);
        List<CompletableFuture<Void>> ready = new ArrayList<>();
        for (BatchRunner<P, R> device : devices) {
            DeviceWorker<P, R> worker = new DeviceWorker<>(batcher, device, task.prepare(probe));
            Thread thread = new Thread(worker, name + "-" + inference.threads.size());
            thread.setDaemon(true);
            inference.threads.add(thread);
            ready.add(worker.ready());
            thread.start();
        }
        try {
            CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            inference.close();
            throw new IllegalStateException(name + ": the device cannot run the model: " + e.getCause(), e.getCause());
        }
        return inference;
    }

    @Override
    public CompletableFuture<O> submit(I input) {
        CompletableFuture<O> output = new CompletableFuture<>();
        batcher.announce();
        try {
            pool.execute(() -> prepare(input, output));
        } catch (RuntimeException e) {
            batcher.withdraw();
            output.completeExceptionally(e);
        }
        return output;
    }

    private void prepare(I input, CompletableFuture<O> output) {
        P prepared;
        try {
            prepared = output.isDone() ? null : task.prepare(input);
        } catch (RuntimeException | StackOverflowError e) {
            batcher.withdraw();
            output.completeExceptionally(new ItemFailedException("cannot be prepared", e));
            return;
        } catch (Error e) {
            batcher.withdraw();
            output.completeExceptionally(e);
            throw e;
        }
        if (prepared == null) {
            batcher.withdraw();
            return;
        }
        CompletableFuture<R> result = batcher.submit(prepared);
        output.whenComplete((done, failure) -> result.cancel(false));
        result.whenCompleteAsync((found, failure) -> complete(prepared, found, failure, output), pool);
    }

    private void complete(P prepared, R found, Throwable failure, CompletableFuture<O> output) {
        if (failure != null) {
            output.completeExceptionally(failure);
            return;
        }
        try {
            output.complete(task.complete(prepared, found));
        } catch (RuntimeException | StackOverflowError e) {
            output.completeExceptionally(new ItemFailedException("has no usable result", e));
        }
    }

    /** What the batcher has cut so far. */
    public BatchStats stats() {
        return batcher.stats();
    }

    @Override
    public void close() {
        batcher.close();
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + LONGEST_STOP.toNanos();
        for (Thread thread : threads) {
            // An interrupt does not shorten this: native code must not run while its model is freed.
            while (thread.isAlive() && System.nanoTime() < end) {
                try {
                    thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (thread.isAlive()) {
                LOG.warn("Device worker {} did not stop within {} s", thread.getName(), LONGEST_STOP.toSeconds());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
