package dev.lexstream.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device of known speed: a batch takes {@code perBatch} and {@code perText} for each of its texts.
 *
 * @param perBatch not negative
 * @param perText not negative; both together are above 0 and at most {@link #LONGEST}
 */
public record DeviceModel(Duration perBatch, Duration perText) {

    /** Far below the time after which a device counts as stuck. */
    public static final Duration LONGEST = Duration.ofMillis(100);

    private static final Pattern SUM = Pattern.compile("([^+]+)\\+([^+]+)");

    public DeviceModel {
        if (perBatch.isNegative() || perText.isNegative()) {
            throw new IllegalArgumentException("times must not be negative, found " + perBatch + " and " + perText);
        }
        Duration alone = perBatch.plus(perText);
        if (alone.isZero() || alone.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a batch of one must take more than 0 and at most " + LONGEST.toMillis()
                    + "ms, found " + alone.toNanos() / 1e6 + "ms");
        }
    }

    /**
     * Parses {@code TIME+TIME}, such as {@code 5ms+0.1ms}.
     *
     * @throws IllegalArgumentException saying what was found and what is allowed
     */
    public static DeviceModel parse(String text) {
        Matcher matcher = SUM.matcher(text.strip());
        if (matcher.matches()) {
            Optional<Duration> batch = Times.parse(matcher.group(1));
            Optional<Duration> each = Times.parse(matcher.group(2));
            if (batch.isPresent() && each.isPresent()) {
                return new DeviceModel(batch.get(), each.get());
            }
        }
        throw new IllegalArgumentException("found '" + text
                + "'; allowed is the time of a batch + the time of each text, such as 5ms+0.1ms (units " + Times.UNITS
                + ")");
    }

    /** How long a batch takes, in nanoseconds. */
    long nanos(int texts) {
        return perBatch.toNanos() + texts * perText.toNanos();
    }

    @Override
    public String toString() {
        return perBatch.toNanos() / 1e6 + "ms+" + perText.toNanos() / 1e6 + "ms";
    }
}
