package dev.lexstream.stream;

import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/**
 * The value of a record that goes out.
 *
 * @param bytes as they are written; null for a tombstone
 * @param input partition of the input record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutputValue(byte[] bytes, TopicPartition input) {

    OutputValue {
        Objects.requireNonNull(input, "input");
    }
}
