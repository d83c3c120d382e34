package dev.lexstream.stream;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes dead letters: the input record's key, value, headers and timestamp as they came, and Kafka Streams' own error
 * headers (KIP-1034) {@code __streams.errors.exception}, {@code .message}, {@code .stacktrace}, {@code .topic},
 * {@code .partition} and {@code .offset}. Kafka Streams' handler that continues makes the same records, but logs a stack
 * trace for each; here they are counted and one warning covers {@link #WARNING_INTERVAL}.
 *
 * <p>Threading: stream threads share one instance.
 */
public final class DeadLetters {

    /** At most one warning in this time. */
    static final Duration WARNING_INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String PREFIX = "__streams.errors.";
    private static final String STACKTRACE = PREFIX + "stacktrace";

    private final OutputTopic topic;
    private final Clock clock;
    private long count;
    private long countAtLastWarning;
    private Instant nextWarning = Instant.MIN;

    /**
     * None yet.
     *
     * @param topic where they go
     * @param clock spaces warnings
     */
    public DeadLetters(OutputTopic topic, Clock clock) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * The dead letter of a record, and counts it. Without the stack trace when it would be too large with it.
     *
     * @throws IllegalStateException when it is too large without it too; the record must then not be passed over
     */
    ProducerRecord<byte[], byte[]> of(ErrorHandlerContext context, Exception failure) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                topic.name(), null, context.timestamp(), context.sourceRawKey(), context.sourceRawValue());
        Headers headers = letter.headers();
        if (context.headers() != null) {
            context.headers().forEach(headers::add);
        }
        add(headers, PREFIX + "exception", failure.getClass().getName());
        add(headers, PREFIX + "message", failure.getMessage());
        add(headers, STACKTRACE, stackTrace(failure));
        add(headers, PREFIX + "topic", context.topic());
        add(headers, PREFIX + "partition", String.valueOf(context.partition()));
        add(headers, PREFIX + "offset", String.valueOf(context.offset()));
        fit(letter, context);
        counted(context, failure);
        return letter;
    }

    /** Dead letters made so far; those of transactions that were aborted afterwards are made, and counted, again. */
    public synchronized long count() {
        return count;
    }

    private void fit(ProducerRecord<byte[], byte[]> letter, ErrorHandlerContext context) {
        if (bytes(letter) > topic.maxRecordBytes()) {
            letter.headers().remove(STACKTRACE);
        }
        if (bytes(letter) > topic.maxRecordBytes()) {
            throw new IllegalStateException(
                    "the dead letter of %s-%d offset %d has %d bytes; topic %s takes %d. Raise its max.message.bytes"
                            .formatted(
                                    context.topic(),
                                    context.partition(),
                                    context.offset(),
                                    bytes(letter),
                                    topic.name(),
                                    topic.maxRecordBytes()));
        }
    }

    private synchronized void counted(ErrorHandlerContext context, Exception failure) {
        count++;
        Instant now = clock.instant();
        if (!now.isBefore(nextWarning)) {
            LOG.warn(
                    "{} dead letters to topic {} since the last warning, {} in all; now {}-{} offset {} at node {}: {}",
                    count - countAtLastWarning,
                    topic.name(),
                    count,
                    context.topic(),
                    context.partition(),
                    context.offset(),
                    context.processorNodeId(),
                    failure.toString());
            countAtLastWarning = count;
            nextWarning = now.plus(WARNING_INTERVAL);
        }
    }

    private static long bytes(ProducerRecord<byte[], byte[]> letter) {
        return RecordSize.upperBound(letter.key(), letter.value(), letter.headers());
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private static String stackTrace(Exception failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
