package dev.lexstream.stream.fault;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of dead letters that say what is wrong: Kafka Streams' own (KIP-1034) {@code __streams.errors.exception},
 * {@code .message}, {@code .stacktrace}, {@code .topic}, {@code .partition} and {@code .offset}, and Lexstream's under the
 * same prefix. They are of one dead letter and no other record: a replayed one brings them back, and they are dropped.
 */
public final class ErrorHeaders {

    /** What is dropped from whatever comes in. */
    static final String PREFIX = "__streams.errors.";

    static final String EXCEPTION = PREFIX + "exception";
    static final String MESSAGE = PREFIX + "message";
    static final String STACKTRACE = PREFIX + "stacktrace";
    static final String TOPIC = PREFIX + "topic";
    static final String PARTITION = PREFIX + "partition";
    static final String OFFSET = PREFIX + "offset";

    /** The code of a {@link dev.lexstream.failure.Reason}. */
    static final String REASON = PREFIX + "reason";

    /** The input record's time, milliseconds since the epoch; the dead letter has its own. */
    static final String TIMESTAMP = PREFIX + "timestamp";

    /** Of a value that was left out, in bytes. */
    static final String VALUE_SIZE = PREFIX + "value.size";

    /** Of a value that was left out, in hexadecimal digits. */
    static final String VALUE_SHA256 = PREFIX + "value.sha256";

    /** Of a key that was left out, in bytes. */
    static final String KEY_SIZE = PREFIX + "key.size";

    /** How many of the input record's headers were left out. */
    static final String HEADERS_DROPPED = PREFIX + "headers.dropped";

    private ErrorHeaders() {}

    /** The headers without those of an earlier dead letter; the same object where there are none. */
    public static Headers without(Headers headers) {
        boolean clean = true;
        for (Header header : headers) {
            clean &= !isError(header);
        }
        if (clean) {
            return headers;
        }
        Headers others = new RecordHeaders();
        for (Header header : headers) {
            if (!isError(header)) {
                others.add(header);
            }
        }
        return others;
    }

    /** Adds a header; a null value is one without a value. */
    static void add(Headers headers, String name, String value) {
        headers.add(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isError(Header header) {
        return header.key().startsWith(PREFIX);
    }
}
