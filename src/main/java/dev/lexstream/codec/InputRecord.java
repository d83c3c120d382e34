package dev.lexstream.codec;

import dev.lexstream.event.Envelope;
import java.util.Objects;

/**
 * A record of an input topic, as it was read. Nobody may change its bytes.
 *
 * @param envelope what it has besides its value
 * @param partition of the topic, from 0
 * @param offset in the partition, from 0
 * @param value null for a tombstone
 */
public record InputRecord(Envelope envelope, int partition, long offset, byte[] value) {

    public InputRecord {
        Objects.requireNonNull(envelope, "envelope");
    }

    /** The topic that it was read from. */
    public String topic() {
        return envelope.topic();
    }

    /** Names the record among all of its cluster: topic, partition and offset. */
    public String id() {
        return topic() + "-" + partition + "-" + offset;
    }
}
