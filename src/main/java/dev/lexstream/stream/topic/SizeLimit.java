package dev.lexstream.stream.topic;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Headers;

/**
 * How large a record of a topic may be.
 *
 * @param requestBytes most bytes that the producer takes, uncompressed
 * @param batchBytes most bytes of a batch that the broker takes, as it is sent and as it is stored
 * @param compressions how batches are sent and, where that differs, stored
 */
public record SizeLimit(long requestBytes, long batchBytes, List<Compression> compressions) {

    public SizeLimit {
        if (requestBytes < 1 || batchBytes < 1) {
            throw new IllegalArgumentException(
                    "requestBytes and batchBytes must be at least 1, found " + requestBytes + " and " + batchBytes);
        }
        compressions = List.copyOf(compressions);
    }

    /** A limit of so many bytes, uncompressed. */
    static SizeLimit uncompressed(long bytes) {
        return new SizeLimit(bytes, bytes, List.of(Compression.NONE));
    }

    /** Says by how much a record is too large; empty when it fits. Compresses only what might not fit otherwise. */
    public Optional<String> exceededBy(byte[] key, byte[] value, Headers headers, long timestamp) {
        long bytes = RecordSize.upperBound(key, value, headers);
        if (bytes > requestBytes) {
            return Optional.of(bytes + " bytes; allowed are " + requestBytes
                    + " bytes before compression (producer.max.request.size and producer.buffer.memory)");
        }
        if (bytes > batchBytes) {
            for (Compression compression : compressions) {
                long sent = RecordSize.inBatch(key, value, headers, timestamp, compression);
                if (sent > batchBytes) {
                    return Optional.of("%d bytes, %d as %s; allowed are %d bytes (max.message.bytes of the topic)"
                            .formatted(bytes, sent, compression.type().name, batchBytes));
                }
            }
        }
        return Optional.empty();
    }
}
