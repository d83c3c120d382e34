package dev.lexstream.registry;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/**
 * A deployment error: the registry is there, but does not let records be written with our schema. The schema breaks the
 * subject's compatibility rule, is not registered while {@code auto.register.schemas} is false, or the latest registered
 * version cannot hold our records. Every record would meet the same error, so none is to be dead-lettered for it.
 */
public final class SchemaRejectedException extends RuntimeException implements Classified {
    private static final long serialVersionUID = 1L;

    /**
     * Without a cause.
     *
     * @param message which subject and schema, what was found and what is allowed
     */
    public SchemaRejectedException(String message) {
        super(message);
    }

    /**
     * With a cause.
     *
     * @param message which subject and schema, what was found and what is allowed
     * @param cause the registry's answer
     */
    public SchemaRejectedException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Reason reason() {
        return Reason.SCHEMA_REJECTED;
    }
}
