package dev.lexstream.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device of known speed: a batch takes {@code perBatch} and {@code perMember} for each of its members.
 *
 * @param perBatch not negative
 * @param perMember not negative; both together are above 0 and at most {@link #LONGEST}
 */
public record DeviceModel(Duration perBatch, Duration perMember) {

    /** Far below the time after which a device counts as stuck. */
    public static final Duration LONGEST = Duration.ofMillis(100);

    private static final Pattern SUM = Pattern.compile("([^+]+)\\+([^+]+)");

    public DeviceModel {
        if (perBatch.isNegative() || perMember.isNegative()) {
            throw new IllegalArgumentException("times must not be negative, found " + perBatch + " and " + perMember);
        }
        Duration alone = perBatch.plus(perMember);
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
            Optional<Duration> member = Times.parse(matcher.group(2));
            if (batch.isPresent() && member.isPresent()) {
                return new DeviceModel(batch.get(), member.get());
            }
        }
        throw new IllegalArgumentException("found '" + text
                + "'; allowed is the time of a batch + the time of each member, such as 5ms+0.1ms (units " + Times.UNITS
                + ")");
    }

    /** How long a batch takes, in nanoseconds. */
    long nanos(int members) {
        return perBatch.toNanos() + members * perMember.toNanos();
    }

    @Override
    public String toString() {
        return perBatch.toNanos() / 1e6 + "ms+" + perMember.toNanos() / 1e6 + "ms";
    }
}
