package dev.lexstream.stream;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/**
 * The enriched record is larger than the output topic takes. A data error: the record belongs in the dead letters. Has to be
 * known before the record is sent, since a transaction with a refused record cannot be committed.
 */
public final class OutputTooLargeException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    OutputTooLargeException(String topic, long bytes, long limit) {
        super(
                "enriched record of %d bytes for topic %s; allowed are %d bytes (the lower of the topic's max.message.bytes and the producer's max.request.size)"
                        .formatted(bytes, topic, limit));
        setStackTrace(new StackTraceElement[0]);
    }

    @Override
    public Reason reason() {
        return Reason.OUTPUT_TOO_LARGE;
    }
}
