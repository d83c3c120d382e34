package dev.lexstream.inference;

import java.util.concurrent.CompletableFuture;

/**
 * A model with asynchronous results.
 *
 * <p>Threading: may be used from any thread. {@link #submit} does not wait for the device. Futures complete on the
 * engine's own threads, so callbacks must be short.
 *
 * @param <I> an input, such as a text
 * @param <O> a result, such as an annotation
 */
public interface Inference<I, O> extends AutoCloseable {

    /**
     * Submits one input.
     *
     * @return the result. It fails with {@link ItemFailedException} when this input cannot be processed, and with any
     *     other exception when the engine has failed. Cancelling it before its batch is cut saves the computation
     */
    CompletableFuture<O> submit(I input);

    /** Refuses further inputs, fails those in flight and frees the devices. Idempotent. */
    @Override
    void close();
}
