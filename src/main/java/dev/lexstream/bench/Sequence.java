package dev.lexstream.bench;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The number of an input record, in a header, which output records and dead letters keep. */
final class Sequence {

    private static final String HEADER = "bench-sequence";

    private Sequence() {}

    static void write(Headers headers, long sequence) {
        headers.add(HEADER, ByteBuffer.allocate(Long.BYTES).putLong(sequence).array());
    }

    /** @throws IllegalStateException when there is none */
    static long read(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null) {
            throw new IllegalStateException("a record has come out that never went in: it has no header " + HEADER);
        }
        return ByteBuffer.wrap(header.value()).getLong();
    }
}
