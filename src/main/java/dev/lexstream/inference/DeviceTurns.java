package dev.lexstream.inference;

import java.util.concurrent.Semaphore;

/**
 * Lets models that share a device compute in turn: so many batches at once, in the order in which workers asked. A batch
 * is cut only when its turn has come, so the texts that arrive while other models compute still get into it.
 *
 * <p>Threading: one instance for all workers of a device.
 */
public final class DeviceTurns {

    private final Semaphore turns;

    private DeviceTurns(int batches) {
        this.turns = new Semaphore(batches, true);
    }

    /**
     * Turns on one device.
     *
     * @param batches that the device computes at once, at least 1
     */
    public static DeviceTurns atOnce(int batches) {
        if (batches < 1) {
            throw new IllegalArgumentException("batches must be at least 1, found " + batches);
        }
        return new DeviceTurns(batches);
    }

    /** Waits for a turn, which {@link #end} ends. */
    void begin() throws InterruptedException {
        turns.acquire();
    }

    void end() {
        turns.release();
    }
}
