package dev.lexstream.inference;

import java.util.concurrent.CompletableFuture;

/**
 * A model that many threads may ask at once and that answers later.
 *
 * <p>Threading: {@link #submit} may be called from any thread and does not wait for the device. Futures complete on the
 * engine's own threads; callbacks must be short.
 *
 * @param <I> what goes in, such as a text
 * @param <O> what comes out, such as its annotation
 */
public interface Inference<I, O> extends AutoCloseable {

    /**
     * Hands over one input.
     *
     * @return the result; fails with {@link ItemFailedException} when this input cannot be processed and with any other
     *     exception when the engine itself is in trouble. Cancelling it before the batch is cut saves the work.
     */
    CompletableFuture<O> submit(I input);

    /** Stops accepting, fails what still waits and frees the devices. Idempotent. */
    @Override
    void close();
}
