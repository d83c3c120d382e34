package dev.lexstream.stream.topic;

import dev.lexstream.failure.Reason;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;

/**
 * A topic that is written to, and what its configuration refuses.
 *
 * @param name the topic's name
 * @param size of its records
 * @param keyRequired whether it is compacted, so that each record needs a key
 * @param times that its records may have
 */
public record OutputTopic(String name, SizeLimit size, boolean keyRequired, TimeBounds times) {

    public OutputTopic {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(times, "times");
    }

    /** A topic that refuses nothing but records of more than so many bytes, uncompressed. */
    public static OutputTopic limited(String name, long bytes) {
        return new OutputTopic(name, SizeLimit.uncompressed(bytes), false, TimeBounds.NONE);
    }

    /**
     * Checks a record that is about to be sent.
     *
     * @param timestamp milliseconds since the epoch
     * @throws OutputRefusedException when the topic would refuse it
     */
    public void check(byte[] key, byte[] value, Headers headers, long timestamp, Instant now) {
        if (keyRequired && key == null) {
            throw refused(
                    Reason.OUTPUT_WITHOUT_KEY, "record without a key; the topic is compacted, so a key is required");
        }
        times.exceededBy(timestamp, now).ifPresent(found -> {
            throw refused(Reason.OUTPUT_TIMESTAMP, found);
        });
        size.exceededBy(key, value, headers, timestamp).ifPresent(found -> {
            throw refused(Reason.OUTPUT_TOO_LARGE, "record of " + found);
        });
    }

    private OutputRefusedException refused(Reason reason, String found) {
        return new OutputRefusedException(reason, "output topic " + name + ": " + found);
    }
}
