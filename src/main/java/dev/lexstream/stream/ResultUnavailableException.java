package dev.lexstream.stream;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/** The engine gave no result for reasons that are not the text's own. An infrastructure error: the stream must stop. */
public final class ResultUnavailableException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    ResultUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Reason reason() {
        return Reason.NO_RESULT;
    }
}
