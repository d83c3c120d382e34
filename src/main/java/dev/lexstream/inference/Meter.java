package dev.lexstream.inference;

import java.util.concurrent.atomic.LongAdder;

/** Time that a model's inputs take outside the batcher, in nanoseconds. Threading: any thread adds, any reads. */
final class Meter {

    private final LongAdder preparation = new LongAdder();
    private final LongAdder device = new LongAdder();
    private final LongAdder completion = new LongAdder();

    void prepared(long nanos) {
        preparation.add(nanos);
    }

    void computed(long nanos) {
        device.add(nanos);
    }

    void completed(long nanos) {
        completion.add(nanos);
    }

    /** Its times as statistics, all else zero. */
    BatchStats stats() {
        return new BatchStats(0, 0, 0, 0, 0, preparation.sum(), 0, device.sum(), completion.sum());
    }
}
