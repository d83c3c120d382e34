package dev.lexstream.inference;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
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

    private DeviceWatch(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Starts to look.
     *
     * @param longest that a device may take for one batch
     * @param models whose callers get a {@link DeviceLostException} when it takes longer
     */
    public static DeviceWatch start(Duration longest, Collection<? extends BatchingInference<?, ?, ?, ?>> models) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "device-watch");
            thread.setDaemon(true);
            return thread;
        });
        List<BatchingInference<?, ?, ?, ?>> all = List.copyOf(models);
        long nanos = Math.max(1, longest.dividedBy(LOOKS).toNanos());
        timer.scheduleWithFixedDelay(
                () -> all.forEach(model -> model.look(LOOKS, longest)), nanos, nanos, TimeUnit.NANOSECONDS);
        return new DeviceWatch(timer);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
