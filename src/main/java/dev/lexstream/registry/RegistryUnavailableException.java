package dev.lexstream.registry;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/**
 * An infrastructure error: the schema registry gave no usable answer within the configured retries. It cannot be reached,
 * timed out, refused the credentials (401, 403), failed (5xx) or is no schema registry at all. Says nothing about the
 * record at hand, which must be neither skipped nor dead-lettered.
 */
public final class RegistryUnavailableException extends RuntimeException implements Classified {
    private static final long serialVersionUID = 1L;

    /**
     * With a cause.
     *
     * @param message which registry, what was asked, how often and how it failed
     * @param cause the last failure
     */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Reason reason() {
        return Reason.REGISTRY;
    }
}
