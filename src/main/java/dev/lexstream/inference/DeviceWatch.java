package dev.lexstream.inference;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Detects devices that hang, and fails their models. A timeout for each text would not do: the texts would fail one by
 * one, for ever. The watch checks the devices at regular intervals. A device hangs when several checks in a row find it
 * computing the same batch. Counting checks, and not time, keeps a pause of the whole process from looking like a hang.
 *
 * <p>Threading: may be used from any thread. Checks run on a thread of the watch's own until it is closed.
 */
public final class DeviceWatch implements AutoCloseable {

    /** Number of checks in a row that must find the same batch. */
    static final int LOOKS = 10;

    private final ScheduledExecutorService timer;
    private final Duration longest;
    private final List<BatchingInference<?, ?, ?, ?>> models = new CopyOnWriteArrayList<>();

    private DeviceWatch(ScheduledExecutorService timer, Duration longest) {
        this.timer = timer;
        this.longest = longest;
    }

    /**
     * Starts a watch that has no models yet.
     *
     * @param longest longest time that a device may take for one batch
     */
    public static DeviceWatch start(Duration longest) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                work -> DaemonThread.of(work, "device-watch", Thread.NORM_PRIORITY));
        DeviceWatch watch = new DeviceWatch(timer, longest);
        long nanos = Math.max(1, longest.dividedBy(LOOKS).toNanos());
        timer.scheduleWithFixedDelay(watch::look, nanos, nanos, TimeUnit.NANOSECONDS);
        return watch;
    }

    /** Adds a model. Its callers get a {@link DeviceLostException} when one of its devices hangs. */
    public void watch(BatchingInference<?, ?, ?, ?> model) {
        models.add(model);
    }

    private void look() {
        models.forEach(model -> model.look(LOOKS, longest));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
