package dev.lexstream.inference;

import java.util.List;

/**
 * A model on a device. Used by one thread at a time.
 *
 * @param <P> a prepared input
 * @param <R> the model's raw output for one input
 */
public interface BatchRunner<P, R> extends AutoCloseable {

    /**
     * Runs one batch.
     *
     * @param batch one input or more
     * @return one result for each input, in their order
     * @throws OutOfDeviceMemoryException when the batch does not fit the device's memory
     * @throws RuntimeException when the batch failed
     */
    List<R> run(List<P> batch);

    /** The turns on the device, which models may share. Always the same object. */
    DeviceTurns turns();

    @Override
    void close();
}
