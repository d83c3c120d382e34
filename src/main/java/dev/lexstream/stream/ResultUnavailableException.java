package dev.lexstream.stream;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import java.util.Objects;

/** The engine gave no result for reasons that are not the text's own. An infrastructure error: the stream must stop. */
public final class ResultUnavailableException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** @param reason what it means where the cause says nothing more */
    public ResultUnavailableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    @Override
    public Reason reason() {
        return reason;
    }
}
