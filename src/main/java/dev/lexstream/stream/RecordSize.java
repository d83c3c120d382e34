package dev.lexstream.stream;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** How large a record becomes on its way to the broker, as the producer itself estimates it before sending. */
final class RecordSize {

    /** Head of a batch of one record (61 bytes) and the record's lengths, attributes and deltas (at most 21). */
    private static final int OVERHEAD = 61 + 21;

    /** Two lengths of at most 5 bytes. */
    private static final int HEADER_OVERHEAD = 10;

    private RecordSize() {}

    /** Upper bound in bytes, uncompressed. */
    static long upperBound(byte[] key, byte[] value, Headers headers) {
        long bytes = OVERHEAD + length(key) + length(value);
        for (Header header : headers) {
            bytes += HEADER_OVERHEAD + header.key().getBytes(StandardCharsets.UTF_8).length + length(header.value());
        }
        return bytes;
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
