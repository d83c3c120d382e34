package dev.lexstream.stream.topic;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import java.util.Objects;

/**
 * The output topic does not take the record that came of an input record. A data error: the input record belongs in the dead
 * letters. Has to be known before the record is sent, since a transaction with a refused record cannot be committed.
 */
public final class OutputRefusedException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param reason one of those about output
     * @param message which topic, what was found and what is allowed
     */
    public OutputRefusedException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
        // a stack trace of the stream thread would tell nothing, in a header of each dead letter
        setStackTrace(new StackTraceElement[0]);
    }

    @Override
    public Reason reason() {
        return reason;
    }
}
