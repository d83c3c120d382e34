package dev.lexstream.codec;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/**
 * A data error: the value of one input record is no event that can be enriched, and never will be. The record belongs in the
 * dead letters. The message says what was found and what is allowed, and never holds any of the value.
 */
public final class UndecodableEventException extends RuntimeException implements Classified {
    private static final long serialVersionUID = 1L;

    /**
     * Without a cause.
     *
     * @param message what was found and what is allowed
     */
    public UndecodableEventException(String message) {
        super(message);
    }

    /**
     * With a cause.
     *
     * @param message what was found and what is allowed
     * @param cause the format's own error
     */
    public UndecodableEventException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The reason of the cause, where that has one: undecodable, or of an unknown schema. */
    @Override
    public Reason reason() {
        return getCause() instanceof Classified cause ? cause.reason() : Reason.INVALID_EVENT;
    }
}
