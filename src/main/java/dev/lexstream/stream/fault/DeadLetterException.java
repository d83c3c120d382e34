package dev.lexstream.stream.fault;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import java.util.Objects;

/** A dead letter cannot be written as the settings want it, or one more would be too many. Ends the process. */
public final class DeadLetterException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    DeadLetterException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    @Override
    public Reason reason() {
        return reason;
    }
}
