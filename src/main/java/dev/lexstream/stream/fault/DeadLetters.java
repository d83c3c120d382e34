package dev.lexstream.stream.fault;

import dev.lexstream.config.DeadLetterSettings;
import dev.lexstream.failure.Reason;
import dev.lexstream.stream.topic.OutputTopic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Makes dead letters: the input record's key, value and headers as they came, the present as time, since the input's own may be
 * what is wrong with it, and {@link ErrorHeaders}.
 *
 * <p>A dead letter can always be written: where it does not fit its topic the stack trace is left out, then the value, then
 * the input's headers and key; sizes and the value's SHA-256 take their places.
 *
 * <p>Threading: stream threads share one instance.
 */
public final class DeadLetters {

    /** UTF-16 units of a message. */
    private static final int LONGEST_MESSAGE = 2000;

    private final Supplier<OutputTopic> topic;
    private final DeadLetterSettings settings;
    private final DeadLetterCounts counts;
    private final Clock clock;

    /**
     * None yet.
     *
     * @param topic where they go, as it is known now
     * @param settings what is allowed
     * @param counts told of each
     * @param clock gives them their time
     */
    public DeadLetters(Supplier<OutputTopic> topic, DeadLetterSettings settings, DeadLetterCounts counts, Clock clock) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.counts = Objects.requireNonNull(counts, "counts");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * The dead letter of a record, and counts it.
     *
     * @param reason why it is one
     * @param bare whether to leave key, value and headers out even if they fit: the broker has refused it with them
     * @throws DeadLetterException when its value would have to be left out and that is not allowed, or when there are too
     *     many; the record must then not be passed over
     */
    ProducerRecord<byte[], byte[]> of(ErrorHandlerContext context, Exception failure, Reason reason, boolean bare) {
        byte[] key = context.sourceRawKey();
        byte[] value = context.sourceRawValue();
        Headers given = context.headers() == null ? new RecordHeaders() : ErrorHeaders.without(context.headers());
        Headers errors = errors(context, failure, reason);
        long now = clock.millis();

        Headers all = together(given, errors);
        if (bare || !fits(key, value, all, now)) {
            errors.remove(ErrorHeaders.STACKTRACE);
            all = together(given, errors);
        }
        if (bare || !fits(key, value, all, now)) {
            requireWithoutValue(context);
            describeValue(errors, value);
            value = null;
            all = together(given, errors);
        }
        if (bare || (value == null && !fits(key, null, all, now))) {
            ErrorHeaders.add(errors, ErrorHeaders.HEADERS_DROPPED, String.valueOf(given.toArray().length));
            if (key != null) {
                ErrorHeaders.add(errors, ErrorHeaders.KEY_SIZE, String.valueOf(key.length));
            }
            key = null;
            all = errors;
        }
        counts.add(reason, context, failure);
        return new ProducerRecord<>(topic.get().name(), null, now, key, value, all);
    }

    private static Headers errors(ErrorHandlerContext context, Exception failure, Reason reason) {
        Headers errors = new RecordHeaders();
        ErrorHeaders.add(errors, ErrorHeaders.REASON, reason.code());
        ErrorHeaders.add(errors, ErrorHeaders.EXCEPTION, failure.getClass().getName());
        ErrorHeaders.add(errors, ErrorHeaders.MESSAGE, shortened(failure.getMessage()));
        ErrorHeaders.add(errors, ErrorHeaders.STACKTRACE, stackTrace(failure));
        ErrorHeaders.add(errors, ErrorHeaders.TOPIC, context.topic());
        ErrorHeaders.add(errors, ErrorHeaders.PARTITION, String.valueOf(context.partition()));
        ErrorHeaders.add(errors, ErrorHeaders.OFFSET, String.valueOf(context.offset()));
        ErrorHeaders.add(errors, ErrorHeaders.TIMESTAMP, String.valueOf(context.timestamp()));
        return errors;
    }

    private static Headers together(Headers given, Headers errors) {
        Headers all = new RecordHeaders(given);
        errors.forEach(all::add);
        return all;
    }

    private boolean fits(byte[] key, byte[] value, Headers headers, long now) {
        return topic.get().size().exceededBy(key, value, headers, now).isEmpty();
    }

    private void requireWithoutValue(ErrorHandlerContext context) {
        if (settings.tooLarge() == DeadLetterSettings.TooLarge.STOP) {
            throw new DeadLetterException(
                    Reason.DEAD_LETTER_TOO_LARGE,
                    "the dead letter of %s-%d offset %d does not fit topic %s, and dead-letters.too-large is stop. Raise the topic's max.message.bytes, or set dead-letters.too-large to drop-value"
                            .formatted(
                                    context.topic(),
                                    context.partition(),
                                    context.offset(),
                                    topic.get().name()));
        }
    }

    private static void describeValue(Headers errors, byte[] value) {
        if (value != null) {
            ErrorHeaders.add(errors, ErrorHeaders.VALUE_SIZE, String.valueOf(value.length));
            ErrorHeaders.add(errors, ErrorHeaders.VALUE_SHA256, sha256(value));
        }
    }

    private static String shortened(String message) {
        return message == null || message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String stackTrace(Exception failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
