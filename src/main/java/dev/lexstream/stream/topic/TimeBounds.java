package dev.lexstream.stream.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What times a topic takes, relative to the present.
 *
 * @param beforeMillis the topic's {@code message.timestamp.before.max.ms}
 * @param afterMillis the topic's {@code message.timestamp.after.max.ms}
 */
public record TimeBounds(long beforeMillis, long afterMillis) {

    /** Takes any time. */
    static final TimeBounds NONE = new TimeBounds(Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * Says why a time is out of bounds; empty when it is within them.
     *
     * @param timestamp milliseconds since the epoch
     */
    Optional<String> exceededBy(long timestamp, Instant now) {
        long present = now.toEpochMilli();
        if (timestamp > present && timestamp - present > afterMillis) {
            return Optional.of(message(timestamp, timestamp - present, "after", afterMillis));
        }
        if (timestamp < present && present - timestamp > beforeMillis) {
            return Optional.of(message(timestamp, present - timestamp, "before", beforeMillis));
        }
        return Optional.empty();
    }

    private static String message(long timestamp, long found, String side, long allowed) {
        return "timestamp %s is %s %s the present; allowed are %s (message.timestamp.%s.max.ms of the topic)"
                .formatted(
                        Instant.ofEpochMilli(timestamp),
                        Duration.ofMillis(found),
                        side,
                        Duration.ofMillis(allowed),
                        side);
    }
}
