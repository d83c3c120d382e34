package dev.lexstream.inference;

import java.util.concurrent.atomic.LongAdder;

/** Sums of the times that a model's inputs take outside the batcher. Threading: may be used from any thread. */
final class Meter {

    private final LongAdder preparation = new LongAdder();
    private final LongAdder device = new LongAdder();
    private final LongAdder completion = new LongAdder();

    /** Adds nanoseconds of preparation. */
    void prepared(long nanos) {
        preparation.add(nanos);
    }

    /** Adds nanoseconds of a device. */
    void computed(long nanos) {
        device.add(nanos);
    }

    /** Adds nanoseconds of completion. */
    void completed(long nanos) {
        completion.add(nanos);
    }

    /** Statistics with these times, and zeros for the rest. */
    BatchStats stats() {
        return new BatchStats(0, 0, 0, 0, 0, preparation.sum(), 0, device.sum(), completion.sum());
    }
}
