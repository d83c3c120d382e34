package dev.lexstream.bench;

import dev.lexstream.inference.BatchRunner;
import dev.lexstream.inference.DeviceTurns;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A device that computes nothing for as long as a real one would compute. */
final class SleepingRunner<P extends Prepared, R> implements BatchRunner<P, R> {

    private final DeviceModel model;
    private final Task<?, P, R, ?> task;
    private final DeviceTurns turns = DeviceTurns.atOnce(1);

    SleepingRunner(DeviceModel model, Task<?, P, R, ?> task) {
        this.model = model;
        this.task = task;
    }

    @Override
    public List<R> run(List<P> batch) {
        long end = System.nanoTime() + model.nanos(batch.size());
        List<R> results = batch.stream().map(task::blank).toList();
        // not Thread.sleep, which knows only whole milliseconds
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return results;
    }

    @Override
    public DeviceTurns turns() {
        return turns;
    }

    @Override
    public void close() {
        // there is nothing to free
    }
}
