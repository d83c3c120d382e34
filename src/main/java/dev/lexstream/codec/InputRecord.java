package dev.lexstream.codec;

import dev.lexstream.event.Headers;
import java.util.Objects;

/**
 * A record of an input topic, as it was read. Nobody may change its bytes.
 *
 * @param topic it was read from
 * @param partition of the topic, from 0
 * @param offset in the partition, from 0
 * @param timestamp milliseconds since the epoch, UTC; less than 0 where the record has none
 * @param key null for none
 * @param value null for a tombstone
 * @param headers of the record
 */
public record InputRecord(
        String topic, int partition, long offset, long timestamp, byte[] key, byte[] value, Headers headers) {

    public InputRecord {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(headers, "headers");
    }
}
