package dev.lexstream.stream.topic;

import java.util.Objects;
import org.apache.kafka.common.compress.Compression;

/**
 * How the producer sends.
 *
 * @param maxRequestBytes largest record that it takes, in bytes, before compression
 * @param compression of its batches
 */
public record ProducerLimits(long maxRequestBytes, Compression compression) {

    public ProducerLimits {
        Objects.requireNonNull(compression, "compression");
    }
}
