package dev.lexstream.inference;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives devices up that hang, which a timeout for each text would not: the texts would fail one by one, for ever. A device
 * counts as hanging when looks at regular times find it computing the same batch again and again; a pause of the whole
 * process is one long time between two looks.
 *
 * <p>Threading: a thread of its own until closed.
 */
public final class DeviceWatch implements AutoCloseable {

    /** In a row, until a device is given up. */
    static final int LOOKS = 10;

    private final ScheduledExecutorService timer;
    private final Duration longest;
    private final List<BatchingInference<?, ?, ?, ?>> models = new CopyOnWriteArrayList<>();

    private DeviceWatch(ScheduledExecutorService timer, Duration longest) {
        this.timer = timer;
        this.longest = longest;
    }

    /**
     * Starts to look, at no model yet.
     *
     * @param longest that a device may take for one batch
     */
    public static DeviceWatch start(Duration longest) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                work -> DaemonThread.of(work, "device-watch", Thread.NORM_PRIORITY));
        DeviceWatch watch = new DeviceWatch(timer, longest);
        long nanos = Math.max(1, longest.dividedBy(LOOKS).toNanos());
        timer.scheduleWithFixedDelay(watch::look, nanos, nanos, TimeUnit.NANOSECONDS);
        return watch;
    }

    /** Looks at a model's devices too: its callers get a {@link DeviceLostException} when one of them hangs. */
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
