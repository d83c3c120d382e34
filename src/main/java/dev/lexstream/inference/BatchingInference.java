package dev.lexstream.inference;

import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind a batcher. Inputs are prepared on a pool's threads, computed in batches on the devices' threads, and
 * completed on the pool's threads.
 *
 * @param <I> an input, such as a text
 * @param <P> a prepared input, such as token ids
 * @param <R> the model's raw output for one input
 * @param <O> a result, such as an annotation
 */
public final class BatchingInference<I, P extends Prepared, R, O> implements Inference<I, O> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchingInference.class);

    /** Longest wait for the device threads to end. No batch takes so long. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Task<I, P, R, O> task;
    private final Batcher<P, R> batcher;
    private final Preparation<Request<I, O>> preparation;
    private final Meter meter = new Meter();
    private final List<DeviceWorker<P, R>> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private record Request<I, O>(I input, CompletableFuture<O> output) {}

    private BatchingInference(Task<I, P, R, O> task, WorkerPool pool, Batcher<P, R> batcher) {
        this.task = task;
        this.batcher = batcher;
        this.preparation = new Preparation<>(pool, pool.threads(), this::prepare);
    }

    /**
     * Starts one thread for each device. The threads have the highest priority, and begin with the warm-up.
     *
     * @param name prefix of the threads' names
     * @param task prepares inputs and completes results
     * @param devices one or more; closed with this object
     * @param pool prepares inputs and completes results; shared between models
     * @param budget largest size of a batch
     * @param maxDelay longest wait of an input for others to share its batch
     * @param warmUp inputs that the model can process; each is run alone before the first real one
     */
    public static <I, P extends Prepared, R, O> BatchingInference<I, P, R, O> start(
            String name,
            Task<I, P, R, O> task,
            List<? extends BatchRunner<P, R>> devices,
            WorkerPool pool,
            TokenBudget budget,
            Duration maxDelay,
            List<I> warmUp) {
        Batcher<P, R> batcher = new Batcher<>(budget, maxDelay, System::nanoTime);
        BatchingInference<I, P, R, O> inference = new BatchingInference<>(task, pool, batcher);
        List<List<P>> batches =
                warmUp.stream().map(input -> List.of(task.prepare(input))).toList();
        for (BatchRunner<P, R> device : devices) {
            DeviceWorker<P, R> worker = new DeviceWorker<>(batcher, device, batches, pool, inference.meter);
            // so that no device idles while other threads have work
            Thread thread = DaemonThread.of(worker, name + "-" + inference.threads.size(), Thread.MAX_PRIORITY);
            inference.workers.add(worker);
            inference.threads.add(thread);
            thread.start();
        }
        return inference;
    }

    /**
     * Waits until all devices have run the warm-up.
     *
     * @throws IllegalStateException when a device cannot run it
     * @throws DeviceLostException when a device hangs and a {@link DeviceWatch} has seen it
     */
    public void awaitWarm() {
        for (int i = 0; i < workers.size(); i++) {
            try {
                workers.get(i).ready().join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof DeviceLostException lost) {
                    throw lost;
                }
                throw new IllegalStateException(
                        threads.get(i).getName() + ": the device cannot run the model: " + e.getCause(), e.getCause());
            }
        }
    }

    @Override
    public CompletableFuture<O> submit(I input) {
        CompletableFuture<O> output = new CompletableFuture<>();
        batcher.announce();
        preparation.add(new Request<>(input, output));
        return output;
    }

    private void prepare(List<Request<I, O>> some) {
        long begin = System.nanoTime();
        List<Request<I, O>> requests = new ArrayList<>(some);
        requests.removeIf(request -> request.output().isDone());
        List<P> prepared = new ArrayList<>(requests.size());
        try {
            requests.removeIf(request -> !prepare(request, prepared));
        } catch (Error e) {
            some.forEach(request -> request.output().completeExceptionally(e));
            batcher.withdraw(some.size());
            throw e;
        }
        batcher.withdraw(some.size() - requests.size());
        meter.prepared(System.nanoTime() - begin);
        List<BatchItem<P, R>> items = batcher.submit(prepared);
        for (int i = 0; i < items.size(); i++) {
            connect(items.get(i), requests.get(i).output());
        }
    }

    private boolean prepare(Request<I, O> request, List<P> prepared) {
        try {
            prepared.add(task.prepare(request.input()));
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            request.output().completeExceptionally(new ItemFailedException("cannot be prepared", e, task.model()));
            return false;
        }
    }

    private void connect(BatchItem<P, R> item, CompletableFuture<O> output) {
        item.result().whenComplete((found, failure) -> complete(item.input(), found, failure, output));
        output.whenComplete((done, failure) -> {
            if (!item.result().isDone()) {
                batcher.cancel(item);
            }
        });
    }

    private void complete(P prepared, R found, Throwable failure, CompletableFuture<O> output) {
        if (failure != null) {
            output.completeExceptionally(failure instanceof ItemFailedException item ? ours(item) : failure);
            return;
        }
        try {
            output.complete(task.complete(prepared, found));
        } catch (RuntimeException | StackOverflowError e) {
            output.completeExceptionally(new ItemFailedException("has no usable result", e, task.model()));
        } catch (Error e) {
            output.completeExceptionally(e);
        }
    }

    /** A failure of a device, which does not know whose batch it was. */
    private ItemFailedException ours(ItemFailedException failure) {
        return task.model().isPresent()
                ? new ItemFailedException(failure.reason(), failure.getCause(), task.model())
                : failure;
    }

    /** Checks each device for a hang; see {@link DeviceWorker#look}. */
    void look(int most, Duration longest) {
        workers.forEach(worker -> worker.look(most, longest));
    }

    /** The statistics so far. */
    public BatchStats stats() {
        return batcher.stats().plus(meter.stats());
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        batcher.close();
        threads.forEach(Thread::interrupt); // those that wait for a turn on a device that hangs
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
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
                LOG.warn("Device worker {} did not stop within {} s", thread.getName(), STOP_TIMEOUT.toSeconds());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
