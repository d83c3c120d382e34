package dev.lexstream.stream;

import java.util.Objects;

/**
 * A topic that is written to.
 *
 * @param name the topic's name
 * @param maxRecordBytes largest record that producer and topic take, before compression, with key, headers and overhead
 */
public record OutputTopic(String name, long maxRecordBytes) {

    public OutputTopic {
        Objects.requireNonNull(name, "name");
        if (maxRecordBytes < 1) {
            throw new IllegalArgumentException("maxRecordBytes must be at least 1, found " + maxRecordBytes);
        }
    }
}
