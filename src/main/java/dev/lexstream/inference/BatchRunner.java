package dev.lexstream.inference;

import java.util.List;

/**
 * A device with a model on it. Used by one thread at a time.
 *
 * @param <P> a prepared input
 * @param <R> what the model says of one input
 */
public interface BatchRunner<P, R> extends AutoCloseable {

    /**
     * Runs one batch.
     *
     * @param batch one input or more
     * @return one result for each input, in their order
     * @throws RuntimeException when the batch as a whole failed
     */
    List<R> run(List<P> batch);

    /** Turns on the device, which other models may share; always the same. */
    DeviceTurns turns();

    @Override
    void close();
}
