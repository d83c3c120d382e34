package dev.lexstream.stream;

import java.util.Objects;

/**
 * The value of a record that goes out.
 *
 * @param bytes as they are written
 * @param inputPartition partition of the input record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutputValue(byte[] bytes, int inputPartition) {

    OutputValue {
        Objects.requireNonNull(bytes, "bytes");
    }
}
