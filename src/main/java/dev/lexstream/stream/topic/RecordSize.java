package dev.lexstream.stream.topic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** How large a record is: as the producer estimates it before sending, and as the broker counts it. */
public final class RecordSize {

    /** Head of a batch of one record (61 bytes) and the record's lengths, attributes and deltas (at most 21). */
    private static final int OVERHEAD = 61 + 21;

    /** Two lengths of at most 5 bytes. */
    private static final int HEADER_OVERHEAD = 10;

    private RecordSize() {}

    /** Upper bound in bytes, uncompressed: what {@code max.request.size} limits. */
    static long upperBound(byte[] key, byte[] value, Headers headers) {
        long bytes = OVERHEAD + length(key) + length(value);
        for (Header header : headers) {
            bytes += HEADER_OVERHEAD + header.key().getBytes(StandardCharsets.UTF_8).length + length(header.value());
        }
        return bytes;
    }

    /** Bytes of a batch that holds the record alone: what a topic's {@code max.message.bytes} limits. */
    static long inBatch(byte[] key, byte[] value, Headers headers, long timestamp, Compression compression) {
        SimpleRecord record = new SimpleRecord(timestamp, key, value, headers.toArray());
        return MemoryRecords.withRecords(compression, record).sizeInBytes();
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
