package dev.lexstream.stream.fault;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import java.time.Duration;

/** The stream fails again and again, and nothing is committed in between. Ends the process. */
public final class NoProgressException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    NoProgressException(Duration time, Throwable cause) {
        super("no progress for " + time.toSeconds() + " s: " + FailureReasons.message(cause), cause);
    }

    @Override
    public Reason reason() {
        return Reason.NO_PROGRESS;
    }
}
