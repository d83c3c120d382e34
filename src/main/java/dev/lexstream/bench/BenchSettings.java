package dev.lexstream.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is measured.
 *
 * @param models folder of the bundles
 * @param stages names of bundles, which are the names of the stages too; at least one, all different
 * @param events file of events; none: the stream is made of the sample events
 * @param count events at most; none: all of the file, or {@value #GENERATED}
 * @param deviceModel a device of known speed that takes the place of the models, if any
 * @param threads stream threads, at least 1
 * @param partitions of each topic, at least 1
 * @param naiveCount events of the naive way; none: a tenth of the events, at most {@value #NAIVE}, and with a device model
 *     no more than about ten seconds take
 * @param rate of the latency run, and of the soak; none: no latency run, and {@link #SOAK_RATE}
 * @param latencyTime how long the latency run takes
 * @param soak a long run instead, if any
 */
public record BenchSettings(
        Path models,
        List<String> stages,
        Optional<Path> events,
        OptionalInt count,
        Optional<DeviceModel> deviceModel,
        int threads,
        int partitions,
        OptionalInt naiveCount,
        Optional<Rate> rate,
        Duration latencyTime,
        Optional<Soak> soak) {

    /** Events of a stream that is made here. */
    public static final int GENERATED = 20_000;

    /** Events of the naive way at most. */
    public static final int NAIVE = 2_000;

    public static final Rate SOAK_RATE = new Rate(0.8, true);

    private static final long NAIVE_NANOS = 10_000_000_000L;

    /**
     * A long run at a given rate while a second instance joins and leaves.
     *
     * @param time of the run
     * @param rejoin from one join or leave to the next
     */
    public record Soak(Duration time, Duration rejoin) {}

    public BenchSettings {
        stages = List.copyOf(stages);
        if (stages.isEmpty() || stages.stream().distinct().count() < stages.size()) {
            throw new IllegalArgumentException("stages must be one or more and differ, found " + stages);
        }
        if (threads < 1 || partitions < 1) {
            throw new IllegalArgumentException(
                    "threads and partitions must be at least 1, found " + threads + " and " + partitions);
        }
    }

    /**
     * The stream.
     *
     * @throws EventFileException when the file holds something else
     */
    List<BenchEvent> stream() throws IOException {
        return events.isPresent()
                ? EventFile.read(events.get(), count.orElse(Integer.MAX_VALUE))
                : GeneratedEvents.take(count.orElse(GENERATED));
    }

    /** How many of the events the naive way gets. */
    int naive(int all) {
        if (naiveCount.isPresent()) {
            return Math.min(all, naiveCount.getAsInt());
        }
        long most = deviceModel
                .map(device -> NAIVE_NANOS * threads / (device.nanos(1) * stages.size()))
                .orElse((long) NAIVE);
        return (int) Math.max(1, Math.min(all / 10, Math.min(NAIVE, most)));
    }
}
