package dev.lexstream.registry;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Instants that writers count in any unit. Converted are {@code timestamp-} and {@code local-timestamp-millis}, {@code -micros} and
 * {@code -nanos}, the local ones taken as UTC, and {@code date}, the midnight with which it begins in UTC; all are cut to the
 * millisecond they are in. Numbers of another logical type, which Avro ignores, or of none are milliseconds. {@code time-millis} and
 * {@code time-micros} are none.
 *
 * <p>Source: <a href="https://avro.apache.org/docs/1.12.0/specification/#logical-types">Avro specification</a>.
 */
public final class AvroTime {

    /** What is allowed, for messages. */
    public static final String ALLOWED =
            "timestamp-millis, timestamp-micros, timestamp-nanos, these with local- before them, date, and int or long in"
                    + " milliseconds";

    private AvroTime() {}

    /**
     * The instant; empty for a time without a date.
     *
     * @param logicalType its name; empty for none
     * @param count since the epoch, in the type's unit; of a date one that fits an int
     */
    public static Optional<Instant> instant(String logicalType, long count) {
        return switch (logicalType) {
            case "timestamp-micros", "local-timestamp-micros" -> millis(Math.floorDiv(count, 1_000L));
            case "timestamp-nanos", "local-timestamp-nanos" -> millis(Math.floorDiv(count, 1_000_000L));
            case "date" -> millis(TimeUnit.DAYS.toMillis(count));
            case "time-millis", "time-micros" -> Optional.empty();
            default -> millis(count);
        };
    }

    private static Optional<Instant> millis(long millis) {
        return Optional.of(Instant.ofEpochMilli(millis));
    }
}
